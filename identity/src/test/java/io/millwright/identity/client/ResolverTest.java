package io.millwright.identity.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.identity.message.ResponseCode;
import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.record.HandleValue;
import io.millwright.identity.record.Permissions;
import io.millwright.identity.record.ServerHash;
import io.millwright.identity.record.Site;
import io.millwright.identity.record.SiteServer;
import io.millwright.identity.record.TimeToLive;
import io.millwright.identity.registry.MemoryRegistry;
import io.millwright.identity.server.HandleServer;
import io.millwright.identity.server.ServerSettings;
import io.millwright.identity.wire.Octets;
import io.millwright.model.Time;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.handle.hdllib.AbstractMessage;
import net.handle.hdllib.AbstractResponse;
import net.handle.hdllib.Configuration;
import net.handle.hdllib.Encoder;
import net.handle.hdllib.HandleResolver;
import net.handle.hdllib.ResolutionRequest;
import net.handle.hdllib.ServiceReferralResponse;
import net.handle.hdllib.SimpleConfiguration;
import net.handle.hdllib.SiteInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A small handle system of our own nodes: a root, a country, an enterprise, and an enterprise whose site has two
/// servers. Our resolver and the public client find their way from the root.
class ResolverTest {

    private static final ClientSettings SETTINGS = ClientSettings.usual();

    private final List<HandleServer> servers = new ArrayList<>();
    private final MemoryRegistry rootRecords = new MemoryRegistry(List.of("0.NA"));
    private HandleServer root;

    private HandleServer server() throws IOException {
        var server = HandleServer.bind(ServerSettings.freePorts(), 1, Time.system());
        servers.add(server);
        return server;
    }

    /// 88 delegates the prefixes below it to a country's node; that holds 88.118.7, served by an enterprise's node.
    @BeforeEach
    void start() throws Exception {
        root = server();
        var country = server();
        var enterprise = server();
        var shared = List.of(server(), server());
        rootRecords.register(prefix("88", site("HS_SITE", country), site("HS_SITE.PREFIX", country)));
        rootRecords.register(prefix("10", named("HS_SERV", "0.NA/88")));
        rootRecords.register(prefix("20", named("HS_SERV", "0.NA/30")));
        rootRecords.register(prefix("30", named("HS_SERV", "0.NA/20")));
        rootRecords.register(prefix("40", named("HS_SERV.PREFIX", "0.NA/88")));
        var site = joined(shared);
        rootRecords.register(prefix("50", value("HS_SITE", site.encode())));
        root.serve(rootRecords);
        var countryRecords = new MemoryRegistry(List.of("88", "10", "88.118.7", "40.1"));
        countryRecords.register(prefix("88.118.7", site("HS_SITE", enterprise)));
        countryRecords.register(prefix("40.1", site("HS_SITE", country)));
        countryRecords.register(thing("88/a"));
        countryRecords.register(thing("10/a"));
        countryRecords.register(thing("40.1/a"));
        country.serve(countryRecords);
        enterprise.serve(records("88.118.7", "88.118.7/pump"));
        for (int i = 0; i < shared.size(); i++) {
            var records = new MemoryRegistry(List.of("50"));
            for (int n = 0; n < 20; n++) {
                var handle = Handle.of("50/" + n);
                if (ServerHash.serverOf(handle, site) == i) {
                    records.register(thing(handle.toString()));
                }
            }
            shared.get(i).serve(records, site, i);
        }
    }

    private static Site joined(List<HandleServer> servers) {
        var one = servers.getFirst().site();
        var all = servers.stream()
                .map(s -> s.site().servers().getFirst())
                .map(s -> SiteServer.at(s.doors().getFirst().port(), s.inetAddress(), s.doors()))
                .toList();
        return new Site(
                one.version(),
                one.protocolMajor(),
                one.protocolMinor(),
                one.serial(),
                one.primaryMask(),
                Site.HASH_BY_ALL,
                one.hashFilter(),
                one.attributes(),
                all);
    }

    @AfterEach
    void stop() throws Exception {
        for (var server : servers) {
            server.close();
        }
    }

    private static MemoryRegistry records(String prefix, String handle) {
        var records = new MemoryRegistry(List.of(prefix));
        records.register(thing(handle));
        return records;
    }

    private static HandleRecord thing(String handle) {
        return new HandleRecord(Handle.of(handle), List.of(HandleValue.published(1, "DESC", handle, 1)));
    }

    private static HandleRecord prefix(String prefix, HandleValue... values) {
        var numbered = new ArrayList<HandleValue>();
        for (int i = 0; i < values.length; i++) {
            var v = values[i];
            numbered.add(new HandleValue(
                    i + 1, v.type(), v.data(), v.permissions(), v.ttl(), v.timestampSeconds(), List.of()));
        }
        return new HandleRecord(Handle.ofPrefix(prefix), numbered);
    }

    private static HandleValue site(String type, HandleServer server) {
        return value(type, server.site().encode());
    }

    private static HandleValue named(String type, String handle) {
        return value(type, Octets.utf8(handle));
    }

    private static HandleValue value(String type, Octets data) {
        return new HandleValue(1, type, data, Permissions.PUBLISHED, TimeToLive.DAY, 1, List.of());
    }

