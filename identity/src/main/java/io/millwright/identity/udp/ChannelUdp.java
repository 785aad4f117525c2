package io.millwright.identity.udp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.Semaphore;

/// UDP by Java's channels, one datagram a call: on every system.
final class ChannelUdp implements UdpPort {

    private final DatagramChannel channel;
    private final ByteBuffer received = ByteBuffer.allocateDirect(DATAGRAM_BYTES);
    private final ByteBuffer sent = ByteBuffer.allocateDirect(DATAGRAM_BYTES);
    private final Semaphore receiving = new Semaphore(1);
    private InetSocketAddress sender = new InetSocketAddress(0);

    private ChannelUdp(DatagramChannel channel) {
        this.channel = channel;
    }

    static ChannelUdp open(InetAddress address, int port, int bufferBytes) throws IOException {
        var channel = DatagramChannel.open();
        try {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, bufferBytes);
            channel.bind(new InetSocketAddress(address, port));
            return new ChannelUdp(channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public int number() {
        return channel.socket().getLocalPort();
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public int receive() throws IOException {
        receiving.acquireUninterruptibly();
        try {
            received.clear();
            sender = (InetSocketAddress) channel.receive(received);
            received.flip();
            return 1;
        } finally {
            receiving.release();
        }
    }

    @Override
    public int read(int position, byte[] into) {
        int length = received.limit();
        received.get(0, into, 0, length);
        return length;
    }

    @Override
    public InetSocketAddress sender(int position) {
        return sender;
    }

    @Override
    public void answer(int position, byte[] bytes, int length) throws IOException {
        send(sender, bytes, length);
    }

    @Override
    public void flush() {
        // Nothing waits.
    }

    @Override
    public synchronized void send(InetSocketAddress to, byte[] bytes, int length) throws IOException {
        sent.clear().put(bytes, 0, length).flip();
        channel.send(sent, to);
    }

    @Override
    public void close() throws IOException {
        channel.close();
        receiving.acquireUninterruptibly(); // The socket goes when who waits to receive has been woken.
        receiving.release();
    }
}
