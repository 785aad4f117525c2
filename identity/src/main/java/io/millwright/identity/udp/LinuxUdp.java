package io.millwright.identity.udp;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;

/// UDP by `recvmmsg` and `sendmmsg` of Linux: up to [#BATCH] datagrams with one call, and no objects for each.
public final class LinuxUdp implements UdpPort {

    /// The most datagrams that are received, or sent, with one call.
    public static final int BATCH = 64;

    private final Arena arena = Arena.ofAuto();
    private final MemorySegment receiveErrors = Linux.errors(arena);
    private final MemorySegment sendErrors = Linux.errors(arena);
    private final Envelopes received = new Envelopes(arena, BATCH, DATAGRAM_BYTES);
    private final Envelopes answers = new Envelopes(arena, BATCH, DATAGRAM_BYTES);
    private final Envelopes single = new Envelopes(arena, 1, DATAGRAM_BYTES);
    private final boolean connected;
    private final int family;
    private final int socket;
    private final int number;
    private int emptied = BATCH;
    private int waiting;
    private volatile boolean closed;
    private boolean receiving;
    private boolean released;

    private LinuxUdp(int socket, int family, InetSocketAddress address, boolean connected) throws IOException {
        this.socket = socket;
        this.family = family;
        this.connected = connected;
        var peer = Addresses.of(address, family, arena);
        if (connected) {
            check(Linux.connect(sendErrors, socket, peer));
        } else {
            check(Linux.bind(sendErrors, socket, peer));
        }
        number = boundPort();
    }

    /// Whether the machine is one whose calls are known here, and Java may make them.
    public static boolean isAvailable() {
        String machine = System.getProperty("os.arch");
        return System.getProperty("os.name").equals("Linux")
                && (machine.equals("amd64") || machine.equals("aarch64"))
                && ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN
                && LinuxUdp.class.getModule().isNativeAccessEnabled();
    }

    static LinuxUdp open(InetAddress address, int port, int bufferBytes) throws IOException {
        boolean six = !(address instanceof Inet4Address) || address.isAnyLocalAddress();
        return open(new InetSocketAddress(address, port), six, false, bufferBytes, Duration.ZERO);
    }

    /// A port from which datagrams go to one server: [#answer] sends to it, whatever the position.
    ///
    /// @param patience after which [#receive] gives up and says 0; zero for never
    public static LinuxUdp to(InetSocketAddress server, int bufferBytes, Duration patience) throws IOException {
        return open(server, !(server.getAddress() instanceof Inet4Address), true, bufferBytes, patience);
    }

    private static LinuxUdp open(
            InetSocketAddress address, boolean six, boolean connected, int bufferBytes, Duration patience)
            throws IOException {
        try (var arena = Arena.ofConfined()) {
            var errors = Linux.errors(arena);
            int family = six ? Linux.AF_INET6 : Linux.AF_INET;
            int socket = Linux.socket(errors, family);
            if (socket < 0 && six && address.getAddress().isAnyLocalAddress()) {
                family = Linux.AF_INET; // A system without IPv6.
                socket = Linux.socket(errors, family);
            }
            if (socket < 0) {
                throw Linux.failure(errors);
            }
            try {
                option(errors, socket, Linux.SOL_SOCKET, Linux.SO_RCVBUF, number(arena, bufferBytes));
                if (family == Linux.AF_INET6) {
                    option(errors, socket, Linux.IPPROTO_IPV6, Linux.IPV6_V6ONLY, number(arena, 0));
                }
                if (!patience.isZero()) {
                    option(errors, socket, Linux.SOL_SOCKET, Linux.SO_RCVTIMEO, time(arena, patience));
                }
                return new LinuxUdp(socket, family, address, connected);
            } catch (IOException e) {
                Linux.close(errors, socket);
                throw e;
            }
        }
    }

