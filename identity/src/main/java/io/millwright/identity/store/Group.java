package io.millwright.identity.store;

import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.registry.Change;
import io.millwright.identity.registry.Commit;
import io.millwright.identity.registry.HomedPrefixes;
import io.millwright.identity.registry.Lineage;
import io.millwright.identity.registry.Transaction;
import io.millwright.identity.wire.MalformedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/// Changes that become durable together. Each sees those before it in the group.
final class Group implements AutoCloseable {

    private final Rocks rocks;
    private final RecordCodec codec;
    private final HomedPrefixes homed;
    private final Lineage lineage;
    private final long epochMillis;
    private final WriteBatch batch = new WriteBatch();
    private final Map<Handle, byte @Nullable []> changed = new HashMap<>();
    private final Map<String, Long> followed = new HashMap<>();
    private final long start;
    private long last;
    private long forgotten;
    private long size;

    /// @param state what the group starts from
    /// @param epochMillis when its transactions are made
    Group(Rocks rocks, RecordCodec codec, HomedPrefixes homed, Lineage lineage, StoreState state, long epochMillis) {
        this.rocks = rocks;
        this.codec = codec;
        this.homed = homed;
        this.lineage = lineage;
        this.epochMillis = epochMillis;
        start = state.last();
        last = state.last();
        forgotten = state.forgotten();
        size = state.size();
    }

    /// Makes a change if its condition holds.
    ///
    /// @param packed the record it stores, if it does
    /// @throws UncheckedIOException if what is there cannot be read; then nothing of the change is in the group
    Commit make(Change change, byte[] packed) {
        boolean holds = switch (change) {
            case Change.Create(var created) -> homed.cover(created.handle()) && current(created.handle()) == null;
            case Change.Replace(var before, var _) -> isCurrent(before);
            case Change.Delete(var before) -> isCurrent(before);
            case Change.Home _, Change.Unhome _ -> true;
        };
        if (!holds) {
            return new Commit.Conflict();
        }
        put(change.effect(), packed);
        return new Commit.Done(last);
    }

    /// Makes another node's changes, except those that have been made.
    ///
    /// @param mirrored how far the source has been followed before this group
    Commit follow(String source, long mirrored, List<Transaction> transactions, List<byte[]> packed) {
        for (int i = 0; i < transactions.size(); i++) {
            var transaction = transactions.get(i);
            if (transaction.number() > followed.getOrDefault(source, mirrored)) {
                put(transaction.effect(), packed.get(i));
                followed.put(source, transaction.number());
            }
        }
        return new Commit.Done(last);
    }

    private boolean isCurrent(HandleRecord expected) {
        byte[] packed = current(expected.handle());
        try {
            return packed != null && codec.unpack(expected.handle(), packed).equals(expected);
        } catch (MalformedException e) {
            throw new UncheckedIOException(rocks.damage(expected.handle(), e));
        }
    }

    private byte @Nullable [] current(Handle handle) {
        return changed.containsKey(handle) ? changed.get(handle) : rocks.get(Rocks.Family.RECORDS, Keys.of(handle));
    }

    private void put(Change.Effect effect, byte[] packed) {
        try {
            switch (effect) {
                case Change.Effect.Stored(var record) -> store(record.handle(), packed);
                case Change.Effect.Deleted(var handle) -> delete(handle);
                case Change.Effect.Homed(var prefix) -> home(prefix);
                case Change.Effect.Unhomed(var prefix) -> {
                    batch.delete(rocks.handle(Rocks.Family.STATE), StateKeys.home(prefix));
                    homed.unhome(prefix);
                }
            }
            last = lineage.after(last);
            batch.put(
                    rocks.handle(Rocks.Family.TRANSACTIONS),
                    Keys.ofNumber(last),
                    TransactionCodec.encode(epochMillis, effect, packed));
        } catch (RocksDBException e) {
            throw new IllegalStateException("a batch in memory takes no more", e);
        }
    }

    private void store(Handle handle, byte[] packed) throws RocksDBException {
        size += current(handle) == null ? 1 : 0;
        batch.put(rocks.handle(Rocks.Family.RECORDS), Keys.of(handle), packed);
        changed.put(handle, packed);
    }

    private void delete(Handle handle) throws RocksDBException {
        size -= current(handle) == null ? 0 : 1;
        batch.delete(rocks.handle(Rocks.Family.RECORDS), Keys.of(handle));
        changed.put(handle, null);
    }

    private void home(String prefix) throws RocksDBException {
        if (!homed.cover(Handle.of(prefix + "/"))) {
            batch.put(rocks.handle(Rocks.Family.STATE), StateKeys.home(prefix), StateKeys.utf8(prefix));
            homed.home(prefix);
        }
    }

    /// Makes the group durable.
    ///
    /// @param historyMax how many transactions are remembered, about
    /// @return what is so now
    StoreState write(long historyMax) throws IOException {
        try {
            if (last > start) {
                forget(historyMax);
                var state = new StoreState(last, forgotten, size);
                var family = rocks.handle(Rocks.Family.STATE);
                batch.put(family, StateKeys.STATE, state.encode());
                long first = lineage.after(start);
                if (first > start + 1) {
                    batch.put(family, StateKeys.leap(first), Keys.ofNumber(start));
                }
                for (var source : followed.entrySet()) {
                    batch.put(family, StateKeys.mirrored(source.getKey()), Keys.ofNumber(source.getValue()));
                }
                rocks.write(batch, changed.keySet().stream().map(Keys::of).toList());
            }
            return new StoreState(last, forgotten, size);
        } catch (RocksDBException e) {
            throw new IllegalStateException("a batch in memory takes no more", e);
        }
    }

    /// How far sources have been followed in this group.
    Map<String, Long> followed() {
        return followed;
    }

    /// Whether the batch is as large as one should be.
    boolean isFull() {
        return batch.getDataSize() > 4 << 20;
    }

    private void forget(long historyMax) throws RocksDBException {
        if (lineage.before(last, historyMax + historyMax / 8) > forgotten) {
            forgotten = lineage.before(last, historyMax);
            batch.deleteRange(rocks.handle(Rocks.Family.TRANSACTIONS), Keys.ofNumber(0), Keys.ofNumber(forgotten + 1));
        }
    }

    @Override
    public void close() {
        batch.close();
    }
}
