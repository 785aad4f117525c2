package io.millwright.identity.server;

import static io.millwright.identity.server.RawClient.addition;
import static io.millwright.identity.server.RawClient.answer;
import static io.millwright.identity.server.RawClient.packet;
import static io.millwright.identity.server.RawClient.request;
import static io.millwright.identity.server.RawClient.sealed;
import static io.millwright.identity.server.RawClient.sessionOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.identity.authentication.Identity;
import io.millwright.identity.authentication.KeyAgreement;
import io.millwright.identity.message.Body;
import io.millwright.identity.message.Envelope;
import io.millwright.identity.message.Header;
import io.millwright.identity.message.KeyExchange;
import io.millwright.identity.message.Message;
import io.millwright.identity.message.OpCode;
import io.millwright.identity.message.OpFlag;
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
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Log-ins that are forged, late or sent twice, challenges nobody answers, sessions nobody ends: none changes
/// anything, and none takes more than its share. Messages are written by hand; the node's clocks are moved by
/// hand.
class HostileAdministratorsTest {

    private static final int WAIT_MILLIS = 10_000;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Handle OWNER = AdministeredNode.OWNER;

    private final ManualTime time = new ManualTime(1_795_245_000L * 1_000_000_000L);
    private AdministeredNode node;
    private RawClient client;

    @BeforeEach
    void start() throws Exception {
        open(AdministeredNode.usual());
    }

    private void open(Administration administration) throws IOException {
        node = new AdministeredNode(administration, time);
        client = new RawClient(node.server.tcpAddress().orElseThrow());
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        node.close();
    }

    private int values() {
        return node.registry.find(OWNER).orElseThrow().values().size();
    }

    /// RFC 3652, section 3.5: a challenge is answered once. The same answer again, word for word, changes nothing.
    @Test
    void anAnswerCountsOnce() throws Exception {
        var challenge = client.ask(0, addition(1));
        byte[] answer = answer(AdministeredNode.BY_SECRET, challenge);
        assertEquals(
                ResponseCode.SUCCESS, client.ask(sessionOf(challenge), answer).code());
        assertEquals(
                ResponseCode.AUTHENTICATION_TIMEOUT,
                client.ask(sessionOf(challenge), answer).code());
        assertEquals(9, values());
    }

    /// An answer overheard is of no use for another request: each challenge has its own nonce and digest.
    @Test
    void anAnswerCountsForItsRequestOnly() throws Exception {
        var challenge = client.ask(0, addition(1));
        var another = client.ask(0, addition(2));
        byte[] answer = answer(AdministeredNode.BY_RSA, challenge);
        assertEquals(
                ResponseCode.AUTHENTICATION_FAILED,
                client.ask(sessionOf(another), answer).code());
        assertEquals(8, values());
    }

    @Test
    void aWrongAnswerUsesTheChallengeUp() throws Exception {
        var challenge = client.ask(0, addition(1));
        var wrong = new Identity.SecretKey(AdministeredNode.BY_SECRET.reference(), Octets.utf8("guessed"));
        assertEquals(
                ResponseCode.AUTHENTICATION_FAILED,
                client.ask(sessionOf(challenge), answer(wrong, challenge)).code());
        assertEquals(
                ResponseCode.AUTHENTICATION_TIMEOUT,
                client.ask(sessionOf(challenge), answer(AdministeredNode.BY_SECRET, challenge))
                        .code());
    }

    @Test
    void anAnswerMayBeTooLate() throws Exception {
        var challenge = client.ask(0, addition(1));
        byte[] answer = answer(AdministeredNode.BY_SECRET, challenge);
        time.advance(Duration.ofSeconds(31));
        assertEquals(
                ResponseCode.AUTHENTICATION_TIMEOUT,
                client.ask(sessionOf(challenge), answer).code());
        assertEquals(8, values());
    }

    /// What was signed is the digest of the first request; the challenge cannot be had without sending that.
    @Test
    void aForgedDigestProvesNothing() throws Exception {
        var challenge = client.ask(0, addition(1));
        var body = assertInstanceOf(Body.Challenge.class, challenge.message().body());
        byte[] other = addition(2);
        int end = Message.endOfBody(other, 0, other.length);
        var digest = RequestDigest.of(RequestDigest.SHA_256, other, 0, end);
        byte[] forged =
                request(OpCode.CHALLENGE_RESPONSE, AdministeredNode.BY_ED25519.answer(body.nonce(), digest, RANDOM));
        assertEquals(
                ResponseCode.AUTHENTICATION_FAILED,
                client.ask(sessionOf(challenge), forged).code());
    }

