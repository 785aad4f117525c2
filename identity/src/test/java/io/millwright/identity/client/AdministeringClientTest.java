package io.millwright.identity.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.identity.authentication.Identity;
import io.millwright.identity.authentication.SigningKey;
import io.millwright.identity.authentication.VerificationKey;
import io.millwright.identity.client.Endpoint.Protocol;
import io.millwright.identity.message.Body;
import io.millwright.identity.message.OpCode;
import io.millwright.identity.message.ResponseCode;
import io.millwright.identity.record.Administrator;
import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.record.HandleValue;
import io.millwright.identity.record.Permissions;
import io.millwright.identity.record.TimeToLive;
import io.millwright.identity.record.ValueReference;
import io.millwright.identity.server.AdministeredNode;
import io.millwright.identity.wire.Octets;
import io.millwright.model.Time;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import net.handle.hdllib.AbstractMessage;
import net.handle.hdllib.Encoder;
import net.handle.hdllib.MessageEnvelope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Our client does every operation against our node. That the bytes between them are right is checked with another
/// implementation's decoder.
class AdministeringClientTest {

    private static final Handle PUMP = Handle.of("88.118.7/pump-1");

    private AdministeredNode node;

    /// An administrator by each kind of key.
    enum By {
        SECRET(AdministeredNode.BY_SECRET),
        RSA(AdministeredNode.BY_RSA),
        ED25519(AdministeredNode.BY_ED25519),
        SM2(AdministeredNode.BY_SM2);

        final Identity identity;

        By(Identity identity) {
            this.identity = identity;
        }
    }

    static Stream<Arguments> doorsAndKeys() {
        return Arrays.stream(Protocol.values())
                .flatMap(door -> Arrays.stream(By.values()).map(by -> Arguments.of(door, by)));
    }

    @BeforeEach
    void start() throws Exception {
        node = new AdministeredNode();
    }

    @AfterEach
    void stop() throws Exception {
        node.close();
    }

    private HandleClient client(Protocol protocol) {
        var address = switch (protocol) {
            case UDP -> node.server.udpAddress();
            case TCP -> node.server.tcpAddress();
            case HTTP -> node.server.httpAddress();
        };
        var settings = ClientSettings.usual().withRequestDigest();
        return HandleClient.to(new Endpoint(protocol, address.orElseThrow()), settings, Time.system());
    }

    private static HandleValue administrator() {
        var keeper = new ValueReference(AdministeredNode.OWNER, 200);
        return new HandleValue(
                100,
                "HS_ADMIN",
                new Administrator(Administrator.ALL, keeper).encode(),
                Permissions.PUBLISHED,
                TimeToLive.DAY,
                0,
                List.of());
    }

    private static HandleRecord record(Handle handle, HandleValue... values) {
        var all = new ArrayList<>(List.of(values));
        all.add(administrator());
        return new HandleRecord(handle, all);
    }

    private static HandleValue text(int index, String text) {
        return HandleValue.published(index, "DESC", text, 0);
    }

    private static void assertDone(Result result) {
        assertInstanceOf(Result.Done.class, result, result.toString());
    }

    private static void assertRefused(int code, Result result) {
        assertEquals(
                code,
                assertInstanceOf(Result.Refused.class, result, result.toString())
                        .code());
    }

    private List<String> texts() {
        return node.registry.find(PUMP).orElseThrow().valuesOf("DESC").stream()
                .map(HandleValue::text)
                .toList();
    }

    private void lifeOfAHandle(AdministeringClient admin) {
        assertDone(admin.create(record(PUMP, text(1, "one"))));
        assertRefused(ResponseCode.HANDLE_ALREADY_EXISTS, admin.create(record(PUMP, text(1, "two"))));
        assertDone(admin.add(PUMP, List.of(text(2, "two"), text(3, "three"))));
        assertRefused(ResponseCode.VALUE_ALREADY_EXISTS, admin.add(PUMP, List.of(text(2, "again"))));
        assertDone(admin.modify(PUMP, List.of(text(2, "second"))));
        assertRefused(ResponseCode.VALUE_NOT_FOUND, admin.modify(PUMP, List.of(text(9, "ninth"))));
        assertDone(admin.remove(PUMP, List.of(1, 3)));
        assertRefused(ResponseCode.VALUE_NOT_FOUND, admin.remove(PUMP, List.of(1)));
        assertEquals(List.of("second"), texts());
        assertDone(admin.put(record(PUMP, text(1, "anew"))));
        assertEquals(List.of("anew"), texts());
        assertDone(admin.delete(PUMP));
        assertRefused(ResponseCode.HANDLE_NOT_FOUND, admin.delete(PUMP));
    }

