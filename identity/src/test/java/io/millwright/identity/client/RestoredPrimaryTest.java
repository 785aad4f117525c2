package io.millwright.identity.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.identity.message.ResponseCode;
import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.registry.Change;
import io.millwright.identity.registry.Ledger;
import io.millwright.identity.registry.MemoryRegistry;
import io.millwright.identity.store.IdentityStore;
import io.millwright.identity.store.StoreSettings;
import io.millwright.model.Time;
import io.millwright.testkit.Property;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A primary that was restored from an older copy is behind its mirrors. Nothing that a mirror has kept is lost, and
/// nothing that was deleted comes back.
class RestoredPrimaryTest {

    private static final Handle START = Handle.of("");

    @TempDir
    private Path folder;

    private int copies;

    private IdentityStore open(Path at) throws IOException {
        return IdentityStore.open(at, List.of(), StoreSettings.usual(), Time.system());
    }

    private static Map<Handle, HandleRecord> records(Ledger ledger) {
        var records = new TreeMap<Handle, HandleRecord>();
        ledger.records(START, 10_000).forEach(r -> records.put(r.handle(), r));
        return records;
    }

    private static void change(Ledger ledger, SplittableRandom random, int times) {
        for (int i = 0; i < times; i++) {
            var next = FollowedNode.record(random.nextInt(40), "v" + random.nextInt());
            var before = ledger.find(next.handle());
            if (before.isEmpty()) {
                ledger.commit(new Change.Create(next)).join();
            } else if (random.nextInt(2) == 0) {
                ledger.commit(new Change.Delete(before.get())).join();
            } else {
                ledger.commit(new Change.Replace(before.get(), next)).join();
            }
            if (random.nextInt(20) == 0) {
                ledger.commit(random.nextBoolean() ? new Change.Home("88.9") : new Change.Unhome("88.9"))
                        .join();
            }
        }
    }

    private static Mirror.Progress follow(FollowedNode primary, Ledger mirror) throws Exception {
        return new Mirror(primary.session(), mirror, FollowedNode.PREFIX).catchUp();
    }

    private static void assertSame(Ledger expected, Ledger actual) {
        assertEquals(records(expected), records(actual));
        assertEquals(expected.prefixes(), actual.prefixes());
    }

    /// One history: changes, a mirror that follows now and then, backups, crashes, restores from any backup, changes
    /// before anybody notices, recovery. What must be there is kept beside.
    private final class History implements AutoCloseable {

        private final SplittableRandom random;
        private final List<Path> backups = new ArrayList<>();
        private final MemoryRegistry mirror = new MemoryRegistry(List.of());
        private IdentityStore store;
        private FollowedNode primary;

        History(SplittableRandom random) throws IOException {
            this.random = random;
            store = open(folder.resolve("store-" + copies++));
            primary = FollowedNode.primary(store);
        }

        private Path copy() throws IOException {
            var copy = folder.resolve("copy-" + copies++);
            store.snapshot(copy);
            return copy;
        }

        private void restart(Path from) throws IOException {
            primary.close();
            store.close();
            store = open(from);
            primary = FollowedNode.primary(store);
        }

        void step() throws Exception {
            switch (random.nextInt(6)) {
                case 0, 1 -> change(store, random, random.nextInt(1, 15));
                case 2 -> assertInstanceOf(Mirror.Progress.CaughtUp.class, follow(primary, mirror));
                case 3 -> backups.add(copy());
                case 4 -> restart(copy()); // What is durable is all there is: a crash.
                default -> restore();
            }
        }

        private void restore() throws Exception {
            if (backups.isEmpty()) {
                return;
            }
            var expected = new MemoryRegistry(List.of());
            restart(backups.remove(random.nextInt(backups.size())));
            boolean ahead = mirror.mirrored(FollowedNode.PREFIX) > store.lastTransaction();
            var kept = ahead ? mirror : store;
            kept.prefixes().forEach(p -> expected.commit(new Change.Home(p)).join());
            kept.records(START, 10_000)
                    .forEach(r -> expected.commit(new Change.Create(r)).join());
            var before = records(store);
            int own = random.nextInt(2) * random.nextInt(10);
            for (int i = 0; i < own; i++) {
                var changed = FollowedNode.record(random.nextInt(40), "since " + i);
                var current = store.find(changed.handle());
                store.commit(
                                current.isEmpty()
                                        ? new Change.Create(changed)
                                        : new Change.Replace(current.get(), changed))
                        .join();
                var known = expected.find(changed.handle());
                expected.commit(known.isEmpty() ? new Change.Create(changed) : new Change.Replace(known.get(), changed))
                        .join();
            }
            var progress = follow(primary, mirror);
            if (ahead) {
                assertInstanceOf(Mirror.Progress.Ahead.class, progress);
                recover(before.size());
                progress = follow(primary, mirror);
            }
            assertInstanceOf(Mirror.Progress.CaughtUp.class, progress);
            assertSame(expected, store);
            assertSame(expected, mirror);
        }

