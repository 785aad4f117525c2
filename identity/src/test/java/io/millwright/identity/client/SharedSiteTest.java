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
import io.millwright.identity.record.ServerHash;
import io.millwright.identity.record.Site;
import io.millwright.identity.record.SiteServer;
import io.millwright.identity.registry.Change;
import io.millwright.identity.registry.MemoryRegistry;
import io.millwright.identity.server.AdministeredNode;
import io.millwright.identity.server.Administration;
import io.millwright.identity.server.HandleServer;
import io.millwright.identity.server.ServerSettings;
import io.millwright.model.Time;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A primary site of three servers that share the handles by hash, and a mirror site of two that follow it.
class SharedSiteTest {

    private static final int HANDLES = 60;
    private static final ClientSettings SETTINGS = ClientSettings.usual();

    private final List<HandleServer> servers = new ArrayList<>();
    private final List<MemoryRegistry> primaries = new ArrayList<>();
    private final List<MemoryRegistry> mirrors = new ArrayList<>();
    private Site site;
    private Site mirrorSite;
    private HandleServer root;
    private SiteClient client;

    private HandleServer bind() throws IOException {
        var administration =
                Administration.by(Set.of(FollowedNode.STEWARD.reference())).withKey(AdministeredNode.RSA_KEYS);
        var server = HandleServer.bind(ServerSettings.freePorts().withAdministration(administration), 1, Time.system());
        servers.add(server);
        return server;
    }

    private static Site joined(List<HandleServer> all, int mask) {
        var one = all.getFirst().site();
        var joined = IntStream.range(0, all.size())
                .mapToObj(i -> {
                    var server = all.get(i).site().servers().getFirst();
                    return new SiteServer(i + 1, server.address(), server.publicKey(), server.doors());
                })
                .toList();
        return new Site(
                one.version(),
                one.protocolMajor(),
                one.protocolMinor(),
                one.serial(),
                mask,
                Site.HASH_BY_ALL,
                one.hashFilter(),
                one.attributes(),
                joined);
    }

    private List<HandleServer> bind(int count) throws IOException {
        var bound = new ArrayList<HandleServer>();
        for (int i = 0; i < count; i++) {
            bound.add(bind());
        }
        return bound;
    }

    private static MemoryRegistry registry(HandleRecord owner) {
        var registry = new MemoryRegistry(List.of(FollowedNode.PREFIX));
        registry.register(owner);
        return registry;
    }

    @BeforeEach
    void start() throws Exception {
        var owner = new HandleRecord(AdministeredNode.OWNER, owner());
        var first = bind(3);
        site = joined(first, Site.PRIMARY);
        for (int i = 0; i < first.size(); i++) {
            primaries.add(registry(owner));
            first.get(i).serve(primaries.get(i), site, i);
        }
        var second = bind(2);
        mirrorSite = joined(second, 0);
        for (int i = 0; i < second.size(); i++) {
            mirrors.add(registry(owner));
            second.get(i).serve(mirrors.get(i), mirrorSite, i);
        }
        root = bind();
        var rootRecords = new MemoryRegistry(List.of("0.NA"));
        rootRecords.register(new HandleRecord(
                AdministeredNode.OWNER,
                List.of(
                        FollowedNode.value(1, "HS_SITE", site.encode(), Permissions.PUBLISHED),
                        FollowedNode.value(2, "HS_SITE", mirrorSite.encode(), Permissions.PUBLISHED))));
        root.serve(rootRecords);
        client = SiteClient.to(site, FollowedNode.STEWARD, SETTINGS, Time.system());
    }

    private static List<HandleValue> owner() {
        var values = new ArrayList<>(FollowedNode.administrators());
        values.add(FollowedNode.value(
                FollowedNode.STEWARD.reference().index(), "HS_SECKEY", AdministeredNode.SECRET, Permissions.SECRET));
        return values;
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        for (var server : servers) {
            server.close();
        }
    }

    private static HandleRecord record(int number) {
        var values = new ArrayList<>(FollowedNode.administrators());
        values.add(HandleValue.published(1, "DESC", "thing " + number, number));
        return new HandleRecord(Handle.of(FollowedNode.PREFIX + "/" + number), values);
    }

    private Set<Handle> register() {
        var handles = new HashSet<Handle>();
        for (int i = 0; i < HANDLES; i++) {
            var record = record(i);
            handles.add(record.handle());
            assertInstanceOf(Result.Done.class, client.holding(record.handle()).create(record));
        }
        return handles;
    }

