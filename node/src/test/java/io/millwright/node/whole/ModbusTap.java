package io.millwright.node.whole;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// Stands between one client and a Modbus device and notes what is written (Modbus application protocol 1.1b3,
/// 6.12: write multiple registers), in one list with other taps.
final class ModbusTap implements AutoCloseable {
    private static final int WRITE_MULTIPLE = 0x10;
    private static final int HEADER = 6;

    private final ServerSocket door = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    private final String client;
    private final List<Written> log;
    private final AtomicInteger reads = new AtomicInteger();

    /// One value that a client wrote.
    ///
    /// @param nanos when it passed
    record Written(String client, int address, float value, long nanos) {}

    ModbusTap(String client, int devicePort, List<Written> log) throws IOException {
        this.client = client;
        this.log = log;
        Thread.ofVirtual().start(() -> serve(devicePort));
    }

    static List<Written> log() {
        return new CopyOnWriteArrayList<>();
    }

    int port() {
        return door.getLocalPort();
    }

    /// How often the client read.
    int reads() {
        return reads.get();
    }

    private void serve(int devicePort) {
        while (!door.isClosed()) {
            try {
                Socket near = door.accept();
                var far = new Socket(InetAddress.getLoopbackAddress(), devicePort);
                near.setTcpNoDelay(true);
                far.setTcpNoDelay(true);
                Thread.ofVirtual().start(() -> requests(near, far));
                Thread.ofVirtual().start(() -> answers(far, near));
            } catch (IOException _) {
                return;
            }
        }
    }

    private void requests(Socket from, Socket to) {
        try (from;
                to) {
            var in = new DataInputStream(from.getInputStream());
            while (true) {
                byte[] header = in.readNBytes(HEADER);
                if (header.length < HEADER) {
                    return;
                }
                byte[] body = in.readNBytes(ByteBuffer.wrap(header).getShort(4) & 0xFFFF);
                note(ByteBuffer.wrap(body));
                // At once: what is sent in two parts waits for the acknowledgement of the first one.
                to.getOutputStream()
                        .write(ByteBuffer.allocate(HEADER + body.length)
                                .put(header)
                                .put(body)
                                .array());
            }
        } catch (IOException _) {
            // It was killed.
        }
    }

    /// Unit, function, address, quantity, count of bytes, values: each a float in two registers.
    private void note(ByteBuffer body) {
        if (body.get(1) != WRITE_MULTIPLE) {
            reads.incrementAndGet();
            return;
        }
        long now = System.nanoTime();
        int address = body.getShort(2) & 0xFFFF;
        body.position(7);
        for (; body.remaining() >= Float.BYTES; address += 2) {
            log.add(new Written(client, address, body.getFloat(), now));
        }
    }

    private static void answers(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException _) {
            // It was killed.
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
