package io.millwright.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/// Sends every datagram back: the most that one Java thread and this machine's loopback can do.
final class UdpEcho implements AutoCloseable {

    private static final int BUFFER_BYTES = 2048;

    private final DatagramChannel channel = DatagramChannel.open();

    UdpEcho() throws IOException {
        channel.setOption(StandardSocketOptions.SO_RCVBUF, 1 << 20);
        channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        Thread.ofPlatform().daemon().name("udp-echo").start(this::serve);
    }

    InetSocketAddress address() {
        return new InetSocketAddress(
                InetAddress.getLoopbackAddress(), channel.socket().getLocalPort());
    }

    private void serve() {
        var buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
        try {
            while (true) {
                buffer.clear();
                var client = channel.receive(buffer);
                channel.send(buffer.flip(), client);
            }
        } catch (IOException e) {
            // Closed: the end of this echo.
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
