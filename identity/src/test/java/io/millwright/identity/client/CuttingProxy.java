package io.millwright.identity.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.function.UnaryOperator;

/// Stands between a mirror and its primary, and cuts the connection after so many octets of an answer, or changes them.
final class CuttingProxy implements AutoCloseable {

    private final ServerSocket door;
    private final InetSocketAddress node;
    private volatile long left = Long.MAX_VALUE;
    private volatile UnaryOperator<byte[]> change = bytes -> bytes;

    CuttingProxy(InetSocketAddress node) throws IOException {
        this.node = node;
        door = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::carry);
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), door.getLocalPort());
    }

    void cutAfter(long octets) {
        left = octets;
    }

    void changing(UnaryOperator<byte[]> each) {
        change = each;
    }

    private void carry() {
        try {
            while (true) {
                var client = door.accept();
                Thread.ofVirtual().start(() -> carry(client));
            }
        } catch (IOException e) {
            // Closed by the test.
        }
    }

    private void carry(Socket client) {
        try (client;
                var server = new Socket(node.getAddress(), node.getPort())) {
            Thread.ofVirtual().start(() -> {
                try {
                    client.getInputStream().transferTo(server.getOutputStream());
                } catch (IOException e) {
                    // One side left.
                }
            });
            byte[] buffer = new byte[4096];
            for (int n = server.getInputStream().read(buffer);
                    n > 0;
                    n = server.getInputStream().read(buffer)) {
                byte[] told = change.apply(java.util.Arrays.copyOf(buffer, n));
                int carried = (int) Math.min(told.length, left);
                left -= carried;
                client.getOutputStream().write(told, 0, carried);
                if (left == 0) {
                    return;
                }
            }
        } catch (IOException e) {
            // One side left.
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