    /// PBKDF2 with 2³¹ iterations would keep the node busy for an hour.
    @Test
    void costlyAnswersAreNotComputed() throws Exception {
        for (int iterations : new int[] {Integer.MAX_VALUE, 0, -1, 100_001}) {
            var challenge = client.ask(0, addition(1));
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
                    client.ask(sessionOf(challenge), request(OpCode.CHALLENGE_RESPONSE, answer))
                            .code());
        }
    }

    /// However many requests go unanswered, the newest can be answered and the oldest are forgotten.
    @Test
    void unansweredChallengesAreBounded() throws Exception {
        stop();
        open(AdministeredNode.usual().withLimits(10, 10, 10));
        var first = client.ask(0, addition(1));
        for (int i = 0; i < 9; i++) {
            client.ask(0, addition(2));
        }
        var last = client.ask(0, addition(3));
        assertEquals(
                ResponseCode.AUTHENTICATION_TIMEOUT,
                client.ask(sessionOf(first), answer(AdministeredNode.BY_SECRET, first))
                        .code());
        assertEquals(
                ResponseCode.SUCCESS,
                client.ask(sessionOf(last), answer(AdministeredNode.BY_SECRET, last))
                        .code());
    }

    /// A message of a session that is sent again by somebody who overheard it is refused (code 505), though its
    /// code is right.
    @Test
    void messagesOfASessionCountOnce() throws Exception {
        var session = client.session();
        byte[] add = sealed(session, 1, 77, addition(1));
        var challenge = client.ask(session.id(), add);
        byte[] proof = sealed(session, 2, 77, answer(AdministeredNode.BY_SECRET, challenge));
        assertEquals(ResponseCode.SUCCESS, client.ask(session.id(), proof).code());
        byte[] second = sealed(session, 3, 77, addition(2));
        assertEquals(
                ResponseCode.SUCCESS, client.ask(session.id(), second).code(), "proven once for the whole session");
        for (byte[] again : List.of(add, proof, second)) {
            assertEquals(
                    ResponseCode.SESSION_MESSAGE_REJECTED,
                    client.ask(session.id(), again).code());
        }
        assertEquals(10, values());
    }

    /// Knowing the number of a session is not being in it.
    @Test
    void withoutItsKeyNobodyIsInTheSession() throws Exception {
        var session = client.session();
        var challenge = client.ask(session.id(), sealed(session, 1, 77, addition(1)));
        client.ask(session.id(), sealed(session, 2, 77, answer(AdministeredNode.BY_SECRET, challenge)));
        assertEquals(
                ResponseCode.AUTHENTICATION_NEEDED,
                client.ask(session.id(), addition(2)).code());
        var stranger = new RawClient.OpenSession(session.id(), client.session().key());
        assertEquals(
                ResponseCode.NO_SESSION_KEY,
                client.ask(session.id(), sealed(stranger, 9, 77, addition(2))).code());
        assertEquals(
                ResponseCode.SESSION_FAILED,
                client.ask(session.id(), request(OpCode.SESSION_TERMINATE, new Body.HandleRequest(Handle.BLANK)))
                        .code());
        assertEquals(9, values());
    }

    /// Who has overheard an encrypted message and sends it changed learns from the answers nothing about what
    /// it says: they are the same wherever the change is (S. Vaudenay, "Security Flaws Induced by CBC Padding",
    /// 2002).
    @Test
    void changedCiphertextsGetTheSameAnswer() throws Exception {
        var session = client.session();
        byte[] hidden = session.key().encrypt(sealed(session, 1, 77, addition(1)), RANDOM);
        var answers = new HashSet<Message>();
        for (int i = 0; i < hidden.length; i += 3) {
            byte[] changed = hidden.clone();
            changed[i] ^= 1;
            answers.add(client.askEncrypted(session.id(), changed).message());
        }
        answers.add(client.askEncrypted(session.id(), new byte[16]).message());
        answers.add(client.askEncrypted(session.id(), session.key().encrypt(addition(1), RANDOM))
                .message());
        assertEquals(1, answers.size(), answers.toString());
        assertEquals(8, values());
    }

    @Test
    void sessionsEndAfterTheirTime() throws Exception {
        var session = client.session();
        time.advance(Duration.ofSeconds(61));
        assertEquals(
                ResponseCode.SESSION_TIMEOUT,
                client.ask(session.id(), sealed(session, 1, 77, addition(1))).code());
    }

    /// Sessions that anyone may open make room for others; those of administrators do not.
    @Test
    void sessionsAreBounded() throws Exception {
        stop();
        open(AdministeredNode.usual().withLimits(2, 10, 10));
        var first = client.session();
        prove(first);
        for (int i = 0; i < 20; i++) {
            client.session();
        }
        byte[] query = request(OpCode.RESOLUTION, Body.ResolutionRequest.all(OWNER));
        assertEquals(
                ResponseCode.SUCCESS,
                client.ask(first.id(), sealed(first, 5, 77, query)).code());
        prove(client.session());
        var keys = KeyAgreement.diffieHellmanKeys();
        var nobody = new ValueReference(Handle.of(""), -1);
        var body = new Body.SessionRequest(
                KeyExchange.DIFFIE_HELLMAN, 60, nobody, KeyAgreement.offer(keys), Optional.empty());
        assertEquals(
                ResponseCode.SERVER_BUSY,
                client.ask(0, request(OpCode.SESSION_SETUP, body)).code());
        time.advance(Duration.ofSeconds(61));
        client.session();
    }

    /// A message of the session without a code is challenged; the answer with one proves who is at the other end.
    private void prove(RawClient.OpenSession session) throws Exception {
        int index = session.id() & 0xffff | 1 << 16;
        var challenge = client.ask(session.id(), sealed(session, 1, 77, addition(index)));
        byte[] answer = answer(AdministeredNode.BY_SECRET, challenge);
        assertEquals(
                ResponseCode.SUCCESS,
                client.ask(session.id(), sealed(session, 2, 77, answer)).code());
    }

    /// What nobody could be told is not kept: values that are too much for one answer, together or alone (code 202).
    /// Where a suffix is to be minted, there has to be room for it.
    @Test
    void recordsThatFitIntoNoAnswerAreRefused() throws Exception {
        var data = Octets.of(new byte[60_000]);
        for (int i = 0; i < 6; i++) {
            var value =
                    AdministeredNode.value(1000 + i, "DESC", data, io.millwright.identity.record.Permissions.PUBLISHED);
            byte[] add = request(OpCode.ADD_VALUE, new Body.ValuesRequest(OWNER, List.of(value)));
            var challenge = client.ask(0, add);
            int code = client.ask(sessionOf(challenge), answer(AdministeredNode.BY_SECRET, challenge))
                    .code();
            assertEquals(i < 4 ? ResponseCode.SUCCESS : ResponseCode.VALUE_INVALID, code, "value " + i);
        }
        var header =
                new Header(OpCode.CREATE_HANDLE, 0, OpFlag.MINT_SUFFIX | OpFlag.KEEP_CONNECTION, Header.NO_SITE, 0, 0);
        for (int length : new int[] {2048 - 36 - 9, 2048 - 35 - 9, 2048 - 9}) {
            var start = Handle.of("88.118.7/" + "x".repeat(length));
            byte[] create =
                    Message.of(header, new Body.ValuesRequest(start, List.of())).encode();
            assertEquals(
                    length == 2048 - 36 - 9 ? ResponseCode.AUTHENTICATION_NEEDED : ResponseCode.INVALID_HANDLE,
                    client.ask(0, create).code());
        }
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
                    client.ask(0, request(OpCode.SESSION_SETUP, body)).code());
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

    private static RawClient.Told exchange(DatagramSocket socket, byte[] datagram) throws Exception {
        socket.send(new DatagramPacket(datagram, datagram.length));
        var answer = new DatagramPacket(new byte[2048], 2048);
        socket.receive(answer);
        var envelope = Envelope.read(new WireReader(answer.getData()));
        return new RawClient.Told(envelope, Message.decode(answer.getData(), Envelope.BYTES, answer.getLength()));
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
        assertEquals(ResponseCode.LOGIN_FIRST, client.ask(0, add).code());
        var login = new Body.LoginRequest(AdministeredNode.BY_SM2.reference());
        var challenge = client.ask(0, request(OpCode.LOGIN_BY_KEY, login));
        assertEquals(
                ResponseCode.CREDENTIAL_REFUSED,
                client.ask(sessionOf(challenge), answer(AdministeredNode.BY_RSA, challenge))
                        .code());
        var again = client.ask(0, request(OpCode.LOGIN_BY_KEY, login));
        var told = client.ask(sessionOf(again), answer(AdministeredNode.BY_SM2, again));
        assertEquals(ResponseCode.SUCCESS, told.code());
        assertEquals(OpCode.LOGIN_BY_KEY, told.message().header().opCode());
        assertEquals(ResponseCode.SUCCESS, client.ask(0, add).code());
        time.advance(Duration.ofHours(25));
        assertEquals(ResponseCode.LOGIN_AGAIN, client.ask(0, add).code());
    }

    @Test
    void aLoginOfOneConnectionIsNoneOfAnother() throws Exception {
        var login = new Body.LoginRequest(AdministeredNode.BY_SECRET.reference());
        var challenge = client.ask(0, request(OpCode.LOGIN_BY_PASSWORD, login));
        client.ask(sessionOf(challenge), answer(AdministeredNode.BY_SECRET, challenge));
        assertEquals(ResponseCode.SUCCESS, client.ask(0, addition(1)).code());
        client.close();
        client = new RawClient(node.server.tcpAddress().orElseThrow());
        assertEquals(
                ResponseCode.AUTHENTICATION_NEEDED, client.ask(0, addition(2)).code());
    }
}
