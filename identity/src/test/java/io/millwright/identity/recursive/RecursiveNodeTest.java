package io.millwright.identity.recursive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.identity.client.ClientSettings;
import io.millwright.identity.client.Endpoint;
import io.millwright.identity.client.HandleClient;
import io.millwright.identity.client.Resolution;
import io.millwright.identity.message.Body;
import io.millwright.identity.message.ResponseCode;
import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.record.HandleValue;
import io.millwright.identity.record.Permissions;
import io.millwright.identity.record.Site;
import io.millwright.identity.record.TimeToLive;
import io.millwright.identity.registry.MemoryRegistry;
import io.millwright.identity.registry.Registry;
import io.millwright.identity.server.AdministeredNode;
import io.millwright.identity.server.HandleServer;
import io.millwright.identity.server.ServerSettings;
import io.millwright.identity.wire.Octets;
import io.millwright.model.Time;
import io.millwright.testkit.Await;
import io.millwright.testkit.ManualTime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import net.handle.hdllib.AbstractMessage;
import net.handle.hdllib.Encoder;
import net.handle.hdllib.HandleResolver;
import net.handle.hdllib.ResolutionRequest;
import net.handle.hdllib.ResolutionResponse;
import net.handle.hdllib.SecretKeyAuthenticationInfo;
import net.handle.hdllib.SiteInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A recursive node before a root and an enterprise, on loopback. Its clock is moved by hand.
class RecursiveNodeTest {

    private static final ClientSettings QUICK = ClientSettings.usual()
            .withUdpTimeouts(List.of(Duration.ofSeconds(2)))
            .withAnswerTimeout(Duration.ofSeconds(2));
    private static final RecursionSettings SETTINGS = RecursionSettings.usual().withRate(1_000_000, 1_000_000);
    private static final String PUMP = "88/pump";

    private final List<HandleServer> servers = new ArrayList<>();
    private final ManualTime time = new ManualTime(Time.system().epochNanos());
    private final MemoryRegistry rootRecords = new MemoryRegistry(List.of("0.NA"));
    private final Gated enterpriseRecords = new Gated();
    private HandleServer root;
    private HandleServer enterprise;
    private HandleServer recursive;
    private RecursiveNode node;

    /// Records that are given out when the gate is open.
    private static final class Gated implements Registry {

        private final MemoryRegistry records = new MemoryRegistry(List.of("88"));
        private volatile CountDownLatch gate = new CountDownLatch(0);

        @Override
        public boolean answersFor(Handle handle) {
            return records.answersFor(handle);
        }

        @Override
        public Optional<HandleRecord> find(Handle handle) {
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return records.find(handle);
        }

        @Override
        public long size() {
            return records.size();
        }
    }

    @BeforeEach
    void start() throws Exception {
        root = bind(0);
        enterprise = bind(0);
        rootRecords.register(prefix("88", enterprise.site()));
        root.serve(rootRecords);
        enterpriseRecords.records.register(thing(PUMP, 100));
        enterprise.serve(enterpriseRecords);
        serveRecursively(SETTINGS, root.site());
    }

    private void serveRecursively(RecursionSettings settings, Site at) throws IOException {
        node = new RecursiveNode(List.of(at), QUICK, settings, time);
        recursive = bind(0);
        recursive.serve(new MemoryRegistry(List.of()), node);
    }

    private HandleServer bind(int port) throws IOException {
        var server = HandleServer.bind(
                ServerSettings.on(java.net.InetAddress.getLoopbackAddress(), port, ServerSettings.CLOSED),
                1,
                Time.system());
        servers.add(server);
        return server;
    }

    @AfterEach
    void stop() throws Exception {
        enterpriseRecords.gate.countDown();
        for (var server : servers) {
            server.close();
        }
    }

    private static HandleRecord prefix(String prefix, Site site) {
        var value = new HandleValue(
                1, "HS_SITE", site.encode(), Permissions.PUBLISHED, TimeToLive.relative(1000), 1, List.of());
        return new HandleRecord(Handle.ofPrefix(prefix), List.of(value));
    }

    private static HandleRecord thing(String handle, int ttl) {
        var value = new HandleValue(
                1, "DESC", Octets.utf8(handle), Permissions.PUBLISHED, TimeToLive.relative(ttl), 1, List.of());
        return new HandleRecord(Handle.of(handle), List.of(value));
    }

