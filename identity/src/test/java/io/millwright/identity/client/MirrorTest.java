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
import io.millwright.identity.record.ServerHash;
import io.millwright.identity.record.Site;
import io.millwright.identity.registry.Change;
import io.millwright.identity.registry.Ledger;
import io.millwright.identity.registry.MemoryRegistry;
import io.millwright.identity.server.AdministeredNode;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A mirror becomes and stays equal to its primary: from the beginning, after an absence, after a longer one,
/// and when it is broken off.
class MirrorTest {

    private final MemoryRegistry copy = new MemoryRegistry(List.of());
    private final SplittableRandom random = new SplittableRandom(7);
    private AdministeredNode node;
    private HandleClient client;

    @BeforeEach
    void start() throws Exception {
        node = new AdministeredNode();
        client = HandleClient.to(Endpoint.tcp(node.server.tcpAddress().orElseThrow()));
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        node.close();
    }

    private AdministeringClient session() throws Exception {
        var key = VerificationKey.decode(node.server.site().servers().getFirst().publicKey());
        var opening = client.as(AdministeredNode.BY_RSA).openSession(key);
        return assertInstanceOf(AdministeringClient.Opening.Opened.class, opening, opening.toString())
                .client();
    }

    private static HandleRecord record(int number, String text) {
        var value = HandleValue.published(1, "DESC", text, number);
        return new HandleRecord(Handle.of("88.118.7/" + number), List.of(value));
    }

    /// Creates, replaces and deletes at the primary.
    private void change(int times) {
        for (int i = 0; i < times; i++) {
            var next = record(random.nextInt(200), "x".repeat(random.nextInt(2000)));
            var before = node.registry.find(next.handle());
            if (before.isEmpty()) {
                node.registry.commit(new Change.Create(next)).join();
            } else if (random.nextInt(3) == 0) {
                node.registry.commit(new Change.Delete(before.get())).join();
            } else {
                node.registry.commit(new Change.Replace(before.get(), next)).join();
            }
        }
    }

    private static void assertSame(Ledger expected, Ledger actual) {
        assertEquals(expected.prefixes(), actual.prefixes());
        assertEquals(expected.records(Handle.of(""), 10_000), actual.records(Handle.of(""), 10_000));
    }

    private Mirror.Progress.CaughtUp follow(Mirror mirror) {
        var progress = mirror.catchUp();
        return assertInstanceOf(Mirror.Progress.CaughtUp.class, progress, progress.toString());
    }

    @Test
    void itFollowsFromTheBeginningAndAfterAnAbsence() throws Exception {
        var mirror = new Mirror(session(), copy, "primary");
        // The prefixes were given to the primary's constructor: no transaction tells of them.
        copy.commit(new Change.Home(AdministeredNode.PREFIX)).join();
        change(700);
        assertEquals(new Mirror.Progress.CaughtUp(node.registry.lastTransaction(), false), follow(mirror));
        assertSame(node.registry, copy);
        change(300);
        node.registry.commit(new Change.Home("88.9")).join();
        follow(new Mirror(session(), copy, "primary"));
        assertSame(node.registry, copy);
        long own = copy.lastTransaction();
        follow(mirror);
        assertEquals(own, copy.lastTransaction(), "nothing happened, nothing was changed");
    }

    /// The primary remembers 10 000 transactions.
    @Test
    void itCopiesEverythingAfterALongAbsence() throws Exception {
        var mirror = new Mirror(session(), copy, "primary");
        change(100);
        follow(mirror);
        copy.commit(new Change.Home("77")).join();
        copy.commit(new Change.Create(new HandleRecord(Handle.of("77/gone"), List.of())))
                .join();
        change(10_100);
        assertTrue(follow(mirror).copied());
        assertSame(node.registry, copy);
        change(50);
        assertEquals(false, follow(mirror).copied());
        assertSame(node.registry, copy);
    }

    @Test
    void aServerOfAMirrorSiteTakesItsShare() throws Exception {
        change(400);
        var mirror = new Mirror(session(), copy, "primary", new Body.Share(Site.HASH_BY_ALL, 2, 1));
        follow(mirror);
        var expected = node.registry.records(Handle.of(""), 10_000).stream()
                .filter(r -> r.handle().describesPrefix() || ServerHash.serverOf(r.handle(), Site.HASH_BY_ALL, 2) == 1)
                .toList();
        assertEquals(expected, copy.records(Handle.of(""), 10_000));
        assertTrue(expected.size() < node.registry.size());
    }

    /// Secret keys are replicated: not in clear, and not to those who are no stewards.
    @Test
    void replicationNeedsAStewardAndASession() {
        var progress = new Mirror(client.as(AdministeredNode.BY_RSA), copy, "primary").catchUp();
        var stopped = assertInstanceOf(Mirror.Progress.Stopped.class, progress);
        var refused = assertInstanceOf(Result.Refused.class, stopped.why());
        assertEquals(ResponseCode.OPERATION_DENIED, refused.code());
        assertTrue(refused.reason().contains("session"), refused.reason());
        assertEquals(0, copy.size());
    }

    @Test
    void aPrimaryThatIsGoneStopsTheMirrorAndNothingIsLost() throws Exception {
        var mirror = new Mirror(session(), copy, "primary");
        change(50);
        follow(mirror);
        long size = copy.size();
        node.close();
        assertInstanceOf(Mirror.Progress.Stopped.class, mirror.catchUp());
        assertEquals(size, copy.size());
    }
}
