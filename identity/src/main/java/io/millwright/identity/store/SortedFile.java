package io.millwright.identity.store;

import io.millwright.identity.record.Handle;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rocksdb.EnvOptions;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileReader;
import org.rocksdb.SstFileWriter;

/// A file of records in the order of their keys that is being written, on its way into the store.
final class SortedFile implements AutoCloseable {

    private static final int ASKED_AT_ONCE = 1000;

    private final Path path;
    private final EnvOptions env = new EnvOptions();
    private final SstFileWriter out;
    private final ByteBuffer key = ByteBuffer.allocateDirect(Handle.MAX_BYTES);
    private ByteBuffer packed = ByteBuffer.allocateDirect(4096);
    private byte[] first = {};
    private byte[] last = {};
    private long bytes;
    private int count;

    SortedFile(Rocks rocks, Path path) throws IOException {
        this.path = path;
        env.setBytesPerSync(1 << 20);
        out = new SstFileWriter(env, rocks.sorted());
        try {
            out.open(path.toString());
        } catch (RocksDBException e) {
            close();
            throw failure(e);
        }
    }

    private IOException failure(RocksDBException e) {
        return new IOException("records cannot be written to " + path + ": " + e.getMessage(), e);
    }

    /// Appends records.
    ///
    /// @param chunk sorted; all keys are above those in the file
    void add(Chunk chunk) throws IOException {
        try {
            for (int i = 0; i < chunk.count(); i++) {
                if (chunk.packedLength(i) > packed.capacity()) {
                    packed = ByteBuffer.allocateDirect(2 * chunk.packedLength(i));
                }
                chunk.copy(i, key, packed);
                bytes += key.remaining() + packed.remaining();
                out.put(key, packed);
            }
        } catch (RocksDBException e) {
            throw failure(e);
        }
        first = count == 0 ? chunk.key(0) : first;
        last = chunk.key(chunk.count() - 1);
        count += chunk.count();
    }

    Path path() {
        return path;
    }

    /// How many records are in it.
    int count() {
        return count;
    }

    /// Octets of keys and packed records, before compression.
    long bytes() {
        return bytes;
    }

    /// The least key.
    byte[] first() {
        return first;
    }

    /// The greatest key.
    byte[] last() {
        return last;
    }

    /// Ends the file; nothing can be added.
    void finish() throws IOException {
        try {
            out.finish();
        } catch (RocksDBException e) {
            throw failure(e);
        }
    }

    /// A record as it is kept.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Kept(byte[] key, byte[] packed) {}

    /// The first record of the finished file whose key is registered already, as it is registered. Asks for many
    /// at once.
    Optional<Kept> firstThere(Rocks rocks) throws IOException {
        try (var options = new Options();
                var reads = new ReadOptions();
                var reader = new SstFileReader(options)) {
            reader.open(path.toString());
            try (var records = reader.newIterator(reads)) {
                var keys = new ArrayList<byte[]>();
                for (records.seekToFirst(); records.isValid(); records.next()) {
                    keys.add(records.key());
                    if (keys.size() == ASKED_AT_ONCE) {
                        var there = firstThere(rocks, keys);
                        if (there.isPresent()) {
                            return there;
                        }
                        keys.clear();
                    }
                }
                records.status();
                return firstThere(rocks, keys);
            }
        } catch (RocksDBException e) {
            throw failure(e);
        }
    }

    private static Optional<Kept> firstThere(Rocks rocks, List<byte[]> keys) throws IOException {
        if (keys.isEmpty()) {
            return Optional.empty();
        }
        var there = rocks.getAll(keys);
        for (int i = 0; i < keys.size(); i++) {
            byte @Nullable [] packed = there.get(i);
            if (packed != null) {
                return Optional.of(new Kept(keys.get(i), packed));
            }
        }
        return Optional.empty();
    }

    /// Lets go of the file, and deletes it if it is still where it was made.
    @Override
    public void close() throws IOException {
        out.close();
        env.close();
        Files.deleteIfExists(path);
    }
}