    private Resolution ask(String handle) {
        var at = Endpoint.udp(recursive.udpAddress().orElseThrow());
        var patient = ClientSettings.usual().withUdpTimeouts(List.of(Duration.ofSeconds(20)));
        try (var client = HandleClient.to(at, patient, Time.system())) {
            return client.resolve(Handle.of(handle));
        }
    }

    private HandleRecord found(String handle) {
        var resolution = ask(handle);
        return assertInstanceOf(Resolution.Found.class, resolution, resolution.toString())
                .found();
    }

    private Resolution.Refused refused(String handle) {
        var resolution = ask(handle);
        return assertInstanceOf(Resolution.Refused.class, resolution, resolution.toString());
    }

    private long asked() {
        return root.statistics().requests() + enterprise.statistics().requests();
    }

    @Test
    void answersAreKeptForTheirTtl() {
        assertEquals(PUMP, found(PUMP).textOf("DESC").orElseThrow());
        long before = asked();
        time.advance(Duration.ofSeconds(40));
        assertEquals(60, found(PUMP).values().getFirst().ttl().seconds());
        assertEquals(before, asked());
        time.advance(Duration.ofSeconds(60));
        assertEquals(100, found(PUMP).values().getFirst().ttl().seconds());
        assertEquals(before + 1, asked(), "where the prefix is answered for is still known");
        assertEquals(1, node.statistics().fresh());
    }

    /// The wall clock may be set to any time: what was kept is neither old nor young for it.
    @Test
    void aClockThatIsSetChangesNothing() {
        found(PUMP);
        long before = asked();
        time.stepWallClock(Duration.ofDays(4000));
        found(PUMP);
        time.stepWallClock(Duration.ofDays(-8000));
        found(PUMP);
        assertEquals(before, asked());
    }

    @Test
    void whatDoesNotExistIsRememberedForAWhile() {
        for (int i = 0; i < 5; i++) {
            assertInstanceOf(Resolution.NotFound.class, ask("88/nothing"));
            assertInstanceOf(Resolution.NotResponsible.class, ask("77/nothing"));
        }
        long before = asked();
        assertInstanceOf(Resolution.NotResponsible.class, ask("77/other"));
        assertEquals(before, asked(), "that there is no such prefix is known for all its handles");
        enterpriseRecords.records.register(thing("88/nothing", 10));
        assertInstanceOf(Resolution.NotFound.class, ask("88/nothing"));
        time.advance(Duration.ofSeconds(31));
        found("88/nothing");
    }

