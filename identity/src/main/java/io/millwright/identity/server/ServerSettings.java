package io.millwright.identity.server;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/// Where a node listens and what it puts up with.
///
/// @param address where to listen; loopback unless others are meant to ask
/// @param udpPort a port; 0 for a free one; [#CLOSED]
/// @param tcpPort a port; 0 for a free one; [#CLOSED]
/// @param httpPort a port; 0 for a free one; [#CLOSED]
/// @param connectionsMax how many TCP and HTTP connections at once; more are closed as they come
/// @param requestTimeout how long a client may take for one request, and for taking its answer
/// @param idleTimeout how long a connection may stay open between requests
/// @param udp how much is sent by UDP
/// @param tls the port and the certificate of the protocol over HTTPS; empty if it is not spoken
/// @param administration what a node has that others may change; empty on one that only resolves
public record ServerSettings(
        InetAddress address,
        int udpPort,
        int tcpPort,
        int httpPort,
        int connectionsMax,
        Duration requestTimeout,
        Duration idleTimeout,
        UdpLimits udp,
        Optional<Tls> tls,
        Optional<Administration> administration) {

    /// HTTPS.
    ///
    /// @param port a port; 0 for a free one
    /// @param context holds the certificate and its private key. The public client demands that the key is the
    ///     one the node signs with ([Administration#key])
    public record Tls(int port, SSLContext context) {}

    /// The port number of a door that stays closed.
    public static final int CLOSED = -1;

    /// The port assigned to the Handle protocol.
    public static final int HANDLE_PORT = 2641;

    /// The port at which nodes serve the protocol over HTTP.
    public static final int HTTP_PORT = 8000;

    /// The assigned ports on loopback.
    public static ServerSettings loopback() {
        return on(InetAddress.getLoopbackAddress(), HANDLE_PORT, HTTP_PORT);
    }

    /// Free ports on loopback; [HandleServer#site] tells which.
    public static ServerSettings freePorts() {
        return on(InetAddress.getLoopbackAddress(), 0, 0);
    }

    /// @param port of UDP and TCP
    public static ServerSettings on(InetAddress address, int port, int httpPort) {
        return new ServerSettings(
                address,
                port,
                port,
                httpPort,
                1024,
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                UdpLimits.usual(),
                Optional.empty(),
                Optional.empty());
    }

    public ServerSettings withTimeouts(Duration request, Duration idle) {
        return new ServerSettings(
                address, udpPort, tcpPort, httpPort, connectionsMax, request, idle, udp, tls, administration);
    }

    public ServerSettings withConnectionsMax(int max) {
        return new ServerSettings(
                address, udpPort, tcpPort, httpPort, max, requestTimeout, idleTimeout, udp, tls, administration);
    }

    public ServerSettings withUdp(UdpLimits limits) {
        return new ServerSettings(
                address,
                udpPort,
                tcpPort,
                httpPort,
                connectionsMax,
                requestTimeout,
                idleTimeout,
                limits,
                tls,
                administration);
    }

    public ServerSettings withAdministration(Administration changed) {
        return new ServerSettings(
                address,
                udpPort,
                tcpPort,
                httpPort,
                connectionsMax,
                requestTimeout,
                idleTimeout,
                udp,
                tls,
                Optional.of(changed));
    }

    public ServerSettings withTls(Tls door) {
        return new ServerSettings(
                address,
                udpPort,
                tcpPort,
                httpPort,
                connectionsMax,
                requestTimeout,
                idleTimeout,
                udp,
                Optional.of(door),
                administration);
    }
}
