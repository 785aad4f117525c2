package io.millwright.identity.client;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.identity.client.Endpoint.Protocol;
import io.millwright.identity.message.Envelope;
import io.millwright.identity.record.Handle;
import io.millwright.identity.wire.MalformedException;
import io.millwright.identity.wire.WireReader;
import io.millwright.identity.wire.WireWriter;
import io.millwright.model.Time;
import io.millwright.testkit.MisbehavingServer;
import io.millwright.testkit.MisbehavingServer.Habit;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Servers that hang, close, or answer nonsense get a result with a reason, in time, and never a record.
class MisbehavingPeersTest {

    private static final Handle ASKED = Handle.of("88.118.7/tank-1");
    private static final ClientSettings HURRIED = ClientSettings.usual()
            .withUdpTimeouts(List.of(Duration.ofMillis(100), Duration.ofMillis(200)))
            .withAnswerTimeout(Duration.ofMillis(300));

    private static Resolution ask(Protocol protocol, int port) {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        try (var client = HandleClient.to(new Endpoint(protocol, address), HURRIED, Time.system())) {
            return client.resolve(ASKED);
        }
    }

    private static void assertFailed(Resolution resolution) {
        boolean failed = resolution instanceof Resolution.Unreachable || resolution instanceof Resolution.Garbled;
        assertTrue(failed, resolution.toString());
        assertFalse(resolution.toString().contains("Exception"), resolution.toString());
    }

    @ParameterizedTest
    @EnumSource
    void badTcpServers(Habit habit) {
        for (long seed = 1; seed < 20; seed += habit == Habit.HANG ? 20 : 1) {
            try (var server = new MisbehavingServer(habit, seed)) {
                assertFailed(ask(Protocol.TCP, server.port()));
                assertFailed(ask(Protocol.HTTP, server.port()));
            }
        }
    }

    /// A server that answers each datagram with what the function makes of it.
    private static Resolution askUdp(UnaryOperator<byte[]> answer) throws IOException {
        try (var server = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                var packet = new DatagramPacket(new byte[2048], 2048);
                try {
                    while (true) {
                        server.receive(packet);
                        byte[] bytes = answer.apply(Arrays.copyOf(packet.getData(), packet.getLength()));
                        server.send(new DatagramPacket(bytes, bytes.length, packet.getSocketAddress()));
                    }
                } catch (IOException e) {
                    // Closed: the end of this server.
                }
            });
            return ask(Protocol.UDP, server.getLocalPort());
        }
    }

    @Test
    void theRequestSentBackIsNoAnswer() throws Exception {
        assertInstanceOf(Resolution.Garbled.class, askUdp(UnaryOperator.identity()));
    }

    @Test
    void anAnswerToAnotherRequestIsNotTaken() throws Exception {
        assertInstanceOf(Resolution.Unreachable.class, askUdp(bytes -> {
            bytes[11] ^= 1;
            return bytes;
        }));
    }

    @Test
    void truncatedAnswers() throws Exception {
        assertFailed(askUdp(bytes -> Arrays.copyOf(bytes, 10)));
        assertFailed(askUdp(bytes -> Arrays.copyOf(bytes, bytes.length - 5)));
    }

    /// An answer for another handle is a lie, even if everything else fits.
    @Test
    void anAnswerForAnotherHandleIsGarbled() throws Exception {
        assertInstanceOf(Resolution.Garbled.class, askUdp(bytes -> {
            bytes[20 + 7] = 1; // response code: success; the body, handle and two zero counts, reads as one too long
            return bytes;
        }));
        var other = askUdp(MisbehavingPeersTest::answerForAnother);
        var garbled = assertInstanceOf(Resolution.Garbled.class, other);
        assertTrue(garbled.reason().contains("88.118.7/pump-9"), garbled.reason());
    }

    private static byte[] answerForAnother(byte[] request) {
        var message = new WireWriter().int32(1).int32(1).int32(0).int32(0).int32(0);
        String handle = "88.118.7/pump-9";
        message.int32(4 + handle.length() + 4).text(handle).int32(0).int32(0);
        return packet(request, message.toByteArray(), message.size());
    }

    /// A length of 262144 octets of which none come: room for it must not be made, and TCP is asked instead.
    @Test
    void anAnnouncedAnswerThatDoesNotCome() throws Exception {
        assertFailed(askUdp(request -> packet(request, new byte[0], 262_144)));
    }

    private static byte[] packet(byte[] request, byte[] message, int announced) {
        try {
            var asked = Envelope.read(new WireReader(request));
            var out = new WireWriter();
            Envelope.of(asked.version(), asked.suggested(), asked.requestId(), announced)
                    .write(out);
            return out.plain(message, 0, message.length).toByteArray();
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
    }
}
