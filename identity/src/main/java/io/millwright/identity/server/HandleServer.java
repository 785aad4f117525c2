package io.millwright.identity.server;

import io.millwright.identity.authentication.VerificationKey;
import io.millwright.identity.door.Node;
import io.millwright.identity.door.WebDoor;
import io.millwright.identity.message.ProtocolVersion;
import io.millwright.identity.record.Site;
import io.millwright.identity.record.SiteServer;
import io.millwright.identity.registry.Ledger;
import io.millwright.identity.registry.Registry;
import io.millwright.identity.registry.WireRegistry;
import io.millwright.identity.udp.UdpPort;
import io.millwright.identity.wire.Octets;
import io.millwright.model.Time;
import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// A node that answers for the prefixes of its registry.
///
/// ```java
/// var server = HandleServer.bind(ServerSettings.loopback(), 1, Time.system());
/// var records = new PlantRecords(plant, base, server.site(), seconds);
/// server.serve(records.register());
/// ```
///
/// Without an [Administration] it answers resolutions and requests for site information; every other operation gets
/// OPERATION_DENIED, nobody is authenticated, and only values that anyone may read are given out. With one, and a
/// [Ledger], it does every operation of the protocol.
public final class HandleServer implements AutoCloseable {

    private static final int BACKLOG = 256;
    private static final int BUFFERED_REQUESTS_BYTES = 1 << 20;
    private static final int SAME_PORT_ATTEMPTS = 20;

    private final ServerSettings settings;
    private final Time time;
    private final Optional<UdpPort> udp;
    private final Optional<ServerSocket> tcp;
    private final Optional<ServerSocket> http;
    private final Optional<ServerSocket> https;
    private final Site site;
    private final ServerCounters counters = new ServerCounters();
    private final Connections connections;
    private Optional<Function<Node, WebDoor>> doors = Optional.empty();
    private Optional<Desk> desk = Optional.empty();

    private HandleServer(ServerSettings settings, int serial, Time time, Ports ports) throws IOException {
        this.settings = settings;
        this.time = time;
        udp = ports.udp();
        tcp = ports.tcp();
        http = ports.http();
        https = ports.https();
        site = describe(serial);
        connections = new Connections(settings, time, counters);
    }

    private record Ports(
            Optional<UdpPort> udp,
            Optional<ServerSocket> tcp,
            Optional<ServerSocket> http,
            Optional<ServerSocket> https) {}

