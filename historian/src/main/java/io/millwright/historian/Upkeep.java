package io.millwright.historian;

import io.millwright.historian.journal.HotTable;
import io.millwright.historian.journal.SignalIds;
import io.millwright.historian.segment.DamagedSegment;
import io.millwright.historian.segment.Segment;
import io.millwright.historian.segment.SegmentName;
import io.millwright.historian.segment.SegmentWriter;
import io.millwright.historian.series.MergedCursor;
import io.millwright.historian.series.SampleCursor;
import io.millwright.historian.series.Source;
import io.millwright.model.SignalName;
import io.millwright.model.Time;
import io.millwright.model.disk.Disk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns finished journal files into segments, merges small segments, and deletes what is not to be kept. One thread
/// calls [#step].
///
/// The order makes every crash harmless: a segment gets its name when all of it is durable; only then is the journal
/// file, or are the merged segments, deleted. Where both exist after a crash, [Recovery] prefers the segment.
final class Upkeep {

    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
    private static final long IDLE_SECONDS = 10;

    private final HistorianSettings settings;
    private final Disk disk;
    private final Store store;
    private final SignalIds ids;
    private final Counters counters;
    private final Time time;
    private final Hooks.Failpoints failpoints;
    private final Semaphore work = new Semaphore(0);
    private volatile boolean ending;
    private volatile String trouble = "";

    Upkeep(
            HistorianSettings settings,
            Store store,
            SignalIds ids,
            Counters counters,
            Time time,
            Hooks.Failpoints failpoints) {
        this.settings = settings;
        this.disk = store.disk();
        this.store = store;
        this.ids = ids;
        this.counters = counters;
        this.time = time;
        this.failpoints = failpoints;
    }

    void run() {
        try {
            while (!ending) {
                step();
                boolean woken = work.tryAcquire(IDLE_SECONDS, TimeUnit.SECONDS);
                if (woken) {
                    work.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// There may be something to do.
    void wake() {
        work.release();
    }

    void end() {
        ending = true;
        wake();
    }

    /// Why segments cannot be written; empty while all is well.
    String trouble() {
        return trouble;
    }

    /// Does all there is to do.
    void step() {
        try {
            boolean more = true;
            while (more && !ending) {
                more = mergeOne() || convertOne();
            }
            dropOld();
            trouble = "";
        } catch (DamagedSegment e) {
            store.quarantine(e);
        } catch (IOException | RuntimeException e) {
            trouble = "Segments cannot be written, samples stay in the journal: " + e.getMessage();
            LOG.warn(trouble);
        }
    }

    private boolean convertOne() throws IOException {
        List<JournalFile> journals = store.journals();
        if (journals.isEmpty() || !journals.getFirst().isFinished()) {
            return false;
        }
        JournalFile journal = journals.getFirst();
        HotTable table = journal.load();
        if (table.isEmpty()) {
            // No segment will tell that this file counts for nothing, so it has to be gone before the next one goes.
            journal.delete();
            disk.forceNames();
            store.replace(journal, List.of());
            return true;
        }
        var series = new ArrayList<Part>();
        for (HotTable.Series s : table.all()) {
            series.add(new Part(s.signal(), s.kinds(), List.of(s.samples())));
        }
        var name = new SegmentName(journal.number(), journal.number());
        Optional<Segment> segment = write(name, series, journal.endSequence(), 0);
        if (segment.isEmpty()) {
            return false;
        }
        store.replace(journal, List.of(segment.get()));
        failpoints.reached("journal-deleted");
        return true;
    }

    private record Part(SignalName signal, int kinds, List<Source> sources) {}

    /// Writes a segment; empty if the historian is closed meanwhile.
    private Optional<Segment> write(SegmentName name, List<Part> parts, long endSequence, int merged)
            throws IOException {
        var event = new ConversionEvent();
        event.begin();
        clear(name);
        long samples = 0;
        try (var writer = new SegmentWriter(disk, name)) {
            for (Part part : parts) {
                if (ending) {
                    return Optional.empty();
                }
                SampleCursor cursor = MergedCursor.merge(part.sources());
                samples += writer.write(part.signal(), part.kinds(), cursor);
                counters.duplicate().add(cursor.repeated());
            }
            failpoints.reached(merged == 0 ? "segment-written" : "merge-written");
            writer.finish(endSequence);
        }
        failpoints.reached(merged == 0 ? "segment-renamed" : "merge-renamed");
        Segment segment = Segment.open(disk, name, ids, _ -> {});
        event.segment = name.file();
        event.merged = merged;
        event.samples = samples;
        event.bytes = segment.bytes();
        event.commit();
        return Optional.of(segment);
    }

    /// Removes what an earlier try to write this segment left.
    private void clear(SegmentName name) throws IOException {
        for (String file : disk.list()) {
            if (file.startsWith(name.file()) && file.endsWith(".new")
                    || file.startsWith(name.catalog()) && !file.endsWith(SegmentName.DAMAGED)) {
                disk.delete(file);
            }
        }
    }

    private boolean mergeOne() throws IOException {
        List<Segment> run = MergePolicy.choose(store.segments(), settings.segmentBytesMax());
        if (run.isEmpty()) {
            return false;
        }
        var kinds = new TreeMap<SignalName, Integer>();
        for (Segment segment : run) {
            for (int signal : segment.signals()) {
                kinds.merge(ids.name(signal), segment.kinds(signal), (a, b) -> a | b);
            }
        }
        var parts = new ArrayList<Part>();
        kinds.forEach((signal, kind) -> parts.add(new Part(signal, kind, sources(run, ids.find(signal)))));
        var name = new SegmentName(
                run.getFirst().name().first(), run.getLast().name().last());
        long end = run.stream().mapToLong(Segment::endSequence).max().orElseThrow();
        Optional<Segment> merged = write(name, parts, end, run.size());
        if (merged.isEmpty()) {
            return false;
        }
        store.replace(run, List.of(merged.get()));
        delete(run);
        return true;
    }

    private static List<Source> sources(List<Segment> run, int signal) {
        return run.stream()
                .map(segment -> segment.source(signal, Long.MIN_VALUE, Long.MAX_VALUE))
                .flatMap(Optional::stream)
                .toList();
    }

    private void delete(List<Segment> segments) throws IOException {
        for (Segment segment : segments) {
            disk.delete(segment.name().file());
            disk.delete(segment.name().catalog());
            failpoints.reached("segment-deleted");
        }
    }

    private void dropOld() throws IOException {
        var old = new ArrayList<Segment>();
        settings.keepFor().ifPresent(age -> {
            long before = time.epochNanos() - age.toNanos();
            store.segments().stream().filter(s -> s.latestNanos() < before).forEach(old::add);
        });
        if (settings.keepBytes().isPresent()) {
            var kept = new ArrayList<>(store.segments());
            kept.removeAll(old);
            long bytes = kept.stream().mapToLong(Segment::bytes).sum();
            while (bytes > settings.keepBytes().getAsLong() && kept.size() > 1) {
                bytes -= kept.getFirst().bytes();
                old.add(kept.removeFirst());
            }
        }
        if (!old.isEmpty()) {
            store.replace(old, List.of());
            delete(old);
        }
    }
}
