package io.millwright.connect.modbus;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/// Answers each Modbus request by a function of its PDU, for what a proper device does not do. Written from
/// MODBUS Messaging on TCP/IP V1.0b, 3.1.3: transaction, protocol 0, length, unit, PDU.
final class PduServer implements AutoCloseable {

    private static final int HEADER = 7;

    final List<byte[]> requests = new CopyOnWriteArrayList<>();
    private final ServerSocket socket;
    private final BinaryOperator<byte[]> device;
    private volatile Socket client = new Socket();

    /// @param device the answer to a request; an empty one means silence
    PduServer(UnaryOperator<byte[]> device) throws IOException {
        this((header, pdu) -> framed(header, device.apply(pdu)));
    }

    /// @param device what is sent when a request comes, by its header and its PDU
    PduServer(BinaryOperator<byte[]> device) throws IOException {
        socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        this.device = device;
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return socket.getLocalPort();
    }

    /// Cuts the connection that is open now.
    void cut() throws IOException {
        client.close();
    }

    private void accept() {
        try {
            while (true) {
                client = socket.accept();
                Socket accepted = client;
                Thread.ofVirtual().start(() -> serve(accepted));
            }
        } catch (IOException e) {
            // Closed by the test.
        }
    }

    private void serve(Socket accepted) {
        try (accepted) {
            var in = new DataInputStream(accepted.getInputStream());
            var out = new DataOutputStream(accepted.getOutputStream());
            while (true) {
                byte[] header = in.readNBytes(HEADER);
                if (header.length < HEADER) {
                    return;
                }
                byte[] pdu = in.readNBytes(ByteBuffer.wrap(header).getShort(4) - 1);
                requests.add(pdu);
                out.write(device.apply(header, pdu));
            }
        } catch (IOException e) {
            // The client left.
        }
    }

    /// An answer behind the header that belongs to it.
    static byte[] framed(byte[] header, byte[] answer) {
        return answer.length == 0
                ? answer
                : ByteBuffer.allocate(HEADER + answer.length)
                        .put(header, 0, 4)
                        .putShort((short) (answer.length + 1))
                        .put(header[6])
                        .put(answer)
                        .array();
    }

    @Override
    public void close() throws IOException {
        socket.close();
        client.close();
    }
}
