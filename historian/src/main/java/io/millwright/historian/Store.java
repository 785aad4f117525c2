package io.millwright.historian;

import io.millwright.historian.journal.SignalIds;
import io.millwright.historian.segment.DamagedSegment;
import io.millwright.historian.segment.Segment;
import io.millwright.historian.segment.SegmentName;
import io.millwright.historian.series.MergedCursor;
import io.millwright.historian.series.SampleCursor;
import io.millwright.historian.series.Source;
import io.millwright.model.disk.Disk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Which segments and journal files hold the samples at this moment. Readers work on a [View], which stays
/// readable while files are replaced.
final class Store {

    private static final Logger LOG = LoggerFactory.getLogger(Store.class);
    /// Journal files whose samples stay in memory: the oldest, which are converted next, and the one being
    /// written.
    private static final int TABLES = 5;

    private final Disk disk;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition converted = lock.newCondition();
    private final List<Segment> segments = new ArrayList<>();
    private final List<JournalFile> journals = new ArrayList<>();
    private final CopyOnWriteArrayList<String> damage = new CopyOnWriteArrayList<>();

    Store(Disk disk) {
        this.disk = disk;
    }

    /// What can be read at one moment. Close it.
    record View(List<Segment> segments, List<JournalFile> journals) implements AutoCloseable {

        /// A signal's samples in `[from, to]`, both inclusive.
        SampleCursor cursor(int signal, long from, long to) {
            var sources = new ArrayList<Source>();
            segments.forEach(segment -> segment.source(signal, from, to).ifPresent(sources::add));
            journals.forEach(journal -> journal.source(signal, from, to).ifPresent(sources::add));
            return MergedCursor.merge(sources);
        }

        @Override
        public void close() {
            segments.forEach(segment -> segment.holders().letGo());
            journals.forEach(journal -> journal.holders().letGo());
        }
    }

    View view() {
        lock.lock();
        try {
            segments.forEach(segment -> segment.holders().hold());
            journals.forEach(journal -> journal.holders().hold());
            return new View(List.copyOf(segments), List.copyOf(journals));
        } finally {
            lock.unlock();
        }
    }

    /// A journal file begins, above all before.
    void add(JournalFile journal) {
        lock.lock();
        try {
            if (journals.size() >= TABLES) {
                journals.getLast().forgetTable(); // Those before it are converted sooner.
            }
            journals.add(journal);
        } finally {
            lock.unlock();
        }
    }

    /// A segment found at the start, above all before.
    void add(Segment segment) {
        lock.lock();
        try {
            segments.add(segment);
        } finally {
            lock.unlock();
        }
    }

    /// The segment holds all of these journal files, which are no longer needed.
    void replace(List<JournalFile> gone, Optional<Segment> by) {
        lock.lock();
        try {
            by.ifPresent(this::insert);
            journals.removeAll(gone);
            converted.signalAll();
        } finally {
            lock.unlock();
        }
        gone.forEach(journal -> journal.holders().letGo());
    }

    /// Segments stay in the order of the journal, also where an older file became one later.
    private void insert(Segment segment) {
        int at = segments.size();
        while (at > 0 && segments.get(at - 1).name().compareTo(segment.name()) > 0) {
            at--;
        }
        segments.add(at, segment);
    }

    /// Removes segments that are gone or held by another one, which takes their place.
    void replace(List<Segment> gone, List<Segment> by) {
        lock.lock();
        try {
            int at = segments.indexOf(gone.getFirst());
            segments.removeAll(gone);
            segments.addAll(Math.max(at, 0), by);
        } finally {
            lock.unlock();
        }
        gone.forEach(segment -> segment.holders().letGo());
    }

    /// Holds the journal back while segments lag far behind, so that the files to be searched stay bounded; not
    /// for longer than this, since samples are safe in the journal all the same.
    void awaitConversion(int journalsMost, long waitMillis) {
        lock.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(waitMillis);
            while (journals.size() > journalsMost && left > 0) {
                left = converted.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    /// Sets a damaged segment aside; what else there is stays readable.
    void quarantine(DamagedSegment found) {
        lock.lock();
        try {
            for (Segment segment : List.copyOf(segments)) {
                if (segment.name().file().equals(found.file())) {
                    segments.remove(segment);
                    segment.holders().letGo();
                    setAside(disk, segment.name(), found);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /// Renames a damaged segment, so that it is kept and not read again.
    void setAside(Disk on, SegmentName name, DamagedSegment found) {
        for (String file : List.of(name.catalog(), name.file())) {
            try {
                on.rename(file, file + SegmentName.DAMAGED);
            } catch (IOException e) {
                LOG.warn("{} cannot be set aside: {}", file, e.toString());
            }
        }
        reportDamage(found.getMessage() + "; it is kept as " + name.file() + SegmentName.DAMAGED);
    }

    void reportDamage(String what) {
        damage.add(what);
        LOG.error("Damage in {}: {}", disk.describe(), what);
    }

    List<String> damage() {
        return List.copyOf(damage);
    }

    List<Segment> segments() {
        lock.lock();
        try {
            return List.copyOf(segments);
        } finally {
            lock.unlock();
        }
    }

    List<JournalFile> journals() {
        lock.lock();
        try {
            return List.copyOf(journals);
        } finally {
            lock.unlock();
        }
    }

    Disk disk() {
        return disk;
    }

    void close() {
        lock.lock();
        try {
            segments.forEach(segment -> segment.holders().letGo());
            segments.clear();
        } finally {
            lock.unlock();
        }
    }

    /// Something that reads and may find damage.
    @FunctionalInterface
    interface Reading<T> {
        T read(SampleCursor samples) throws IOException;
    }

    /// Reads a signal's samples in `[from, to]`; when a segment turns out damaged, it is set aside and reading
    /// begins anew without it.
    <T> T read(SignalIds ids, int signal, long from, long to, Reading<T> reading) throws IOException {
        while (true) {
            try (View view = view()) {
                return reading.read(view.cursor(signal, from, to));
            } catch (DamagedSegment e) {
                LOG.debug("{} is left out for {}", e.file(), ids.name(signal));
                quarantine(e);
            }
        }
    }
}
