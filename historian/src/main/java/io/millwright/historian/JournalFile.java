package io.millwright.historian;

import io.millwright.historian.journal.HotTable;
import io.millwright.historian.journal.JournalFiles;
import io.millwright.historian.journal.JournalReader;
import io.millwright.historian.journal.SignalIds;
import io.millwright.historian.series.Holders;
import io.millwright.historian.series.SampleCursor;
import io.millwright.historian.series.Source;
import io.millwright.model.Sample;
import io.millwright.model.disk.Disk;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A journal file that no segment replaces yet. Most have their samples in memory; those that do not, of which
/// there are some only while segments lag far behind, are read from the disk.
final class JournalFile {

    private static final Logger LOG = LoggerFactory.getLogger(JournalFile.class);

    private final Disk disk;
    private final SignalIds ids;
    private final boolean verifies;
    private final JournalFiles.Found found;
    private final Holders holders = new Holders(this::deleteOrWarn);
    private final AtomicBoolean deleted = new AtomicBoolean();
    private volatile @Nullable HotTable table;
    private volatile long endSequence;
    private volatile long bytes;
    private volatile boolean finished;

    JournalFile(Disk disk, SignalIds ids, boolean verifies, JournalFiles.Found found) {
        this.disk = disk;
        this.ids = ids;
        this.verifies = verifies;
        this.found = found;
    }

    long number() {
        return found.number();
    }

    String name() {
        return found.name();
    }

    boolean isDamaged() {
        return found.isDamaged();
    }

    /// Deletes the file, unless it was set aside as damaged or is gone already.
    void delete() throws IOException {
        if (found.isDamaged() || !deleted.compareAndSet(false, true)) {
            return;
        }
        try {
            disk.delete(found.name());
        } catch (NoSuchFileException e) {
            LOG.debug("{} is gone already", found.name());
        } catch (IOException e) {
            deleted.set(false);
            throw e;
        }
    }

    private void deleteOrWarn() {
        try {
            delete();
        } catch (IOException e) {
            LOG.warn("{} is no longer needed and cannot be deleted now: {}", found.name(), e.toString());
        }
    }

    /// Who reads it; it is deleted when nobody does and nobody needs it.
    Holders holders() {
        return holders;
    }

    /// Keeps this table for reading, until [#forgetTable].
    void keepTable(HotTable kept) {
        table = kept;
    }

    void forgetTable() {
        table = null;
    }

    boolean hasTable() {
        return table != null;
    }

    /// Nothing more comes.
    void finish(long end) {
        endSequence = end;
        finished = true;
    }

    boolean isFinished() {
        return finished;
    }

    long endSequence() {
        return endSequence;
    }

    long bytes() {
        return bytes;
    }

    void setBytes(long length) {
        bytes = length;
    }

    /// Where its samples of a signal in `[from, to]`, both inclusive, can be read.
    Optional<Source> source(int signal, long from, long to) {
        HotTable kept = table;
        if (kept != null) {
            return kept.source(signal, from, to);
        }
        return Optional.of(new Source(from, () -> scan(signal, from, to)));
    }

    private SampleCursor scan(int signal, long from, long to) throws IOException {
        var samples = new ArrayList<Sample>();
        JournalReader.read(disk, found, endSequence, verifies, ids, (id, sample, _) -> {
            if (id == signal && sample.sourceNanos() >= from && sample.sourceNanos() <= to) {
                samples.add(sample);
            }
        });
        return SampleCursor.over(samples);
    }

    /// All its samples: the table kept, or one read from the disk.
    HotTable load() throws IOException {
        HotTable kept = table;
        if (kept != null) {
            return kept;
        }
        var read = new HotTable();
        JournalReader.read(disk, found, endSequence, verifies, ids, read::add);
        return read;
    }
}
