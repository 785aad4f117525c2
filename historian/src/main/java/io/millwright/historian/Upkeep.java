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
import io.millwright.model.Sample;
import io.millwright.model.SignalName;
import io.millwright.model.Time;
import io.millwright.model.disk.Disk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns finished journal files into segments, merges small segments, and deletes what is not to be kept. One
/// thread calls [#step].
///
/// The order makes every crash harmless: a segment gets its name when all of it is durable; only then is the
/// journal file, or are the merged segments, deleted. Where both exist after a crash, [Recovery] prefers the
/// segment.
final class Upkeep {

    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
    private static final long IDLE_SECONDS = 10;
    /// As many as are kept in memory beside the one being written and one more.
    private static final int FILES_AT_ONCE = 3;
    private static final int SEGMENTS_MOST = 64;

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
                more = mergeOne() || convertSome();
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

    /// Turns the oldest finished journal files into one segment: the further segments lag behind, the more at
    /// once, and the less each sample costs.
    private boolean convertSome() throws IOException {
        List<JournalFile> oldest = oldestFinished();
        if (oldest.isEmpty()) {
            return false;
        }
        var tables = new ArrayList<HotTable>();
        for (JournalFile journal : oldest) {
            tables.add(journal.load());
        }
        if (tables.stream().allMatch(HotTable::isEmpty)) {
            // No segment will tell that these files count for nothing, so they have to be gone before the next one
            // goes.
            for (JournalFile journal : oldest) {
                journal.delete();
            }
            disk.forceNames();
            store.replace(oldest, Optional.empty());
            return true;
        }
        var name = new SegmentName(oldest.getFirst().number(), oldest.getLast().number());
        Optional<Segment> segment = write(name, parts(tables), oldest.getLast().endSequence(), 0);
        if (segment.isEmpty()) {
            return false;
        }
        store.replace(oldest, segment);
        failpoints.reached("journal-deleted");
        return true;
    }

    /// The first finished journal files between which no segment lies: one segment of them counts for all
    /// numbers from the first to the last.
    private List<JournalFile> oldestFinished() {
        List<JournalFile> finished = store.journals().stream()
                .takeWhile(JournalFile::isFinished)
                .limit(FILES_AT_ONCE)
                .toList();
        if (finished.isEmpty()) {
            return finished;
        }
        long nextSegment = store.segments().stream()
                .mapToLong(s -> s.name().first())
                .filter(n -> n > finished.getFirst().number())
                .min()
                .orElse(Long.MAX_VALUE);
        return finished.stream().takeWhile(j -> j.number() < nextSegment).toList();
    }

    /// Merging takes long, and can wait: the journal, which is in memory only as far as segments keep up, comes
    /// first, unless that would leave too many segments to be searched.
    private void keepUp() throws IOException {
        while (store.segments().size() < SEGMENTS_MOST
                && store.journals().stream().filter(JournalFile::isFinished).count() >= FILES_AT_ONCE
                && convertSome()) {
            LOG.debug("Merging went on after the journal");
        }
    }

    /// The series of journal files, signals in order of name.
    private static Collection<Part> parts(List<HotTable> tables) throws IOException {
        var parts = new TreeMap<SignalName, Part>();
        for (HotTable table : tables) {
            for (HotTable.Series s : table.all()) {
                Part part = parts.computeIfAbsent(s.signal(), Part::new);
                part.add(s.kinds(), s.samples(), s.sinceStep());
            }
        }
        return parts.values();
    }

    /// What a segment is to hold of one signal, the oldest journal entries first.
    private static final class Part {
        private final SignalName signal;
        private final List<Source> sources = new ArrayList<>(2);
        private int kinds;
        private @Nullable Sample sinceStep;

        Part(SignalName signal) {
            this.signal = signal;
        }

        void add(int moreKinds, Source source, @Nullable Sample since) throws IOException {
            kinds |= moreKinds;
            sources.add(source);
            Sample before = sinceStep;
            sinceStep = since != null || before == null
                    ? since
                    : latest(before, source.opener().open());
        }

        private static Sample latest(Sample before, SampleCursor after) throws IOException {
            Sample latest = before;
            while (after.next()) {
                latest = after.sourceNanos() >= before.sourceNanos() ? after.sample(before.signal()) : latest;
            }
            return latest;
        }
    }

    /// Writes a segment; empty if the historian is closed meanwhile.
    private Optional<Segment> write(SegmentName name, Collection<Part> parts, long endSequence, int merged)
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
                if (merged > 0) {
                    keepUp();
                }
                SampleCursor cursor = MergedCursor.merge(part.sources);
                samples += writer.write(part.signal, part.kinds, cursor, part.sinceStep);
                counters.duplicate().add(cursor.repeated());
            }
            failpoints.reached(merged == 0 ? "segment-written" : "merge-written");
            writer.finish(endSequence);
        }
        failpoints.reached(merged == 0 ? "segment-renamed" : "merge-renamed");
        Segment segment = Segment.open(disk, name, ids, (_, _, _) -> {});
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
        var parts = new TreeMap<SignalName, Part>();
        for (Segment segment : run) {
            for (int signal : segment.signals()) {
                Part part = parts.computeIfAbsent(ids.name(signal), Part::new);
                var source = segment.source(signal, Long.MIN_VALUE, Long.MAX_VALUE);
                part.add(segment.kinds(signal), source.orElseThrow(), segment.sinceStep(signal));
            }
        }
        var name = new SegmentName(
                run.getFirst().name().first(), run.getLast().name().last());
        long end = run.stream().mapToLong(Segment::endSequence).max().orElseThrow();
        Optional<Segment> merged = write(name, parts.values(), end, run.size());
        if (merged.isEmpty()) {
            return false;
        }
        store.replace(run, List.of(merged.get()));
        delete(run);
        return true;
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
