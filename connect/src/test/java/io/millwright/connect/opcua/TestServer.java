package io.millwright.connect.opcua;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ubyte;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ushort;

import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.milo.opcua.sdk.core.Reference;
import org.eclipse.milo.opcua.sdk.server.EndpointConfig;
import org.eclipse.milo.opcua.sdk.server.ManagedNamespaceWithLifecycle;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.OpcUaServerConfig;
import org.eclipse.milo.opcua.sdk.server.OpcUaServerConfigLimits;
import org.eclipse.milo.opcua.sdk.server.identity.AnonymousIdentityValidator;
import org.eclipse.milo.opcua.sdk.server.identity.CompositeValidator;
import org.eclipse.milo.opcua.sdk.server.identity.UsernameIdentityValidator;
import org.eclipse.milo.opcua.sdk.server.items.DataItem;
import org.eclipse.milo.opcua.sdk.server.items.MonitoredItem;
import org.eclipse.milo.opcua.sdk.server.nodes.UaFolderNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaVariableNode;
import org.eclipse.milo.opcua.sdk.server.util.SubscriptionModel;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.security.CertificateValidator;
import org.eclipse.milo.opcua.stack.core.security.DefaultApplicationGroup;
import org.eclipse.milo.opcua.stack.core.security.DefaultCertificateManager;
import org.eclipse.milo.opcua.stack.core.security.DefaultServerCertificateValidator;
import org.eclipse.milo.opcua.stack.core.security.MemoryCertificateQuarantine;
import org.eclipse.milo.opcua.stack.core.security.MemoryCertificateStore;
import org.eclipse.milo.opcua.stack.core.security.MemoryTrustListManager;
import org.eclipse.milo.opcua.stack.core.security.RsaSha256CertificateFactory;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.transport.TransportProfile;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UShort;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.UserTokenType;
import org.eclipse.milo.opcua.stack.core.types.structured.UserTokenPolicy;
import org.eclipse.milo.opcua.stack.core.util.SelfSignedCertificateBuilder;
import org.eclipse.milo.opcua.stack.core.util.SelfSignedCertificateGenerator;
import org.eclipse.milo.opcua.stack.transport.server.tcp.OpcTcpServerTransport;
import org.eclipse.milo.opcua.stack.transport.server.tcp.OpcTcpServerTransportConfig;

/// An OPC UA server by the library's server, with endpoints without security and with Basic256Sha256, and one user,
/// `operator` with the password `valve`.
public final class TestServer implements AutoCloseable {

    static final String URI = "urn:millwright:test";
    private static final String APPLICATION = "urn:millwright:test-server";

    final MemoryTrustListManager trusted = new MemoryTrustListManager();
    private final int port;
    private final OpcUaServer server;
    private final Nodes nodes;

    TestServer(int port) throws Exception {
        this.port = port;
        KeyPair keys = SelfSignedCertificateGenerator.generateRsaKeyPair(2048);
        X509Certificate certificate = new SelfSignedCertificateBuilder(keys)
                .setCommonName("test-server")
                .setApplicationUri(APPLICATION)
                .addDnsName("localhost")
                .addIpAddress("127.0.0.1")
                .build();
        var quarantine = new MemoryCertificateQuarantine();
        CertificateValidator validator = new DefaultServerCertificateValidator(trusted, quarantine);
        var group = DefaultApplicationGroup.createAndInitialize(
                trusted,
                new MemoryCertificateStore(),
                new RsaSha256CertificateFactory() {
                    @Override
                    protected KeyPair createRsaSha256KeyPair() {
                        return keys;
                    }

                    @Override
                    protected X509Certificate[] createRsaSha256CertificateChain(KeyPair pair) {
                        return new X509Certificate[] {certificate};
                    }
                },
                validator);
        var config = OpcUaServerConfig.builder()
                .setApplicationUri(APPLICATION)
                .setApplicationName(LocalizedText.english("test server"))
                .setProductUri(APPLICATION)
                .setEndpoints(endpoints(certificate))
                .setLimits(new OpcUaServerConfigLimits() {
                    @Override
                    public UShort getMaxBrowseContinuationPoints() {
                        return ushort(10);
                    }
                })
                .setCertificateManager(new DefaultCertificateManager(quarantine, group))
                .setIdentityValidator(new CompositeValidator(
                        AnonymousIdentityValidator.INSTANCE,
                        new UsernameIdentityValidator(c -> c.getUsername().equals("operator")
                                && c.getPassword().equals("valve"))))
                .build();
        server = new OpcUaServer(
                config,
                profile -> new OpcTcpServerTransport(
                        OpcTcpServerTransportConfig.newBuilder().build()));
        nodes = new Nodes(server);
        nodes.startup();
        server.startup().get();
    }

