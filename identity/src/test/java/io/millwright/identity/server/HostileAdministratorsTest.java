package io.millwright.identity.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.identity.authentication.Identity;
import io.millwright.identity.authentication.KeyAgreement;
import io.millwright.identity.authentication.MessageSeal;
import io.millwright.identity.authentication.SessionKey;
import io.millwright.identity.message.Body;
import io.millwright.identity.message.Envelope;
import io.millwright.identity.message.Header;
import io.millwright.identity.message.KeyExchange;
import io.millwright.identity.message.Message;
import io.millwright.identity.message.OpCode;
import io.millwright.identity.message.OpFlag;
import io.millwright.identity.message.ProtocolVersion;
import io.millwright.identity.message.RequestDigest;
import io.millwright.identity.message.ResponseCode;
import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleValue;
import io.millwright.identity.record.ValueReference;
import io.millwright.identity.wire.Octets;
import io.millwright.identity.wire.WireReader;
import io.millwright.identity.wire.WireWriter;
import io.millwright.testkit.ManualTime;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Socket;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Log-ins that are forged, late or sent twice, challenges nobody answers, sessions nobody ends: none changes
/// anything,
/// and none takes more than its share. Messages are written by hand; the node's clocks are moved by hand.
class HostileAdministratorsTest {

    private static final int WAIT_MILLIS = 10_000;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Handle OWNER = AdministeredNode.OWNER;

    private final ManualTime time = new ManualTime(1_795_245_000L * 1_000_000_000L);
    private AdministeredNode node;
    private Socket connection;

    @BeforeEach
    void start() throws Exception {
        open(AdministeredNode.usual());
    }

    private void open(Administration administration) throws IOException {
        node = new AdministeredNode(administration, time);
        var address = node.server.tcpAddress().orElseThrow();
        connection = new Socket(address.getAddress(), address.getPort());
        connection.setSoTimeout(WAIT_MILLIS);
    }

    @AfterEach
    void stop() throws Exception {
        connection.close();
        node.close();
    }

    private record Told(Envelope envelope, Message message) {
        int code() {
            return message.header().responseCode();
        }
    }

    private static byte[] request(int opCode, Body body) {
        var header = new Header(opCode, 0, OpFlag.KEEP_CONNECTION, Header.NO_SITE, 0, 0);
        return Message.of(header, body).encode();
    }

    private static byte[] addition(int index) {
        var value = HandleValue.published(index, "DESC", "added", 0);
        return request(OpCode.ADD_VALUE, new Body.ValuesRequest(OWNER, List.of(value)));
    }

    private static byte[] packet(int flags, int sessionId, int requestId, byte[] message) {
        var envelope = new Envelope(
                ProtocolVersion.NEWEST, flags, ProtocolVersion.NEWEST, sessionId, requestId, 0, message.length);
        var out = new WireWriter();
        envelope.write(out);
        return out.plain(message, 0, message.length).toByteArray();
    }

    private Told ask(int sessionId, byte[] message) throws Exception {
        connection.getOutputStream().write(packet(0, sessionId, 77, message));
        return read();
    }

    private Told read() throws Exception {
        InputStream in = connection.getInputStream();
        var envelope = Envelope.read(new WireReader(in.readNBytes(Envelope.BYTES)));
        byte[] message = in.readNBytes(envelope.messageLength());
        return new Told(envelope, Message.decode(message, 0, message.length));
    }

    private static byte[] answer(Identity identity, Told challenge) {
        var body = assertInstanceOf(Body.Challenge.class, challenge.message().body());
        var digest = challenge.message().digest().orElseThrow();
        return request(OpCode.CHALLENGE_RESPONSE, identity.answer(body.nonce(), digest, RANDOM));
    }

    private int values() {
        return node.registry.find(OWNER).orElseThrow().values().size();
    }

    private static int sessionOf(Told told) {
        return told.envelope().sessionId();
    }

    /// RFC 3652, section 3.5: a challenge is answered once. The same answer again, word for word, changes nothing.
    @Test
    void anAnswerCountsOnce() throws Exception {
        var challenge = ask(0, addition(1));
        byte[] answer = answer(AdministeredNode.BY_SECRET, challenge);
        assertEquals(ResponseCode.SUCCESS, ask(sessionOf(challenge), answer).code());
        assertEquals(
                ResponseCode.AUTHENTICATION_TIMEOUT,
                ask(sessionOf(challenge), answer).code());
        assertEquals(9, values());
    }

