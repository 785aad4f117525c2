package io.millwright.identity.store;

import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleRecord;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Packs records on every core, some batches ahead of who takes them, and gives them out in the order they came.
final class PackedAhead implements AutoCloseable {

    private static final int BATCH_RECORDS = 256;
    private static final int THREADS = Runtime.getRuntime().availableProcessors();
    private static final int BATCHES_AHEAD = 2 * THREADS;

    private final Iterator<HandleRecord> records;
    private final RecordCodec codec;
    private final ExecutorService threads = Executors.newFixedThreadPool(
            THREADS, Thread.ofPlatform().name("identity-pack-", 1).daemon().factory());
    private final Queue<Future<List<Packed>>> ahead = new ArrayDeque<>();

    /// A record as it is kept.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Packed(Handle handle, byte[] key, byte[] octets) {}

    PackedAhead(Iterator<HandleRecord> records, RecordCodec codec) {
        this.records = records;
        this.codec = codec;
    }

    /// The next records; none at the end.
    ///
    /// @throws IllegalArgumentException if one of them cannot be kept
    List<Packed> next() throws IOException {
        while (ahead.size() < BATCHES_AHEAD && records.hasNext()) {
            var batch = batch();
            ahead.add(threads.submit(() -> batch.stream().map(this::pack).toList()));
        }
        var first = ahead.poll();
        return first == null ? List.of() : BulkLoad.await(first);
    }

    private List<HandleRecord> batch() {
        var batch = new ArrayList<HandleRecord>(BATCH_RECORDS);
        while (batch.size() < BATCH_RECORDS && records.hasNext()) {
            batch.add(records.next());
        }
        return batch;
    }

    private Packed pack(HandleRecord record) {
        return new Packed(record.handle(), Keys.of(record.handle()), codec.pack(record));
    }

    /// Waits for what is being packed.
    @Override
    public void close() {
        ahead.forEach(batch -> batch.cancel(false));
        threads.close();
    }
}
