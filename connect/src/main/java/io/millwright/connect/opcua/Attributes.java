package io.millwright.connect.opcua;

import java.util.List;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.jspecify.annotations.Nullable;

/// Reads attributes of nodes; a server that answers for another number of nodes than were asked for is not believed.
final class Attributes {

    private Attributes() {}

    /// The whole of one attribute.
    static ReadValueId of(NodeId node, AttributeId attribute) {
        return new ReadValueId(node, attribute.uid(), null, QualifiedName.NULL_VALUE);
    }

    /// What the server holds now, in the order asked for.
    static List<DataValue> read(OpcUaClient client, TimestampsToReturn times, List<ReadValueId> wanted)
            throws UaException {
        return complete(client.read(0, times, wanted).getResults(), wanted.size());
    }

    /// The results of a service that gives one for each thing asked for (OPC 10000-4, 5.11.2.2).
    static <T> List<T> complete(T @Nullable [] results, int asked) throws UaException {
        if (results == null || results.length != asked) {
            throw new UaException(StatusCodes.Bad_UnexpectedError);
        }
        return List.of(results);
    }
}
