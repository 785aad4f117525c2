package io.millwright.identity.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.record.HandleValue;
import io.millwright.identity.registry.Change;
import io.millwright.identity.registry.Commit;
import io.millwright.identity.registry.Lineage;
import io.millwright.model.Time;
import io.millwright.testkit.ManualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityStoreTest {

    private static final Handle START = Handle.of("");

    @TempDir
    private Path folder;

    private IdentityStore open() throws IOException {
        return open(StoreSettings.usual());
    }

    private IdentityStore open(StoreSettings settings) throws IOException {
        return IdentityStore.open(folder.resolve("store"), List.of("88.118.7"), settings, Time.system());
    }

    private static Commit make(IdentityStore store, Change change) {
        return store.commit(change).join();
    }

    private static void create(IdentityStore store, int from, int to) {
        for (int n = from; n < to; n++) {
            assertInstanceOf(Commit.Done.class, make(store, new Change.Create(SomeRecords.alike(n))));
        }
    }

    private static void assertHolds(IdentityStore store, int from, int to) {
        assertEquals(to - from, store.size());
        for (int n = from; n < to; n++) {
            var expected = SomeRecords.alike(n);
            assertEquals(Optional.of(expected), store.find(expected.handle()));
        }
    }

    @Test
    void everythingIsThereAfterAStart() throws Exception {
        long last;
        long followed;
        try (var store = open()) {
            create(store, 0, 300);
            make(store, new Change.Home("88.118.A"));
            make(store, new Change.Unhome("88.118.7"));
            last = store.lastTransaction();
            var told = store.transactions(0, 1000);
            followed = told.get(7).number();
            store.mirror("upstream", told.get(7)).join();
        }
        try (var store = open()) {
            assertHolds(store, 0, 300);
            assertEquals(List.of("88.118.A"), store.prefixes());
            assertTrue(store.lastTransaction() > last);
            assertEquals(followed, store.mirrored("upstream"));
            assertEquals(303, store.transactions(0, 1000).size());
            store.verify();
        }
    }

    @Test
    void changesAreRefusedOnceClosed() throws Exception {
        var store = open();
        create(store, 0, 1);
        store.close();
        store.close();
        var failed = store.commit(new Change.Create(SomeRecords.alike(1)));
        assertInstanceOf(
                IOException.class,
                assertThrows(CompletionException.class, failed::join).getCause());
        assertThrows(IllegalStateException.class, () -> store.find(Handle.of("88.118.7/Pump-0")));
        assertThrows(IllegalStateException.class, () -> store.records(START, 1));
    }

    @Test
    void oldTransactionsAreForgottenAndSaidSo() throws Exception {
        try (var store = open(StoreSettings.usual().withHistoryMax(100))) {
            create(store, 0, 1);
            long first = store.lastTransaction();
            create(store, 1, 1000);
            long forgotten = store.forgottenTransaction() - first + 1;
            assertTrue(forgotten >= 1000 - 113 && forgotten <= 900, () -> "forgotten: " + forgotten);
            var told = store.transactions(0, 10_000);
            assertEquals(store.forgottenTransaction() + 1, told.getFirst().number());
            assertEquals(1000 - forgotten, told.size());
        }
    }

    @Test
    void tooManyWaitingChangesAreToldToComeBack() throws Exception {
        try (var store = open(StoreSettings.usual().withWaitingMax(10))) {
            var all = new ArrayList<CompletableFuture<Commit>>();
            for (int n = 0; n < 5000; n++) {
                all.add(store.commit(new Change.Create(SomeRecords.alike(n))));
            }
            long done = 0;
            for (int n = 0; n < all.size(); n++) {
                boolean made = all.get(n).join() instanceof Commit.Done;
                assertEquals(made, store.find(SomeRecords.alike(n).handle()).isPresent());
                done += made ? 1 : 0;
            }
            assertEquals(done, store.size());
            assertTrue(done >= 10 && done < 5000, "made: " + done);
        }
    }

    @Test
    void manyRecordsAreLoadedInAnyOrder() throws Exception {
        int count = 60_000; // More than one part.
        var heard = new ArrayList<Long>();
        try (var store = open(StoreSettings.usual().withBufferBytes(1 << 20))) {
            create(store, count, count + 10);
            var shuffled = IntStream.range(0, count).mapToObj(n -> SomeRecords.alike((int) (n * 7919L % count)));
            assertEquals(count, store.load(shuffled.iterator(), heard::add));
            assertTrue(heard.size() > 1 && heard.getLast() == count, heard::toString);
            assertEquals(store.lastTransaction(), store.forgottenTransaction(), "mirrors copy all");
        }
        try (var store = open()) {
            assertHolds(store, 0, count + 10);
            assertEquals(
                    count + 10,
                    store.handles("88.118.7", START, Integer.MAX_VALUE).size());
        }
    }

    @Test
    void aLoadRefusesWhatCannotBe() throws Exception {
        try (var store = open()) {
            create(store, 5, 6);
            assertRefused(store, "88.118.7/Pump-5 is registered already; 0 records are loaded and durable", 4, 5, 6);
            assertRefused(store, "88.118.7/Pump-1 comes twice; 0 records are loaded and durable", 1, 2, 1);
            var foreign = new HandleRecord(Handle.of("88.9/x"), List.of());
            var refused = assertThrows(
                    IllegalArgumentException.class,
                    () -> store.load(List.of(foreign).iterator(), n -> {}));
            assertTrue(refused.getMessage().startsWith("88.9/x lies under no prefix"), refused.getMessage());
            assertEquals(1, store.size());
            assertEquals(0, store.load(List.<HandleRecord>of().iterator(), n -> {}));
        }
    }

    /// What comes a second time is noticed however much came between.
    @Test
    void aRecordThatComesAgainMuchLaterIsRefusedAndWhatCameBeforeStays() throws Exception {
        try (var store = open(StoreSettings.usual().withBufferBytes(1 << 16))) {
            var records = IntStream.concat(IntStream.range(100_000, 120_000), IntStream.of(100_017))
                    .mapToObj(SomeRecords::alike)
                    .iterator();
            var refused = assertThrows(IllegalArgumentException.class, () -> store.load(records, n -> {}));
            assertTrue(
                    refused.getMessage()
                            .startsWith("88.118.7/Pump-100017 is registered already; " + store.size() + " records"),
                    refused.getMessage());
            assertTrue(store.size() > 10_000, refused.getMessage());
            assertHolds(store, 100_000, 100_000 + (int) store.size());
        }
    }

    private static void assertRefused(IdentityStore store, String message, int... numbers) {
        var records = IntStream.of(numbers).mapToObj(SomeRecords::alike).iterator();
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> store.load(records, n -> {}))
                        .getMessage());
    }

    /// A snapshot holds each thread's changes up to some moment and none after it.
    @Test
    void aSnapshotIsMadeWhileChangesGoOn() throws Exception {
        var copy = folder.resolve("copy");
        int before;
        try (var store = open(StoreSettings.usual().withBufferBytes(1 << 16))) {
            var stop = new AtomicBoolean();
            var made = new java.util.concurrent.atomic.AtomicInteger();
            var writer = Thread.ofPlatform().start(() -> {
                for (int n = 0; !stop.get(); n++) {
                    create(store, n, n + 1);
                    made.set(n + 1);
                }
            });
            while (made.get() < 500) {
                Thread.onSpinWait();
            }
            before = made.get();
            store.snapshot(copy);
            stop.set(true);
            writer.join();
            assertThrows(IOException.class, () -> store.snapshot(copy));
        }
        try (var restored = IdentityStore.open(copy, List.of(), StoreSettings.usual(), Time.system())) {
            assertTrue(restored.size() >= before, () -> restored.size() + " of " + before);
            assertHolds(restored, 0, (int) restored.size());
            restored.verify();
        }
    }

    /// Who followed the lost store has seen numbers the restored one has not given, and never gives.
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRestoredStoreKnowsWhoIsAheadOfIt(boolean clockIsRight) throws Exception {
        var copy = folder.resolve("copy");
        var deletedLater = SomeRecords.alike(1);
        long shared;
        long followed;
        try (var store = open()) {
            create(store, 0, 2);
            shared = store.lastTransaction();
            store.snapshot(copy);
            make(store, new Change.Delete(deletedLater));
            make(store, new Change.Create(SomeRecords.alike(2)));
            followed = store.lastTransaction();
        }
        var time = clockIsRight ? Time.system() : new ManualTime(0);
        try (var restored = IdentityStore.open(copy, List.of(), StoreSettings.usual(), time)) {
            assertEquals(List.of(SomeRecords.alike(0), deletedLater), restored.records(START, 10));
            assertEquals(Lineage.Standing.AHEAD, restored.standing(followed));
            create(restored, 7, 8);
            assertTrue(restored.lastTransaction() > followed);
        }
        try (var again = IdentityStore.open(copy, List.of(), StoreSettings.usual(), time)) {
            create(again, 8, 9);
            assertEquals(Lineage.Standing.SHARED, again.standing(shared));
            assertEquals(Lineage.Standing.AHEAD, again.standing(shared + 1));
            assertEquals(Lineage.Standing.AHEAD, again.standing(followed));
            long end = again.lastTransaction();
            again.rejoin(new Lineage.Rejoined(followed, end, end)).join();
        }
        try (var resolved = IdentityStore.open(copy, List.of(), StoreSettings.usual(), time)) {
            assertEquals(Lineage.Standing.SHARED, resolved.standing(followed));
            assertEquals(Lineage.Standing.FORGOTTEN, resolved.standing(followed - 1), "it has to copy all");
            assertEquals(Lineage.Standing.AHEAD, resolved.standing(followed + 1));
        }
    }

    @Test
    void recordsAreReplacedByLargerAndEmptyOnes() throws Exception {
        var handle = Handle.of("88.118.7/Größe");
        var empty = new HandleRecord(handle, List.of());
        var values = new ArrayList<HandleValue>();
        for (int i = 0; i < HandleRecord.MAX_VALUES; i++) {
            values.add(HandleValue.published(i, "TEXT", "x".repeat(i), i));
        }
        var large = new HandleRecord(handle, values);
        try (var store = open()) {
            make(store, new Change.Create(empty));
            assertInstanceOf(Commit.Done.class, make(store, new Change.Replace(empty, large)));
        }
        try (var store = open()) {
            assertEquals(Optional.of(large), store.find(handle));
            assertEquals(Optional.of(large), store.find(Handle.of("88.118.7/GRößE")), "only ASCII case does not count");
            assertEquals(Optional.empty(), store.find(Handle.of("88.118.7/GRÖSSE")));
            assertInstanceOf(Commit.Done.class, make(store, new Change.Replace(large, empty)));
            assertEquals(Optional.of(empty), store.find(handle));
        }
    }

    @Test
    void aFolderWithSomethingElseIsLeftAlone() throws Exception {
        Files.createDirectories(folder.resolve("store"));
        Files.writeString(folder.resolve("store/thesis.txt"), "mine");
        var refused = assertThrows(StoreDamaged.class, this::open);
        assertTrue(refused.getMessage().contains("beside [thesis.txt]"), refused.getMessage());
        assertFalse(Files.exists(folder.resolve("store/records")));
    }
}
