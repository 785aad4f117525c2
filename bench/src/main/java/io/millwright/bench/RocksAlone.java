package io.millwright.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/// How fast RocksDB alone makes puts of a record's octets durable in batches: what the store is compared with.
final class RocksAlone {

    /// How many puts are forced to the disk together.
    static final int BATCH = 5000;

    private static final int RECORDS = 500_000;
    private static final int PACKED_BYTES = 57;
    private static final int FIRST = 1_000_000_000;
    private static final long STEP = 2_147_483_647;
    private static final long BUFFER_BYTES = 16L << 20;

    private RocksAlone() {}

    /// @param folder does not exist
    /// @param inOrder whether keys come in order, or in steps of a prime
    static double recordsPerSecond(Path folder, boolean inOrder) throws IOException {
        RocksDB.loadLibrary();
        var random = new SplittableRandom(1);
        byte[] value = new byte[PACKED_BYTES];
        try (var options = new Options().setCreateIfMissing(true).setWriteBufferSize(BUFFER_BYTES);
                var db = RocksDB.open(options, folder.toString());
                var durable = new WriteOptions().setSync(true)) {
            long start = System.nanoTime();
            for (int number = 0; number < RECORDS; number += BATCH) {
                try (var batch = new WriteBatch()) {
                    for (int i = number; i < number + BATCH; i++) {
                        random.nextBytes(value);
                        long key = inOrder ? i : i * STEP % RECORDS;
                        String handle = ProductRecords.PREFIX + "/PART-" + (FIRST + key);
                        batch.put(handle.getBytes(StandardCharsets.UTF_8), value);
                    }
                    db.write(durable, batch);
                }
            }
            return RECORDS / ((System.nanoTime() - start) / 1e9);
        } catch (RocksDBException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
