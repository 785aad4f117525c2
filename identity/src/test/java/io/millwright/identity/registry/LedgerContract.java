package io.millwright.identity.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.record.HandleValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/// What every [Ledger] does. A test of one extends this class.
public abstract class LedgerContract {

    private static final Handle START = Handle.of("");

    /// An empty ledger for the prefixes.
    protected abstract Ledger open(List<String> prefixes) throws Exception;

    private static HandleRecord record(String handle, String text) {
        return new HandleRecord(Handle.of(handle), List.of(HandleValue.published(1, "DESC", text, 1_700_000_000)));
    }

    private static boolean made(Ledger ledger, Change change) {
        return switch (ledger.commit(change).join()) {
            case Commit.Done(long number) -> {
                assertTrue(number > 0 && number <= ledger.lastTransaction());
                yield true;
            }
            case Commit.Conflict _ -> false;
            case Commit.Busy _ -> throw new AssertionError("one change at a time is not too many");
        };
    }

    @Test
    void aRecordIsCreatedOnceWhateverTheCase() throws Exception {
        var ledger = open(List.of("88.118.7"));
        var first = record("88.118.7/Pump", "first");
        assertTrue(made(ledger, new Change.Create(first)));
        assertFalse(made(ledger, new Change.Create(record("88.118.7/pump", "second"))));
        assertFalse(made(ledger, new Change.Create(record("88.118.8/pump", "of another prefix"))));
        assertEquals(Optional.of(first), ledger.find(Handle.of("88.118.7/PUMP")));
        assertEquals(
                "88.118.7/Pump",
                ledger.find(Handle.of("88.118.7/PUMP")).orElseThrow().handle().toString());
        assertEquals(1, ledger.size());
    }

    @Test
    void replacingAndDeletingNeedTheRecordThatWasRead() throws Exception {
        var ledger = open(List.of("88.118.7"));
        var first = record("88.118.7/pump", "first");
        var second = record("88.118.7/pump", "second");
        assertFalse(made(ledger, new Change.Replace(first, second)));
        assertFalse(made(ledger, new Change.Delete(first)));
        assertTrue(made(ledger, new Change.Create(first)));
        assertTrue(made(ledger, new Change.Replace(first, second)));
        assertFalse(made(ledger, new Change.Replace(first, second)));
        assertFalse(made(ledger, new Change.Delete(first)));
        assertEquals(Optional.of(second), ledger.find(second.handle()));
        assertTrue(made(ledger, new Change.Delete(second)));
        assertEquals(Optional.empty(), ledger.find(second.handle()));
        assertEquals(0, ledger.size());
        assertTrue(made(ledger, new Change.Create(first)));
    }