    /// An answer overheard is of no use for another request: each challenge has its own nonce and digest.
    @Test
    void anAnswerCountsForItsRequestOnly() throws Exception {
        var challenge = ask(0, addition(1));
        var another = ask(0, addition(2));
        byte[] answer = answer(AdministeredNode.BY_RSA, challenge);
        assertEquals(
                ResponseCode.AUTHENTICATION_FAILED,
                ask(sessionOf(another), answer).code());
        assertEquals(8, values());
    }

    @Test
    void aWrongAnswerUsesTheChallengeUp() throws Exception {
        var challenge = ask(0, addition(1));
        var wrong = new Identity.SecretKey(AdministeredNode.BY_SECRET.reference(), Octets.utf8("guessed"));
        assertEquals(
                ResponseCode.AUTHENTICATION_FAILED,
                ask(sessionOf(challenge), answer(wrong, challenge)).code());
        assertEquals(
                ResponseCode.AUTHENTICATION_TIMEOUT,
                ask(sessionOf(challenge), answer(AdministeredNode.BY_SECRET, challenge))
                        .code());
    }

    @Test
    void anAnswerMayBeTooLate() throws Exception {
        var challenge = ask(0, addition(1));
        byte[] answer = answer(AdministeredNode.BY_SECRET, challenge);
        time.advance(Duration.ofSeconds(31));
        assertEquals(
                ResponseCode.AUTHENTICATION_TIMEOUT,
                ask(sessionOf(challenge), answer).code());
        assertEquals(8, values());
    }

    /// What was signed is the digest of the first request; the challenge cannot be had without sending that.
    @Test
    void aForgedDigestProvesNothing() throws Exception {
        var challenge = ask(0, addition(1));
        var body = assertInstanceOf(Body.Challenge.class, challenge.message().body());
        byte[] other = addition(2);
        int end = Message.endOfBody(other, 0, other.length);
        var digest = RequestDigest.of(RequestDigest.SHA_256, other, 0, end);
        byte[] forged =
                request(OpCode.CHALLENGE_RESPONSE, AdministeredNode.BY_ED25519.answer(body.nonce(), digest, RANDOM));
        assertEquals(
                ResponseCode.AUTHENTICATION_FAILED,
                ask(sessionOf(challenge), forged).code());
    }

    /// PBKDF2 with 2³¹ iterations would keep the node busy for an hour.
    @Test
    void costlyAnswersAreNotComputed() throws Exception {
        for (int iterations : new int[] {Integer.MAX_VALUE, 0, -1, 100_001}) {
            var challenge = ask(0, addition(1));
            var costly = new WireWriter()
                    .u8(0x22)
                    .octets(Octets.utf8("salt"))
                    .int32(iterations)
                    .int32(160)
                    .octets(Octets.utf8("code"))
                    .toOctets();
            var answer = new Body.ChallengeAnswer("HS_SECKEY", AdministeredNode.BY_SECRET.reference(), costly);
            assertEquals(
                    ResponseCode.AUTHENTICATION_FAILED,
                    ask(sessionOf(challenge), request(OpCode.CHALLENGE_RESPONSE, answer))
                            .code());
        }
    }

    /// However many requests go unanswered, the newest can be answered and the oldest are forgotten.
    @Test
    void unansweredChallengesAreBounded() throws Exception {
        stop();
        open(AdministeredNode.usual().withLimits(10, 10, 10));
        var first = ask(0, addition(1));
        for (int i = 0; i < 9; i++) {
            ask(0, addition(2));
        }
        var last = ask(0, addition(3));
        assertEquals(
                ResponseCode.AUTHENTICATION_TIMEOUT,
                ask(sessionOf(first), answer(AdministeredNode.BY_SECRET, first)).code());
        assertEquals(
                ResponseCode.SUCCESS,
                ask(sessionOf(last), answer(AdministeredNode.BY_SECRET, last)).code());
    }

    private record OpenSession(int id, SessionKey key) {}

    private OpenSession session() throws Exception {
        var keys = KeyAgreement.diffieHellmanKeys();
        var nobody = new ValueReference(Handle.of(""), -1);
        var body = new Body.SessionRequest(
                KeyExchange.DIFFIE_HELLMAN, 60, nobody, KeyAgreement.offer(keys), Optional.empty());
        var told = ask(0, request(OpCode.SESSION_SETUP, body));
        assertEquals(ResponseCode.SUCCESS, told.code(), told.toString());
        var answer = assertInstanceOf(Body.SessionResponse.class, told.message().body());
        return new OpenSession(sessionOf(told), KeyAgreement.finishDiffieHellman(keys, answer.data()));
    }