    @ParameterizedTest
    @MethodSource("doorsAndKeys")
    void createsChangesAndDeletes(Protocol door, By by) {
        try (var client = client(door)) {
            lifeOfAHandle(client.as(by.identity));
        }
    }

    /// RFC 3652, section 3.8: the same in a session, encrypted, with one proof for all.
    @ParameterizedTest
    @MethodSource("doorsAndKeys")
    void worksInASession(Protocol door, By by) throws Exception {
        try (var client = client(door)) {
            var key = VerificationKey.decode(
                    node.server.site().servers().getFirst().publicKey());
            var opening = client.as(by.identity).openSession(key);
            var session = assertInstanceOf(AdministeringClient.Opening.Opened.class, opening, opening.toString())
                    .client();
            lifeOfAHandle(session);
            assertDone(session.closeSession());
            assertRefused(ResponseCode.SESSION_TIMEOUT, session.delete(PUMP));
        }
    }

    /// A server in between would sign with another key.
    @Test
    void aSessionSignedByAnotherIsNotOpened() {
        try (var client = client(Protocol.TCP)) {
            var another = new VerificationKey.Standard(AdministeredNode.RSA_KEYS.getPublic());
            var opening = client.as(AdministeredNode.BY_SECRET).openSession(another);
            var refused = assertInstanceOf(AdministeringClient.Opening.Refused.class, opening);
            assertInstanceOf(Result.Garbled.class, refused.why());
        }
    }

    @ParameterizedTest
    @EnumSource
    void listsHomesAndCounts(Protocol door) {
        var expected = new HashSet<Handle>();
        for (int i = 0; i < 230; i++) {
            var handle = Handle.of("88.118.7/" + i);
            node.registry.register(record(handle));
            expected.add(handle);
        }
        expected.add(PUMP);
        try (var client = client(door)) {
            var admin = client.as(AdministeredNode.BY_ED25519);
            var minted =
                    assertInstanceOf(Result.Done.class, admin.mint(Handle.of("88.118.7/m-"), List.of(administrator())));
            expected.add(
                    assertInstanceOf(Body.CreateResponse.class, minted.body()).handle());
            assertDone(admin.create(record(PUMP)));
            if (door != Protocol.UDP) {
                var listed = new ArrayList<Handle>();
                assertDone(admin.list("88.118.7", listed::add));
                assertEquals(expected.size(), listed.size());
                assertEquals(expected, new HashSet<>(listed));
            }
            assertDone(admin.home("88.9"));
            var prefixes = new ArrayList<Handle>();
            assertDone(admin.listPrefixes(prefixes::add));
            assertEquals(List.of(AdministeredNode.OWNER, Handle.ofPrefix("88.9")), prefixes);
            assertDone(admin.unhome("88.9"));
            assertEquals(
                    new Result.Done(new Body.NextTransaction(node.registry.lastTransaction() + 1)),
                    admin.nextTransaction());
        }
    }

    /// The list takes several datagrams' worth of messages: it is refused by UDP, with the reason.
    @Test
    void aListTooLongForUdpIsRefused() {
        for (int i = 0; i < 200; i++) {
            node.registry.register(record(Handle.of("88.118.7/" + i)));
        }
        try (var client = client(Protocol.UDP)) {
            var result = client.as(AdministeredNode.BY_SECRET).list("88.118.7", handle -> {});
            var refused = assertInstanceOf(Result.Refused.class, result, result.toString());
            assertEquals(ResponseCode.OPERATION_DENIED, refused.code());
            assertTrue(refused.reason().contains("TCP"), refused.reason());
        }
    }