    @Test
    void whoAsksForTheSameWaitsForOneSearch() throws Exception {
        found(PUMP);
        enterpriseRecords.records.register(thing("88/new", 100));
        long before = asked();
        enterpriseRecords.gate = new CountDownLatch(1);
        var answers = new ArrayList<CompletableFuture<HandleRecord>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                answers.add(CompletableFuture.supplyAsync(() -> found("88/new"), threads));
            }
            Await.until("19 wait", () -> node.statistics().coalesced() == 19);
            enterpriseRecords.gate.countDown();
            answers.forEach(a -> assertEquals("88/new", a.join().textOf("DESC").orElseThrow()));
        }
        assertEquals(before + 1, asked());
    }

    @Test
    void whatIsAskedForOftenIsFetchedBeforeItsEnd() {
        found(PUMP);
        time.advance(Duration.ofSeconds(91));
        found(PUMP);
        assertEquals(0, node.statistics().prefetched());
        found(PUMP);
        assertEquals(1, node.statistics().prefetched());
        Await.until("it was fetched again", () -> node.statistics().fetched() == 2);
        Await.until("it is kept", () -> found(PUMP).values().getFirst().ttl().seconds() == 100);
        long before = asked();
        time.advance(Duration.ofSeconds(20));
        found(PUMP);
        assertEquals(before, asked());
    }

    @Test
    void whenNobodyAnswersTheOldAnswerIsGivenWithItsAge() throws Exception {
        found(PUMP);
        int port = enterprise.udpAddress().orElseThrow().getPort();
        enterprise.close();
        time.advance(Duration.ofSeconds(300));
        for (int i = 0; i < 2; i++) {
            var stale = found(PUMP);
            assertEquals("300", stale.textOf("MILLWRIGHT.STALE").orElseThrow());
            assertEquals(PUMP, stale.textOf("DESC").orElseThrow());
            assertEquals(0, stale.values().getFirst().ttl().seconds());
        }
        assertEquals(2, node.statistics().stale());
        var unknown = refused("88/unknown");
        assertEquals(ResponseCode.ERROR, unknown.code());
        assertTrue(unknown.reason().contains("nobody answers"), unknown.reason());
        enterprise = bind(port);
        enterprise.serve(enterpriseRecords);
        assertEquals("300", found(PUMP).textOf("MILLWRIGHT.STALE").orElseThrow(), "it was asked a moment ago");
        time.advance(Duration.ofSeconds(6));
        assertEquals(1, found(PUMP).values().size());
        enterprise.close();
        time.advance(Duration.ofDays(2));
        assertEquals(ResponseCode.ERROR, refused(PUMP).code(), "too old to be given");
    }

    @Test
    void aServerThatHangsHoldsUpNobodyWhoCanHaveAnOldAnswer() {
        found(PUMP);
        time.advance(Duration.ofSeconds(101));
        enterpriseRecords.gate = new CountDownLatch(1);
        assertEquals("101", found(PUMP).textOf("MILLWRIGHT.STALE").orElseThrow());
    }

    @Test
    void searchesAtOnceAreNotTooMany() throws Exception {
        serveRecursively(SETTINGS.withFetchesMax(1), root.site());
        found(PUMP);
        enterpriseRecords.gate = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var waiting = threads.submit(() -> ask("88/slow"));
            Await.until("it is searched for", () -> node.statistics().fetched() == 2);
            assertEquals(ResponseCode.SERVER_BUSY, refused("88/other").code());
            found(PUMP);
            enterpriseRecords.gate.countDown();
            assertInstanceOf(Resolution.NotFound.class, waiting.get());
        }
    }

    @Test
    void whatIsSaidToBeGoneIsNotGivenAnyMore() throws Exception {
        found(PUMP);
        enterpriseRecords.records.commit(new io.millwright.identity.registry.Change.Delete(thing(PUMP, 100)));
        time.advance(Duration.ofSeconds(101));
        assertInstanceOf(Resolution.NotFound.class, ask(PUMP));
        enterprise.close();
        time.advance(Duration.ofSeconds(60));
        assertEquals(ResponseCode.ERROR, refused(PUMP).code());
    }

    @Test
    void whoAsksTooOftenIsToldSo() throws Exception {
        serveRecursively(RecursionSettings.usual().withRate(1, 5), root.site());
        // The first question and the two that it took to answer it, and two more.
        for (int i = 0; i < 3; i++) {
            found(PUMP);
        }
        assertEquals(ResponseCode.SERVER_BUSY, refused(PUMP).code());
        time.advance(Duration.ofSeconds(1));
        found(PUMP);
    }

    /// Whoever makes up names has the node ask others as often as its own rate allows, and no oftener.
    @Test
    void questionsToOthersCountToo() throws Exception {
        serveRecursively(RecursionSettings.usual().withRate(1, 100), root.site());
        long before = asked();
        int refused = 0;
        for (int i = 0; i < 200; i++) {
            refused += ask("88/invented-" + i) instanceof Resolution.Refused ? 1 : 0;
        }
        assertTrue(asked() - before <= 52, asked() - before + " questions for a burst of 100");
        assertEquals(ResponseCode.SERVER_BUSY, refused(PUMP).code());
        assertTrue(refused >= 149, "only " + refused + " were refused");
    }

    /// Two recursive nodes that take each other for the root.
    @Test
    void circlesOfRecursiveNodesAreRefused() throws Exception {
        var other = bind(0);
        serveRecursively(SETTINGS, other.site());
        var second = new RecursiveNode(List.of(recursive.site()), QUICK, SETTINGS, time);
        other.serve(new MemoryRegistry(List.of()), second);
        assertEquals(ResponseCode.RECURSION_LIMIT_EXCEEDED, refused("0.NA/88").code());
        assertTrue(node.statistics().fetched() < 12, node.statistics().toString());
    }

    /// The root says that the recursive node itself answers for 66.
    @Test
    void aDirectoryThatLiesKeepsNobodyBusy() throws Exception {
        rootRecords.register(prefix("66", recursive.site()));
        assertEquals(ResponseCode.RECURSION_LIMIT_EXCEEDED, refused("66/a").code());
        assertEquals(AbstractMessage.RC_RECURSION_COUNT_TOO_HIGH, publicly("66/a", false).responseCode);
    }

    /// With the public client; it wants restricted values too unless it says otherwise.
    private net.handle.hdllib.AbstractResponse publicly(String handle, boolean publicOnly) throws Exception {
        SiteInfo site = Encoder.decodeSiteInfoRecord(recursive.site().encode().toByteArray(), 0);
        byte[] name = handle.getBytes(StandardCharsets.UTF_8);
        var owner = AdministeredNode.OWNER.toString().getBytes(StandardCharsets.UTF_8);
        var key = AdministeredNode.BY_SECRET.reference().index();
        var secret = new SecretKeyAuthenticationInfo(owner, key, AdministeredNode.SECRET.toByteArray());
        var request = new ResolutionRequest(name, null, null, publicOnly ? null : secret);
        request.ignoreRestrictedValues = publicOnly;
        var resolver = new HandleResolver();
        resolver.setTcpTimeout(10_000);
        resolver.setUdpRetryScheme(new int[] {10_000});
        resolver.setSessionTracker(null);
        return resolver.sendRequestToSite(request, site);
    }

    @Test
    void thePublicClientIsAnswered() throws Exception {
        var response = assertInstanceOf(ResolutionResponse.class, publicly(PUMP, true));
        assertEquals(PUMP, response.getHandleValues()[0].getDataAsString());
        assertEquals(false, response.authoritative, "it is another's answer");
        assertEquals(AbstractMessage.RC_HANDLE_NOT_FOUND, publicly("88/no", true).responseCode);
    }

    /// Challenge and proof go through, and the source decides. What it told one is not told others.
    @Test
    void proofsReachTheNodeThatHoldsTheHandle() throws Exception {
        try (var administered = new AdministeredNode()) {
            rootRecords.register(prefix(AdministeredNode.PREFIX, administered.server.site()));
            var secret = new HandleValue(
                    9, "NOTE", Octets.utf8("hidden"), Permissions.ADMINISTRATORS_ONLY, TimeToLive.DAY, 1, List.of());
            var shown = HandleValue.published(1, "DESC", "shown", 1);
            var admin = administered.registry.find(AdministeredNode.OWNER).orElseThrow();
            var handle = AdministeredNode.PREFIX + "/restricted";
            administered.registry.register(new HandleRecord(
                    Handle.of(handle), List.of(shown, secret, admin.value(100).orElseThrow())));
            var response = assertInstanceOf(ResolutionResponse.class, publicly(handle, false));
            assertEquals(3, response.getHandleValues().length);
            assertEquals(2, assertInstanceOf(ResolutionResponse.class, publicly(handle, true)).values.length);
            assertEquals(2, found(handle).values().size());
            assertEquals(2, node.statistics().passedOn());
            try (var client =
                    HandleClient.to(Endpoint.tcp(recursive.tcpAddress().orElseThrow()))) {
                var query = Body.ResolutionRequest.all(Handle.of(handle));
                var own = client.as(AdministeredNode.BY_RSA).resolve(query);
                assertEquals(
                        3,
                        assertInstanceOf(Resolution.Found.class, own)
                                .found()
                                .values()
                                .size());
                var index = new Body.ResolutionRequest(Handle.of(handle), List.of(9), List.of());
                var asked = assertInstanceOf(Resolution.Refused.class, client.resolve(index));
                assertEquals(ResponseCode.AUTHENTICATION_NEEDED, asked.code(), "a challenge, not an empty answer");
            }
        }
    }

    /// However many names are made up, what is known of others stays.
    @Test
    void inventedNamesPushNothingOut() throws Exception {
        serveRecursively(SETTINGS.withCache(1 << 20, 20_000), root.site());
        found(PUMP);
        for (int i = 0; i < 500; i++) {
            ask("88/invented-" + i);
        }
        assertTrue(node.statistics().keptNegative() < 100, node.statistics().toString());
        long before = asked();
        found(PUMP);
        assertEquals(before, asked());
    }

    /// The root that a recursive node has been told of is away when it starts, and comes.
    @Test
    void itWorksAsSoonAsItsRootIsThere() throws Exception {
        int port = root.udpAddress().orElseThrow().getPort();
        root.close();
        serveRecursively(SETTINGS, root.site());
        assertEquals(ResponseCode.ERROR, refused(PUMP).code());
        root = bind(port);
        root.serve(rootRecords);
        assertEquals(ResponseCode.ERROR, refused(PUMP).code(), "it was asked a moment ago");
        time.advance(Duration.ofSeconds(6));
        assertEquals(PUMP, found(PUMP).textOf("DESC").orElseThrow());
        root.close();
        time.advance(Duration.ofSeconds(50));
        assertEquals(PUMP, found(PUMP).textOf("DESC").orElseThrow(), "what is kept is told while the root is away");
        var other = bind(0);
        other.serve(rootRecords);
        node.rootIs(List.of(other.site()));
        rootRecords.register(prefix("99", enterprise.site()));
        assertInstanceOf(Resolution.NotResponsible.class, ask("99/a"));
    }

    /// Twenty handles under one prefix that is not known yet: who answers for it is asked once.
    @Test
    void whoAnswersIsAskedOnceForAllThatWantToKnow() throws Exception {
        var slow = new Gated();
        var slowRoot = bind(0);
        slow.gate = new CountDownLatch(1);
        slowRoot.serve(new Registry() {
            @Override
            public boolean answersFor(Handle handle) {
                return rootRecords.answersFor(handle);
            }

            @Override
            public Optional<HandleRecord> find(Handle handle) {
                try {
                    slow.gate.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return rootRecords.find(handle);
            }

            @Override
            public long size() {
                return rootRecords.size();
            }
        });
        serveRecursively(SETTINGS, slowRoot.site());
        for (int i = 0; i < 20; i++) {
            enterpriseRecords.records.register(thing("88/n" + i, 100));
        }
        var answers = new ArrayList<CompletableFuture<HandleRecord>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                String handle = "88/n" + i;
                answers.add(CompletableFuture.supplyAsync(() -> found(handle), threads));
            }
            Await.until("19 wait", () -> node.statistics().coalesced() == 19);
            slow.gate.countDown();
            for (int i = 0; i < 20; i++) {
                assertEquals("88/n" + i, answers.get(i).join().textOf("DESC").orElseThrow());
            }
        }
        assertEquals(1, slowRoot.statistics().requests());
        assertEquals(20, enterprise.statistics().requests());
    }

    /// A directory names sixteen servers of which none answers: one request makes no more than so many questions.
    @Test
    void oneRequestMakesSoManyQuestionsAndNoMore() throws Exception {
        var heard = new java.util.concurrent.atomic.AtomicInteger();
        var silent = new ArrayList<java.net.DatagramSocket>();
        var values = new ArrayList<HandleValue>();
        var quick = QUICK.withUdpTimeouts(List.of(Duration.ofMillis(20)));
        for (int i = 0; i < 16; i++) {
            var socket = new java.net.DatagramSocket(0, java.net.InetAddress.getLoopbackAddress());
            silent.add(socket);
            Thread.ofVirtual().start(() -> {
                try {
                    while (true) {
                        socket.receive(new java.net.DatagramPacket(new byte[512], 512));
                        heard.incrementAndGet();
                    }
                } catch (IOException e) {
                    // Closed by the test.
                }
            });
            var door = new io.millwright.identity.record.SiteServer.Door(2, 0, socket.getLocalPort());
            var dead = Site.decode(root.site().encode());
            var one = new io.millwright.identity.record.SiteServer(
                    1, dead.servers().getFirst().address(), Octets.EMPTY, java.util.Collections.nCopies(4, door));
            var site = new Site(1, 2, 11, 1, Site.PRIMARY, 2, Octets.EMPTY, List.of(), List.of(one));
            values.add(new HandleValue(
                    i + 1, "HS_SITE", site.encode(), Permissions.PUBLISHED, TimeToLive.relative(1000), 1, List.of()));
        }
        rootRecords.register(new HandleRecord(Handle.ofPrefix("55"), values));
        node = new RecursiveNode(List.of(root.site()), quick, SETTINGS, time);
        recursive = bind(0);
        recursive.serve(new MemoryRegistry(List.of()), node);
        assertEquals(ResponseCode.RECURSION_LIMIT_EXCEEDED, refused("55/a").code());
        Await.until("24 questions, one of them to the root", () -> heard.get() == 23);
        try (var client = HandleClient.to(Endpoint.tcp(recursive.tcpAddress().orElseThrow()))) {
            var query = Body.ResolutionRequest.all(Handle.of("55/b"));
            var failed = assertInstanceOf(
                    Resolution.Refused.class, client.as(AdministeredNode.BY_RSA).resolve(query));
            assertEquals(ResponseCode.ERROR, failed.code());
        }
        Await.until("what is passed on is tried at 8 doors", () -> heard.get() == 31);
        silent.forEach(java.net.DatagramSocket::close);
    }
}