    /// A server as a process of its own, with two variables that hold 1.
    public static void main(String[] args) throws Exception {
        var server = new TestServer(Integer.parseInt(args[0]));
        server.add("device", "v0", NodeIds.Int64, 1L);
        server.add("device", "v1", NodeIds.Int64, 1L);
        Thread.currentThread().join();
    }

    private Set<EndpointConfig> endpoints(X509Certificate certificate) {
        var token = new UserTokenPolicy(
                "username", UserTokenType.UserName, null, null, SecurityPolicy.Basic256Sha256.getUri());
        var anonymous = new UserTokenPolicy("anonymous", UserTokenType.Anonymous, null, null, null);
        var endpoints = new HashSet<EndpointConfig>();
        for (SecurityPolicy policy : List.of(SecurityPolicy.None, SecurityPolicy.Basic256Sha256)) {
            endpoints.add(EndpointConfig.newBuilder()
                    .setTransportProfile(TransportProfile.TCP_UASC_UABINARY)
                    .setBindAddress("127.0.0.1")
                    .setBindPort(port)
                    .setHostname("localhost")
                    .setCertificate(certificate)
                    .setSecurityPolicy(policy)
                    .setSecurityMode(
                            policy == SecurityPolicy.None
                                    ? MessageSecurityMode.None
                                    : MessageSecurityMode.SignAndEncrypt)
                    .addTokenPolicies(anonymous, token)
                    .build());
        }
        return endpoints;
    }

    String url() {
        return "opc.tcp://127.0.0.1:" + port;
    }

    /// Adds a variable beneath a folder, made if need be.
    UaVariableNode add(String folder, String name, NodeId type, Object value) {
        return nodes.variable(folder, name, type, value);
    }

    /// Gives the variables beneath `count` their next value, all of them at once. Monitored, they are not sampled: each
    /// value is handed on.
    void count(DataValue value) {
        nodes.count(value);
    }

    @Override
    public void close() {
        server.shutdown().join();
    }

    private static final class Nodes extends ManagedNamespaceWithLifecycle {
        private final SubscriptionModel subscriptions;
        private final List<DataItem> counting = new CopyOnWriteArrayList<>();
        private final List<UaVariableNode> counters = new CopyOnWriteArrayList<>();

        Nodes(OpcUaServer server) {
            super(server, URI);
            subscriptions = new SubscriptionModel(server, this);
            getLifecycleManager().addLifecycle(subscriptions);
        }

        UaVariableNode variable(String folder, String name, NodeId type, Object value) {
            var node = new UaVariableNode.UaVariableNodeBuilder(getNodeContext())
                    .setNodeId(newNodeId(folder + "." + name))
                    .setBrowseName(newQualifiedName(name))
                    .setDisplayName(LocalizedText.english(name))
                    .setDataType(type)
                    .setTypeDefinition(NodeIds.BaseDataVariableType)
                    .setAccessLevel(ubyte(3))
                    .setUserAccessLevel(ubyte(3))
                    .setValue(new DataValue(Variant.of(value)))
                    .build();
            getNodeManager().addNode(node);
            if (folder.equals("count")) {
                counters.add(node);
            }
            node.addReference(new Reference(
                    node.getNodeId(), NodeIds.Organizes, folder(folder).expanded(), false));
            return node;
        }

        private synchronized NodeId folder(String name) {
            NodeId id = newNodeId(name);
            if (!getNodeManager().containsNode(id)) {
                var folder =
                        new UaFolderNode(getNodeContext(), id, newQualifiedName(name), LocalizedText.english(name));
                getNodeManager().addNode(folder);
                folder.addReference(new Reference(id, NodeIds.Organizes, NodeIds.ObjectsFolder.expanded(), false));
            }
            return id;
        }

        void count(DataValue value) {
            counters.forEach(node -> node.setValue(value));
            counting.forEach(item -> item.setValue(value));
        }

        private static boolean counts(DataItem item) {
            return item.getReadValueId().getNodeId().getIdentifier().toString().startsWith("count.");
        }

        @Override
        public void onDataItemsCreated(List<DataItem> items) {
            counting.addAll(items.stream().filter(Nodes::counts).toList());
            subscriptions.onDataItemsCreated(
                    items.stream().filter(i -> !counts(i)).toList());
        }

        @Override
        public void onDataItemsModified(List<DataItem> items) {
            subscriptions.onDataItemsModified(items);
        }

        @Override
        public void onDataItemsDeleted(List<DataItem> items) {
            counting.removeAll(items);
            subscriptions.onDataItemsDeleted(items);
        }

        @Override
        public void onMonitoringModeChanged(List<MonitoredItem> items) {
            subscriptions.onMonitoringModeChanged(items);
        }
    }
}
