package io.millwright.identity.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntPredicate;

/// Stands between a client and a node, keeps every packet, and may lose some. It serves one exchange at a time.
final class RecordingProxy implements AutoCloseable {

    private final DatagramSocket udp;
    private final ServerSocket tcp;
    private final InetSocketAddress udpNode;
    private final InetSocketAddress tcpNode;
    private final IntPredicate lost;
    private int answers;

    final List<byte[]> udpRequests = new CopyOnWriteArrayList<>();
    final List<byte[]> udpAnswers = new CopyOnWriteArrayList<>();
    final List<byte[]> tcpRequests = new CopyOnWriteArrayList<>();
    final List<byte[]> tcpAnswers = new CopyOnWriteArrayList<>();
    private volatile boolean carrying;

    /// @param lost which of the node's datagrams, counted from 0, do not get through
    RecordingProxy(InetSocketAddress udpNode, InetSocketAddress tcpNode, IntPredicate lost) throws IOException {
        this.udpNode = udpNode;
        this.tcpNode = tcpNode;
        this.lost = lost;
        tcp = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        udp = new DatagramSocket(tcp.getLocalPort(), InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::carryDatagrams);
        Thread.ofVirtual().start(this::carryConnections);
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), tcp.getLocalPort());
    }

    /// Whether a connection through which something came has not been recorded yet.
    boolean isCarrying() {
        return carrying;
    }

    private void carryDatagrams() {
        var packet = new DatagramPacket(new byte[4096], 4096);
        InetSocketAddress client = null;
        try {
            while (true) {
                udp.receive(packet);
                byte[] bytes = Arrays.copyOf(packet.getData(), packet.getLength());
                if (!packet.getSocketAddress().equals(udpNode)) {
                    client = (InetSocketAddress) packet.getSocketAddress();
                    udpRequests.add(bytes);
                    udp.send(new DatagramPacket(bytes, bytes.length, udpNode));
                } else if (client != null && !lost.test(answers++)) {
                    udpAnswers.add(bytes);
                    udp.send(new DatagramPacket(bytes, bytes.length, client));
                }
            }
        } catch (IOException e) {
            // Closed by the test.
        }
    }

    private void carryConnections() {
        try {
            while (true) {
                try (var client = tcp.accept();
                        var node = new Socket(tcpNode.getAddress(), tcpNode.getPort())) {
                    carrying = true;
                    var carrier = Thread.ofVirtual().start(() -> record(client, node, tcpRequests));
                    record(node, client, tcpAnswers);
                    carrier.join();
                    carrying = false;
                }
            }
        } catch (IOException | InterruptedException e) {
            // Closed by the test.
        }
    }

    private static void record(Socket from, Socket to, List<byte[]> records) {
        var seen = new ByteArrayOutputStream();
        try {
            byte[] buffer = new byte[8192];
            for (int n = from.getInputStream().read(buffer);
                    n > 0;
                    n = from.getInputStream().read(buffer)) {
                seen.write(buffer, 0, n);
                to.getOutputStream().write(buffer, 0, n);
            }
        } catch (IOException e) {
            // One side left: what was carried counts.
        }
        records.add(seen.toByteArray());
        try {
            to.shutdownOutput();
        } catch (IOException e) {
            // It is gone already.
        }
    }

    @Override
    public void close() throws IOException {
        udp.close();
        tcp.close();
    }
}
