package io.millwright.bench.identity;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.SplittableRandom;

/// Connections that stay open, on each of which a record at random is asked for as soon as the answer before is whole
/// (RFC 9112). Every answer has to have status 200 and its Content-Length.
final class HttpLoad implements AutoCloseable {

    private static final int ANSWER_BYTES_MAX = 64 << 10;
    private static final long PATIENCE_MILLIS = 10_000;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final String LENGTH = "content-length:";

    private final Selector selector = Selector.open();
    private final SplittableRandom random;
    private final Question question;
    private final byte[] request;
    private final int among;

    private static final class Connection {
        final SocketChannel channel;
        final byte[] octets = new byte[ANSWER_BYTES_MAX];
        final ByteBuffer answer = ByteBuffer.wrap(octets);
        int length = -1;

        Connection(SocketChannel channel) {
            this.channel = channel;
        }
    }

    /// @param among of how many records it asks for one at random
    HttpLoad(InetSocketAddress server, Question question, int connections, int among, long seed) throws IOException {
        this.question = question;
        this.among = among;
        request = question.copy();
        random = new SplittableRandom(seed);
        for (int i = 0; i < connections; i++) {
            var channel = SocketChannel.open(server);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, new Connection(channel));
        }
    }

    /// @return answers per second
    double perSecond(int count) throws IOException {
        long start = System.nanoTime();
        int sent = 0;
        for (var key : selector.keys()) {
            ask((Connection) key.attachment());
            sent++;
        }
        for (int answered = 0; answered < count; ) {
            if (selector.select(PATIENCE_MILLIS) == 0) {
                throw new IOException("no answer came for " + PATIENCE_MILLIS / 1000 + " s");
            }
            for (var key : selector.selectedKeys()) {
                var connection = (Connection) key.attachment();
                if (isWhole(connection)) {
                    answered++;
                    if (sent < count) {
                        ask(connection);
                        sent++;
                    }
                }
            }
            selector.selectedKeys().clear();
        }
        return count / ((System.nanoTime() - start) / NANOS_PER_SECOND);
    }

    private void ask(Connection connection) throws IOException {
        question.name(request, Catalogue.FIRST + random.nextInt(among));
        var out = ByteBuffer.wrap(request);
        while (out.hasRemaining()) {
            connection.channel.write(out);
        }
    }

    private static boolean isWhole(Connection connection) throws IOException {
        var answer = connection.answer;
        if (connection.channel.read(answer) < 0) {
            throw new EOFException("the server closed a connection");
        }
        if (connection.length < 0) {
            connection.length =
                    length(new String(connection.octets, 0, answer.position(), StandardCharsets.ISO_8859_1));
        }
        if (connection.length < 0 || answer.position() < connection.length) {
            return false;
        }
        answer.clear();
        connection.length = -1;
        return true;
    }

    /// Octets of the whole answer; -1 while its head is not there.
    private static int length(String text) throws IOException {
        int head = text.indexOf("\r\n\r\n");
        if (head < 0) {
            return -1;
        }
        int at = text.toLowerCase(Locale.ROOT).indexOf(LENGTH);
        if (!text.startsWith("HTTP/1.1 200 ") || at < 0 || at > head) {
            throw new IOException("a wrong answer: " + text.substring(0, head));
        }
        int end = text.indexOf('\r', at);
        return head
                + 4
                + Integer.parseInt(text.substring(at + LENGTH.length(), end).strip());
    }

    @Override
    public void close() throws IOException {
        for (var key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }
}
