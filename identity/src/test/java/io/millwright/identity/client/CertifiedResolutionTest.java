package io.millwright.identity.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.identity.authentication.VerificationKey;
import io.millwright.identity.message.Body;
import io.millwright.identity.message.ResponseCode;
import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.record.HandleValue;
import io.millwright.identity.record.Permissions;
import io.millwright.identity.record.Site;
import io.millwright.identity.record.SiteServer;
import io.millwright.identity.registry.MemoryRegistry;
import io.millwright.identity.server.AdministeredNode;
import io.millwright.identity.server.Administration;
import io.millwright.identity.server.HandleServer;
import io.millwright.identity.server.ServerSettings;
import io.millwright.identity.wire.Octets;
import io.millwright.model.Time;
import java.io.IOException;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Signed answers, from a root whose key is known down: each answer tells the key of the next. And other names of
/// handles, which lead to an end.
class CertifiedResolutionTest {

    private final List<HandleServer> servers = new ArrayList<>();

    @AfterEach
    void stop() throws Exception {
        for (var server : servers) {
            server.close();
        }
    }

    private HandleServer serve(Optional<KeyPair> key, HandleRecord... records) throws IOException {
        var administration = Administration.by(Set.of());
        var settings = ServerSettings.freePorts();
        var server = HandleServer.bind(
                key.isPresent() ? settings.withAdministration(administration.withKey(key.get())) : settings,
                1,
                Time.system());
        servers.add(server);
        var prefixes =
                java.util.Arrays.stream(records).map(r -> r.handle().prefix()).toList();
        var registry = new MemoryRegistry(prefixes);
        java.util.Arrays.stream(records).forEach(registry::register);
        server.serve(registry);
        return server;
    }

    private static HandleRecord prefix(String prefix, String type, Site site) {
        return new HandleRecord(
                Handle.ofPrefix(prefix), List.of(FollowedNode.value(1, type, site.encode(), Permissions.PUBLISHED)));
    }

    private static HandleRecord thing(String handle) {
        return new HandleRecord(Handle.of(handle), List.of(HandleValue.published(1, "DESC", handle, 1)));
    }

    private static HandleRecord alias(String handle, String of) {
        return new HandleRecord(
                Handle.of(handle), List.of(FollowedNode.value(1, "HS_ALIAS", Octets.utf8(of), Permissions.PUBLISHED)));
    }

    private Resolver from(HandleServer root) {
        return new Resolver(List.of(root.site()), ClientSettings.usual(), Time.system());
    }

    private static Site withKey(Site site, KeyPair pair) {
        var one = site.servers().getFirst();
        var key = new VerificationKey.Standard(pair.getPublic()).encode();
        return new Site(
                site.version(),
                site.protocolMajor(),
                site.protocolMinor(),
                site.serial(),
                site.primaryMask(),
                site.hashOption(),
                site.hashFilter(),
                site.attributes(),
                List.of(new SiteServer(one.id(), one.address(), key, one.doors())));
    }

    /// Root, delegation below 88, the prefix's own node: RSA, Ed25519, RSA.
    @Test
    void theChainFromTheRootsKeyIsChecked() throws Exception {
        var enterprise = serve(Optional.of(AdministeredNode.RSA_KEYS), thing("88.7/a"));
        var country = serve(Optional.of(AdministeredNode.ED25519_KEYS), prefix("88.7", "HS_SITE", enterprise.site()));
        var root = serve(
                Optional.of(AdministeredNode.RSA_KEYS),
                new HandleRecord(
                        Handle.ofPrefix("88"),
                        List.of(FollowedNode.value(
                                1, "HS_SITE.PREFIX", country.site().encode(), Permissions.PUBLISHED))));
        var hops = new ArrayList<Resolver.Hop>();
        var found = assertInstanceOf(
                Resolution.Found.class,
                from(root).certified().observed(hops::add).resolve(Handle.of("88.7/a")));
        assertEquals("88.7/a", found.found().textOf("DESC").orElseThrow());
        assertEquals(3, hops.size());
    }

    /// The node answers, but signs nothing, or with another key than is told of it: it is not believed.
    @Test
    void whoDoesNotSignAsIsToldIsNotBelieved() throws Exception {
        var unsigned = serve(Optional.empty(), thing("88.1/a"));
        var other = serve(Optional.of(AdministeredNode.ED25519_KEYS), thing("88.2/a"));
        var root = serve(
                Optional.of(AdministeredNode.RSA_KEYS),
                prefix("88.1", "HS_SITE", unsigned.site()),
                prefix("88.2", "HS_SITE", withKey(other.site(), AdministeredNode.RSA_KEYS)),
                prefix("88.3", "HS_SITE", withKey(unsigned.site(), AdministeredNode.RSA_KEYS)));
        for (String handle : List.of("88.1/a", "88.2/a", "88.3/a")) {
            var certified = from(root).certified().resolve(Handle.of(handle));
            boolean refused = certified instanceof Resolution.Garbled || certified instanceof Resolution.Refused;
            assertTrue(refused, () -> handle + ": " + certified);
        }
        assertInstanceOf(Resolution.Found.class, from(root).resolve(Handle.of("88.1/a")));
        var wrongRoot = new Resolver(
                List.of(withKey(root.site(), AdministeredNode.ED25519_KEYS)), ClientSettings.usual(), Time.system());
        assertInstanceOf(Resolution.Garbled.class, wrongRoot.certified().resolve(Handle.of("0.NA/88.1")));
    }

    /// RFC 3651, section 3.2.5.
    @Test
    void aliasesAreFollowedAndLeadToAnEnd() throws Exception {
        var names = new ArrayList<>(List.of(
                thing("88.1/a"),
                alias("88.1/b", "88.1/a"),
                alias("88.1/c", "88.1/b"),
                alias("88.1/x", "88.1/y"),
                alias("88.1/y", "88.1/X"),
                alias("88.1/gone", "88.1/nothing")));
        for (int i = 0; i < 12; i++) {
            names.add(alias("88.1/n" + i, "88.1/n" + (i + 1)));
        }
        var node = serve(Optional.empty(), names.toArray(new HandleRecord[0]));
        var root = serve(Optional.empty(), prefix("88.1", "HS_SITE", node.site()));
        var resolver = from(root);
        for (String name : List.of("88.1/a", "88.1/b", "88.1/c")) {
            for (var types : List.of(List.<String>of(), List.of("DESC"))) {
                var query = new Body.ResolutionRequest(Handle.of(name), List.of(), types);
                var found = assertInstanceOf(Resolution.Found.class, resolver.resolveAlias(query));
                assertEquals("88.1/a", found.found().textOf("DESC").orElseThrow());
            }
        }
        var asked = new Body.ResolutionRequest(Handle.of("88.1/c"), List.of(), List.of("HS_ALIAS"));
        var shown = assertInstanceOf(Resolution.Found.class, resolver.resolveAlias(asked));
        assertEquals("88.1/b", shown.found().textOf("HS_ALIAS").orElseThrow());
        var gone = resolver.resolveAlias(Body.ResolutionRequest.all(Handle.of("88.1/gone")));
        assertEquals(
                Handle.of("88.1/nothing"),
                assertInstanceOf(Resolution.NotFound.class, gone).handle());
        for (String name : List.of("88.1/x", "88.1/n0")) {
            var refused = assertInstanceOf(
                    Resolution.Refused.class, resolver.resolveAlias(Body.ResolutionRequest.all(Handle.of(name))));
            assertEquals(ResponseCode.RECURSION_LIMIT_EXCEEDED, refused.code());
            assertTrue(refused.reason().contains(" → "), refused.reason());
        }
    }
}
