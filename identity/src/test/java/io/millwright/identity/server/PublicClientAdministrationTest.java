package io.millwright.identity.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.identity.record.Administrator;
import io.millwright.identity.record.Handle;
import io.millwright.identity.wire.Octets;
import io.millwright.model.Time;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import net.handle.hdllib.AbstractMessage;
import net.handle.hdllib.AbstractRequest;
import net.handle.hdllib.AbstractResponse;
import net.handle.hdllib.AddValueRequest;
import net.handle.hdllib.AdminRecord;
import net.handle.hdllib.AuthenticationInfo;
import net.handle.hdllib.ClientSessionTracker;
import net.handle.hdllib.Common;
import net.handle.hdllib.CreateHandleRequest;
import net.handle.hdllib.CreateHandleResponse;
import net.handle.hdllib.DeleteHandleRequest;
import net.handle.hdllib.DumpHandlesRequest;
import net.handle.hdllib.Encoder;
import net.handle.hdllib.GenericRequest;
import net.handle.hdllib.HandleResolver;
import net.handle.hdllib.HandleValue;
import net.handle.hdllib.HomeNaRequest;
import net.handle.hdllib.Interface;
import net.handle.hdllib.ListHandlesRequest;
import net.handle.hdllib.ListHandlesResponse;
import net.handle.hdllib.ListNAsRequest;
import net.handle.hdllib.ListNAsResponse;
import net.handle.hdllib.ModifyValueRequest;
import net.handle.hdllib.NextTxnIdResponse;
import net.handle.hdllib.PublicKeyAuthenticationInfo;
import net.handle.hdllib.RemoveValueRequest;
import net.handle.hdllib.ResolutionRequest;
import net.handle.hdllib.ResolutionResponse;
import net.handle.hdllib.RetrieveTxnRequest;
import net.handle.hdllib.SecretKeyAuthenticationInfo;
import net.handle.hdllib.ServerInfo;
import net.handle.hdllib.SessionSetupInfo;
import net.handle.hdllib.SiteInfo;
import net.handle.hdllib.UnhomeNaRequest;
import net.handle.hdllib.VerifyAuthRequest;
import net.handle.hdllib.VerifyAuthResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The public Java client, written by others, does every operation against our node over each of its doors, by
/// secret and by public key, with and without sessions.
class PublicClientAdministrationTest {

    private AdministeredNode node;

    enum Door {
        UDP(Interface.SP_HDL_UDP),
        TCP(Interface.SP_HDL_TCP),
        HTTP(Interface.SP_HDL_HTTP);

        final byte protocol;

        Door(byte protocol) {
            this.protocol = protocol;
        }
    }

    enum Key {
        SECRET,
        RSA
    }

    static Stream<Arguments> doorsAndKeys() {
        return Arrays.stream(Door.values())
                .flatMap(door -> Arrays.stream(Key.values()).map(key -> Arguments.of(door, key)));
    }

    @BeforeEach
    void start() throws Exception {
        node = new AdministeredNode();
    }

    @AfterEach
    void stop() throws Exception {
        node.close();
    }

    private static AuthenticationInfo identity(Key key) {
        byte[] owner = utf8(AdministeredNode.OWNER.toString());
        return switch (key) {
            case SECRET ->
                new SecretKeyAuthenticationInfo(
                        owner, AdministeredNode.SECRET_KEY, AdministeredNode.SECRET.toByteArray());
            case RSA ->
                new PublicKeyAuthenticationInfo(owner, AdministeredNode.RSA, AdministeredNode.RSA_KEYS.getPrivate());
        };
    }

    private SiteInfo site(Door door) throws Exception {
        SiteInfo site = Encoder.decodeSiteInfoRecord(node.server.site().encode().toByteArray(), 0);
        ServerInfo server = site.servers[0];
        server.interfaces = Arrays.stream(server.interfaces)
                .filter(i -> i.protocol == door.protocol)
                .toArray(Interface[]::new);
        return site;
    }

    private static HandleResolver resolver() {
        var resolver = new HandleResolver();
        resolver.setTcpTimeout(10_000);
        resolver.setUdpRetryScheme(new int[] {5_000, 5_000});
        resolver.setSessionTracker(null);
        return resolver;
    }

    private AbstractResponse ask(Door door, AbstractRequest request) throws Exception {
        return resolver().sendRequestToSite(request, site(door));
    }

    private void succeeds(Door door, AbstractRequest request) throws Exception {
        assertCode(AbstractMessage.RC_SUCCESS, ask(door, request));
    }