        private void recover(int size) throws Exception {
            var refused = primary.administrator().create(FollowedNode.record(99, "too early"));
            assertEquals(
                    ResponseCode.READ_ONLY,
                    assertInstanceOf(Result.Refused.class, refused).code());
            try (var answering = FollowedNode.mirror(mirror)) {
                var recovery = new Recovery(answering.session(), store, FollowedNode.PREFIX);
                var outcome = recovery.recover();
                assertInstanceOf(Recovery.Outcome.Recovered.class, outcome, () -> outcome + " of " + size);
                assertEquals(new Recovery.Outcome.NotNeeded(), recovery.recover());
            }
            restart(copy());
            change(store, random, 0);
        }

        void end() throws Exception {
            assertInstanceOf(Mirror.Progress.CaughtUp.class, follow(primary, mirror));
            assertSame(store, mirror);
        }

        @Override
        public void close() throws IOException {
            primary.close();
            store.close();
        }
    }

    @Test
    void nothingIsLostAndNothingComesBack() {
        Property.check(8, random -> {
            try (var history = new History(random)) {
                for (int i = 0; i < 25; i++) {
                    history.step();
                }
                history.end();
            }
        });
    }

    /// Of two mirrors the one that was further ahead gives back; the other copies all, and is no leftover of the past.
    @Test
    void aMirrorThatWasLessFarAheadCopiesAll() throws Exception {
        var random = new SplittableRandom(3);
        var near = new MemoryRegistry(List.of());
        var far = new MemoryRegistry(List.of());
        var copy = folder.resolve("copy");
        try (var store = open(folder.resolve("store"));
                var primary = FollowedNode.primary(store)) {
            change(store, random, 30);
            store.snapshot(copy);
            change(store, random, 30);
            follow(primary, near);
            change(store, random, 30);
            follow(primary, far);
        }
        try (var store = open(copy)) {
            try (var primary = FollowedNode.primary(store);
                    var second = FollowedNode.mirror(near)) {
                assertInstanceOf(Mirror.Progress.Ahead.class, follow(primary, near));
                assertInstanceOf(Mirror.Progress.Ahead.class, follow(primary, far));
                // From the wrong one first: what the other knows beyond is still missed.
                new Recovery(second.session(), store, FollowedNode.PREFIX).recover();
                assertSame(near, store);
                assertInstanceOf(Mirror.Progress.Ahead.class, follow(primary, far));
            }
            try (var first = FollowedNode.mirror(far)) {
                var outcome = new Recovery(first.session(), store, FollowedNode.PREFIX).recover();
                assertInstanceOf(Recovery.Outcome.Recovered.class, outcome);
            }
            try (var primary = FollowedNode.primary(store)) {
                assertSame(far, store);
                var progress = assertInstanceOf(Mirror.Progress.CaughtUp.class, follow(primary, near));
                assertTrue(progress.copied());
                assertInstanceOf(Mirror.Progress.CaughtUp.class, follow(primary, far));
                assertSame(store, near);
                assertSame(store, far);
            }
        }
    }

    /// A primary in memory that was started again has lost everything; its mirror has not.
    @Test
    void aMemoryThatWasStartedAgainIsBehindItsMirror() throws Exception {
        var mirror = new MemoryRegistry(List.of());
        try (var primary = FollowedNode.primary(new MemoryRegistry(List.of()))) {
            change(primary.ledger, new SplittableRandom(1), 20);
            follow(primary, mirror);
        }
        long size = mirror.size();
        try (var again = FollowedNode.primary(new MemoryRegistry(List.of()))) {
            assertInstanceOf(Mirror.Progress.Ahead.class, follow(again, mirror));
        }
        assertEquals(size, mirror.size());
    }

    /// What is at the other end has to be a mirror of this very node, and to be needed.
    @Test
    void onlyAMirrorThatIsAheadGivesBack() throws Exception {
        var stranger = new MemoryRegistry(List.of());
        try (var primary = FollowedNode.primary(new MemoryRegistry(List.of()));
                var other = FollowedNode.primary(stranger)) {
            change(primary.ledger, new SplittableRandom(1), 20);
            var impossible = new Recovery(other.session(), primary.ledger, FollowedNode.PREFIX).recover();
            assertInstanceOf(Recovery.Outcome.Impossible.class, impossible);
            assertInstanceOf(Recovery.Outcome.Stopped.class, gone(primary.ledger));
        }
    }

    private static Recovery.Outcome gone(Ledger ledger) throws Exception {
        var mirror = FollowedNode.primary(new MemoryRegistry(List.of()));
        var session = mirror.session();
        mirror.close();
        return new Recovery(session, ledger, FollowedNode.PREFIX).recover();
    }

    @Test
    void aMirrorTakesNoChanges() throws Exception {
        var records = new MemoryRegistry(List.of());
        try (var primary = FollowedNode.primary(new MemoryRegistry(List.of()))) {
            follow(primary, records);
        }
        try (var mirror = FollowedNode.mirror(records)) {
            var admin = mirror.session();
            for (var result : List.of(
                    admin.create(FollowedNode.record(1, "x")), admin.home("88.9"), admin.unhome(FollowedNode.PREFIX))) {
                var refused = assertInstanceOf(Result.Refused.class, result);
                assertEquals(ResponseCode.READ_ONLY, refused.code());
                assertTrue(refused.reason().contains("mirror"), refused.reason());
            }
        }
    }
}
