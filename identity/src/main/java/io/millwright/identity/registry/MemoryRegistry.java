package io.millwright.identity.registry;

import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleRecord;
import io.millwright.model.Time;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Predicate;

/// Records in memory, filled anew at each start: right for a plant, whose records follow from its plant file.
/// What it calls durable lasts as long as the process. Of its transactions it remembers the last [#HISTORY].
public final class MemoryRegistry implements Ledger {

    static final int HISTORY = 10_000;

    private static final CompletableFuture<Commit> CONFLICT = CompletableFuture.completedFuture(new Commit.Conflict());

    private final HomedPrefixes homed;
    private final Map<Handle, HandleRecord> records = new ConcurrentHashMap<>();
    private final ConcurrentSkipListSet<Handle> order = new ConcurrentSkipListSet<>();
    private final Map<String, Long> mirrored = new ConcurrentHashMap<>();
    private final Deque<Transaction> history = new ArrayDeque<>();
    private final Time time;
    private final Lineage lineage;
    private volatile long last;
    private volatile long forgotten;

    /// @param prefixes the prefixes this node answers for, e.g. `88.118.7`; also for `0.NA/` before each
    public MemoryRegistry(Collection<String> prefixes) {
        this(prefixes, Time.system());
    }

    /// @param time says when transactions were made
    public MemoryRegistry(Collection<String> prefixes, Time time) {
        this.time = time;
        lineage = new Lineage(0, time.epochNanos() / 1000, new SecureRandom());
        homed = new HomedPrefixes(prefixes);
    }

    /// Adds a record.
    ///
    /// @throws IllegalArgumentException if a record exists under the handle, if only in another case (RFC 3652,
    /// section 2.1.3), or if this node does not answer for it
    public void register(HandleRecord added) {
        if (!answersFor(added.handle())) {
            throw new IllegalArgumentException(added.handle() + " lies under no prefix of this node");
        }
        if (commit(new Change.Create(added)).join() instanceof Commit.Conflict) {
            var existing = find(added.handle()).map(HandleRecord::handle).orElse(added.handle());
            throw new IllegalArgumentException(
                    added.handle() + " is registered already as " + existing + "; letter case does not count");
        }
    }

    @Override
    public boolean answersFor(Handle handle) {
        return homed.cover(handle);
    }

    @Override
    public Optional<HandleRecord> find(Handle handle) {
        return Optional.ofNullable(records.get(handle));
    }

    @Override
    public long size() {
        return records.size();
    }

    @Override
    public synchronized CompletableFuture<Commit> commit(Change change) {
        boolean holds = switch (change) {
            case Change.Create(var created) -> answersFor(created.handle()) && !records.containsKey(created.handle());
            case Change.Replace(var before, var _) -> before.equals(records.get(before.handle()));
            case Change.Delete(var before) -> before.equals(records.get(before.handle()));
            case Change.Home _, Change.Unhome _ -> true;
        };
        return holds ? CompletableFuture.completedFuture(make(change.effect())) : CONFLICT;
    }

    private Commit make(Change.Effect effect) {
        switch (effect) {
            case Change.Effect.Stored(var stored) -> {
                records.put(stored.handle(), stored);
                order.add(stored.handle());
            }
            case Change.Effect.Deleted(var handle) -> {
                records.remove(handle);
                order.remove(handle);
            }
            case Change.Effect.Homed(var prefix) -> homed.home(prefix);
            case Change.Effect.Unhomed(var prefix) -> homed.unhome(prefix);
        }
        long number = lineage.after(last);
        history.addLast(new Transaction(number, time.epochNanos() / 1_000_000, effect));
        if (history.size() > HISTORY) {
            forgotten = history.removeFirst().number();
        }
        last = number;
        return new Commit.Done(number);
    }

    @Override
    public List<String> prefixes() {
        return homed.list();
    }

    @Override
    public List<Handle> handles(String prefix, Handle after, int max) {
        var first = Handle.of(prefix + "/");
        Predicate<Handle> under = h -> h.key().startsWith(first.key());
        return order.tailSet(after.compareTo(first) < 0 ? first : after, false).stream()
                .takeWhile(under)
                .limit(max)
                .toList();
    }

    @Override
    public List<HandleRecord> records(Handle after, int max) {
        return order.tailSet(after, false).stream()
                .flatMap(handle -> find(handle).stream())
                .limit(max)
                .toList();
    }

    @Override
    public long lastTransaction() {
        return last;
    }

    @Override
    public long forgottenTransaction() {
        return forgotten;
    }

    @Override
    public synchronized List<Transaction> transactions(long after, int max) {
        long skipped = history.isEmpty()
                ? 0
                : Math.max(0, after + 1 - history.getFirst().number());
        return history.stream().skip(skipped).limit(max).toList();
    }

    @Override
    public synchronized CompletableFuture<Commit> mirror(String source, List<Transaction> transactions) {
        for (var transaction : transactions) {
            if (transaction.number() > mirrored(source)) {
                mirrored.put(source, transaction.number());
                make(transaction.effect());
            }
        }
        return CompletableFuture.completedFuture(new Commit.Done(last));
    }

    @Override
    public long mirrored(String source) {
        return mirrored.getOrDefault(source, 0L);
    }

    @Override
    public Map<String, Long> sources() {
        return Map.copyOf(mirrored);
    }

    @Override
    public Lineage lineage() {
        return lineage;
    }

    @Override
    public CompletableFuture<Commit> rejoin(Lineage.Rejoined given) {
        lineage.rejoin(given);
        return CompletableFuture.completedFuture(new Commit.Done(last));
    }
}
