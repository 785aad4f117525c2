package io.millwright.connect.opcua;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import io.millwright.connect.LinkException;
import io.millwright.connect.PointDescription;
import io.millwright.model.Quality;
import io.millwright.model.Told;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.OpcUaDataType;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UByte;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.BrowseDirection;
import org.eclipse.milo.opcua.stack.core.types.enumerated.BrowseResultMask;
import org.eclipse.milo.opcua.stack.core.types.enumerated.NodeClass;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseNextRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseNextResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseResult;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.ReferenceDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.RequestHeader;
import org.eclipse.milo.opcua.stack.core.types.structured.ViewDescription;

/// Lists what lies beneath a node, parents before children, a page at a time.
///
/// What is held is one page of references for each level, and the ids of the nodes that have children, which keep a
/// loop in the address space from being followed forever. The server's own object (`i=2253`) is left out beneath
/// the top: it describes the server, not the plant.
final class TreeBrowser {

    private static final int PAGE = 500;
    private static final int TOGETHER = 50;
    /// A server may need long to find the children of a large folder.
    private static final UInteger PATIENCE_MILLIS = uint(60_000);
    private static final UInteger CLASSES = uint(NodeClass.Object.getValue() | NodeClass.Variable.getValue());
    private static final ViewDescription NO_VIEW = new ViewDescription(NodeId.NULL_VALUE, DateTime.MIN_VALUE, uint(0));
    private static final int READABLE = 1;
    private static final int WRITABLE = 2;

    private final OpcUaClient client;
    private final int depth;
    private final Consumer<PointDescription> each;
    private final Set<NodeId> expanded = new HashSet<>();
    private final Map<NodeId, String> typeNames = new HashMap<>();

    /// @param depth how many levels, 1 for the children only
    TreeBrowser(OpcUaClient client, int depth, Consumer<PointDescription> each) {
        this.client = client;
        this.depth = depth;
        this.each = each;
    }

    /// Lists what lies beneath a node.
    ///
    /// @throws LinkException if the server does not let it be browsed
    void run(NodeId top) throws LinkException, UaException {
        BrowseResult first = browse(List.of(top)).getFirst();
        if (first.getStatusCode().isBad()) {
            long code = first.getStatusCode().value();
            throw new LinkException(
                    new Quality((int) code),
                    Told.of("opcua-not-browsed", "beneath {node} nothing can be browsed: {status}")
                            .with("node", top.toParseableString())
                            .with("status", Failures.name(code)));
        }
        if (depth > 0) {
            expanded.add(top);
            pages(first, 0);
        }
    }

    /// Everything beneath a node whose first page is given.
    private void pages(BrowseResult first, int level) throws UaException {
        BrowseResult page = first;
        while (true) {
            ReferenceDescription[] references = page.getReferences();
            if (references != null) {
                children(List.of(references), level);
            }
            ByteString more = page.getContinuationPoint();
            if (more == null || more.isNullOrEmpty()) {
                return;
            }
            page = next(more);
            if (page.getStatusCode().isBad()) {
                throw new UaException(page.getStatusCode());
            }
        }
    }

    private void children(List<ReferenceDescription> references, int level) throws UaException {
        for (int from = 0; from < references.size(); from += TOGETHER) {
            together(references.subList(from, Math.min(references.size(), from + TOGETHER)), level);
        }
    }

    private void together(List<ReferenceDescription> references, int level) throws UaException {
        var ids = new ArrayList<NodeId>(references.size());
        var kept = new ArrayList<ReferenceDescription>(references.size());
        for (ReferenceDescription reference : references) {
            reference.getNodeId().toNodeId(client.getNamespaceTable()).ifPresent(id -> {
                if (!id.equals(NodeIds.Server)) {
                    ids.add(id);
                    kept.add(reference);
                }
            });
        }
        if (ids.isEmpty()) {
            return;
        }
        List<PointDescription> points = describe(ids, kept, level);
        List<BrowseResult> beneath = level + 1 < depth ? browse(ids) : List.of();
        for (int i = 0; i < points.size(); i++) {
            each.accept(points.get(i));
            if (!beneath.isEmpty()) {
                descend(ids.get(i), beneath.get(i), level + 1);
            }
        }
    }

