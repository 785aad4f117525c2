package io.millwright.identity.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.identity.authentication.Identity;
import io.millwright.identity.client.ClientSettings;
import io.millwright.identity.client.Endpoint;
import io.millwright.identity.client.HandleClient;
import io.millwright.identity.client.Resolution;
import io.millwright.identity.client.Resolver;
import io.millwright.identity.client.Result;
import io.millwright.identity.message.ResponseCode;
import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.record.HandleValue;
import io.millwright.identity.record.Permissions;
import io.millwright.identity.record.TimeToLive;
import io.millwright.identity.record.ValueReference;
import io.millwright.identity.registry.MemoryRegistry;
import io.millwright.identity.wire.Octets;
import io.millwright.model.Time;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A node whose stewards' keys lie at another node, found from a root: it trusts what is signed and nothing else.
class ResolvedDirectoryTest {

    private static final Handle ADMIN = Handle.of("99/admin");
    private static final Octets SECRET = Octets.utf8("a secret of 99");

    private HandleServer root;
    private HandleServer keys;
    private HandleServer node;

    private static HandleServer server(Administration administration) throws Exception {
        return HandleServer.bind(ServerSettings.freePorts().withAdministration(administration), 1, Time.system());
    }

    private static HandleValue value(int index, String type, Octets data, Permissions permissions) {
        return new HandleValue(index, type, data, permissions, TimeToLive.DAY, 1, List.of());
    }

    @BeforeEach
    void start() throws Exception {
        start(AdministeredNode.usual());
    }

    private void start(Administration ofKeys) throws Exception {
        root = server(AdministeredNode.usual());
        keys = server(ofKeys);
        var prefixes = new MemoryRegistry(List.of("0.NA"));
        prefixes.register(new HandleRecord(
                Handle.ofPrefix("99"), List.of(value(1, "HS_SITE", keys.site().encode(), Permissions.PUBLISHED))));
        root.serve(prefixes);
        var admins = new MemoryRegistry(List.of("99"));
        var publicKey = AdministeredNode.publicKey(AdministeredNode.ED25519_KEYS);
        admins.register(new HandleRecord(
                ADMIN,
                List.of(
                        value(300, "HS_PUBKEY", publicKey, Permissions.PUBLISHED),
                        value(301, "HS_SECKEY", SECRET, Permissions.SECRET))));
        keys.serve(admins);
        var resolver = new Resolver(List.of(root.site()), ClientSettings.usual(), Time.system()).certified();
        node = server(
                Administration.by(Set.of(new ValueReference(ADMIN, 0))).withDirectory(new ResolvedDirectory(resolver)));
        node.serve(new MemoryRegistry(List.of()));
    }

    @AfterEach
    void stop() throws Exception {
        root.close();
        keys.close();
        node.close();
    }

    private Result home(Identity identity) {
        try (var client = HandleClient.to(Endpoint.tcp(node.tcpAddress().orElseThrow()))) {
            return client.as(identity).home("88.9");
        }
    }

    private static Identity bySecret(Octets secret) {
        return new Identity.SecretKey(new ValueReference(ADMIN, 301), secret);
    }

    private static Identity byKey() {
        var key = ((Identity.PrivateKey) AdministeredNode.BY_ED25519).key();
        return new Identity.PrivateKey(new ValueReference(ADMIN, 300), key);
    }

    /// RFC 3652, section 3.5.3: the node that holds the secret key checks the proof; the key itself does not
    /// travel.
    @Test
    void keysElsewhereProveWhoAsks() {
        assertInstanceOf(Result.Done.class, home(byKey()));
        assertInstanceOf(Result.Done.class, home(bySecret(SECRET)));
        var refused = assertInstanceOf(Result.Refused.class, home(bySecret(Octets.utf8("guessed"))));
        assertEquals(ResponseCode.AUTHENTICATION_FAILED, refused.code());
    }

    /// The node with the keys signs nothing: anyone could have said what it says.
    @Test
    void whatIsNotSignedProvesNothing() throws Exception {
        stop();
        start(Administration.by(Set.of()));
        for (var identity : List.of(byKey(), bySecret(SECRET))) {
            var refused = assertInstanceOf(Result.Refused.class, home(identity));
            assertEquals(ResponseCode.AUTHENTICATION_FAILED, refused.code());
        }
        var certified = new Resolver(List.of(root.site()), ClientSettings.usual(), Time.system()).certified();
        var garbled = assertInstanceOf(Resolution.Garbled.class, certified.resolve(ADMIN));
        assertTrue(garbled.reason().contains("key"), garbled.reason());
    }

    @Test
    void aNodeWithKeysThatIsGoneProvesNothing() throws Exception {
        keys.close();
        assertInstanceOf(Result.Refused.class, home(byKey()));
        assertInstanceOf(Result.Refused.class, home(bySecret(SECRET)));
    }
}
