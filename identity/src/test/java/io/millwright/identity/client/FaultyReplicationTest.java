package io.millwright.identity.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.identity.authentication.Identity;
import io.millwright.identity.authentication.SigningKey;
import io.millwright.identity.authentication.VerificationKey;
import io.millwright.identity.message.ResponseCode;
import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.record.Permissions;
import io.millwright.identity.registry.Change;
import io.millwright.identity.registry.Ledger;
import io.millwright.identity.registry.MemoryRegistry;
import io.millwright.identity.server.AdministeredNode;
import io.millwright.testkit.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A mirror whose primary dies while it speaks, is somebody else, or is changed on the way; a mirror that proves itself
/// by its own key.
class FaultyReplicationTest {

    private static final Handle START = Handle.of("");
    private static final int MIRROR_KEY = 310;

    private final MemoryRegistry records = new MemoryRegistry(List.of());
    private FollowedNode primary;
    private CuttingProxy proxy;

    @BeforeEach
    void start() throws Exception {
        primary = FollowedNode.primary(
                records, administration -> administration.withMirrors(Set.of(FollowedNode.of(MIRROR_KEY))));
        proxy = new CuttingProxy(primary.server.tcpAddress().orElseThrow());
    }

    @AfterEach
    void stop() throws Exception {
        proxy.close();
        primary.close();
    }

    private VerificationKey key() throws Exception {
        return VerificationKey.decode(primary.server.site().servers().getFirst().publicKey());
    }

    private Mirror.Progress follow(Ledger copy, Identity as) throws Exception {
        try (var client = HandleClient.to(Endpoint.tcp(proxy.address()))) {
            return switch (client.as(as).openSession(key())) {
                case AdministeringClient.Opening.Opened(var opened) ->
                    new Mirror(opened, copy, FollowedNode.PREFIX).catchUp();
                case AdministeringClient.Opening.Refused(var why) -> new Mirror.Progress.Stopped(why);
            };
        }
    }

    private void change(SplittableRandom random, int times) {
        for (int i = 0; i < times; i++) {
            var next = FollowedNode.record(random.nextInt(300), "x".repeat(random.nextInt(3000)));
            var before = records.find(next.handle());
            records.commit(before.isEmpty() ? new Change.Create(next) : new Change.Replace(before.get(), next))
                    .join();
        }
    }

    private static List<HandleRecord> all(Ledger ledger) {
        return ledger.records(START, 10_000);
    }

    /// However often the connection breaks, and wherever, the mirror goes on from there and becomes equal.
    @Test
    void aPrimaryThatDiesInTheMiddleLeavesNothingHalf() {
        Property.check(2, random -> {
            var copy = new MemoryRegistry(List.of());
            change(random, 200);
            int broken = 0;
            for (int i = 0; i < 12; i++) {
                proxy.cutAfter(random.nextInt(1, i == 0 ? 20_000 : 400_000)); // The first answer is longer than that.
                broken += follow(copy, FollowedNode.STEWARD) instanceof Mirror.Progress.CaughtUp ? 0 : 1;
                for (var kept : all(copy)) {
                    assertTrue(records.find(kept.handle()).isPresent());
                }
                change(random, random.nextInt(40));
            }
            proxy.cutAfter(Long.MAX_VALUE);
            assertInstanceOf(Mirror.Progress.CaughtUp.class, follow(copy, FollowedNode.STEWARD));
            assertEquals(all(records), all(copy));
            assertTrue(broken > 0, "nothing was broken");
        });
    }

    /// Of what somebody in between has changed nothing is kept.
    @Test
    void whatWasChangedOnTheWayIsNotKept() throws Exception {
        var random = new SplittableRandom(5);
        change(random, 50);
        var kept = new ArrayList<Long>();
        for (int i = 0; i < 20; i++) {
            var copy = new MemoryRegistry(List.of());
            proxy.changing(bytes -> {
                bytes[random.nextInt(bytes.length)] ^= (byte) random.nextInt(1, 256);
                return bytes;
            });
            var progress = follow(copy, FollowedNode.STEWARD);
            if (!(progress instanceof Mirror.Progress.CaughtUp)) {
                kept.add(copy.size());
            }
            for (var record : all(copy)) {
                assertEquals(records.find(record.handle()).orElseThrow(), record);
            }
        }
        assertTrue(kept.size() > 10, kept.toString());
    }

    /// Another node with the same records and another key is not the primary.
    @Test
    void anotherNodeIsNotFollowed() throws Exception {
        try (var client = HandleClient.to(Endpoint.tcp(proxy.address()))) {
            var another = new VerificationKey.Standard(AdministeredNode.ED25519_KEYS.getPublic());
            assertInstanceOf(
                    AdministeringClient.Opening.Refused.class,
                    client.as(FollowedNode.STEWARD).openSession(another));
        }
    }

    private void permitMirror() {
        var owner = records.find(AdministeredNode.OWNER).orElseThrow();
        var values = new ArrayList<>(owner.values());
        var key = new VerificationKey.Standard(AdministeredNode.ED25519_KEYS.getPublic());
        values.add(FollowedNode.value(MIRROR_KEY, "HS_PUBKEY", key.encode(), Permissions.PUBLISHED));
        records.commit(new Change.Replace(owner, new HandleRecord(owner.handle(), values)))
                .join();
    }

    /// Its key may copy everything and change nothing; who has no such key may do neither.
    @Test
    void aMirrorProvesItselfByItsOwnKey() throws Exception {
        var own = new Identity.PrivateKey(
                FollowedNode.of(MIRROR_KEY), new SigningKey.Standard(AdministeredNode.ED25519_KEYS.getPrivate()));
        change(new SplittableRandom(1), 20);
        var copy = new MemoryRegistry(List.of());
        var early = assertInstanceOf(Mirror.Progress.Stopped.class, follow(copy, own));
        assertEquals(
                ResponseCode.AUTHENTICATION_FAILED,
                assertInstanceOf(Result.Refused.class, early.why()).code());
        assertEquals(0, copy.size());
        permitMirror();
        assertInstanceOf(Mirror.Progress.CaughtUp.class, follow(copy, own));
        assertEquals(all(records), all(copy));
        var session = primary.session(own);
        for (var result : List.of(
                session.create(FollowedNode.record(999, "x")),
                session.home("88.9"),
                session.backUp(),
                session.delete(AdministeredNode.OWNER))) {
            var refused = assertInstanceOf(Result.Refused.class, result, result.toString());
            assertEquals(ResponseCode.NOT_AUTHORIZED, refused.code(), refused.reason());
        }
        var wrong = new Identity.PrivateKey(
                FollowedNode.of(MIRROR_KEY), new SigningKey.Standard(AdministeredNode.RSA_KEYS.getPrivate()));
        assertInstanceOf(Mirror.Progress.Stopped.class, follow(new MemoryRegistry(List.of()), wrong));
    }

    /// A node that keeps nothing on disk says so (operation 1003).
    @Test
    void aNodeWithoutDiskBacksNothingUp() {
        var refused =
                assertInstanceOf(Result.Refused.class, primary.administrator().backUp());
        assertEquals(ResponseCode.OPERATION_DENIED, refused.code());
    }
}