    /// Opens the ports; nothing is answered before [#serve].
    ///
    /// @param serial of the site: grows when the node's addresses or ports change; 0…65535
    /// @throws IOException if a port cannot be had; the message names it
    public static HandleServer bind(ServerSettings settings, int serial, Time time) throws IOException {
        for (int attempt = 1; ; attempt++) {
            Optional<ServerSocket> tcp = openTcp(settings.address(), settings.tcpPort(), "TCP");
            Optional<UdpPort> udp = Optional.empty();
            Optional<ServerSocket> http = Optional.empty();
            try {
                boolean samePort = settings.udpPort() == 0 && settings.tcpPort() == 0;
                int udpPort = samePort ? tcp.orElseThrow().getLocalPort() : settings.udpPort();
                udp = openUdp(settings.address(), udpPort);
                http = openTcp(settings.address(), settings.httpPort(), "HTTP");
                var https = openTls(settings);
                return new HandleServer(settings, serial, time, new Ports(udp, tcp, http, https));
            } catch (IOException e) {
                closeAll(udp, tcp, http);
                boolean free = settings.udpPort() == 0 && settings.tcpPort() == 0;
                if (!free || attempt == SAME_PORT_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private static Optional<UdpPort> openUdp(InetAddress address, int port) throws IOException {
        if (port == ServerSettings.CLOSED) {
            return Optional.empty();
        }
        try {
            return Optional.of(UdpPort.open(address, port, BUFFERED_REQUESTS_BYTES));
        } catch (IOException e) {
            throw unavailable("UDP", address, port, e);
        }
    }

    private static Optional<ServerSocket> openTcp(InetAddress address, int port, String door) throws IOException {
        if (port == ServerSettings.CLOSED) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ServerSocket(port, BACKLOG, address));
        } catch (IOException e) {
            throw unavailable(door, address, port, e);
        }
    }

    private static Optional<ServerSocket> openTls(ServerSettings settings) throws IOException {
        if (settings.tls().isEmpty()) {
            return Optional.empty();
        }
        var tls = settings.tls().get();
        var sockets = tls.context().getServerSocketFactory();
        try {
            return Optional.of(sockets.createServerSocket(tls.port(), BACKLOG, settings.address()));
        } catch (IOException e) {
            throw unavailable("HTTPS", settings.address(), tls.port(), e);
        }
    }

    private static IOException unavailable(String door, InetAddress address, int port, IOException cause) {
        var told = new BindException("cannot listen for identifiers on " + door + " " + address.getHostAddress() + ":"
                + port + ": " + cause.getMessage());
        told.initCause(cause);
        return told;
    }

    /// The address others are told: the bound one, or the machine's own where all are bound.
    private InetAddress told() throws IOException {
        return settings.address().isAnyLocalAddress() ? InetAddress.getLocalHost() : settings.address();
    }

    private Site describe(int serial) throws IOException {
        var doors = new ArrayList<SiteServer.Door>();
        int purpose = SiteServer.RESOLUTION | (settings.administration().isPresent() ? SiteServer.ADMINISTRATION : 0);
        udp.ifPresent(p -> doors.add(new SiteServer.Door(purpose, SiteServer.UDP, p.number())));
        tcp.ifPresent(s -> doors.add(new SiteServer.Door(purpose, SiteServer.TCP, s.getLocalPort())));
        http.ifPresent(s -> doors.add(new SiteServer.Door(purpose, SiteServer.HTTP, s.getLocalPort())));
        https.ifPresent(s -> doors.add(new SiteServer.Door(purpose, SiteServer.HTTPS, s.getLocalPort())));
        return new Site(
                Site.LAYOUT_VERSION,
                ProtocolVersion.NEWEST.major(),
                ProtocolVersion.NEWEST.minor(),
                serial,
                Site.PRIMARY,
                Site.HASH_BY_ALL,
                Octets.EMPTY,
                List.of(new Site.Attribute("desc", "Millwright")),
                List.of(new SiteServer(1, SiteServer.at(1, told(), doors).address(), publicKey(), doors)));
    }

    private Octets publicKey() {
        return settings.administration()
                .flatMap(Administration::publicKey)
                .map(VerificationKey::encode)
                .orElse(Octets.EMPTY);
    }

    /// This node as others find it: its address and ports.
    public Site site() {
        return site;
    }

    /// Where it listens for UDP, if it does.
    public Optional<InetSocketAddress> udpAddress() {
        return udp.map(p -> new InetSocketAddress(settings.address(), p.number()));
    }

    /// Where it listens for TCP, if it does.
    public Optional<InetSocketAddress> tcpAddress() {
        return tcp.map(s -> new InetSocketAddress(settings.address(), s.getLocalPort()));
    }

    /// Where it listens for HTTP, if it does.
    public Optional<InetSocketAddress> httpAddress() {
        return http.map(s -> new InetSocketAddress(settings.address(), s.getLocalPort()));
    }

    /// Has the HTTP port answer other web requests than those of the Handle protocol too. To be called before
    /// [#serve].
    ///
    /// @param opened makes the doors of the node that stands behind them
    public HandleServer withDoors(Function<Node, WebDoor> opened) {
        doors = Optional.of(opened);
        return this;
    }

    /// The node as other doors see it.
    ///
    /// @throws IllegalStateException before [#serve]
    public Node node() {
        return desk.orElseThrow(() -> new IllegalStateException("the node does not serve yet"));
    }

    /// Where it listens for HTTPS, if it does.
    public Optional<InetSocketAddress> httpsAddress() {
        return https.map(s -> new InetSocketAddress(settings.address(), s.getLocalPort()));
    }

    /// Begins to answer from the registry. To be called once.
    ///
    /// @throws IllegalArgumentException if the settings say that the node can be changed and the registry cannot
    public void serve(Registry registry) {
        serve(registry, site, 0);
    }

    /// Begins to answer as one of several servers that share their handles by hash. To be called once.
    ///
    /// @param whole the site with all its servers
    /// @param position which of them this is, from 0
    /// @throws IllegalArgumentException if the settings say that the node can be changed and the registry cannot
    public void serve(Registry registry, Site whole, int position) {
        open(responder(registry, whole, position, Optional.empty()), shortcut(registry, whole, position));
    }

    /// Begins to answer from the registry, and from others what that does not answer for. To be called once.
    ///
    /// @throws IllegalArgumentException if the settings say that the node can be changed and the registry cannot
    public void serve(Registry registry, Recursion recursion) {
        open(responder(registry, site, 0, Optional.of(recursion)), Optional.empty());
    }

    private Responder responder(Registry registry, Site whole, int position, Optional<Recursion> recursion) {
        var random = new SecureRandom();
        var administration = settings.administration();
        var key = administration.flatMap(Administration::signingKey);
        var replies = new Replies(time, counters, whole, key, random);
        if (administration.isEmpty()) {
            var operations = new Operations(registry, whole, position, time);
            int max = settings.connectionsMax();
            desk = Optional.of(new Desk(operations, registry, Optional.empty(), random, max, time));
            return new Responder(operations, Optional.empty(), recursion, replies, time, counters, max);
        }
        if (!(registry instanceof Ledger ledger)) {
            throw new IllegalArgumentException("a node that can be changed needs a registry that can be");
        }
        var authority = new Authority(ledger, administration.get(), time);
        var operations = Operations.of(ledger, authority, whole, position, time);
        var gate = new Gate(operations, authority, administration.get(), time, random);
        int slowMax = administration.get().concurrentMax();
        desk = Optional.of(new Desk(operations, registry, Optional.of(authority), random, slowMax, time));
        return new Responder(operations, Optional.of(gate), recursion, replies, time, counters, slowMax);
    }

    /// A recursive node counts what each client asks, and one of several servers looks whether it is asked rightly:
    /// both the usual way only.
    private Optional<Shortcut> shortcut(Registry registry, Site whole, int position) {
        return position == 0
                        && registry instanceof WireRegistry wire
                        && whole.servers().size() == 1
                ? Optional.of(
                        new Shortcut(wire, whole, time, counters, settings.udp().strangerBytesMax()))
                : Optional.empty();
    }

    private void open(Responder responder, Optional<Shortcut> shortcut) {
        var sources = new UdpSources(settings.udp(), time);
        udp.ifPresent(port -> {
            var door = new UdpDoor(port, responder, shortcut, sources, time, counters);
            // A thread of its own rather than a virtual one: it blocks in the kernel at every request.
            Thread.ofPlatform().daemon().name("handle-udp").start(door::serve);
        });
        tcp.ifPresent(s -> connections.accept(s, "handle-tcp", new TcpDoor(responder, sources, counters)::serve));
        Optional<WebDoor> opened = doors.map(make -> new LateDoor(() -> make.apply(node())));
        var web = new HttpDoor(responder, opened, counters);
        http.ifPresent(s -> connections.accept(s, "handle-http", web::serve));
        https.ifPresent(s -> connections.accept(s, "handle-https", web::serve));
    }

    public ServerStatistics statistics() {
        return counters.read();
    }

    /// TCP and HTTP connections open now.
    public int openConnections() {
        return connections.count();
    }

    /// Closes all ports and connections.
    @Override
    public void close() throws IOException {
        closeAll(udp, tcp, http, https, Optional.of(connections));
    }

    @SafeVarargs
    private static void closeAll(Optional<? extends Closeable>... all) throws IOException {
        for (var closeable : all) {
            if (closeable.isPresent()) {
                closeable.get().close();
            }
        }
    }
}
