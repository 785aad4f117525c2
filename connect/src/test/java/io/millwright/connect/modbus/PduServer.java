package io.millwright.connect.modbus;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/// Answers each Modbus request by a function of its PDU, for what a proper device does not do. Written from
/// MODBUS Messaging on TCP/IP V1.0b, 3.1.3: transaction, protocol 0, length, unit, PDU.
final class PduServer implements AutoCloseable {

    final List<byte[]> requests = new CopyOnWriteArrayList<>();
    private final ServerSocket socket;
    private final UnaryOperator<byte[]> device;
    private volatile Socket client = new Socket();

    /// @param device the answer to a request; an empty one means silence
    PduServer(UnaryOperator<byte[]> device) throws IOException {
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
                int transaction = in.readUnsignedShort();
                in.readUnsignedShort();
                int length = in.readUnsignedShort();
                int unit = in.readUnsignedByte();
                byte[] pdu = in.readNBytes(length - 1);
                requests.add(pdu);
                byte[] answer = device.apply(pdu);
                if (answer.length > 0) {
                    var frame = java.nio.ByteBuffer.allocate(7 + answer.length)
                            .putShort((short) transaction)
                            .putShort((short) 0)
                            .putShort((short) (answer.length + 1))
                            .put((byte) unit)
                            .put(answer);
                    out.write(frame.array());
                }
            }
        } catch (IOException e) {
            // The client left.
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
        client.close();
    }
}