    /// Of many writers who read the same record one wins each time, and no change is lost.
    @Test
    void concurrentReadersAndWritersLoseNothing() throws Exception {
        var ledger = open(List.of("88.118.7"));
        var handle = Handle.of("88.118.7/counter");
        made(ledger, new Change.Create(record(handle.toString(), "0")));
        Callable<Void> writer = () -> {
            for (int done = 0; done < 50; ) {
                var before = ledger.find(handle).orElseThrow();
                int count = Integer.parseInt(before.values().getFirst().text());
                var after = record(handle.toString(), Integer.toString(count + 1));
                done += made(ledger, new Change.Replace(before, after)) ? 1 : 0;
            }
            return null;
        };
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var result : threads.invokeAll(List.of(writer, writer, writer, writer))) {
                result.get();
            }
        }
        assertEquals(
                "200", ledger.find(handle).orElseThrow().values().getFirst().text());
        assertEquals(201, ledger.transactions(0, 1000).size());
    }

    @Test
    void prefixesAreHomedAndUnhomed() throws Exception {
        var ledger = open(List.of("88.118.7"));
        assertTrue(ledger.answersFor(Handle.of("88.118.7/x")));
        assertTrue(ledger.answersFor(Handle.of("0.na/88.118.7")));
        assertFalse(ledger.answersFor(Handle.of("88.118.7.1/x")));
        assertFalse(ledger.answersFor(Handle.of("0.NA/88.118")));
        assertFalse(ledger.answersFor(Handle.of("88.118.7")));
        assertTrue(made(ledger, new Change.Home("88.118.A")));
        assertTrue(made(ledger, new Change.Home("88.118.a")));
        assertEquals(List.of("88.118.7", "88.118.A"), ledger.prefixes());
        made(ledger, new Change.Create(record("88.118.a/x", "kept")));
        assertTrue(made(ledger, new Change.Unhome("88.118.a")));
        assertFalse(ledger.answersFor(Handle.of("88.118.a/x")));
        assertEquals(List.of("88.118.7"), ledger.prefixes());
        made(ledger, new Change.Home("88.118.a"));
        assertTrue(ledger.find(Handle.of("88.118.a/x")).isPresent());
    }

    /// `88.1/…` and `88.10/…` are neighbours in most orders; a list of one must not run into the other.
    @Test
    void handlesAreListedByPageAndPrefix() throws Exception {
        var ledger = open(List.of("88.1", "88.10", "88.2"));
        var expected = new HashSet<Handle>();
        for (int i = 0; i < 250; i++) {
            made(ledger, new Change.Create(record("88.1/a" + i, "")));
            made(ledger, new Change.Create(record("88.10/a" + i, "")));
            expected.add(Handle.of("88.1/a" + i));
        }
        var listed = new ArrayList<Handle>();
        for (var page = ledger.handles("88.1", START, 100); ; page = ledger.handles("88.1", listed.getLast(), 100)) {
            listed.addAll(page);
            if (page.size() < 100) {
                break;
            }
            var last = ledger.find(page.getLast()).orElseThrow();
            made(ledger, new Change.Delete(last)); // The next page begins behind a handle that is gone.
        }
        assertEquals(250, listed.size());
        assertEquals(expected, new HashSet<>(listed));
        assertEquals(List.of(), ledger.handles("88.2", START, 10));
        assertEquals(ledger.size(), ledger.records(START, 1000).size());
        var half = ledger.records(START, 200);
        assertEquals(
                ledger.size() - 200,
                ledger.records(half.getLast().handle(), 1000).size());
    }

    @Test
    void transactionsAreToldInOrder() throws Exception {
        var ledger = open(List.of("88.118.7"));
        long start = ledger.lastTransaction();
        var first = record("88.118.7/pump", "first");
        var second = record("88.118.7/pump", "second");
        made(ledger, new Change.Create(first));
        made(ledger, new Change.Create(second));
        made(ledger, new Change.Replace(first, second));
        made(ledger, new Change.Home("88.9"));
        made(ledger, new Change.Unhome("88.9"));
        made(ledger, new Change.Delete(second));
        var told = ledger.transactions(start, 100);
        assertEquals(
                List.of(
                        new Change.Effect.Stored(first),
                        new Change.Effect.Stored(second),
                        new Change.Effect.Homed("88.9"),
                        new Change.Effect.Unhomed("88.9"),
                        new Change.Effect.Deleted(first.handle())),
                told.stream().map(Transaction::effect).toList());
        assertEquals(told.getLast().number(), ledger.lastTransaction());
        assertEquals(told.subList(2, 4), ledger.transactions(told.get(1).number(), 2));
        assertEquals(List.of(), ledger.transactions(ledger.lastTransaction(), 10));
        assertTrue(ledger.forgottenTransaction() <= start);
    }

    /// A mirror is told of a transaction again after a power cut; and it may be ahead of a repeated message.
    @Test
    void aMirrorMakesEachTransactionOnce() throws Exception {
        var source = open(List.of("88.118.7"));
        var record = record("88.118.7/pump", "x");
        made(source, new Change.Create(record));
        made(source, new Change.Delete(record));
        var mirror = open(List.of("88.118.7"));
        var told = source.transactions(0, 10);
        for (var transaction : told) {
            assertInstanceOf(
                    Commit.Done.class, mirror.mirror("primary", transaction).join());
        }
        mirror.mirror("primary", told.getFirst()).join();
        assertEquals(Optional.empty(), mirror.find(record.handle()));
        assertEquals(source.lastTransaction(), mirror.mirrored("primary"));
        assertEquals(0, mirror.mirrored("another"));
        assertEquals(
                told.stream().map(Transaction::effect).toList(),
                mirror.transactions(0, 10).stream().map(Transaction::effect).toList());
    }
}
