package io.millwright.identity.udp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Both ways to the system behave alike; the other end is always a socket of Java's own.
class UdpPortTest {

    private static final int BUFFER_BYTES = 1 << 20;
    private static final int WAIT_MILLIS = 10_000;
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    /// One way to open a port.
    interface Way {
        UdpPort open(InetAddress address, int port) throws IOException;
    }

    static List<Way> ways() {
        var ways = new ArrayList<Way>();
        ways.add((address, port) -> ChannelUdp.open(address, port, BUFFER_BYTES));
        if (LinuxUdp.isAvailable()) {
            ways.add((address, port) -> LinuxUdp.open(address, port, BUFFER_BYTES));
        }
        return ways;
    }

    private static DatagramSocket client() throws IOException {
        var client = new DatagramSocket(0, LOOPBACK);
        client.setSoTimeout(WAIT_MILLIS);
        return client;
    }

    private static void ask(DatagramSocket client, UdpPort port, byte[] octets) throws IOException {
        client.send(new DatagramPacket(octets, octets.length, LOOPBACK, port.number()));
    }

    private static byte[] told(DatagramSocket client) throws IOException {
        var packet = new DatagramPacket(new byte[8192], 8192);
        client.receive(packet);
        return Arrays.copyOf(packet.getData(), packet.getLength());
    }

    private static void echo(UdpPort port, int datagrams) throws IOException {
        byte[] bytes = new byte[UdpPort.DATAGRAM_BYTES];
        for (int done = 0; done < datagrams; ) {
            int count = port.receive();
            for (int i = 0; i < count; i++) {
                port.answer(i, bytes, port.read(i, bytes));
            }
            port.flush();
            done += count;
        }
    }

    /// More than go with one call, from two clients, of every length.
    @ParameterizedTest
    @MethodSource("ways")
    void everyoneGetsTheAnswersToTheirOwn(Way way) throws IOException {
        try (var port = way.open(LOOPBACK, 0);
                var one = client();
                var other = client()) {
            for (int i = 0; i < 100; i++) {
                ask(one, port, new byte[i * 5]);
                ask(other, port, new byte[] {(byte) i});
            }
            echo(port, 200);
            for (int i = 0; i < 100; i++) {
                assertEquals(i * 5, told(one).length);
                assertArrayEquals(new byte[] {(byte) i}, told(other));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void theSenderIsKnownAndCanBeWrittenTo(Way way) throws IOException {
        try (var port = way.open(LOOPBACK, 0);
                var client = client()) {
            ask(client, port, new byte[] {1, 2, 3});
            assertEquals(1, port.receive());
            var sender = port.sender(0);
            assertEquals(client.getLocalSocketAddress(), sender);
            port.send(sender, new byte[] {4, 5, 6, 7}, 3);
            assertArrayEquals(new byte[] {4, 5, 6}, told(client));
        }
    }

    /// All addresses: those of IPv4 come as such, whether or not the system has IPv6.
    @ParameterizedTest
    @MethodSource("ways")
    void aPortAtAllAddressesTakesBoth(Way way) throws IOException {
        try (var port = way.open(InetAddress.getByName("0.0.0.0"), 0);
                var client = client()) {
            ask(client, port, new byte[] {9});
            assertEquals(1, port.receive());
            assertEquals(client.getLocalSocketAddress(), port.sender(0));
            port.answer(0, new byte[] {8}, 1);
            port.flush();
            assertArrayEquals(new byte[] {8}, told(client));
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void ofALongDatagramTheBeginningIsTaken(Way way) throws IOException {
        try (var port = way.open(LOOPBACK, 0);
                var client = client()) {
            ask(client, port, new byte[UdpPort.DATAGRAM_BYTES + 1000]);
            assertEquals(1, port.receive());
            assertEquals(UdpPort.DATAGRAM_BYTES, port.read(0, new byte[UdpPort.DATAGRAM_BYTES]));
        }
    }

    /// Port 0 cannot be sent to.
    @ParameterizedTest
    @MethodSource("ways")
    void whoCannotBeReachedDoesNotEndThePort(Way way) throws IOException {
        try (var port = way.open(LOOPBACK, 0);
                var client = client()) {
            assertThrows(IOException.class, () -> port.send(new InetSocketAddress(LOOPBACK, 0), new byte[1], 1));
            ask(client, port, new byte[] {1});
            echo(port, 1);
            assertArrayEquals(new byte[] {1}, told(client));
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void closingWakesWhoWaits(Way way) throws Exception {
        var port = way.open(LOOPBACK, 0);
        var waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return port.receive();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        assertFalse(waiting.isDone());
        port.close();
        var thrown = assertThrows(ExecutionException.class, () -> waiting.get(WAIT_MILLIS, TimeUnit.MILLISECONDS));
        assertInstanceOf(ClosedChannelException.class, thrown.getCause().getCause());
        assertFalse(port.isOpen());
        assertThrows(ClosedChannelException.class, port::receive);
        assertThrows(ClosedChannelException.class, () -> port.send(new InetSocketAddress(LOOPBACK, 9), new byte[1], 1));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void aPortCanBeOpenedAgainAsSoonAsItIsClosed(Way way) throws Exception {
        for (int round = 0; round < 100; round++) {
            var port = way.open(LOOPBACK, 0);
            var waiting = Thread.ofPlatform().start(() -> assertThrows(ClosedChannelException.class, port::receive));
            while (waiting.getState() == Thread.State.NEW || round % 2 == 0 && !isReceiving(waiting)) {
                Thread.onSpinWait();
            }
            int number = port.number();
            port.close();
            way.open(LOOPBACK, number).close();
            waiting.join();
        }
    }

    private static boolean isReceiving(Thread thread) {
        return Stream.of(thread.getStackTrace())
                .anyMatch(frame -> frame.getMethodName().equals("receive"));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void aPortThatIsTakenIsRefused(Way way) throws IOException {
        try (var port = way.open(LOOPBACK, 0)) {
            var refused = assertThrows(IOException.class, () -> way.open(LOOPBACK, port.number()));
            assertTrue(
                    refused instanceof BindException || refused.getMessage().contains("in use"), refused::getMessage);
        }
    }

    @Test
    void thisMachineUsesTheCallsOfItsSystem() throws IOException {
        assumeTrue(System.getProperty("os.name").equals("Linux"));
        try (var port = UdpPort.open(LOOPBACK, 0, BUFFER_BYTES)) {
            assertInstanceOf(LinuxUdp.class, port);
        }
    }
}
