package io.millwright.identity.store;

import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.registry.HomedPrefixes;
import io.millwright.identity.wire.MalformedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.Lock;
import java.util.function.LongConsumer;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/// Many new records at once: sorted, written to files as the store keeps them, and each file taken in whole.
/// Records that come in the order of their handles are never written again and stand in large files; others are
/// merged in the background.
///
/// Records are packed on every core; a chunk of them is brought into order while another thread writes the one before.
final class BulkLoad {

    /// Octets of records before compression after which a file is closed; it has about 64 MB then.
    private static final long FILE_BYTES = 144L << 20;

    private final Rocks rocks;
    private final RecordCodec codec;
    private final HomedPrefixes homed;
    private final ChangeThread changes;
    private final Path folder;
    private final Lock copying;
    private final int chunkBytes;
    private final LongConsumer heard;

    /// The file chunks are being written to; of the writing thread.
    private Optional<SortedFile> file = Optional.empty();

    private long files;
    private long loaded;

    /// @param folder where files are made, on the file system of the store
    /// @param copying held while a file is taken in, so that no snapshot has half of it
    /// @param chunkBytes octets of packed records that are sorted at once; twice as many are in memory
    /// @param heard hears how many are durable
    BulkLoad(
            Rocks rocks,
            RecordCodec codec,
            HomedPrefixes homed,
            ChangeThread changes,
            Path folder,
            Lock copying,
            int chunkBytes,
            LongConsumer heard) {
        this.rocks = rocks;
        this.codec = codec;
        this.homed = homed;
        this.changes = changes;
        this.folder = folder;
        this.copying = copying;
        this.chunkBytes = chunkBytes;
        this.heard = heard;
    }

    /// @return how many records are loaded
    long load(Iterator<HandleRecord> records) throws IOException {
        var packing = new Chunk(chunkBytes);
        var other = new Chunk(chunkBytes);
        var writing = start(other); // Empty: nothing to be done.
        try (var packed = new PackedAhead(records, codec)) {
            for (var batch = packed.next(); !batch.isEmpty(); batch = packed.next()) {
                for (var record : batch) {
                    if (!homed.cover(record.handle())) {
                        await(writing);
                        throw refused(record.handle(), "lies under no prefix of this node");
                    }
                    packing.add(record.key(), record.octets());
                    if (packing.isFull()) {
                        packing.sort();
                        await(writing);
                        writing = start(packing);
                        var written = packing;
                        packing = other;
                        other = written;
                        packing.clear();
                    }
                }
            }
            packing.sort();
            await(writing);
            write(packing);
            takeIn();
            return loaded;
        } finally {
            end(writing);
        }
    }

    private FutureTask<Boolean> start(Chunk chunk) {
        var writing = new FutureTask<>(() -> {
            write(chunk);
            return true;
        });
        Thread.ofPlatform().name("identity-load").daemon().start(writing);
        return writing;
    }

    /// What is done in another thread, or why it failed.
    static <T> T await(Future<T> done) throws IOException {
        try {
            return done.get();
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

    /// What is in an unfinished file is not loaded.
    private void end(FutureTask<Boolean> writing) throws IOException {
        try {
            await(writing);
        } finally {
            if (file.isPresent()) {
                file.get().close();
                file = Optional.empty();
            }
        }
    }

    private IllegalArgumentException refused(Handle handle, String why) {
        return new IllegalArgumentException(handle + " " + why + "; " + loaded + " records are loaded and durable");
    }

    /// Writes a sorted chunk to the file before it if it goes on there, else to a new one.
    private void write(Chunk chunk) throws IOException {
        if (chunk.count() == 0) {
            return;
        }
        int repeated = chunk.repeated();
        if (repeated > 0) {
            throw refused(handle(chunk.key(repeated), chunk.packed(repeated)), "comes twice");
        }
        byte[] first = chunk.key(0);
        byte[] last = chunk.key(chunk.count() - 1);
        if (file.isPresent() && !goesOn(file.get(), first, last)) {
            takeIn();
        }
        if (file.isEmpty()) {
            file = Optional.of(new SortedFile(rocks, folder.resolve(files++ + ".sst")));
        }
        file.get().add(chunk);
        if (file.get().bytes() >= FILE_BYTES) {
            takeIn();
        }
    }

    private boolean goesOn(SortedFile before, byte[] first, byte[] last) {
        return Arrays.compareUnsigned(before.last(), first) < 0 && isFree(before.first(), last);
    }

    /// Makes the file part of the store.
    private void takeIn() throws IOException {
        if (file.isEmpty()) {
            return;
        }
        try (var taken = file.get()) {
            file = Optional.empty();
            taken.finish();
            copying.lock();
            try {
                changes.alone(now -> ingest(taken, now)).join();
            } finally {
                copying.unlock();
            }
            loaded += taken.count();
        } catch (CompletionException e) {
            if (e.getCause() instanceof IOException io) {
                if (io.getCause() instanceof IllegalArgumentException refused) {
                    throw refused;
                }
                throw io;
            }
            throw e;
        }
        heard.accept(loaded);
    }

    private StoreState ingest(SortedFile taken, StoreState now) throws IOException {
        if (!isFree(taken.first(), taken.last())) {
            var there = taken.firstThere(rocks);
            if (there.isPresent()) {
                throw refused(handle(there.get().key(), there.get().packed()), "is registered already");
            }
        }
        long number = changes.lineage().after(now.last());
        var after = new StoreState(number, number, now.size() + taken.count());
        try (var before = new WriteBatch()) {
            if (number > now.last() + 1) {
                before.put(rocks.handle(Rocks.Family.STATE), StateKeys.leap(number), Keys.ofNumber(now.last()));
            }
            before.put(rocks.handle(Rocks.Family.STATE), StateKeys.LOADING, intent(after, taken.first()));
            rocks.write(before);
            rocks.ingest(taken.path());
            finish(rocks, after);
        } catch (RocksDBException e) {
            throw new IllegalStateException("a batch in memory takes no more", e);
        }
        return after;
    }

    /// Whether nothing is registered from the first key to the last.
    private boolean isFree(byte[] first, byte[] last) {
        return rocks.scan(Rocks.Family.RECORDS, records -> {
            records.seek(first);
            return !records.isValid() || Arrays.compareUnsigned(records.key(), last) > 0;
        });
    }

    private Handle handle(byte[] key, byte[] packed) {
        try {
            return codec.handle(key, packed);
        } catch (MalformedException e) {
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
