package io.millwright.identity.server;

import static io.millwright.identity.server.RawClient.addition;
import static io.millwright.identity.server.RawClient.answer;
import static io.millwright.identity.server.RawClient.request;
import static io.millwright.identity.server.RawClient.sealed;
import static io.millwright.identity.server.RawClient.sessionOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.millwright.identity.authentication.KeyAgreement;
import io.millwright.identity.authentication.SessionKey;
import io.millwright.identity.message.Body;
import io.millwright.identity.message.KeyExchange;
import io.millwright.identity.message.OpCode;
import io.millwright.identity.message.ResponseCode;
import io.millwright.identity.record.ValueReference;
import io.millwright.identity.wire.Octets;
import io.millwright.model.Time;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The ways to a session's key by RSA (RFC 3652, section 3.8), which neither our client nor the public one
/// takes. In the session that comes of it a change is proven and made.
class SessionModesTest {

    private AdministeredNode node;
    private RawClient client;

    @BeforeEach
    void start() throws Exception {
        node = new AdministeredNode();
        client = new RawClient(node.server.tcpAddress().orElseThrow());
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        node.close();
    }

    private RawClient.Told setUp(int mode, Octets key, Optional<ValueReference> reference) throws Exception {
        var body = new Body.SessionRequest(mode, 60, RawClient.NOBODY, key, reference);
        return client.ask(0, request(OpCode.SESSION_SETUP, body));
    }

    private static Octets dataOf(RawClient.Told told) {
        return assertInstanceOf(Body.SessionResponse.class, told.message().body(), told.toString())
                .data();
    }

    private void worksIn(int id, SessionKey key) throws Exception {
        var session = new RawClient.OpenSession(id, key);
        var challenge = client.ask(id, sealed(session, 1, 77, addition(1)));
        byte[] proof = sealed(session, 2, 77, answer(AdministeredNode.BY_ED25519, challenge));
        assertEquals(ResponseCode.SUCCESS, client.ask(id, proof).code());
        byte[] end = request(OpCode.SESSION_TERMINATE, new Body.HandleRequest(AdministeredNode.OWNER));
        assertEquals(
                ResponseCode.SUCCESS,
                client.ask(id, sealed(session, 3, 77, end)).code());
        assertEquals(
                ResponseCode.SESSION_TIMEOUT,
                client.ask(id, sealed(session, 4, 77, end)).code());
    }

    @Test
    void theServerEncryptsForTheClientsKey() throws Exception {
        var key = AdministeredNode.publicKey(AdministeredNode.RSA_KEYS);
        var told = setUp(KeyExchange.CLIENT_KEY, key, Optional.empty());
        worksIn(sessionOf(told), KeyAgreement.decrypt(AdministeredNode.RSA_KEYS.getPrivate(), dataOf(told)));
    }

    @Test
    void theServerEncryptsForTheKeyOfAHandle() throws Exception {
        var reference = AdministeredNode.at(AdministeredNode.RSA);
        var told = setUp(KeyExchange.HANDLE_KEY, Octets.EMPTY, Optional.of(reference));
        worksIn(sessionOf(told), KeyAgreement.decrypt(AdministeredNode.RSA_KEYS.getPrivate(), dataOf(told)));
    }

    @Test
    void theClientEncryptsForTheServersKey() throws Exception {
        var told = setUp(KeyExchange.SERVER_KEY, Octets.EMPTY, Optional.empty());
        assertEquals(node.server.site().servers().getFirst().publicKey(), dataOf(told));
        var agreed = KeyAgreement.forOwnerOf(dataOf(told), RawClient.RANDOM);
        byte[] key = request(OpCode.SESSION_EXCHANGE_KEY, new Body.KeyRequest(agreed.told()));
        assertEquals(ResponseCode.SUCCESS, client.ask(sessionOf(told), key).code());
        assertEquals(
                ResponseCode.SESSION_FAILED, client.ask(sessionOf(told), key).code(), "a session has one key");
        worksIn(sessionOf(told), agreed.key());
    }

    @Test
    void keysThatCannotServeOpenNoSession() throws Exception {
        var ed25519 = AdministeredNode.at(AdministeredNode.ED25519);
        var missing = AdministeredNode.at(999);
        for (var reference : Set.of(ed25519, missing)) {
            assertEquals(
                    ResponseCode.INVALID_SESSION_REQUEST,
                    setUp(KeyExchange.HANDLE_KEY, Octets.EMPTY, Optional.of(reference))
                            .code());
        }
        assertEquals(
                ResponseCode.INVALID_SESSION_REQUEST,
                setUp(77, Octets.EMPTY, Optional.empty()).code());
        var told = setUp(KeyExchange.SERVER_KEY, Octets.EMPTY, Optional.empty());
        byte[] wrong = request(OpCode.SESSION_EXCHANGE_KEY, new Body.KeyRequest(Octets.hex("00".repeat(256))));
        assertEquals(
                ResponseCode.SESSION_FAILED, client.ask(sessionOf(told), wrong).code());
    }

    @Test
    void aNodeWithoutAKeyOffersNone() throws Exception {
        stop();
        node = new AdministeredNode(Administration.by(Set.of()), Time.system());
        client = new RawClient(node.server.tcpAddress().orElseThrow());
        assertEquals(
                ResponseCode.INVALID_SESSION_REQUEST,
                setUp(KeyExchange.SERVER_KEY, Octets.EMPTY, Optional.empty()).code());
    }
}
