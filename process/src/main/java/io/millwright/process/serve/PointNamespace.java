package io.millwright.process.serve;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import io.millwright.model.Time;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.milo.opcua.sdk.core.AccessLevel;
import org.eclipse.milo.opcua.sdk.core.Reference;
import org.eclipse.milo.opcua.sdk.server.ManagedNamespaceWithLifecycle;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.items.DataItem;
import org.eclipse.milo.opcua.sdk.server.items.MonitoredItem;
import org.eclipse.milo.opcua.sdk.server.nodes.UaFolderNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaVariableNode;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.EUInformation;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;

/// The address space of an [OpcUaPointServer].
///
/// Monitored values are not sampled: each update of a point is handed to its monitored items at once, with the time at
/// which the simulation made it. So no update is skipped and none is seen twice, which sampling with a clock of its
/// own cannot promise.
final class PointNamespace extends ManagedNamespaceWithLifecycle {

    private static final String URI = "urn:millwright:machines:points";
    private static final String UCUM = "http://unitsofmeasure.org";

    private final int queue;
    private final Map<NodeId, PointNode> nodes = new HashMap<>();

    PointNamespace(OpcUaServer server, List<Point> points, int queue, Ledger ledger, Time time) {
        super(server, URI);
        this.queue = queue;
        getLifecycleManager().addStartupTask(() -> build(points, ledger, time));
    }

    private void build(List<Point> points, Ledger ledger, Time time) {
        var folders = new HashMap<String, UaFolderNode>();
        for (var point : points) {
            int dot = point.name().indexOf('.');
            String asset = dot < 0 ? "" : point.name().substring(0, dot);
            var variable = variable(point, point.name().substring(dot + 1));
            var node = new PointNode(point, ledger, time);
            variable.getFilterChain().addLast(node);
            getNodeManager().addNode(variable);
            nodes.put(variable.getNodeId(), node);
            folders.computeIfAbsent(asset, this::folder).addOrganizes(variable);
            if (!point.unit().code().equals("1")) {
                var unit = LocalizedText.english(point.unit().code());
                variable.setEngineeringUnits(new EUInformation(UCUM, -1, unit, unit));
            }
        }
    }

    private UaFolderNode folder(String name) {
        String shown = name.isEmpty() ? "points" : name;
        var folder = new UaFolderNode(
                getNodeContext(), newNodeId(shown), newQualifiedName(shown), LocalizedText.english(shown));
        getNodeManager().addNode(folder);
        folder.addReference(new Reference(
                folder.getNodeId(), NodeIds.Organizes, NodeIds.ObjectsFolder.expanded(), Reference.Direction.INVERSE));
        return folder;
    }

    private UaVariableNode variable(Point point, String shown) {
        var access = point.writable() ? AccessLevel.READ_WRITE : AccessLevel.READ_ONLY;
        return new UaVariableNode.UaVariableNodeBuilder(getNodeContext())
                .setNodeId(newNodeId(point.name()))
                .setBrowseName(newQualifiedName(shown))
                .setDisplayName(LocalizedText.english(shown))
                .setDescription(LocalizedText.english(point.description()))
                .setDataType(
                        switch (point.kind()) {
                            case REAL -> NodeIds.Double;
                            case BOOL -> NodeIds.Boolean;
                            case TEXT -> NodeIds.String;
                        })
                .setTypeDefinition(NodeIds.BaseDataVariableType)
                .setAccessLevel(access)
                .setUserAccessLevel(access)
                .build();
    }

    int monitored() {
        return nodes.values().stream().mapToInt(PointNode::monitored).sum();
    }

    @Override
    public RevisedDataItemParameters onCreateDataItem(
            ReadValueId item, Double requestedSamplingInterval, UInteger requestedQueueSize) {
        boolean value = AttributeId.Value.uid().equals(item.getAttributeId());
        return new RevisedDataItemParameters(
                requestedSamplingInterval,
                value ? uint(Math.max(queue, requestedQueueSize.longValue())) : requestedQueueSize);
    }

    @Override
    public RevisedDataItemParameters onModifyDataItem(
            ReadValueId item, Double requestedSamplingInterval, UInteger requestedQueueSize) {
        return onCreateDataItem(item, requestedSamplingInterval, requestedQueueSize);
    }

    @Override
    public void onDataItemsCreated(List<DataItem> items) {
        for (var item : items) {
            var id = item.getReadValueId();
            var node = nodes.get(id.getNodeId());
            if (node != null && AttributeId.Value.uid().equals(id.getAttributeId())) {
                node.monitor(item);
            } else {
                var context = new ReadContext(getServer(), null);
                item.setValue(
                        read(context, 0.0, TimestampsToReturn.Both, List.of(id)).getFirst());
            }
        }
    }

    @Override
    public void onDataItemsModified(List<DataItem> items) {}

    @Override
    public void onDataItemsDeleted(List<DataItem> items) {
        for (var item : items) {
            var node = nodes.get(item.getReadValueId().getNodeId());
            if (node != null) {
                node.forget(item);
            }
        }
    }

    @Override
    public void onMonitoringModeChanged(List<MonitoredItem> items) {
        for (var item : items) {
            var node = nodes.get(item.getReadValueId().getNodeId());
            if (node != null && item instanceof DataItem data && item.isSamplingEnabled()) {
                node.refresh(data);
            }
        }
    }
}
