package io.millwright.historian;

import io.millwright.historian.journal.SignalIds;
import io.millwright.historian.segment.Segment;
import io.millwright.historian.series.SampleCursor;
import io.millwright.model.IngestionStopped;
import io.millwright.model.Sample;
import io.millwright.model.SampleSink;
import io.millwright.model.SignalName;
import io.millwright.model.Time;
import io.millwright.model.Value;
import io.millwright.model.disk.Disk;
import io.millwright.model.disk.FolderInUse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps samples in a folder and finds them again. Safe for use by many threads; one process per folder.
///
/// A sample is identified by its signal and source time. Of two with the same, the one journaled later replaces the
/// other; if value and quality are equal too, it is a duplicate, kept once and counted. Samples may come in any order
/// of source time. Only what is durable can be read.
public final class Historian implements SampleSink, AutoCloseable {

    /// The longest text a sample may carry, in characters.
    public static final int TEXT_MAX = 256 << 10;

    private static final Logger LOG = LoggerFactory.getLogger(Historian.class);
    private static final String LOCK = "lock";

    private final Disk disk;
    private final SignalIds ids = new SignalIds();
    private final LatestSamples latest = new LatestSamples();
    private final Counters counters = new Counters();
    private final Subscribers subscribers = new Subscribers();
    private final Store store;
    private final Queue queue;
    private final Upkeep upkeep;
    private final Ingestion ingestion;
    private final Disk.@Nullable Lock lock;
    private final String readOnly;
    private final boolean threads;
    private final Thread journalThread;
    private final Thread segmentThread;

    private Historian(Disk disk, HistorianSettings settings, Time time, Hooks hooks) throws IOException {
        this.disk = disk;
        Disk.@Nullable Lock held = null;
        String why = "";
        try {
            held = disk.lock(LOCK);
        } catch (FolderInUse e) {
            throw e;
        } catch (IOException e) {
            why = "The folder cannot be written, so nothing is taken and all can be read: " + e.getMessage();
        }
        lock = held;
        readOnly = why;
        threads = hooks.threads();
        try {
            store = new Store(disk);
            var recovery = new Recovery(disk, hooks.verifies(), store, ids, latest);
            recovery.run(!readOnly.isEmpty());
            queue = new Queue(settings.queueSamples());
            upkeep = new Upkeep(settings, store, ids, counters, time, hooks.failpoints());
            ingestion = new Ingestion(
                    settings,
                    store,
                    ids,
                    latest,
                    recovery,
                    counters,
                    subscribers,
                    queue,
                    hooks.failpoints(),
                    upkeep::wake);
        } catch (IOException | RuntimeException e) {
            unlock();
            throw e;
        }
        journalThread = Thread.ofPlatform().name("historian-journal").unstarted(ingestion::run);
        segmentThread = Thread.ofPlatform().name("historian-segments").unstarted(upkeep::run);
    }

    /// Opens a folder, creating it if need be, and recovers what an earlier process left there.
    ///
    /// @throws FolderInUse if another process has it; the message names it
    /// @throws IOException if the folder cannot be read
    public static Historian open(Path folder, HistorianSettings settings, Time time) throws IOException {
        return open(Disk.of(folder), settings, time);
    }

    /// Opens a folder of a given disk.
    public static Historian open(Disk disk, HistorianSettings settings, Time time) throws IOException {
        return open(disk, settings, time, Hooks.NONE);
    }

    static Historian open(Disk disk, HistorianSettings settings, Time time, Hooks hooks) throws IOException {
        var historian = new Historian(disk, settings, time, hooks);
        historian.start();
        return historian;
    }

    private void start() {
        if (!readOnly.isEmpty()) {
            LOG.warn(readOnly);
            queue.refuse(readOnly);
        } else if (threads) {
            journalThread.start();
            segmentThread.start();
        } else {
            ingestion.begin();
        }
    }