    @Test
    void restrictedValuesAreForAdministrators() {
        var restricted = new HandleValue(
                5, "NOTE", Octets.utf8("hidden"), Permissions.ADMINISTRATORS_ONLY, TimeToLive.DAY, 0, List.of());
        node.registry.register(record(PUMP, restricted));
        var query = new Body.ResolutionRequest(PUMP, List.of(5), List.of());
        try (var client = client(Protocol.UDP)) {
            var refused = assertInstanceOf(Resolution.Refused.class, client.resolve(query));
            assertEquals(ResponseCode.AUTHENTICATION_NEEDED, refused.code());
            var found = assertInstanceOf(
                    Resolution.Found.class, client.as(AdministeredNode.BY_SM2).resolve(query));
            assertEquals("hidden", found.found().textOf("NOTE").orElseThrow());
        }
    }

    @Test
    void wrongKeysProveNothing() {
        var other = new SigningKey.Standard(AdministeredNode.RSA_KEYS.getPrivate());
        var wrong = List.of(
                new Identity.SecretKey(AdministeredNode.BY_SECRET.reference(), Octets.utf8("guessed")),
                new Identity.SecretKey(AdministeredNode.BY_RSA.reference(), AdministeredNode.SECRET),
                new Identity.PrivateKey(AdministeredNode.BY_ED25519.reference(), other),
                new Identity.PrivateKey(AdministeredNode.BY_SM2.reference(), other),
                new Identity.PrivateKey(new ValueReference(Handle.of("88.118.7/nobody"), 300), other));
        try (var client = client(Protocol.TCP)) {
            for (var identity : wrong) {
                assertRefused(
                        ResponseCode.AUTHENTICATION_FAILED, client.as(identity).create(record(PUMP)));
            }
        }
        assertEquals(1, node.registry.size());
    }

    /// The messages in a stream of bytes, as the other implementation's decoder reads them.
    private static List<AbstractMessage> decode(byte[] stream) throws Exception {
        var messages = new ArrayList<AbstractMessage>();
        for (int at = 0; at < stream.length; ) {
            byte[] packet = Arrays.copyOfRange(stream, at, stream.length);
            var envelope = new MessageEnvelope();
            Encoder.decodeEnvelope(packet, envelope);
            messages.add(Encoder.decodeMessage(packet, 20, envelope));
            at += 20 + envelope.messageLength;
        }
        return messages;
    }

    /// What we send and answer, for each operation, as the public client's decoder reads it.
    @Test
    void thePublicDecoderReadsEveryMessage() throws Exception {
        try (var proxy = new RecordingProxy(
                        node.server.udpAddress().orElseThrow(),
                        node.server.tcpAddress().orElseThrow(),
                        i -> false);
                var client = HandleClient.to(Endpoint.tcp(proxy.address()))) {
            var admin = client.as(AdministeredNode.BY_RSA);
            lifeOfAHandle(admin);
            admin.home("88.9");
            admin.listPrefixes(handle -> {});
            admin.list("88.118.7", handle -> {});
            admin.nextTransaction();
            admin.openSession(VerificationKey.decode(
                    node.server.site().servers().getFirst().publicKey()));
            client.siteInformation(); // Once it is carried, the exchange before is recorded.
            var operations = new HashSet<Integer>();
            for (byte[] request : proxy.tcpRequests) {
                for (var message : decode(request)) {
                    operations.add(message.opCode);
                }
            }
            operations.remove(OpCode.GET_SITE_INFO); // Carried last, it may not have been recorded yet.
            assertEquals(new HashSet<>(List.of(100, 101, 102, 103, 104, 105, 200, 300, 302, 400, 1000)), operations);
            var codes = new HashSet<Integer>();
            for (byte[] answer : proxy.tcpAnswers) {
                for (var message : decode(answer)) {
                    codes.add(message.responseCode);
                }
            }
            assertEquals(new HashSet<>(List.of(1, 100, 101, 200, 201, 402)), codes);
        }
    }
}
