package io.millwright.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.function.Predicate;

/// One client that keeps so many requests outstanding: for each answer that comes it sends the next request. Octets 8
/// to 11 of a datagram are its number, which the answer repeats.
final class UdpLoad implements AutoCloseable {

    private static final int NUMBER_AT = 8;
    private static final int BUFFER_BYTES = 2048;
    private static final long PATIENCE_MILLIS = 2_000;
    private static final double NANOS_PER_SECOND = 1e9;

    private final DatagramChannel channel = DatagramChannel.open();
    private final Selector selector = Selector.open();
    private final ByteBuffer sent = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final ByteBuffer received = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final byte[][] requests;
    private final boolean[] waiting;
    private final int outstanding;
    private int next;

    UdpLoad(InetSocketAddress server, byte[][] requests, int outstanding) throws IOException {
        this.requests = requests;
        this.outstanding = outstanding;
        waiting = new boolean[1 << 20];
        channel.connect(server);
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ);
    }

    /// Exchanges so many datagrams.
    ///
    /// @param wrong whether an answer is not what it should be
    /// @return exchanges per second
    double perSecond(int count, Predicate<ByteBuffer> wrong) throws IOException {
        long start = System.nanoTime();
        int first = next;
        while (next - first < Math.min(outstanding, count)) {
            send();
        }
        for (int done = 0; done < count; done++) {
            receive();
            int number = received.getInt(NUMBER_AT) % waiting.length;
            if (!waiting[number] || wrong.test(received)) {
                throw new IOException("a wrong answer, or one to no request");
            }
            waiting[number] = false;
            if (next - first < count) {
                send();
            }
        }
        return count / ((System.nanoTime() - start) / NANOS_PER_SECOND);
    }

    private void send() throws IOException {
        sent.clear();
        sent.put(requests[next % requests.length]).putInt(NUMBER_AT, next).flip();
        waiting[next % waiting.length] = true;
        channel.write(sent);
        next++;
    }

    private void receive() throws IOException {
        received.clear();
        while (channel.read(received) == 0) {
            if (selector.select(PATIENCE_MILLIS) == 0) {
                throw new SocketTimeoutException("an answer got lost");
            }
            selector.selectedKeys().clear();
        }
        received.flip();
    }

    @Override
    public void close() throws IOException {
        selector.close();
        channel.close();
    }
}
