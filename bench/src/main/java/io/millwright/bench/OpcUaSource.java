package io.millwright.bench;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ubyte;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.eclipse.milo.opcua.sdk.core.Reference;
import org.eclipse.milo.opcua.sdk.server.EndpointConfig;
import org.eclipse.milo.opcua.sdk.server.ManagedNamespaceWithLifecycle;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.OpcUaServerConfig;
import org.eclipse.milo.opcua.sdk.server.identity.AnonymousIdentityValidator;
import org.eclipse.milo.opcua.sdk.server.items.DataItem;
import org.eclipse.milo.opcua.sdk.server.items.MonitoredItem;
import org.eclipse.milo.opcua.sdk.server.nodes.UaVariableNode;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.security.DefaultCertificateManager;
import org.eclipse.milo.opcua.stack.core.security.MemoryCertificateQuarantine;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.transport.TransportProfile;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.UserTokenType;
import org.eclipse.milo.opcua.stack.core.types.structured.UserTokenPolicy;
import org.eclipse.milo.opcua.stack.transport.server.tcp.OpcTcpServerTransport;
import org.eclipse.milo.opcua.stack.transport.server.tcp.OpcTcpServerTransportConfig;

/// An OPC UA server in a process of its own whose nodes `ns=2;i=0` … all count upwards together, so that whoever
/// subscribes can tell what is missing. Ends with its standard input.
final class OpcUaSource {

    private OpcUaSource() {}

    /// @param arguments port, number of nodes, milliseconds between two values
    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments[0]);
        int nodes = Integer.parseInt(arguments[1]);
        int everyMillis = Integer.parseInt(arguments[2]);
        var endpoint = EndpointConfig.newBuilder()
                .setTransportProfile(TransportProfile.TCP_UASC_UABINARY)
                .setBindAddress("127.0.0.1")
                .setBindPort(port)
                .setHostname("127.0.0.1")
                .setSecurityPolicy(SecurityPolicy.None)
                .setSecurityMode(MessageSecurityMode.None)
                .addTokenPolicies(new UserTokenPolicy("anonymous", UserTokenType.Anonymous, null, null, null))
                .build();
        var config = OpcUaServerConfig.builder()
                .setApplicationUri("urn:millwright:bench")
                .setApplicationName(LocalizedText.english("benchmark source"))
                .setEndpoints(Set.of(endpoint))
                .setCertificateManager(new DefaultCertificateManager(new MemoryCertificateQuarantine()))
                .setIdentityValidator(AnonymousIdentityValidator.INSTANCE)
                .build();
        var server = new OpcUaServer(
                config,
                _ -> new OpcTcpServerTransport(
                        OpcTcpServerTransportConfig.newBuilder().build()));
        var counters = new Counters(server);
        counters.startup();
        counters.add(nodes);
        server.startup().get();
        var _ = server.getScheduledExecutorService()
                .scheduleAtFixedRate(counters::count, everyMillis, everyMillis, TimeUnit.MILLISECONDS);
        System.in.transferTo(java.io.OutputStream.nullOutputStream());
        System.exit(0);
    }

    private static final class Counters extends ManagedNamespaceWithLifecycle {
        private final List<DataItem> items = new CopyOnWriteArrayList<>();
        private long count;

        Counters(OpcUaServer server) {
            super(server, "urn:millwright:bench:counters");
        }

        void add(int nodes) {
            for (int i = 0; i < nodes; i++) {
                var node = new UaVariableNode.UaVariableNodeBuilder(getNodeContext())
                        .setNodeId(newNodeId(i))
                        .setBrowseName(newQualifiedName("n" + i))
                        .setDisplayName(LocalizedText.english("n" + i))
                        .setDataType(NodeIds.Int64)
                        .setTypeDefinition(NodeIds.BaseDataVariableType)
                        .setAccessLevel(ubyte(1))
                        .setUserAccessLevel(ubyte(1))
                        .setValue(new DataValue(Variant.ofInt64(-1)))
                        .build();
                getNodeManager().addNode(node);
                node.addReference(
                        new Reference(node.getNodeId(), NodeIds.Organizes, NodeIds.ObjectsFolder.expanded(), false));
            }
        }

        void count() {
            var value = new DataValue(Variant.ofInt64(count++), StatusCode.GOOD, DateTime.nowNanos());
            for (DataItem item : items) {
                item.setValue(value);
            }
        }

        @Override
        public void onDataItemsCreated(List<DataItem> created) {
            items.addAll(created);
        }

        @Override
        public void onDataItemsModified(List<DataItem> modified) {}

        @Override
        public void onDataItemsDeleted(List<DataItem> deleted) {
            items.removeAll(deleted);
        }

        @Override
        public void onMonitoringModeChanged(List<MonitoredItem> changed) {}
    }
}