    @Override
    public CompletableFuture<Void> append(List<Sample> batch) {
        if (batch.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        counters.received().add(batch.size());
        for (Sample sample : batch) {
            if (sample.value() instanceof Value.Text text && text.value().length() > TEXT_MAX) {
                counters.refused().add(batch.size());
                return CompletableFuture.failedFuture(
                        new IllegalArgumentException("%s: a text of %d characters; at most %d are kept"
                                .formatted(sample.signal(), text.value().length(), TEXT_MAX)));
            }
        }
        CompletableFuture<Void> done = queue.put(batch);
        if (done.isCompletedExceptionally()) {
            counters.refused().add(batch.size());
        }
        return done;
    }

    /// The latest sample, if there is any: that of the latest source time, unless the device's clock was set back. When
    /// samples older than the latest have come at the pace of time for ten seconds, and none newer, the time of
    /// those counts. Late samples never become the latest.
    public Optional<Sample> latest(SignalName signal) {
        return Optional.ofNullable(latest.of(ids.find(signal)));
    }

    /// Samples by source time.
    ///
    /// @param fromNanos from when, inclusive, nanoseconds since the epoch
    /// @param toNanos until when, exclusive
    /// @param limit at most this many, the earliest
    public List<Sample> query(SignalName signal, long fromNanos, long toNanos, int limit) {
        return read(signal, fromNanos, toNanos, samples -> {
            var found = new ArrayList<Sample>();
            while (found.size() < limit && samples.next()) {
                found.add(samples.sample(signal));
            }
            return found;
        });
    }

    /// What a signal did, in intervals of equal length, also those without a sample.
    ///
    /// @param fromNanos from when, inclusive, nanoseconds since the epoch
    /// @param toNanos until when, exclusive, after `fromNanos` by less than 2⁶³ nanoseconds
    /// @param buckets how many intervals, 1 to 100 000
    public List<Bucket> aggregate(SignalName signal, long fromNanos, long toNanos, int buckets) {
        if (buckets < 1 || buckets > 100_000 || toNanos <= fromNanos || toNanos - fromNanos <= 0) {
            throw new IllegalArgumentException("1 to 100000 buckets over an interval that ends after it begins");
        }
        return read(signal, fromNanos, toNanos, new Aggregation(fromNanos, toNanos, buckets)::of);
    }

    /// How many samples there are in `[fromNanos, toNanos)` by source time.
    public long count(SignalName signal, long fromNanos, long toNanos) {
        return read(signal, fromNanos, toNanos, samples -> {
            long count = 0;
            while (samples.next()) {
                count++;
            }
            return count;
        });
    }

    private <T> T read(SignalName signal, long from, long to, Store.Reading<T> reading) {
        try {
            int id = ids.find(signal);
            if (id < 0 || to <= from) {
                return reading.read(SampleCursor.over(List.of()));
            }
            return store.read(ids, id, from, to - 1, reading);
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be read: %s".formatted(disk.describe(), e.getMessage()), e);
        }
    }

    /// Calls the listener with every batch that becomes durable, in the order of the journal, on a thread of its own.
    /// A listener that falls hundreds of batches behind misses the oldest: it never holds ingestion back.
    ///
    /// @return ends the subscription when closed
    public AutoCloseable subscribe(Consumer<List<Sample>> listener) {
        return subscribers.add(listener);
    }

    /// What it is doing, and what it did since it was opened.
    public HistorianState state() {
        String stopped = ingestion.stopped();
        var phase = !readOnly.isEmpty()
                ? HistorianState.Phase.READ_ONLY
                : stopped.isEmpty() ? HistorianState.Phase.RUNNING : HistorianState.Phase.STOPPED;
        String message = !readOnly.isEmpty() ? readOnly : stopped.isEmpty() ? upkeep.trouble() : stopped;
        return new HistorianState(
                phase,
                message,
                store.damage(),
                counters.received().sum(),
                counters.durable().sum(),
                counters.duplicate().sum(),
                counters.refused().sum(),
                store.journals().stream().mapToLong(JournalFile::bytes).sum(),
                store.segments().stream().mapToLong(Segment::bytes).sum(),
                freeBytes());
    }

    private long freeBytes() {
        try {
            return disk.freeBytes();
        } catch (IOException e) {
            return 0;
        }
    }

    /// The signals that have samples.
    public Set<SignalName> signals() {
        return Set.copyOf(ids.signals());
    }

    /// Journals what waits, as the journal's thread would.
    void journalStep() {
        ingestion.drain();
    }

    /// Writes and merges segments, as the segments' thread would.
    void segmentStep() {
        upkeep.step();
    }

    /// Acknowledges what was handed over before, and gives the folder back.
    @Override
    public void close() throws IOException {
        queue.end("The historian is closed");
        upkeep.end();
        if (!readOnly.isEmpty()) {
            store.close();
            return;
        }
        if (threads) {
            join(journalThread);
            join(segmentThread);
        } else {
            ingestion.drain();
            ingestion.end();
        }
        queue.refuse("The historian is closed")
                .forEach(b -> b.done().completeExceptionally(new IngestionStopped("The historian is closed")));
        subscribers.close();
        store.close();
        unlock();
    }

    private void unlock() throws IOException {
        if (lock != null) {
            lock.close();
        }
    }

    private static void join(Thread thread) {
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
