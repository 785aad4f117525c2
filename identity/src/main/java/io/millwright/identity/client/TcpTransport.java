package io.millwright.identity.client;

import io.millwright.identity.message.Envelope;
import io.millwright.identity.wire.MalformedException;
import io.millwright.identity.wire.WireReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Arrays;

/// One connection for one exchange.
///
/// @param settings how patient to be
record TcpTransport(ClientSettings settings) implements Transport {

    private static final int CHUNK_BYTES = 8192;

    @Override
    public void exchange(InetSocketAddress server, Packet request, Taker taker) throws IOException, MalformedException {
        try (var socket = connected(server)) {
            exchange(socket, request, taker);
        }
    }

    Socket connected(InetSocketAddress server) throws IOException {
        var socket = new Socket();
        try {
            socket.connect(server, (int) settings.connectTimeout().toMillis());
            socket.setTcpNoDelay(true);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /// @param socket connected
    void exchange(Socket socket, Packet request, Taker taker) throws IOException, MalformedException {
        socket.getOutputStream().write(request.whole());
        boolean more = true;
        while (more) {
            more = taker.take(read(socket));
        }
    }

    private Packet read(Socket socket) throws IOException, MalformedException {
        long deadline = System.nanoTime() + settings.answerTimeout().toNanos();
        byte[] head = read(socket, Envelope.BYTES, deadline);
        var envelope = Envelope.read(new WireReader(head));
        return new Packet(envelope, read(socket, envelope.messageLength(), deadline));
    }

    /// Makes room for what has arrived, not for what was announced.
    private static byte[] read(Socket socket, int count, long deadlineNanos) throws IOException {
        InputStream in = socket.getInputStream();
        byte[] bytes = new byte[Math.min(count, CHUNK_BYTES)];
        int size = 0;
        while (size < count) {
            if (size == bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.min(count, size * 2));
            }
            long leftMillis = (deadlineNanos - System.nanoTime()) / 1_000_000;
            if (leftMillis <= 0) {
                throw new SocketTimeoutException("no whole answer in time");
            }
            socket.setSoTimeout((int) leftMillis);
            int read = in.read(bytes, size, bytes.length - size);
            if (read < 0) {
                throw new EOFException("the server closed the connection before its answer was complete");
            }
            size += read;
        }
        return bytes;
    }
}
