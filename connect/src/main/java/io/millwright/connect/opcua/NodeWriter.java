package io.millwright.connect.opcua;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import io.millwright.connect.LinkException;
import io.millwright.model.Quality;
import io.millwright.model.Told;
import io.millwright.model.Value;
import java.lang.reflect.Array;
import java.util.List;
import java.util.Optional;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.OpcUaDataType;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.enumerated.BrowseDirection;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseResult;
import org.eclipse.milo.opcua.stack.core.types.structured.ReferenceDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.WriteValue;

/// Writes a node in the data type that the node has: a server takes no other (OPC 10000-4, 5.11.4).
final class NodeWriter {

    private static final int DEEPEST_TYPE = 16;
    private static final int MOST_BUILTIN = 25;

    private final OpcUaClient client;

    NodeWriter(OpcUaClient client) {
        this.client = client;
    }

    /// Writes a node's value.
    ///
    /// @throws LinkException if the value does not fit the node or the server refuses it
    void write(NodeId node, String element, Value value) throws LinkException, UaException {
        Object raw = BuiltinTypes.as(type(node, value), value);
        String range = null;
        if (!element.isEmpty()) {
            Object one = Array.newInstance(raw.getClass(), 1);
            Array.set(one, 0, raw);
            raw = one;
            range = element;
        }
        var request = new WriteValue(node, AttributeId.Value.uid(), range, DataValue.valueOnly(Variant.of(raw)));
        StatusCode[] results = client.write(List.of(request)).getResults();
        if (results == null || results.length != 1) {
            throw new LinkException(Told.of("opcua-no-result", "the server did not say whether it took the value"));
        }
        long code = results[0].value();
        if (!results[0].isGood()) {
            throw new LinkException(
                    new Quality((int) code),
                    Told.of("opcua-not-written", "{node} was not written: {status}")
                            .with("node", node.toParseableString())
                            .with("status", Failures.name(code)));
        }
    }

    private OpcUaDataType type(NodeId node, Value value) throws LinkException, UaException {
        List<DataValue> results = Attributes.read(
                client,
                TimestampsToReturn.Neither,
                List.of(Attributes.of(node, AttributeId.DataType), Attributes.of(node, AttributeId.Value)));
        if (!(results.getFirst().value().value() instanceof NodeId dataType)) {
            long code = results.getFirst().statusCode().value();
            throw new LinkException(
                    new Quality((int) code),
                    Told.of("opcua-no-value", "{node} has no value: {status}")
                            .with("node", node.toParseableString())
                            .with("status", Failures.name(code)));
        }
        Optional<OpcUaDataType> held = results.get(1).value().getDataType();
        Optional<OpcUaDataType> declared = builtin(dataType);
        // An abstract type such as Number leaves the choice to whoever writes: what it holds now is right.
        return declared.filter(t -> t != OpcUaDataType.Variant).or(() -> held).orElseGet(() -> usual(value));
    }

    /// The built-in type that a data type is derived from.
    private Optional<OpcUaDataType> builtin(NodeId dataType) throws UaException {
        NodeId type = dataType;
        for (int depth = 0; depth < DEEPEST_TYPE; depth++) {
            if (NodeIds.Enumeration.equals(type)) {
                return Optional.of(OpcUaDataType.Int32);
            }
            if (OpcUaDataType.isBuiltin(type) && ((Number) type.getIdentifier()).intValue() <= MOST_BUILTIN) {
                return Optional.ofNullable(OpcUaDataType.fromNodeId(type));
            }
            Optional<NodeId> supertype = supertype(type);
            if (supertype.isEmpty()) {
                return Optional.empty();
            }
            type = supertype.get();
        }
        return Optional.empty();
    }

    private Optional<NodeId> supertype(NodeId type) throws UaException {
        BrowseResult result = client.browse(
                new BrowseDescription(type, BrowseDirection.Inverse, NodeIds.HasSubtype, false, uint(0), uint(0)));
        ReferenceDescription[] references = result.getReferences();
        return references == null || references.length == 0
                ? Optional.empty()
                : references[0].getNodeId().toNodeId(client.getNamespaceTable());
    }

    private static OpcUaDataType usual(Value value) {
        return switch (value) {
            case Value.Bool _ -> OpcUaDataType.Boolean;
            case Value.Int _ -> OpcUaDataType.Int64;
            case Value.Real _ -> OpcUaDataType.Double;
            case Value.Text _, Value.Missing _ -> OpcUaDataType.String;
        };
    }
}