    private Resolution resolve(String handle) {
        return new Resolver(List.of(root.site()), SETTINGS, Time.system()).resolve(Handle.of(handle));
    }

    private void finds(String handle) {
        var found = assertInstanceOf(
                Resolution.Found.class, resolve(handle), () -> resolve(handle).toString());
        assertEquals(handle, found.found().textOf("DESC").orElseThrow());
    }

    @Test
    void servicesAreFoundFromTheRoot() {
        finds("88/a");
        finds("10/a");
    }

    /// The root does not know 88.118.7; it has delegated what lies below 88 (prefix referral).
    @Test
    void delegatedPrefixesAreFound() {
        finds("88.118.7/pump");
    }

    /// Each handle lies at one server of the site, by its hash; the other one says it is not responsible.
    @Test
    void handlesOfASharedSiteAreFoundByHash() {
        for (int n = 0; n < 20; n++) {
            finds("50/" + n);
        }
        var first = servers.get(3).udpAddress().orElseThrow();
        int elsewhere = 0;
        try (var client = HandleClient.to(Endpoint.udp(first))) {
            for (int n = 0; n < 20; n++) {
                elsewhere += client.resolve(Handle.of("50/" + n)) instanceof Resolution.NotResponsible ? 1 : 0;
            }
        }
        assertTrue(elsewhere > 2 && elsewhere < 18, "at the other server: " + elsewhere);
    }

    @Test
    void whatDoesNotExistIsSaidNotTo() {
        assertInstanceOf(Resolution.NotFound.class, resolve("88/nothing"));
        assertInstanceOf(Resolution.NotResponsible.class, resolve("77/a"));
        assertInstanceOf(Resolution.NotFound.class, resolve("0.NA/77"));
    }

    /// Services that name each other, and a server that refers to itself, must not keep a resolver busy for ever.
    @Test
    void circlesEnd() throws Exception {
        assertInstanceOf(Resolution.NotResponsible.class, resolve("20/a"));
        var circle = server();
        var records = new MemoryRegistry(List.of("0.NA"));
        records.register(prefix("60", site("HS_SITE", circle)));
        circle.serve(records);
        var resolution = new Resolver(List.of(circle.site()), SETTINGS, Time.system()).resolve(Handle.of("60/a"));
        var refused = assertInstanceOf(Resolution.Refused.class, resolution, resolution.toString());
        assertEquals(ResponseCode.RECURSION_LIMIT_EXCEEDED, refused.code());
    }

    @Test
    void aServerThatIsGoneIsSaidToBe() throws Exception {
        servers.get(2).close();
        assertInstanceOf(Resolution.Unreachable.class, resolve("88.118.7/pump"));
    }

    private HandleResolver publicClient() throws Exception {
        SiteInfo site = Encoder.decodeSiteInfoRecord(root.site().encode().toByteArray(), 0);
        Configuration configuration = new SimpleConfiguration() {
            @Override
            public void startAutoUpdate(HandleResolver resolver) {
                // The root of this test does not change.
            }
        };
        configuration.setGlobalSites(new SiteInfo[] {site});
        configuration.setResolutionMethod(Configuration.RM_GLOBAL);
        var resolver = new HandleResolver();
        resolver.setConfiguration(configuration);
        resolver.setTcpTimeout(5_000);
        return resolver;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// The other implementation finds its way through our referrals and our shared site too.
    @Test
    void thePublicClientFindsItsWay() throws Exception {
        var resolver = publicClient();
        for (String handle : List.of("88/a", "10/a", "88.118.7/pump", "50/1", "50/2", "50/3", "50/4")) {
            var values = resolver.resolveHandle(handle);
            assertEquals(handle, values[0].getDataAsString());
        }
    }

    /// RFC 3652, section 3.4: what a client that asks the wrong node is told.
    @Test
    void referralsHaveTheCodesOfTheStandard() throws Exception {
        SiteInfo site = Encoder.decodeSiteInfoRecord(root.site().encode().toByteArray(), 0);
        var resolver = new HandleResolver();
        AbstractResponse service =
                resolver.sendRequestToSite(new ResolutionRequest(utf8("88/a"), null, null, null), site);
        assertEquals(AbstractMessage.RC_SERVICE_REFERRAL, service.responseCode);
        var told = assertInstanceOf(ServiceReferralResponse.class, service);
        assertEquals("0.NA/88", new String(told.handle, StandardCharsets.UTF_8));
        assertEquals("HS_SITE", told.getHandleValues()[0].getTypeAsString());
        AbstractResponse delegated =
                resolver.sendRequestToSite(new ResolutionRequest(utf8("0.NA/88.118.7"), null, null, null), site);
        assertEquals(AbstractMessage.RC_PREFIX_REFERRAL, delegated.responseCode);
        var silent = new ResolutionRequest(utf8("88/a"), null, null, null);
        silent.doNotRefer = true;
        assertEquals(AbstractMessage.RC_SERVER_NOT_RESP, resolver.sendRequestToSite(silent, site).responseCode);
        assertEquals(
                InetAddress.getLoopbackAddress(),
                root.udpAddress().orElseThrow().getAddress());
    }
}
