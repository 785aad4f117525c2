package io.millwright.identity.client;

import io.millwright.identity.message.OpFlag;
import io.millwright.identity.wire.MalformedException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.Deque;

/// Connections to one server that stay open from one exchange to the next (RFC 3652, section 2.2.2.3, KC); as many as
/// there are exchanges under way at once.
final class KeptTcpTransport implements Transport, AutoCloseable {

    /// Servers close connections on which nothing is asked; ours after a minute.
    private static final long IDLE_NANOS_MAX = 20_000_000_000L;

    private final TcpTransport tcp;
    private final Deque<Kept> idle = new ArrayDeque<>();
    private boolean closed;

    private record Kept(Socket socket, long sinceNanos) {}

    KeptTcpTransport(ClientSettings settings) {
        tcp = new TcpTransport(settings);
    }

    @Override
    public int flags() {
        return OpFlag.KEEP_CONNECTION;
    }

    @Override
    public void exchange(InetSocketAddress server, Packet request, Taker taker) throws IOException, MalformedException {
        var socket = take(server);
        boolean answered = false;
        try {
            tcp.exchange(socket, request, taker);
            answered = true;
        } finally {
            if (!answered || !keep(socket)) {
                socket.close();
            }
        }
    }

    /// The connection that was used last; those that were idle for long are closed.
    private Socket take(InetSocketAddress server) throws IOException {
        var old = new ArrayDeque<Kept>();
        Kept taken = null;
        synchronized (idle) {
            long now = System.nanoTime();
            while (!idle.isEmpty() && now - idle.peekLast().sinceNanos() > IDLE_NANOS_MAX) {
                old.add(idle.removeLast());
            }
            taken = idle.pollFirst();
        }
        for (var kept : old) {
            kept.socket().close();
        }
        return taken == null ? tcp.connected(server) : taken.socket();
    }

    private boolean keep(Socket socket) {
        synchronized (idle) {
            if (!closed) {
                idle.addFirst(new Kept(socket, System.nanoTime()));
            }
            return !closed;
        }
    }

    @Override
    public void close() throws IOException {
        synchronized (idle) {
            closed = true;
            for (var kept : idle) {
                kept.socket().close();
            }
            idle.clear();
        }
    }
}