    private static void option(MemorySegment errors, int socket, int level, int option, MemorySegment value)
            throws IOException {
        if (Linux.option(errors, socket, level, option, value) < 0) {
            throw Linux.failure(errors);
        }
    }

    private static MemorySegment number(Arena arena, int value) {
        return arena.allocateFrom(ValueLayout.JAVA_INT, value);
    }

    private static MemorySegment time(Arena arena, Duration duration) {
        return arena.allocateFrom(ValueLayout.JAVA_LONG, duration.toSeconds(), duration.toNanosPart() / 1000);
    }

    private void check(int result) throws IOException {
        if (result < 0) {
            throw Linux.failure(sendErrors);
        }
    }

    private int boundPort() throws IOException {
        var address = arena.allocate(Addresses.BYTES, 8);
        check(Linux.name(sendErrors, socket, address, number(arena, Addresses.BYTES)));
        return Addresses.port(address);
    }

    @Override
    public int number() {
        return number;
    }

    @Override
    public boolean isOpen() {
        return !closed;
    }

    @Override
    public int receive() throws IOException {
        while (emptied > 0) {
            received.empty(--emptied);
        }
        beginReceiving();
        int count = Linux.receive(receiveErrors, socket, received.headers(), BATCH);
        endReceiving();
        if (count < 0) {
            int error = Linux.error(receiveErrors);
            if (error == Linux.EAGAIN || error == Linux.EINTR) {
                return 0;
            }
            throw Linux.failure(receiveErrors);
        }
        emptied = count;
        return count;
    }

    private synchronized void beginReceiving() throws ClosedChannelException {
        if (closed) {
            throw new ClosedChannelException();
        }
        receiving = true;
    }

    private synchronized void endReceiving() throws ClosedChannelException {
        receiving = false;
        if (closed) {
            release();
            throw new ClosedChannelException();
        }
    }

    @Override
    public int read(int position, byte[] into) {
        return received.read(position, into);
    }

    @Override
    public InetSocketAddress sender(int position) {
        return Addresses.read(received.address(position));
    }

    @Override
    public void answer(int position, byte[] bytes, int length) throws IOException {
        if (waiting == BATCH) {
            flush();
        }
        int addressLength = 0;
        if (!connected) {
            addressLength = received.addressLength(position);
            answers.address(waiting).copyFrom(received.address(position));
        }
        answers.put(waiting, addressLength, bytes, length);
        waiting++;
    }

    @Override
    public void flush() throws IOException {
        int count = waiting;
        waiting = 0;
        if (count > 0) {
            send(answers, count);
        }
    }

    @Override
    public synchronized void send(InetSocketAddress to, byte[] bytes, int length) throws IOException {
        try (var scratch = Arena.ofConfined()) {
            var address = Addresses.of(to, family, scratch);
            MemorySegment.copy(address, 0, single.address(0), 0, address.byteSize());
            single.put(0, (int) address.byteSize(), bytes, length);
            send(single, 1);
        }
    }

    /// What cannot be sent to one does not keep the others from theirs; the first failure is told at the end.
    private synchronized void send(Envelopes envelopes, int count) throws IOException {
        if (released) {
            throw new ClosedChannelException();
        }
        IOException first = null;
        for (int done = 0; done < count; ) {
            int sent = Linux.send(sendErrors, socket, envelopes.headersFrom(done), count - done);
            if (sent < 0 && Linux.error(sendErrors) != Linux.EINTR) {
                first = first == null ? Linux.failure(sendErrors) : first;
                sent = 1;
            }
            done += Math.max(0, sent);
        }
        if (first != null) {
            throw first;
        }
    }

    /// Who waits to receive is woken, and lets go of the socket: its number must not be another's meanwhile. The port
    /// is
    /// free when this returns, or nearly so if who closes it is interrupted.
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (!receiving) {
            release();
            return;
        }
        Linux.shut(sendErrors, socket);
        try {
            while (!released) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void release() {
        released = true;
        Linux.close(sendErrors, socket);
        notifyAll();
    }
}
