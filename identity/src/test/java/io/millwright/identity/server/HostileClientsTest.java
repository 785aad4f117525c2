package io.millwright.identity.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.millwright.identity.client.Endpoint;
import io.millwright.identity.client.HandleClient;
import io.millwright.identity.client.Resolution;
import io.millwright.identity.message.Body;
import io.millwright.identity.message.Envelope;
import io.millwright.identity.message.Golden;
import io.millwright.identity.message.Header;
import io.millwright.identity.message.Message;
import io.millwright.identity.message.OpCode;
import io.millwright.identity.message.OpFlag;
import io.millwright.identity.message.ProtocolVersion;
import io.millwright.identity.message.ResponseCode;
import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.registry.Registry;
import io.millwright.identity.wire.WireReader;
import io.millwright.identity.wire.WireWriter;
import io.millwright.testkit.ManualTime;
import io.millwright.testkit.Property;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Clients that send nonsense, too much, too little or too slowly get an error or are cut off; the others are served.
/// The node's clocks are moved by hand.
class HostileClientsTest {

    private static final int WAIT_MILLIS = 10_000;
    private static final long NOW = 1_795_245_000L;

    private final ManualTime time = new ManualTime(NOW * 1_000_000_000L);
    private RunningNode node;

    @BeforeEach
    void start() throws Exception {
        node = new RunningNode(ServerSettings.freePorts().withConnectionsMax(4), time);
    }

    @AfterEach
    void stop() throws Exception {
        node.close();
    }

    private static byte[] query(int flags) {
        var header = new Header(OpCode.RESOLUTION, 0, flags, Header.NO_SITE, 0, 0);
        return Message.of(header, Body.ResolutionRequest.all(Handle.of("88.118.7/Pump-1")))
                .encode();
    }

    private static Envelope envelope(int messageLength) {
        return Envelope.of(ProtocolVersion.COMPATIBLE, ProtocolVersion.NEWEST, 77, messageLength);
    }

    private static byte[] packet(Envelope envelope, byte[] message) {
        var out = new WireWriter();
        envelope.write(out);
        return out.plain(message, 0, message.length).toByteArray();
    }

    private static byte[] packet(byte[] message) {
        return packet(envelope(message.length), message);
    }

    private Message askUdp(byte[]... datagrams) throws Exception {
        try (var socket = new DatagramSocket()) {
            socket.connect(node.server.udpAddress().orElseThrow());
            socket.setSoTimeout(WAIT_MILLIS);
            for (byte[] datagram : datagrams) {
                socket.send(new DatagramPacket(datagram, datagram.length));
            }
            var answer = new DatagramPacket(new byte[2048], 2048);
            socket.receive(answer);
            assertEquals(77, Envelope.read(new WireReader(answer.getData())).requestId());
            return Message.decode(answer.getData(), Envelope.BYTES, answer.getLength());
        }
    }

    private int codeOf(byte[]... datagrams) throws Exception {
        return askUdp(datagrams).header().responseCode();
    }

    private Socket connect(boolean http) throws IOException {
        var address = (http ? node.server.httpAddress() : node.server.tcpAddress()).orElseThrow();
        var socket = new Socket(address.getAddress(), address.getPort());
        socket.setSoTimeout(WAIT_MILLIS);
        return socket;
    }

    private void assertStillServing() {
        try (var client = HandleClient.to(Endpoint.udp(node.server.udpAddress().orElseThrow()))) {
            assertInstanceOf(Resolution.Found.class, client.resolve(Handle.of("88.118.7/Pump-1")));
        }
    }

    /// RFC 3652, section 2.2.2.2: what cannot be read is a PROTOCOL_ERROR, with the reason for people.
    @Test
    void messagesThatCannotBeReadAreToldSo() throws Exception {
        byte[] cut = Arrays.copyOf(query(0), 30);
        var answer = askUdp(packet(cut));
        assertEquals(ResponseCode.PROTOCOL_ERROR, answer.header().responseCode());
        assertEquals(OpCode.RESOLUTION, answer.header().opCode());
        var error = assertInstanceOf(Body.ErrorResponse.class, answer.body());
        assertTrue(error.text().orElseThrow().contains("cut short"), error.toString());
        assertEquals(ResponseCode.PROTOCOL_ERROR, codeOf(packet(new byte[3])));
    }