    private static void assertCode(int code, AbstractResponse response) {
        assertEquals(code, response.responseCode, response.toString());
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static HandleValue value(int index, String type, String text) {
        return new HandleValue(index, utf8(type), utf8(text));
    }

    private static HandleValue admin() {
        var record = new AdminRecord(
                utf8(AdministeredNode.OWNER.toString()),
                AdministeredNode.GROUP,
                true,
                true,
                true,
                true,
                true,
                true,
                true,
                true,
                true,
                true,
                true,
                true);
        return new HandleValue(100, Common.ADMIN_TYPE, Encoder.encodeAdminRecord(record));
    }

    private List<String> texts(String handle) {
        return node.registry.find(Handle.of(handle)).orElseThrow().values().stream()
                .filter(v -> !v.hasType("HS_ADMIN"))
                .map(v -> v.index() + " " + v.type() + " " + v.text())
                .toList();
    }

    /// RFC 3652, section 3.6: the life of a handle.
    @ParameterizedTest
    @MethodSource("doorsAndKeys")
    void createsChangesAndDeletes(Door door, Key key) throws Exception {
        byte[] pump = utf8("88.118.7/pump-1");
        var identity = identity(key);
        var values = new HandleValue[] {value(1, "URL", "https://example.org/1"), admin()};
        var created = ask(door, new CreateHandleRequest(pump, values, identity));
        assertEquals("88.118.7/pump-1", text(assertInstanceOf(CreateHandleResponse.class, created).handle));
        assertEquals(List.of("1 URL https://example.org/1"), texts("88.118.7/pump-1"));
        assertCode(
                AbstractMessage.RC_HANDLE_ALREADY_EXISTS,
                ask(door, new CreateHandleRequest(utf8("88.118.7/PUMP-1"), values, identity)));
        succeeds(door, new AddValueRequest(pump, value(2, "DESC", "a pump"), identity));
        assertCode(
                AbstractMessage.RC_VALUE_ALREADY_EXISTS,
                ask(door, new AddValueRequest(pump, value(2, "DESC", "another"), identity)));
        succeeds(door, new ModifyValueRequest(pump, value(2, "DESC", "a good pump"), identity));
        assertCode(
                AbstractMessage.RC_VALUES_NOT_FOUND,
                ask(door, new ModifyValueRequest(pump, value(3, "DESC", "nothing"), identity)));
        succeeds(door, new RemoveValueRequest(pump, 1, identity));
        assertEquals(List.of("2 DESC a good pump"), texts("88.118.7/pump-1"));
        succeeds(door, new DeleteHandleRequest(pump, identity));
        assertCode(AbstractMessage.RC_HANDLE_NOT_FOUND, ask(door, new DeleteHandleRequest(pump, identity)));
        assertEquals(1, node.registry.size());
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Test
    void aSuffixIsMintedAndAHandleReplacedOnDemand() throws Exception {
        var values = new HandleValue[] {value(1, "URL", "https://example.org/1"), admin()};
        var mint = new CreateHandleRequest(utf8("88.118.7/p-"), values, identity(Key.SECRET));
        mint.mintNewSuffix = true;
        String minted = text(assertInstanceOf(CreateHandleResponse.class, ask(Door.TCP, mint)).handle);
        assertTrue(minted.startsWith("88.118.7/p-") && minted.length() > 30, minted);
        values[0] = value(1, "URL", "https://example.org/2");
        var replace = new CreateHandleRequest(utf8(minted), values, identity(Key.SECRET), false);
        replace.overwriteWhenExists = true;
        succeeds(Door.TCP, replace);
        assertEquals(List.of("1 URL https://example.org/2"), texts(minted));
    }

    /// RFC 3652, section 3.7.1: a list takes several messages, which one connection carries. That client does
    /// not ask for lists by UDP.
    @ParameterizedTest
    @EnumSource(names = {"TCP", "HTTP"})
    void listsHandles(Door door) throws Exception {
        int count = 250;
        Set<String> expected = new HashSet<>();
        for (int i = 0; i < count; i++) {
            String handle = "88.118.7/list-" + i;
            node.registry.register(new io.millwright.identity.record.HandleRecord(
                    Handle.of(handle), List.of(io.millwright.identity.record.HandleValue.published(1, "URL", "u", 1))));
            expected.add(handle);
        }
        List<String> listed = new ArrayList<>();
        var request = new ListHandlesRequest(utf8("0.NA/88.118.7"), identity(Key.SECRET));
        var last = resolver().sendRequestToSite(request, site(door), message -> {
            if (message instanceof ListHandlesResponse page) {
                Arrays.stream(page.handles).forEach(h -> listed.add(text(h)));
            }
        });
        assertInstanceOf(ListHandlesResponse.class, last, last.toString());
        assertEquals(count, listed.size());
        assertEquals(expected, new HashSet<>(listed));
    }

    /// A prefix is homed by a steward, its own handle created, its handles served, and all ends again.
    @ParameterizedTest
    @EnumSource
    void homesAPrefix(Door door) throws Exception {
        var steward = identity(Key.RSA);
        byte[] prefix = utf8("0.NA/88.118.9");
        var values = new HandleValue[] {admin()};
        assertCode(AbstractMessage.RC_SERVER_NOT_RESP, ask(door, new CreateHandleRequest(prefix, values, steward)));
        succeeds(door, new HomeNaRequest(prefix, steward));
        succeeds(door, new CreateHandleRequest(prefix, values, steward));
        succeeds(door, new CreateHandleRequest(utf8("88.118.9/a"), values, steward));
        var prefixes = ask(Door.TCP, new ListNAsRequest(Common.BLANK_HANDLE, steward));
        assertEquals(
                List.of("0.NA/88.118.7", "0.NA/88.118.9"),
                Arrays.stream(assertInstanceOf(ListNAsResponse.class, prefixes).handles)
                        .map(PublicClientAdministrationTest::text)
                        .toList());
        succeeds(door, new UnhomeNaRequest(prefix, steward));
        assertFalse(node.registry.answersFor(Handle.of("88.118.9/a")));
    }

    @Test
    void tellsTheNextTransaction() throws Exception {
        var request = new GenericRequest(Common.BLANK_HANDLE, AbstractMessage.OC_GET_NEXT_TXN_ID, identity(Key.SECRET));
        var response = assertInstanceOf(NextTxnIdResponse.class, ask(Door.TCP, request));
        assertEquals(node.registry.lastTransaction() + 1, response.nextTxnId);
    }

    /// RFC 3652, section 3.5.3: whether a proof by a secret key is right.
    @ParameterizedTest
    @EnumSource
    void proofsAreVerified(Door door) throws Exception {
        byte[] nonce = utf8("sixteen octets..");
        byte[] digest = new byte[32];
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(AdministeredNode.SECRET.toByteArray(), "HmacSHA256"));
        mac.update(nonce);
        byte[] code = mac.doFinal(digest);
        byte[] proof = new byte[code.length + 1];
        proof[0] = 0x13;
        System.arraycopy(code, 0, proof, 1, code.length);
        byte[] owner = utf8(AdministeredNode.OWNER.toString());
        for (boolean right : new boolean[] {true, false}) {
            var request = new VerifyAuthRequest(
                    owner, nonce, digest, Common.HASH_CODE_SHA256, proof.clone(), AdministeredNode.SECRET_KEY, null);
            assertEquals(right, assertInstanceOf(VerifyAuthResponse.class, ask(door, request)).isValid);
            proof[20] ^= 1;
        }
    }

    /// Operation 1003; a node that has nowhere to back itself up says so.
    @Test
    void backsUp() throws Exception {
        var request = new GenericRequest(Common.BLANK_HANDLE, AbstractMessage.OC_BACKUP_SERVER, identity(Key.SECRET));
        assertCode(AbstractMessage.RC_OPERATION_NOT_SUPPORTED, ask(Door.TCP, request));
        node.close();
        var count = new AtomicInteger();
        node = new AdministeredNode(AdministeredNode.usual().withBackUp(count::incrementAndGet), Time.system());
        succeeds(Door.TCP, request);
        assertEquals(1, count.get());
        byte[] owner = utf8(AdministeredNode.OWNER.toString());
        var apprentice = new SecretKeyAuthenticationInfo(
                owner, AdministeredNode.APPRENTICE, AdministeredNode.SECRET.toByteArray());
        var unasked = new GenericRequest(Common.BLANK_HANDLE, AbstractMessage.OC_BACKUP_SERVER, apprentice);
        assertCode(AbstractMessage.RC_INVALID_ADMIN, ask(Door.TCP, unasked));
        assertEquals(1, count.get());
    }

    /// Operations 1001 and 1002 are answered in sessions only: that client's streams are not spoken here.
    @Test
    void copiesAreRefusedOutsideSessions() throws Exception {
        var all = (byte) 2;
        for (var request : List.of(
                new RetrieveTxnRequest(0, 0, all, 1, 0, identity(Key.SECRET)),
                new DumpHandlesRequest(all, 1, 0, identity(Key.SECRET)))) {
            assertCode(AbstractMessage.RC_OPERATION_NOT_SUPPORTED, ask(Door.TCP, request));
        }
    }

    /// RFC 3651, section 3.2.1: an administrator may do what its HS_ADMIN value says and no more.
    @Test
    void permissionsAreThoseOfTheAdministrator() throws Exception {
        byte[] owner = utf8(AdministeredNode.OWNER.toString());
        var apprentice = new SecretKeyAuthenticationInfo(
                owner, AdministeredNode.APPRENTICE, AdministeredNode.SECRET.toByteArray());
        succeeds(Door.TCP, new AddValueRequest(owner, value(1, "DESC", "by an apprentice"), apprentice));
        int denied = AbstractMessage.RC_INSUFFICIENT_PERMISSIONS;
        assertCode(denied, ask(Door.TCP, new AddValueRequest(owner, admin(2), apprentice)));
        assertCode(denied, ask(Door.TCP, new ModifyValueRequest(owner, value(1, "DESC", "x"), apprentice)));
        assertCode(denied, ask(Door.TCP, new RemoveValueRequest(owner, 1, apprentice)));
        assertCode(denied, ask(Door.TCP, new DeleteHandleRequest(owner, apprentice)));
        assertCode(
                denied,
                ask(Door.TCP, new CreateHandleRequest(utf8("88.118.7/x"), new HandleValue[] {admin()}, apprentice)));
        int nobody = AbstractMessage.RC_INVALID_ADMIN;
        assertCode(nobody, ask(Door.TCP, new HomeNaRequest(utf8("0.NA/1"), apprentice)));
        assertCode(nobody, ask(Door.TCP, new ListHandlesRequest(owner, apprentice)));
    }

    private static HandleValue admin(int index) {
        var value = admin();
        value.setIndex(index);
        return value;
    }

    /// Restricted values are shown to those who may read them, secret ones to nobody (RFC 3652, section 3.2.1).
    @ParameterizedTest
    @MethodSource("doorsAndKeys")
    void administratorsReadWhatIsTheirs(Door door, Key key) throws Exception {
        byte[] handle = utf8("88.118.7/restricted");
        var note = value(5, "NOTE", "for administrators");
        note.setAnyoneCanRead(false);
        succeeds(door, new CreateHandleRequest(handle, new HandleValue[] {note, admin()}, identity(key)));
        var request = new ResolutionRequest(handle, null, null, identity(key));
        request.ignoreRestrictedValues = false;
        var response = assertInstanceOf(ResolutionResponse.class, ask(door, request));
        assertEquals("for administrators", response.getHandleValues()[0].getDataAsString());
        var secret = new ResolutionRequest(
                utf8(AdministeredNode.OWNER.toString()), null, new int[] {AdministeredNode.SECRET_KEY}, identity(key));
        assertCode(AbstractMessage.RC_INSUFFICIENT_PERMISSIONS, ask(door, secret));
    }

    @ParameterizedTest
    @EnumSource
    void wrongKeysProveNothing(Door door) throws Exception {
        byte[] owner = utf8(AdministeredNode.OWNER.toString());
        var wrong = List.of(
                new SecretKeyAuthenticationInfo(owner, AdministeredNode.SECRET_KEY, utf8("guessed")),
                new SecretKeyAuthenticationInfo(owner, AdministeredNode.RSA, AdministeredNode.SECRET.toByteArray()),
                new SecretKeyAuthenticationInfo(owner, 999, AdministeredNode.SECRET.toByteArray()));
        for (var identity : wrong) {
            assertCode(
                    AbstractMessage.RC_AUTHENTICATION_FAILED,
                    ask(door, new AddValueRequest(owner, value(1, "DESC", "x"), identity)));
        }
        assertEquals(
                8,
                node.registry
                        .find(AdministeredNode.OWNER)
                        .orElseThrow()
                        .values()
                        .size());
    }

    /// RFC 3652, section 3.8: the public client sets up a session by Diffie-Hellman, proves itself once, and
    /// goes on in the session, encrypted.
    @ParameterizedTest
    @EnumSource
    void worksInSessions(Door door) throws Exception {
        var setup = new SessionSetupInfo();
        setup.encrypted = true;
        setup.authenticated = true;
        var tracker = new ClientSessionTracker(setup);
        var resolver = resolver();
        resolver.setSessionTracker(tracker);
        var identity = identity(Key.SECRET);
        for (int i = 0; i < 5; i++) {
            byte[] handle = utf8("88.118.7/session-" + i);
            var create = new CreateHandleRequest(handle, new HandleValue[] {value(1, "URL", "u"), admin()}, identity);
            assertCode(AbstractMessage.RC_SUCCESS, resolver.sendRequestToSite(create, site(door)));
            assertEquals(1, tracker.getAllSessions().length);
            var resolve = new ResolutionRequest(handle, null, null, identity);
            resolve.ignoreRestrictedValues = false;
            assertCode(AbstractMessage.RC_SUCCESS, resolver.sendRequestToSite(resolve, site(door)));
        }
        assertEquals(6, node.registry.size());
    }

    /// What the node says is the same, whoever encodes it.
    @Test
    void administratorsAreReadAsWritten() throws Exception {
        var octets = Octets.of(admin().getData());
        assertEquals(Administrator.ALL, Administrator.decode(octets).permissions() & Administrator.ALL);
    }
}
