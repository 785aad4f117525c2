package io.millwright.identity.server;

import io.millwright.identity.door.DnsDoor;
import io.millwright.identity.udp.UdpPort;
import io.millwright.model.Time;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries DNS messages (RFC 1035, section 4.2) to a [DnsDoor]: UDP and TCP at the same port.
public final class DnsServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DnsServer.class);
    private static final int BACKLOG = 64;
    private static final int BUFFERED_QUERIES_BYTES = 1 << 20;
    private static final int QUERY_BYTES_MAX = 4096;
    private static final int SAME_PORT_ATTEMPTS = 20;

    private final UdpPort udp;
    private final ServerSocket tcp;
    private final Connections connections;
    private final UdpSources sources;

    private DnsServer(UdpPort udp, ServerSocket tcp, Connections connections, UdpSources sources) {
        this.udp = udp;
        this.tcp = tcp;
        this.connections = connections;
        this.sources = sources;
    }

    /// Opens the ports; nothing is answered before [#serve].
    ///
    /// @param port 0 for a free one
    /// @throws IOException if the port cannot be had; the message names it
    public static DnsServer bind(InetAddress address, int port, Time time) throws IOException {
        return bind(address, port, UdpLimits.usual(), time);
    }

    /// Opens the ports, with limits of its own. How long an answer by UDP may be is for the [DnsDoor] to say.
    static DnsServer bind(InetAddress address, int port, UdpLimits limits, Time time) throws IOException {
        for (int attempt = 1; ; attempt++) {
            Optional<UdpPort> opened = Optional.empty();
            try {
                var udp = UdpPort.open(address, port, BUFFERED_QUERIES_BYTES);
                opened = Optional.of(udp);
                var tcp = new ServerSocket(udp.number(), BACKLOG, address);
                var settings = ServerSettings.on(address, port, ServerSettings.CLOSED);
                var connections = new Connections(settings, time, new ServerCounters());
                return new DnsServer(udp, tcp, connections, new UdpSources(limits, time));
            } catch (IOException e) {
                if (opened.isPresent()) {
                    opened.get().close();
                }
                if (port != 0 || attempt == SAME_PORT_ATTEMPTS) {
                    var told = new BindException("cannot listen for DNS on " + address.getHostAddress() + ":" + port
                            + ": " + e.getMessage());
                    told.initCause(e);
                    throw told;
                }
            }
        }
    }

    /// Begins to answer. To be called once.
    public void serve(DnsDoor door) {
        serve(() -> door);
    }

    /// Begins to answer, by a door that is made when the first query comes: a node that nobody asks this way
    /// does not start later for it, and is smaller. To be called once.
    public void serve(Supplier<DnsDoor> making) {
        var door = new Late<>(making);
        Thread.ofPlatform().daemon().name("dns-udp").start(() -> serveUdp(door));
        connections.accept(tcp, "dns-tcp", connection -> serveTcp(connection, door));
    }

    /// Where it listens, by UDP and TCP.
    public InetSocketAddress address() {
        return new InetSocketAddress(tcp.getInetAddress(), tcp.getLocalPort());
    }

    private void serveUdp(Supplier<DnsDoor> door) {
        byte[] query = new byte[UdpPort.DATAGRAM_BYTES];
        while (udp.isOpen()) {
            try {
                int count = udp.receive();
                for (int i = 0; i < count; i++) {
                    answer(i, Arrays.copyOf(query, udp.read(i, query)), door);
                }
                udp.flush();
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                LOG.debug("DNS over UDP: {}", e.getMessage());
            }
        }
    }

    private void answer(int position, byte[] query, byte[] answer) throws IOException {
        switch (sources.share(udp.sender(position).getAddress(), answer.length)) {
            case WHOLE -> udp.answer(position, answer, answer.length);
            case TRUNCATED -> {
                byte[] cut = DnsDoor.cutShort(query);
                udp.answer(position, cut, cut.length);
            }
            case NOTHING -> {}
        }
    }

    private void answer(int position, byte[] query, Supplier<DnsDoor> door) {
        try {
            var answer = door.get().answer(query, false);
            if (answer.isPresent()) {
                answer(position, query, answer.get());
            }
        } catch (IOException e) {
            // A client that is gone or cannot be reached; the others are served on.
            LOG.debug("DNS over UDP: {}", e.getMessage());
        } catch (RuntimeException e) {
            // A registry that fails must not end the thread that serves all clients.
            LOG.error("A DNS query could not be answered", e);
        }
    }

    /// Messages behind their length, two octets.
    private void serveTcp(Connections.Guarded connection, Supplier<DnsDoor> door) throws IOException {
        sources.seen(connection.socket().getInetAddress());
        var in = new BufferedInputStream(connection.socket().getInputStream(), 1024);
        var out = connection.socket().getOutputStream();
        while (true) {
            int high = in.read();
            if (high < 0) {
                return;
            }
            connection.requestBegan();
            int length = high << 8 | Math.max(0, in.read());
            if (length > QUERY_BYTES_MAX) {
                throw new SocketException("a query of " + length + " octets");
            }
            Optional<byte[]> answer = door.get().answer(TcpDoor.exactly(in, length), true);
            if (answer.isEmpty()) {
                return;
            }
            int size = answer.get().length;
            var framed = ByteBuffer.allocate(size + 2).putShort((short) size).put(answer.get());
            out.write(framed.array());
            connection.expectRequest();
        }
    }

    /// Closes all ports and connections.
    @Override
    public void close() throws IOException {
        udp.close();
        tcp.close();
        connections.close();
    }
}