    private static byte[] sealed(OpenSession session, int counter, int requestId, byte[] message) throws Exception {
        var envelope = new Envelope(
                ProtocolVersion.NEWEST, 0, ProtocolVersion.NEWEST, session.id(), requestId, 0, message.length);
        int end = Message.endOfBody(message, 0, message.length);
        var credential = MessageSeal.seal(session.key(), counter, envelope, message, end);
        var plain = Message.decode(message, 0, message.length);
        return new Message(plain.header(), plain.digest(), plain.body(), Optional.of(credential)).encode();
    }

    /// A message of a session that is sent again by somebody who overheard it is refused (code 505), though its
    /// code
    /// is right.
    @Test
    void messagesOfASessionCountOnce() throws Exception {
        var session = session();
        byte[] add = sealed(session, 1, 77, addition(1));
        var challenge = ask(session.id(), add);
        byte[] proof = sealed(session, 2, 77, answer(AdministeredNode.BY_SECRET, challenge));
        assertEquals(ResponseCode.SUCCESS, ask(session.id(), proof).code());
        byte[] second = sealed(session, 3, 77, addition(2));
        assertEquals(ResponseCode.SUCCESS, ask(session.id(), second).code(), "proven once for the whole session");
        for (byte[] again : List.of(add, proof, second)) {
            assertEquals(
                    ResponseCode.SESSION_MESSAGE_REJECTED,
                    ask(session.id(), again).code());
        }
        assertEquals(10, values());
    }

    /// Knowing the number of a session is not being in it.
    @Test
    void withoutItsKeyNobodyIsInTheSession() throws Exception {
        var session = session();
        var challenge = ask(session.id(), sealed(session, 1, 77, addition(1)));
        ask(session.id(), sealed(session, 2, 77, answer(AdministeredNode.BY_SECRET, challenge)));
        assertEquals(
                ResponseCode.AUTHENTICATION_NEEDED,
                ask(session.id(), addition(2)).code());
        var stranger = new OpenSession(session.id(), session().key());
        assertEquals(
                ResponseCode.NO_SESSION_KEY,
                ask(session.id(), sealed(stranger, 9, 77, addition(2))).code());
        assertEquals(
                ResponseCode.SESSION_FAILED,
                ask(session.id(), request(OpCode.SESSION_TERMINATE, new Body.HandleRequest(Handle.BLANK)))
                        .code());
        assertEquals(9, values());
    }

    @Test
    void sessionsEndAfterTheirTime() throws Exception {
        var session = session();
        time.advance(Duration.ofSeconds(61));
        assertEquals(
                ResponseCode.SESSION_TIMEOUT,
                ask(session.id(), sealed(session, 1, 77, addition(1))).code());
    }

    @Test
    void sessionsAreBounded() throws Exception {
        stop();
        open(AdministeredNode.usual().withLimits(2, 10, 10));
        session();
        session();
        var keys = KeyAgreement.diffieHellmanKeys();
        var nobody = new ValueReference(Handle.of(""), -1);
        var body = new Body.SessionRequest(
                KeyExchange.DIFFIE_HELLMAN, 60, nobody, KeyAgreement.offer(keys), Optional.empty());
        assertEquals(
                ResponseCode.SERVER_BUSY,
                ask(0, request(OpCode.SESSION_SETUP, body)).code());
        time.advance(Duration.ofSeconds(61));
        session();
    }

    /// Keys that would make the secret known, or computing it expensive.
    @Test
    void badKeysOpenNoSession() throws Exception {
        var nobody = new ValueReference(Handle.of(""), -1);
        var one = Octets.hex("01");
        var small = key(one, Octets.hex("00" + "ff".repeat(64)), Octets.hex("02"));
        var trivial = key(one, Octets.hex("00" + "ff".repeat(256)), Octets.hex("02"));
        var huge = key(Octets.hex("05"), Octets.hex("00" + "ff".repeat(1024)), Octets.hex("02"));
        for (var offer : List.of(small, trivial, huge, Octets.EMPTY, Octets.hex("ffffffff"))) {
            var body = new Body.SessionRequest(KeyExchange.DIFFIE_HELLMAN, 60, nobody, offer, Optional.empty());
            assertEquals(
                    ResponseCode.INVALID_SESSION_REQUEST,
                    ask(0, request(OpCode.SESSION_SETUP, body)).code());
        }
    }

