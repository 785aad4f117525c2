package io.millwright.process.serve;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import io.millwright.model.Time;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.milo.opcua.sdk.server.EndpointConfig;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.OpcUaServerConfig;
import org.eclipse.milo.opcua.sdk.server.OpcUaServerConfigLimits;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.transport.TransportProfile;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.core.types.structured.BuildInfo;
import org.eclipse.milo.opcua.stack.transport.server.tcp.OpcTcpServerTransport;
import org.eclipse.milo.opcua.stack.transport.server.tcp.OpcTcpServerTransportConfig;

/// An OPC UA server that offers points as nodes `ns=2;s=` followed by the point's name, in folders by the part of the
/// name before its first dot.
///
/// It listens on the loopback address, with endpoints without security and with Basic256Sha256,
/// Aes128_Sha256_RsaOaep and Aes256_Sha256_RsaPss, signed and encrypted. Clients of the secure endpoints must be
/// trusted (see the folder `trusted/certs`). Users are anonymous.
public final class OpcUaPointServer implements AutoCloseable {

    private static final URI APPLICATION = URI.create("urn:millwright:machines");
    private static final int SECONDS_TO_CLOSE = 5;
    private static final List<SecurityPolicy> SECURE = List.of(
            SecurityPolicy.Basic256Sha256, SecurityPolicy.Aes128_Sha256_RsaOaep, SecurityPolicy.Aes256_Sha256_RsaPss);

    private final OpcUaServer server;
    private final PointNamespace namespace;
    private final ServerIdentity identity;
    private final int port;

    private OpcUaPointServer(OpcUaServer server, PointNamespace namespace, ServerIdentity identity, int port) {
        this.server = server;
        this.namespace = namespace;
        this.identity = identity;
        this.port = port;
    }

    /// Starts the server.
    ///
    /// @param wanted the port; 0 for any free one
    /// @param security the folder of its certificate and of the clients it trusts
    /// @param queue at least so many values are kept for a monitored item between two publishings, whatever
    ///     the client asks for
    /// @throws PortTaken if the port is taken
    /// @throws IOException if the folder cannot be used
    public static OpcUaPointServer start(
            int wanted, Path security, List<Point> points, int queue, Ledger ledger, Time time) throws IOException {
        int port = Ports.claim("OPC UA", wanted);
        var identity = ServerIdentity.in(security, APPLICATION);
        var config = OpcUaServerConfig.builder()
                .setApplicationName(LocalizedText.english("Millwright simulated machines"))
                .setApplicationUri(APPLICATION.toString())
                .setProductUri("urn:millwright")
                .setBuildInfo(new BuildInfo("urn:millwright", "Millwright", "machines", "", "", DateTime.MIN_VALUE))
                .setCertificateManager(identity.certificates())
                .setEndpoints(endpoints(port, identity))
                .setLimits(new Limits())
                .build();
        var server = new OpcUaServer(config, profile -> {
            if (profile != TransportProfile.TCP_UASC_UABINARY) {
                throw new IllegalArgumentException("only TCP is served, not " + profile);
            }
            return new OpcTcpServerTransport(
                    OpcTcpServerTransportConfig.newBuilder().build());
        });
        var namespace = new PointNamespace(server, points, queue, ledger, time);
        namespace.startup();
        try {
            server.startup().get();
        } catch (ExecutionException e) {
            identity.close();
            throw new PortTaken("OPC UA", port);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while starting", e);
        }
        return new OpcUaPointServer(server, namespace, identity, port);
    }

    private static Set<EndpointConfig> endpoints(int port, ServerIdentity identity) {
        var open = EndpointConfig.newBuilder()
                .setBindAddress("127.0.0.1")
                .setHostname("127.0.0.1")
                .setBindPort(port)
                .setTransportProfile(TransportProfile.TCP_UASC_UABINARY)
                .setCertificate(identity.certificate())
                .addTokenPolicies(OpcUaServerConfig.USER_TOKEN_POLICY_ANONYMOUS);
        var endpoints = new LinkedHashSet<EndpointConfig>();
        endpoints.add(open.copy()
                .setSecurityPolicy(SecurityPolicy.None)
                .setSecurityMode(MessageSecurityMode.None)
                .build());
        for (var policy : SECURE) {
            endpoints.add(open.copy()
                    .setSecurityPolicy(policy)
                    .setSecurityMode(MessageSecurityMode.SignAndEncrypt)
                    .build());
        }
        return endpoints;
    }

    /// The port it listens on.
    public int port() {
        return port;
    }

    /// How many values clients monitor.
    public int monitored() {
        return namespace.monitored();
    }

    @Override
    public void close() {
        namespace.shutdown();
        try {
            server.shutdown().get(SECONDS_TO_CLOSE, TimeUnit.SECONDS);
            identity.close();
        } catch (ExecutionException | InterruptedException | TimeoutException | IOException e) {
            // It is gone one way or the other.
        }
    }

    private static final class Limits implements OpcUaServerConfigLimits {
        private static final double INTERVAL_MILLIS_MIN = 10;

        @Override
        public Double getMinPublishingInterval() {
            return INTERVAL_MILLIS_MIN;
        }

        @Override
        public Double getMinSupportedSampleRate() {
            return INTERVAL_MILLIS_MIN;
        }

        @Override
        public UInteger getMaxMonitoredItems() {
            return uint(200_000);
        }

        @Override
        public UInteger getMaxMonitoredItemsPerSession() {
            return uint(100_000);
        }

        @Override
        public UInteger getMaxNodesPerRead() {
            return uint(10_000);
        }

        @Override
        public UInteger getMaxMonitoredItemsPerCall() {
            return uint(10_000);
        }
    }
}
