package io.millwright.identity.store;

import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.registry.HomedPrefixes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.Lock;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.rocksdb.EnvOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileWriter;
import org.rocksdb.WriteBatch;

/// Many new records at once: sorted, written to a file as the store keeps it, and the file taken in whole. Records that
/// come in the order of their handles are never written again; others are merged in the background.
final class BulkLoad {

    private static final long CHUNK_BYTES = 16L << 20;

    /// What a record takes in memory beside its octets.
    private static final int ENTRY_BYTES = 80;

    private static final Comparator<Entry> ORDER = (a, b) -> Arrays.compareUnsigned(a.key, b.key);

    private final Rocks rocks;
    private final RecordCodec codec;
    private final HomedPrefixes homed;
    private final ChangeThread changes;
    private final Path folder;
    private final Lock copying;

    private record Entry(byte[] key, byte[] packed) {}

    /// @param folder where files are made, on the file system of the store
    /// @param copying held while a file is taken in, so that no snapshot has half of it
    BulkLoad(Rocks rocks, RecordCodec codec, HomedPrefixes homed, ChangeThread changes, Path folder, Lock copying) {
        this.rocks = rocks;
        this.codec = codec;
        this.homed = homed;
        this.changes = changes;
        this.folder = folder;
        this.copying = copying;
    }

    /// While one chunk is written the next is packed.
    long load(Iterator<HandleRecord> records, LongConsumer durable) throws IOException {
        long loaded = 0;
        var chunk = new ArrayList<Entry>();
        long bytes = 0;
        var writing = new FutureTask<>(() -> true);
        writing.run();
        try {
            while (records.hasNext()) {
                var record = records.next();
                if (!homed.cover(record.handle())) {
                    throw refused(record.handle(), "lies under no prefix of this node", loaded);
                }
                var entry = new Entry(Keys.of(record.handle()), codec.pack(record));
                chunk.add(entry);
                bytes += entry.key.length + entry.packed.length + ENTRY_BYTES;
                if (bytes >= CHUNK_BYTES || !records.hasNext()) {
                    await(writing);
                    writing = start(chunk, loaded, durable);
                    loaded += chunk.size();
                    chunk = new ArrayList<>();
                    bytes = 0;
                }
            }
        } finally {
            await(writing);
        }
        return loaded;
    }

    private FutureTask<Boolean> start(List<Entry> chunk, long loaded, LongConsumer durable) {
        var writing = new FutureTask<>(() -> {
            take(chunk, loaded);
            durable.accept(loaded + chunk.size());
            return true;
        });
        Thread.ofPlatform().name("identity-load").daemon().start(writing);
        return writing;
    }