    private static Octets key(Octets y, Octets p, Octets g) {
        return new WireWriter()
                .text("DH_PUB_KEY")
                .u16(0)
                .octets(y)
                .octets(p)
                .octets(g)
                .toOctets();
    }

    /// A client that hears nothing sends its answer again; the change is made once and the answer is the same.
    @Test
    void aRetransmittedDatagramIsPerformedOnce() throws Exception {
        try (var socket = new DatagramSocket()) {
            socket.connect(node.server.udpAddress().orElseThrow());
            socket.setSoTimeout(WAIT_MILLIS);
            var challenge = exchange(socket, packet(0, 0, 5, addition(1)));
            byte[] answer = packet(0, sessionOf(challenge), 6, answer(AdministeredNode.BY_RSA, challenge));
            assertEquals(ResponseCode.SUCCESS, exchange(socket, answer).code());
            assertEquals(ResponseCode.SUCCESS, exchange(socket, answer).code());
            assertEquals(9, values());
        }
    }

    private static Told exchange(DatagramSocket socket, byte[] datagram) throws Exception {
        socket.send(new DatagramPacket(datagram, datagram.length));
        var answer = new DatagramPacket(new byte[2048], 2048);
        socket.receive(answer);
        var envelope = Envelope.read(new WireReader(answer.getData()));
        return new Told(envelope, Message.decode(answer.getData(), Envelope.BYTES, answer.getLength()));
    }

    /// Nobody has proven anything yet: what a forged source address draws is little more than was sent.
    @Test
    void aChallengeIsHardlyLongerThanItsRequest() throws Exception {
        byte[] request = packet(0, 0, 5, addition(1));
        try (var socket = new DatagramSocket()) {
            socket.connect(node.server.udpAddress().orElseThrow());
            socket.setSoTimeout(WAIT_MILLIS);
            var told = exchange(socket, request);
            assertTrue(told.envelope().messageLength() <= 2 * request.length, told.toString());
        }
    }

    /// The additions of the Chinese system: a log-in counts for its connection.
    @Test
    void aLoginCountsForItsConnection() throws Exception {
        int addition = OpFlag.RECURSIVE_IDENTITY | OpFlag.KEEP_CONNECTION;
        var header = new Header(OpCode.ADD_VALUE, 0, addition, Header.NO_SITE, 0, 0);
        var value = HandleValue.published(1, "DESC", "added", 0);
        byte[] add = Message.of(header, new Body.ValuesRequest(OWNER, List.of(value)))
                .encode();
        assertEquals(ResponseCode.LOGIN_FIRST, ask(0, add).code());
        var login = new Body.LoginRequest(AdministeredNode.BY_SM2.reference());
        var challenge = ask(0, request(OpCode.LOGIN_BY_KEY, login));
        assertEquals(
                ResponseCode.CREDENTIAL_REFUSED,
                ask(sessionOf(challenge), answer(AdministeredNode.BY_RSA, challenge))
                        .code());
        var again = ask(0, request(OpCode.LOGIN_BY_KEY, login));
        var told = ask(sessionOf(again), answer(AdministeredNode.BY_SM2, again));
        assertEquals(ResponseCode.SUCCESS, told.code());
        assertEquals(OpCode.LOGIN_BY_KEY, told.message().header().opCode());
        assertEquals(ResponseCode.SUCCESS, ask(0, add).code());
        time.advance(Duration.ofHours(25));
        assertEquals(ResponseCode.LOGIN_AGAIN, ask(0, add).code());
    }

    @Test
    void aLoginOfOneConnectionIsNoneOfAnother() throws Exception {
        var login = new Body.LoginRequest(AdministeredNode.BY_SECRET.reference());
        var challenge = ask(0, request(OpCode.LOGIN_BY_PASSWORD, login));
        ask(sessionOf(challenge), answer(AdministeredNode.BY_SECRET, challenge));
        assertEquals(ResponseCode.SUCCESS, ask(0, addition(1)).code());
        connection.close();
        var address = node.server.tcpAddress().orElseThrow();
        connection = new Socket(address.getAddress(), address.getPort());
        connection.setSoTimeout(WAIT_MILLIS);
        assertEquals(ResponseCode.AUTHENTICATION_NEEDED, ask(0, addition(2)).code());
    }
}