    /// A server that had no room to keep the rest of so many large folders is asked for this one alone.
    private void descend(NodeId id, BrowseResult first, int level) throws UaException {
        BrowseResult page = first;
        if (page.getStatusCode().value() == StatusCodes.Bad_NoContinuationPoints) {
            page = browse(List.of(id)).getFirst();
            if (page.getStatusCode().isBad()) {
                throw new UaException(page.getStatusCode());
            }
        }
        if (hasChildren(page) && expanded.add(id)) {
            pages(page, level);
        }
    }

    private static boolean hasChildren(BrowseResult result) {
        return result.getReferences() != null && result.getReferences().length > 0;
    }

    private List<PointDescription> describe(List<NodeId> ids, List<ReferenceDescription> references, int level)
            throws UaException {
        var wanted = new ArrayList<ReadValueId>();
        for (int i = 0; i < ids.size(); i++) {
            if (references.get(i).getNodeClass() == NodeClass.Variable) {
                wanted.add(Attributes.of(ids.get(i), AttributeId.DataType));
                wanted.add(Attributes.of(ids.get(i), AttributeId.UserAccessLevel));
                wanted.add(Attributes.of(ids.get(i), AttributeId.ValueRank));
            }
        }
        List<DataValue> found =
                wanted.isEmpty() ? List.of() : Attributes.read(client, TimestampsToReturn.Neither, wanted);
        var points = new ArrayList<PointDescription>(ids.size());
        int next = 0;
        for (int i = 0; i < ids.size(); i++) {
            boolean variable = references.get(i).getNodeClass() == NodeClass.Variable;
            String type = variable ? type(found.get(next), found.get(next + 2)) : "";
            int access = variable && found.get(next + 1).value().value() instanceof UByte b ? b.intValue() : 0;
            next += variable ? 3 : 0;
            points.add(new PointDescription(
                    ids.get(i).toParseableString(),
                    name(references.get(i)),
                    type,
                    level,
                    (access & READABLE) != 0,
                    (access & WRITABLE) != 0));
        }
        return points;
    }

    private static String name(ReferenceDescription reference) {
        String display = reference.getDisplayName().text();
        return display == null || display.isEmpty()
                ? String.valueOf(reference.getBrowseName().name())
                : display;
    }

    private String type(DataValue dataType, DataValue valueRank) throws UaException {
        if (!(dataType.value().value() instanceof NodeId id)) {
            return "";
        }
        String name = typeNames.get(id);
        if (name == null) {
            OpcUaDataType builtin = OpcUaDataType.fromNodeId(id);
            name = builtin != null ? builtin.name() : browseName(id);
            typeNames.put(id, name);
        }
        return valueRank.value().value() instanceof Integer rank && rank >= 0 ? name + "[]" : name;
    }

    private String browseName(NodeId id) throws UaException {
        List<DataValue> found =
                Attributes.read(client, TimestampsToReturn.Neither, List.of(Attributes.of(id, AttributeId.BrowseName)));
        return found.getFirst().value().value() instanceof QualifiedName name
                ? String.valueOf(name.name())
                : id.toParseableString();
    }

    private List<BrowseResult> browse(List<NodeId> ids) throws UaException {
        var wanted = ids.stream()
                .map(id -> new BrowseDescription(
                        id,
                        BrowseDirection.Forward,
                        NodeIds.HierarchicalReferences,
                        true,
                        CLASSES,
                        uint(BrowseResultMask.All.getValue())))
                .toArray(BrowseDescription[]::new);
        var request = new BrowseRequest(header(), NO_VIEW, uint(PAGE), wanted);
        return Attributes.complete(((BrowseResponse) client.sendRequest(request)).getResults(), ids.size());
    }

    private BrowseResult next(ByteString more) throws UaException {
        var request = new BrowseNextRequest(header(), false, new ByteString[] {more});
        return Attributes.complete(((BrowseNextResponse) client.sendRequest(request)).getResults(), 1)
                .getFirst();
    }

    private RequestHeader header() throws UaException {
        return client.newRequestHeader(client.getSession().getAuthenticationToken(), PATIENCE_MILLIS);
    }
}