    private static void await(FutureTask<Boolean> writing) throws IOException {
        try {
            writing.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            if (e.getCause() instanceof RuntimeException wrong) {
                throw wrong;
            }
            throw new IOException(String.valueOf(e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("loading was interrupted", e);
        }
    }

    private static IllegalArgumentException refused(Handle handle, String why, long loaded) {
        return new IllegalArgumentException(handle + " " + why + "; " + loaded + " records are loaded and durable");
    }

    private void take(List<Entry> chunk, long loaded) throws IOException {
        chunk.sort(ORDER);
        for (int i = 1; i < chunk.size(); i++) {
            if (ORDER.compare(chunk.get(i - 1), chunk.get(i)) == 0) {
                throw refused(handle(chunk.get(i)), "comes twice", loaded);
            }
        }
        var file = folder.resolve(loaded + ".sst");
        write(chunk, file);
        copying.lock();
        try {
            changes.alone(now -> ingest(chunk, file, loaded, now)).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof IOException io) {
                if (io.getCause() instanceof IllegalArgumentException refused) {
                    throw refused;
                }
                throw io;
            }
            throw e;
        } finally {
            copying.unlock();
            java.nio.file.Files.deleteIfExists(file);
        }
    }

    private void write(List<Entry> chunk, Path file) throws IOException {
        try (var env = new EnvOptions();
                var out = new SstFileWriter(env, rocks.sorted())) {
            out.open(file.toString());
            for (var entry : chunk) {
                out.put(entry.key, entry.packed);
            }
            out.finish();
        } catch (RocksDBException e) {
            throw new IOException("records cannot be written to " + file + ": " + e.getMessage(), e);
        }
    }

    private StoreState ingest(List<Entry> chunk, Path file, long loaded, StoreState now) throws IOException {
        byte[] there = firstThere(chunk);
        if (there != null) {
            byte[] packed = rocks.get(Rocks.Family.RECORDS, there);
            throw refused(
                    handle(new Entry(there, packed == null ? new byte[1] : packed)), "is registered already", loaded);
        }
        long number = changes.lineage().after(now.last());
        var after = new StoreState(number, number, now.size() + chunk.size());
        try (var before = new WriteBatch()) {
            if (number > now.last() + 1) {
                before.put(rocks.handle(Rocks.Family.STATE), StateKeys.leap(number), Keys.ofNumber(now.last()));
            }
            before.put(rocks.handle(Rocks.Family.STATE), StateKeys.LOADING, intent(after, chunk.getFirst().key));
            rocks.write(before);
            rocks.ingest(file);
            finish(rocks, after);
        } catch (RocksDBException e) {
            throw new IllegalStateException("a batch in memory takes no more", e);
        }
        return after;
    }

    /// The first key that is registered; the usual case, that nothing lies between first and last, is seen at once.
    private byte @Nullable [] firstThere(List<Entry> chunk) {
        byte[] last = chunk.getLast().key;
        boolean free = rocks.scan(Rocks.Family.RECORDS, records -> {
            records.seek(chunk.getFirst().key);
            return !records.isValid() || Arrays.compareUnsigned(records.key(), last) > 0;
        });
        for (int i = 0; !free && i < chunk.size(); i++) {
            if (rocks.has(Rocks.Family.RECORDS, chunk.get(i).key)) {
                return chunk.get(i).key;
            }
        }
        return null;
    }

    private Handle handle(Entry entry) {
        try {
            return codec.handle(entry.key, entry.packed);
        } catch (io.millwright.identity.wire.MalformedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] intent(StoreState after, byte[] firstKey) {
        byte[] state = after.encode();
        byte[] intent = Arrays.copyOf(state, state.length + firstKey.length);
        System.arraycopy(firstKey, 0, intent, state.length, firstKey.length);
        return intent;
    }

    /// Brings to its end what a crash has interrupted: the file was taken in, or it was not.
    static void recover(Rocks rocks) throws IOException {
        byte[] intent = rocks.get(Rocks.Family.STATE, StateKeys.LOADING);
        if (intent == null) {
            return;
        }
        byte[] firstKey = Arrays.copyOfRange(intent, StoreState.BYTES, intent.length);
        if (rocks.has(Rocks.Family.RECORDS, firstKey)) {
            finish(rocks, StoreState.decode(intent));
        } else {
            try (var batch = new WriteBatch()) {
                batch.delete(rocks.handle(Rocks.Family.STATE), StateKeys.LOADING);
                rocks.write(batch);
            } catch (RocksDBException e) {
                throw new IllegalStateException("a batch in memory takes no more", e);
            }
        }
    }

    /// Mirrors are not told of each record: they copy all.
    private static void finish(Rocks rocks, StoreState after) throws IOException {
        try (var batch = new WriteBatch()) {
            var family = rocks.handle(Rocks.Family.STATE);
            batch.delete(family, StateKeys.LOADING);
            batch.put(family, StateKeys.STATE, after.encode());
            batch.deleteRange(
                    rocks.handle(Rocks.Family.TRANSACTIONS), Keys.ofNumber(0), Keys.ofNumber(after.forgotten() + 1));
            rocks.write(batch);
        } catch (RocksDBException e) {
            throw new IllegalStateException("a batch in memory takes no more", e);
        }
    }
}