    /// Each handle lies at its server and no other, and the list of all is what was registered.
    @Test
    void handlesAreSharedAndListedAcrossServers() {
        var registered = register();
        for (int i = 0; i < primaries.size(); i++) {
            int position = i;
            assertTrue(primaries.get(i).size() > 8, "a third each, about");
            primaries.get(i).handles(FollowedNode.PREFIX, Handle.of(""), 1000).forEach(h -> {
                assertEquals(position, ServerHash.serverOf(h, site));
            });
        }
        var listed = new ArrayList<Handle>();
        assertInstanceOf(Result.Done.class, client.list(FollowedNode.PREFIX, listed::add));
        assertEquals(HANDLES, listed.size());
        assertEquals(registered, new HashSet<>(listed));
        var record = record(1);
        int other = (ServerHash.serverOf(record.handle(), site) + 1) % 3;
        try (var wrong =
                HandleClient.to(Endpoint.tcp(servers.get(other).tcpAddress().orElseThrow()))) {
            var refused = assertInstanceOf(
                    Result.Refused.class, wrong.as(FollowedNode.STEWARD).delete(record.handle()));
            assertEquals(ResponseCode.SERVER_NOT_RESPONSIBLE, refused.code());
        }
    }

    @Test
    void prefixesAreHomedAtAllServers() throws Exception {
        assertInstanceOf(Result.Done.class, client.home("88.9"));
        assertTrue(primaries.stream().allMatch(p -> p.prefixes().contains("88.9")));
        assertInstanceOf(Result.Done.class, client.unhome("88.9"));
        assertTrue(primaries.stream().noneMatch(p -> p.prefixes().contains("88.9")));
        servers.get(1).close();
        assertInstanceOf(Result.Unreachable.class, client.home("88.9"));
    }

    /// Every server of the mirror site takes its share from every server of the primary site.
    private void follow() throws Exception {
        for (int from = 0; from < 3; from++) {
            var server = servers.get(from);
            try (var steward = HandleClient.to(Endpoint.tcp(server.tcpAddress().orElseThrow()))) {
                var key = VerificationKey.decode(
                        server.site().servers().getFirst().publicKey());
                var opening = steward.as(FollowedNode.STEWARD).openSession(key);
                var session = assertInstanceOf(AdministeringClient.Opening.Opened.class, opening)
                        .client();
                for (int to = 0; to < 2; to++) {
                    var share = new Body.Share(Site.HASH_BY_ALL, 2, to);
                    var mirror = new Mirror(session, mirrors.get(to), "server " + from, share);
                    assertInstanceOf(Mirror.Progress.CaughtUp.class, mirror.catchUp());
                }
            }
        }
    }

    /// A server of the primary site is gone: its handles are told by the mirror site, and cannot be changed; those of
    /// the others are as before.
    @Test
    void aServerThatIsGoneIsStoodInForByTheMirrorSite() throws Exception {
        register();
        follow();
        int gone = 1;
        servers.get(gone).close();
        var quick = SETTINGS.withUdpTimeouts(List.of(java.time.Duration.ofMillis(300)));
        var hops = new ArrayList<Resolver.Hop>();
        var resolver = new Resolver(List.of(root.site()), quick, Time.system()).observed(hops::add);
        int elsewhere = 0;
        for (int i = 0; i < HANDLES; i++) {
            var handle = record(i).handle();
            var found = assertInstanceOf(Resolution.Found.class, resolver.resolve(handle));
            assertEquals("thing " + i, found.found().textOf("DESC").orElseThrow());
            boolean lost = ServerHash.serverOf(handle, site) == gone;
            int port = found.from().address().getPort();
            boolean mirrored = mirrorSite.servers().stream()
                    .anyMatch(s -> s.doors().stream().anyMatch(d -> d.port() == port));
            assertEquals(lost, mirrored, handle.toString());
            elsewhere += lost ? 1 : 0;
            var changed = client.holding(handle).add(handle, List.of(HandleValue.published(2, "DESC", "two", 0)));
            assertEquals(lost, changed instanceof Result.Unreachable, changed.toString());
        }
        assertTrue(elsewhere > 8, "handles of the server that is gone: " + elsewhere);
    }

    /// A handle that names its primary sites (HS_PRIMARY) is changed there and nowhere else.
    @Test
    void aHandleMayNameItsPrimarySites() throws Exception {
        register();
        var resolver = new Resolver(List.of(root.site()), SETTINGS, Time.system());
        var handle = record(3).handle();
        int port = site.servers()
                .get(ServerHash.serverOf(handle, site))
                .doors()
                .getFirst()
                .port();
        assertEquals(
                port, resolver.administrationOf(handle).getFirst().address().getPort());
        var named = new io.millwright.identity.record.ReferenceList(List.of(FollowedNode.of(2)));
        var registry = primaries.get(ServerHash.serverOf(handle, site));
        var before = registry.find(handle).orElseThrow();
        var values = new ArrayList<>(before.values());
        values.add(FollowedNode.value(7, "HS_PRIMARY", named.encode(), Permissions.PUBLISHED));
        registry.commit(new Change.Replace(before, new HandleRecord(handle, values)))
                .join();
        int mirror = mirrorSite
                .servers()
                .get(ServerHash.serverOf(handle, mirrorSite))
                .doors()
                .getFirst()
                .port();
        var doors = resolver.administrationOf(handle);
        assertTrue(doors.stream().anyMatch(d -> d.address().getPort() == mirror), doors.toString());
        assertTrue(doors.stream().noneMatch(d -> d.address().getPort() == port), doors.toString());
    }
}
