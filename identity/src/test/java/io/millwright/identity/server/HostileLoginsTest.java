package io.millwright.identity.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.identity.authentication.Identity;
import io.millwright.identity.message.Body;
import io.millwright.identity.message.KeyExchange;
import io.millwright.identity.message.OpCode;
import io.millwright.identity.message.ResponseCode;
import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.record.ValueReference;
import io.millwright.identity.wire.Octets;
import io.millwright.testkit.ManualTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Log-ins that name keys far away, that are sent again, or that a clock is set under.
class HostileLoginsTest {

    private final ManualTime time = new ManualTime(AdministeredNode.NOW * 1_000_000_000L);
    private final AtomicInteger asked = new AtomicInteger();
    private AdministeredNode node;
    private RawClient client;

    /// Counts what it is asked, and knows nobody.
    private final Directory elsewhere = new Directory() {
        @Override
        public Optional<HandleRecord> find(Handle handle) {
            asked.incrementAndGet();
            return Optional.empty();
        }

        @Override
        public boolean verifies(Body.VerifyRequest proof) {
            asked.incrementAndGet();
            return false;
        }
    };

    @BeforeEach
    void start() throws Exception {
        node = new AdministeredNode(AdministeredNode.usual().withDirectory(elsewhere), time);
        client = new RawClient(node.server.tcpAddress().orElseThrow());
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        node.close();
    }

    private int loginBy(Identity identity) throws Exception {
        var challenge =
                client.ask(0, RawClient.request(OpCode.LOGIN_BY_KEY, new Body.LoginRequest(identity.reference())));
        return client.ask(RawClient.sessionOf(challenge), RawClient.answer(identity, challenge))
                .code();
    }

    private static Identity from(String handle) {
        return new Identity.SecretKey(new ValueReference(Handle.of(handle), 300), Octets.utf8("secret"));
    }

    /// Each identity far away makes the node ask up to two dozen questions: a client may have it do so twenty times at
    /// once and then twice a second, and is told when it is too much (code 3). Own identities are not concerned.
    @Test
    void identitiesFarAwayAreRationed() throws Exception {
        int busy = 0;
        for (int i = 0; i < 200; i++) {
            int code = loginBy(from("66." + i + "/admin"));
            busy += code == ResponseCode.SERVER_BUSY ? 1 : 0;
            assertNotEquals(ResponseCode.SUCCESS, code);
        }
        assertEquals(200 - Gate.ELSEWHERE_BURST, busy);
        assertEquals(Gate.ELSEWHERE_BURST, asked.get());
        assertEquals(ResponseCode.SUCCESS, loginBy(AdministeredNode.BY_ED25519));
        time.advance(Duration.ofSeconds(1));
        assertEquals(ResponseCode.CREDENTIAL_REFUSED, loginBy(from("66/admin")));
    }

    /// So is a session whose key is to be taken from a handle far away.
    @Test
    void keysOfSessionsFarAwayAreRationed() throws Exception {
        int busy = 0;
        for (int i = 0; i < 100; i++) {
            var key = new ValueReference(Handle.of("66/key-" + i), 300);
            var setup = new Body.SessionRequest(
                    KeyExchange.HANDLE_KEY, 60, RawClient.NOBODY, Octets.EMPTY, Optional.of(key));
            int code = client.ask(0, RawClient.request(OpCode.SESSION_SETUP, setup))
                    .code();
            busy += code == ResponseCode.SERVER_BUSY ? 1 : 0;
        }
        assertEquals(100 - Gate.ELSEWHERE_BURST, busy);
        assertEquals(Gate.ELSEWHERE_BURST, asked.get());
    }

    /// The same log-in overheard and sent again, on its connection or another: its challenge is used up.
    @Test
    void aLoginCountsOnce() throws Exception {
        var login = RawClient.request(OpCode.LOGIN_BY_KEY, new Body.LoginRequest(AdministeredNode.BY_SM2.reference()));
        var challenge = client.ask(0, login);
        byte[] answer = RawClient.answer(AdministeredNode.BY_SM2, challenge);
        int number = RawClient.sessionOf(challenge);
        assertEquals(ResponseCode.SUCCESS, client.ask(number, answer).code());
        for (int i = 0; i < 3; i++) {
            assertEquals(
                    ResponseCode.AUTHENTICATION_TIMEOUT,
                    client.ask(number, answer).code());
        }
        try (var other = new RawClient(node.server.tcpAddress().orElseThrow())) {
            assertEquals(
                    ResponseCode.AUTHENTICATION_TIMEOUT,
                    other.ask(number, answer).code());
            var again = other.ask(0, login);
            assertEquals(
                    ResponseCode.CREDENTIAL_REFUSED,
                    other.ask(RawClient.sessionOf(again), answer).code(),
                    "another challenge has another nonce");
        }
    }

    /// The wall clock set by an hour in either direction ends no session, no challenge and no log-in, and makes none
    /// last longer.
    @Test
    void clocksThatAreSetChangeNoChallengeAndNoSession() throws Exception {
        for (var step : List.of(Duration.ofHours(1), Duration.ofHours(-2), Duration.ofHours(1))) {
            var challenge = client.ask(0, RawClient.addition(400 + step.toHoursPart()));
            time.stepWallClock(step);
            byte[] answer = RawClient.answer(AdministeredNode.BY_SECRET, challenge);
            int code = client.ask(RawClient.sessionOf(challenge), answer).code();
            assertTrue(code == ResponseCode.SUCCESS || code == ResponseCode.VALUE_ALREADY_EXISTS, "code " + code);
        }
        var session = client.session();
        byte[] query = RawClient.request(OpCode.RESOLUTION, Body.ResolutionRequest.all(AdministeredNode.OWNER));
        for (int i = 1; i <= 4; i++) {
            time.stepWallClock(Duration.ofHours(i % 2 == 0 ? 3 : -3));
            byte[] sealed = RawClient.sealed(session, i, 77, query);
            assertEquals(ResponseCode.SUCCESS, client.ask(session.id(), sealed).code());
        }
        time.stepWallClock(Duration.ofHours(-1));
        time.advance(Duration.ofSeconds(61));
        byte[] late = RawClient.sealed(session, 9, 77, query);
        assertEquals(
                ResponseCode.SESSION_TIMEOUT, client.ask(session.id(), late).code());
        assertEquals(ResponseCode.SUCCESS, loginBy(AdministeredNode.BY_SECRET));
        time.stepWallClock(Duration.ofHours(-1));
        assertEquals(
                ResponseCode.SUCCESS, client.ask(0, RawClient.addition(500)).code());
    }
}