    @Test
    void whatNeedsASessionOrAnotherVersionIsRefused() throws Exception {
        byte[] query = query(0);
        var plain = envelope(query.length);
        var version3 = new Envelope(new ProtocolVersion(3, 0), 0, plain.suggested(), 0, 77, 0, query.length);
        assertEquals(ResponseCode.PROTOCOL_ERROR, codeOf(packet(version3, query)));
        var encrypted = new Envelope(plain.version(), Envelope.ENCRYPTED, plain.suggested(), 9, 77, 0, query.length);
        assertEquals(ResponseCode.NO_SESSION_KEY, codeOf(packet(encrypted, query)));
        var compressed = new Envelope(plain.version(), Envelope.COMPRESSED, plain.suggested(), 0, 77, 0, query.length);
        assertEquals(ResponseCode.PROTOCOL_ERROR, codeOf(packet(compressed, query)));
        var session = new Envelope(plain.version(), 0, plain.suggested(), 9, 77, 0, query.length);
        assertEquals(ResponseCode.SESSION_TIMEOUT, codeOf(packet(session, query)));
        assertEquals(ResponseCode.NO_SESSION_KEY, codeOf(packet(query(OpFlag.ENCRYPT))));
        assertEquals(ResponseCode.OPERATION_DENIED, codeOf(packet(query(OpFlag.CERTIFIED))));
    }

    /// A store that fails costs one answer, not the node.
    @Test
    void aFailingRegistryIsAnErrorAndTheNodeGoesOn() throws Exception {
        node.close();
        try (var server = HandleServer.bind(ServerSettings.freePorts(), 1, time);
                var client = HandleClient.to(Endpoint.udp(server.udpAddress().orElseThrow()))) {
            server.serve(new Registry() {
                @Override
                public boolean answersFor(Handle handle) {
                    return true;
                }

                @Override
                public Optional<HandleRecord> find(Handle handle) {
                    throw new IllegalStateException("the disk is gone");
                }

                @Override
                public long size() {
                    return 0;
                }
            });
            for (int i = 0; i < 3; i++) {
                var refused = assertInstanceOf(Resolution.Refused.class, client.resolve(Handle.of("88.118.7/x")));
                assertEquals(ResponseCode.ERROR, refused.code());
            }
        }
    }

    /// Two nodes must never answer each other's answers for ever: the response is passed over, the request after it
    /// answered.
    @Test
    void responsesAreNotAnswered() throws Exception {
        byte[] response = packet(Golden.read("error-response").toByteArray());
        response[11] = 1;
        assertEquals(ResponseCode.SUCCESS, codeOf(response, new byte[5], packet(query(OpFlag.PUBLIC_ONLY))));
        assertEquals(1, node.server.statistics().unreadable());
    }

    /// RFC 3652, section 2.2.2.6, by the node's clock, which may be set.
    @Test
    void expirationFollowsTheNodesClock() throws Exception {
        var header = new Header(OpCode.RESOLUTION, 0, OpFlag.PUBLIC_ONLY, Header.NO_SITE, 0, (int) NOW + 60);
        byte[] query = Message.of(header, Body.ResolutionRequest.all(Handle.of("88.118.7/Pump-1")))
                .encode();
        assertEquals(ResponseCode.SUCCESS, codeOf(packet(query)));
        time.stepWallClock(Duration.ofHours(1));
        assertEquals(ResponseCode.ERROR, codeOf(packet(query)));
        time.stepWallClock(Duration.ofHours(-2));
        assertEquals(ResponseCode.SUCCESS, codeOf(packet(query)));
    }

    @Test
    void floodsOfNonsenseDoNotStopTheNode() {
        Property.check(500, random -> {
            byte[] bytes = packet(query(0));
            if (random.nextBoolean()) {
                random.nextBytes(bytes);
            }
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            try (var socket = new DatagramSocket()) {
                var datagram = new DatagramPacket(bytes, random.nextInt(bytes.length + 1));
                datagram.setSocketAddress(node.server.udpAddress().orElseThrow());
                socket.send(datagram);
            }
        });
        assertStillServing();
    }

    /// Even loopback draws one datagram, if the answer is longer than UDP may carry to anybody.
    @Test
    void ofAHugeAnswerOneDatagramIsSent() throws Exception {
        var header = new Header(OpCode.RESOLUTION, 0, OpFlag.PUBLIC_ONLY, Header.NO_SITE, 0, 0);
        byte[] huge = packet(Message.of(header, Body.ResolutionRequest.all(Handle.of("88.118.7/huge")))
                .encode());
        huge[11] = 5;
        try (var socket = new DatagramSocket()) {
            socket.connect(node.server.udpAddress().orElseThrow());
            socket.setSoTimeout(WAIT_MILLIS);
            socket.send(new DatagramPacket(huge, huge.length));
            byte[] small = packet(query(OpFlag.PUBLIC_ONLY));
            socket.send(new DatagramPacket(small, small.length));
            var requestIds = new ArrayList<Integer>();
            var answer = new DatagramPacket(new byte[2048], 2048);
            while (!requestIds.contains(77)) {
                socket.receive(answer);
                requestIds.add(Envelope.read(new WireReader(answer.getData())).requestId());
            }
            assertEquals(1, requestIds.stream().filter(id -> id == 5).count());
        }
    }

