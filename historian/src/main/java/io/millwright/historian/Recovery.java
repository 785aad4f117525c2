package io.millwright.historian;

import io.millwright.historian.journal.HotTable;
import io.millwright.historian.journal.JournalCopy;
import io.millwright.historian.journal.JournalFiles;
import io.millwright.historian.journal.JournalReader;
import io.millwright.historian.journal.SignalIds;
import io.millwright.historian.segment.DamagedSegment;
import io.millwright.historian.segment.Segment;
import io.millwright.historian.segment.SegmentName;
import io.millwright.model.disk.Disk;
import io.millwright.model.disk.DiskFile;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds out what a folder holds after any end of the process before: removes what was not finished, prefers a merged
/// segment to its parts and an intact segment to its journal file, and reads the remaining journal files.
///
/// Where a journal file ends is told by the next one, whose header has the sequence number of its first sample. So
/// nothing may come after a file whose last samples are read and may still be lost: they are made durable first.
final class Recovery {

    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);
    private static final Pattern NUMBER = Pattern.compile("[0-9]{10,18}");
    private static final int TABLES = 2;

    private final Disk disk;
    private final boolean verifies;
    private final Store store;
    private final SignalIds ids;
    private final LatestSamples latest;
    private long highest;
    private long sequence;
    private final List<Unsettled> unsettled = new ArrayList<>();

    /// A journal file of which an unknown part is durable, and how much of it was read.
    private record Unsettled(JournalFiles.Found file, long bytes) {}

    Recovery(Disk disk, boolean verifies, Store store, SignalIds ids, LatestSamples latest) {
        this.disk = disk;
        this.verifies = verifies;
        this.store = store;
        this.ids = ids;
        this.latest = latest;
    }

    /// Reads the folder into the store.
    ///
    /// @param readOnly whether nothing may be removed or renamed
    void run(boolean readOnly) throws IOException {
        if (!readOnly) {
            disk.forceNames(); // Nothing is deleted on account of a name that may itself be lost.
        }
        for (String name : disk.list()) {
            if (!name.endsWith(JournalFiles.TEMPORARY)) {
                // Unfinished files do not use up a number: the next journal file has to follow the last one.
                NUMBER.matcher(name).results().forEach(m -> highest = Math.max(highest, Long.parseLong(m.group())));
            } else if (!readOnly) {
                disk.delete(name);
            }
        }
        openSegments(readOnly);
        readJournals(readOnly);
        if (!readOnly) {
            disk.forceNames();
            try {
                settle();
            } catch (IOException e) {
                LOG.warn("The end of the journal cannot be made durable now: {}", e.toString());
            }
        }
    }

    /// Makes durable what was read at the end of the journal. To be called before a journal file is created, and again
    /// if it fails.
    void settle() throws IOException {
        while (!unsettled.isEmpty()) {
            Unsettled next = unsettled.getFirst();
            try {
                JournalCopy.replace(disk, next.file, next.bytes);
            } catch (NoSuchFileException e) {
                LOG.debug("{} is a segment by now", next.file.name());
            }
            disk.forceNames();
            unsettled.removeFirst();
        }
    }

    /// The number that the next journal file may have.
    long nextNumber() {
        return highest + 1;
    }

    /// The sequence number of the next sample.
    long nextSequence() {
        return sequence;
    }

    private void openSegments(boolean readOnly) throws IOException {
        List<SegmentName> names = disk.list().stream()
                .map(SegmentName::parse)
                .flatMap(Optional::stream)
                .sorted()
                .toList();
        Segment before = null;
        for (SegmentName name : names) {
            if (before != null && before.name().covers(name)) {
                if (!readOnly) {
                    delete(name);
                }
                continue;
            }
            if (!readOnly && isUnfinished(name)) {
                delete(name);
                continue;
            }
            try {
                before = Segment.open(disk, name, ids, latest::offer);
                store.add(before);
                sequence = Math.max(sequence, before.endSequence());
            } catch (DamagedSegment e) {
                if (readOnly) {
                    store.reportDamage(String.valueOf(e.getMessage()));
                } else {
                    store.setAside(disk, name, e);
                }
            }
        }
    }

    /// Without a catalog, and a journal file of it is still there: a try to write it that was given up.
    private boolean isUnfinished(SegmentName name) throws IOException {
        return !disk.list().contains(name.catalog())
                && JournalFiles.list(disk).stream().anyMatch(file -> !file.isDamaged() && name.covers(file.number()));
    }

    /// Deletes a segment; one of its files may be gone already.
    private void delete(SegmentName name) throws IOException {
        List<String> files = disk.list();
        for (String file : List.of(name.file(), name.catalog())) {
            if (files.contains(file)) {
                disk.delete(file);
            }
        }
    }

    private void readJournals(boolean readOnly) throws IOException {
        List<JournalFiles.Found> files = JournalFiles.list(disk);
        for (int i = 0; i < files.size(); i++) {
            JournalFiles.Found found = files.get(i);
            if (isInSegment(found.number())) {
                if (!found.isDamaged() && !readOnly) {
                    disk.delete(found.name());
                }
                continue;
            }
            // Only the very next file tells where this one ends: those between may be segments by now.
            boolean hasNext = i + 1 < files.size() && files.get(i + 1).number() == found.number() + 1;
            long limit = hasNext
                    ? JournalReader.firstSequence(disk, files.get(i + 1)).orElse(Long.MAX_VALUE)
                    : Long.MAX_VALUE;
            readJournal(found, limit, i >= files.size() - TABLES, readOnly);
        }
    }

    private boolean isInSegment(long number) {
        return store.segments().stream().anyMatch(segment -> segment.name().covers(number));
    }

    private void readJournal(JournalFiles.Found found, long limit, boolean keepsTable, boolean readOnly)
            throws IOException {
        var table = new HotTable();
        JournalReader.Result result = JournalReader.read(disk, found, limit, verifies, ids, (id, sample, stepBack) -> {
            latest.offer(id, sample, stepBack);
            if (keepsTable) {
                table.add(id, sample, stepBack);
            }
        });
        JournalFiles.Found kept = found;
        if (!result.damage().isEmpty()) {
            result.damage().forEach(store::reportDamage);
            kept = readOnly ? found : setAside(found);
        }
        sequence = Math.max(sequence, result.endSequence());
        if (limit == Long.MAX_VALUE && result.endSequence() > result.firstSequence()) {
            unsettled.add(new Unsettled(kept, result.damage().isEmpty() ? result.endByte() : size(kept)));
        }
        JournalFile journal = journalFile(kept);
        journal.finish(limit == Long.MAX_VALUE ? result.endSequence() : limit);
        if (keepsTable) {
            journal.keepTable(table);
        }
        store.add(journal);
    }

    /// All of a damaged file is kept.
    private long size(JournalFiles.Found found) throws IOException {
        try (DiskFile file = disk.open(found.name())) {
            return file.size();
        }
    }

    private JournalFiles.Found setAside(JournalFiles.Found found) throws IOException {
        if (found.isDamaged()) {
            return found;
        }
        var aside = new JournalFiles.Found(found.number(), found.name() + JournalFiles.DAMAGED);
        disk.rename(found.name(), aside.name());
        return aside;
    }

    /// A journal file that deletes itself when it is no longer needed, unless it was set aside.
    JournalFile journalFile(JournalFiles.Found found) {
        return new JournalFile(disk, ids, verifies, found);
    }
}