    @Test
    void aConnectionServesManyRequestsIfAsked() throws Exception {
        try (var socket = connect(false)) {
            byte[] kept = packet(query(OpFlag.KEEP_CONNECTION | OpFlag.PUBLIC_ONLY));
            for (int i = 0; i < 3; i++) {
                socket.getOutputStream().write(kept);
                byte[] head = socket.getInputStream().readNBytes(Envelope.BYTES);
                int length = Envelope.read(new WireReader(head)).messageLength();
                assertEquals(length, socket.getInputStream().readNBytes(length).length);
            }
            socket.getOutputStream().write(packet(query(OpFlag.PUBLIC_ONLY)));
            assertTrue(socket.getInputStream().readAllBytes().length > Envelope.BYTES, "answered, then closed");
        }
    }

    @Test
    void anOversizeMessageEndsTheConnection() throws Exception {
        try (var socket = connect(false)) {
            byte[] head = packet(new byte[0]);
            head[16] = 0x7f;
            socket.getOutputStream().write(head);
            assertEquals(-1, socket.getInputStream().read());
        }
        assertEquals(1, node.server.statistics().unreadable());
    }

    /// A message announced and never sent, and one sent an octet at a time, hold their place until the deadline only.
    @Test
    void slowClientsAreCutOffAtTheDeadline() throws Exception {
        try (var silent = connect(false);
                var slow = connect(false);
                var slowHttp = connect(true)) {
            slow.getOutputStream().write(packet(envelope(200_000), new byte[100]));
            slowHttp.getOutputStream().write("POST / HTTP/1.1\r\nHost:".getBytes(StandardCharsets.US_ASCII));
            assertStillServing();
            assertEquals(0, node.server.statistics().timedOut());
            assertCutOff(silent);
            assertCutOff(slow);
            assertCutOff(slowHttp);
        }
        assertEquals(3, node.server.statistics().timedOut());
    }

    /// Lets time pass until the node closes the connection; it may have noticed the connection only after a step.
    private void assertCutOff(Socket socket) throws IOException {
        socket.setSoTimeout(200);
        for (int step = 0; step < 100; step++) {
            try {
                time.advance(Duration.ofSeconds(11));
                assertEquals(-1, socket.getInputStream().read());
                return;
            } catch (SocketTimeoutException e) {
                // Still open.
            }
        }
        fail("the connection stays open");
    }

    @Test
    void tooManyConnectionsAreClosedAsTheyCome() throws Exception {
        var held = new ArrayList<Socket>();
        try {
            for (int i = 0; i < 4; i++) {
                var socket = connect(false);
                held.add(socket);
                // An answer proves that the connection was accepted.
                socket.getOutputStream().write(packet(query(OpFlag.KEEP_CONNECTION)));
                assertTrue(socket.getInputStream().read() >= 0);
            }
            try (var fifth = connect(false)) {
                assertEquals(-1, fifth.getInputStream().read());
            }
            assertEquals(1, node.server.statistics().refusedConnections());
            assertStillServing();
        } finally {
            for (var socket : held) {
                socket.close();
            }
        }
    }

    private String http(String head) throws IOException {
        try (var socket = connect(true)) {
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /// RFC 9110, section 15.5.
    @Test
    void whatIsNotThisProtocolGetsAnHttpStatus() throws Exception {
        String type = "Content-Type: application/x-hdl-message\r\n";
        assertTrue(http("GET /88.118.7/x HTTP/1.1\r\n\r\n").startsWith("HTTP/1.1 405 "));
        assertTrue(http("POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}").startsWith("HTTP/1.1 415 "));
        assertTrue(http("POST / HTTP/1.1\r\n" + type + "\r\n").startsWith("HTTP/1.1 411 "));
        assertTrue(http("POST / HTTP/1.1\r\n" + type + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n")
                .startsWith("HTTP/1.1 411 "));
        assertTrue(http("POST / HTTP/1.1\r\n" + type + "Content-Length: 262165\r\n\r\n")
                .startsWith("HTTP/1.1 413 "));
        assertTrue(http("POST / HTTP/1.1\r\n" + type + "Content-Length: -1\r\n\r\n")
                .startsWith("HTTP/1.1 400 "));
        assertTrue(http("POST / HTTP/1.1\r\n" + type + "Content-Length: 1\r\nContent-Length: 2\r\n\r\n")
                .startsWith("HTTP/1.1 400 "));
        assertTrue(http("POST / HTTP/1.1\r\n" + type + "Content-Length: 5\r\n\r\nhello")
                .startsWith("HTTP/1.1 400 "));
        assertTrue(http("rubbish\r\n\r\n").startsWith("HTTP/1.1 400 "));
        assertTrue(http("POST / HTTP/1.1\r\nX: " + "x".repeat(9000)).startsWith("HTTP/1.1 400 "));
    }
}
