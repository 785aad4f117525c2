package io.millwright.historian;

import io.millwright.historian.journal.HotTable;
import io.millwright.historian.journal.JournalFiles;
import io.millwright.historian.journal.JournalWriter;
import io.millwright.historian.journal.SignalIds;
import io.millwright.model.IngestionStopped;
import io.millwright.model.Sample;
import io.millwright.model.disk.Disk;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes batches from the queue, journals them in groups, and acknowledges them. One thread calls [#step].
///
/// After a failed write or force nothing is known about the end of the file it failed in. That file is ended where its
/// last acknowledged group ended, and the group is written once more into a new file, whose header says where the old
/// one ends. If that fails too, ingestion stops until the disk lets it begin a new file.
final class Ingestion {

    private static final Logger LOG = LoggerFactory.getLogger(Ingestion.class);
    private static final int GROUP_SAMPLES = 64 << 10;
    private static final long IDLE_MILLIS = 500;
    /// Journal files waiting for their segment beyond which ingestion waits too.
    private static final int BACKLOG_FILES = 48;
    private static final long BACKLOG_MILLIS = 2_000;

    private final HistorianSettings settings;
    private final Disk disk;
    private final SignalIds ids;
    private final LatestSamples latest;
    private final Store store;
    private final Hooks.Failpoints failpoints;
    private final Recovery recovery;
    private final Runnable fileFinished;
    private final Counters counters;
    private final Subscribers subscribers;
    private final Queue queue;
    private @Nullable JournalWriter writer;
    private @Nullable JournalFile file;
    private HotTable table = new HotTable();
    private long nextNumber;
    private long sequence;
    private int[] groupIds = new int[1024];
    private Sample[] group = new Sample[1024];
    private final BitSet groupSteps = new BitSet();
    private final ClockSteps steps = new ClockSteps();
    private int groupSize;
    private volatile String stopped = "";

    Ingestion(
            HistorianSettings settings,
            Store store,
            SignalIds ids,
            LatestSamples latest,
            Recovery recovery,
            Counters counters,
            Subscribers subscribers,
            Queue queue,
            Hooks.Failpoints failpoints,
            Runnable fileFinished) {
        this.settings = settings;
        this.disk = store.disk();
        this.store = store;
        this.ids = ids;
        this.latest = latest;
        this.counters = counters;
        this.subscribers = subscribers;
        this.queue = queue;
        this.failpoints = failpoints;
        this.fileFinished = fileFinished;
        this.recovery = recovery;
        nextNumber = recovery.nextNumber();
        sequence = recovery.nextSequence();
    }

    /// Why nothing is taken; empty while all is well.
    String stopped() {
        return stopped;
    }

    void run() {
        begin();
        while (!queue.isEnded()) {
            store.awaitConversion(BACKLOG_FILES, BACKLOG_MILLIS);
            step(IDLE_MILLIS);
        }
        drain();
        end();
    }

    /// Makes the first journal file.
    void begin() {
        try {
            requireSpace();
            newFile();
        } catch (IOException e) {
            stop(e);
        }
    }

    /// Journals what waits, waiting a while for something; tries to go on where ingestion is stopped.
    ///
    /// @return whether something waited
    boolean step(long waitMillis) {
        List<Batch> batches = queue.take(GROUP_SAMPLES, waitMillis);
        if (!stopped.isEmpty()) {
            resume();
        }
        if (batches.isEmpty()) {
            return false;
        }
        commit(batches);
        return true;
    }

    /// Journals all that waits.
    void drain() {
        boolean more = true;
        while (more) {
            more = step(0);
        }
    }

    private void resume() {
        try {
            requireSpace();
            newFile();
            stopped = "";
            queue.admit();
            LOG.info("Ingestion goes on in {}", disk.describe());
        } catch (IOException e) {
            LOG.debug("Ingestion stays stopped: {}", e.toString());
        }
    }

    private void commit(List<Batch> batches) {
        try {
            if (!stopped.isEmpty()) {
                throw new IOException(stopped);
            }
            requireSpace();
            JournalWriter open = writer;
            if (open == null || open.isFull()) {
                newFile();
            }
            collect(batches);
            write();
        } catch (IOException | RuntimeException e) {
            steps.forget(); // What it was told of is not in the journal.
            stop(e instanceof IOException io ? io : new IOException(e));
            refuse(batches);
            return;
        }
        publish(batches);
    }

    private void collect(List<Batch> batches) {
        int count = 0;
        for (Batch batch : batches) {
            count += batch.samples().size();
        }
        if (group.length < count) {
            group = new Sample[count];
            groupIds = new int[count];
        }
        groupSize = 0;
        groupSteps.clear();
        for (Batch batch : batches) {
            for (Sample sample : batch.samples()) {
                int id = ids.of(sample.signal());
                if (steps.isStepBack(id, sample, latest)) {
                    groupSteps.set(groupSize);
                }
                group[groupSize] = sample;
                groupIds[groupSize++] = id;
            }
        }
    }

    private void write() throws IOException {
        try {
            writeGroup();
        } catch (IOException e) {
            LOG.warn("Writing the journal failed; trying a new file: {}", e.toString());
            newFile();
            writeGroup();
        }
    }

    private void writeGroup() throws IOException {
        JournalWriter open = java.util.Objects.requireNonNull(writer);
        var event = new CommitEvent();
        event.begin();
        for (int i = 0; i < groupSize; i++) {
            open.add(groupIds[i], group[i], groupSteps.get(i));
        }
        open.write();
        failpoints.reached("journal-written");
        open.force();
        failpoints.reached("journal-forced");
        sequence = open.sequence();
        event.samples = groupSize;
        event.fileBytes = open.position();
        event.commit();
    }

    private void publish(List<Batch> batches) {
        long duplicates = 0;
        for (int i = 0; i < groupSize; i++) {
            if (latest.offer(groupIds[i], group[i], groupSteps.get(i))) {
                groupIds[i] = HotTable.REPEATED;
                duplicates++;
            }
        }
        table.addAll(groupIds, group, groupSteps, groupSize);
        if (!groupSteps.isEmpty()) {
            LOG.info(
                    "The clock of {}, and of {} signals more, was set back: their latest values are earlier ones now",
                    group[groupSteps.nextSetBit(0)].signal(),
                    groupSteps.cardinality() - 1);
        }
        java.util.Arrays.fill(group, 0, groupSize, null);
        counters.duplicate().add(duplicates);
        counters.durable().add(groupSize);
        for (Batch batch : batches) {
            batch.done().complete(null);
            subscribers.publish(batch.samples());
        }
        failpoints.reached("acknowledged");
    }

    private void requireSpace() throws IOException {
        long free = disk.freeBytes();
        if (free < settings.reserveBytes()) {
            throw new IOException("disk full: %s has %d MB free, %d MB are kept in reserve; free some space"
                    .formatted(disk.describe(), free >> 20, settings.reserveBytes() >> 20));
        }
    }

    private void newFile() throws IOException {
        end();
        recovery.settle();
        long number = nextNumber;
        JournalWriter fresh = JournalWriter.create(disk, number, sequence, settings.journalFileBytes(), ids);
        nextNumber++;
        writer = fresh;
        table = new HotTable(table);
        JournalFile journal = recovery.journalFile(new JournalFiles.Found(number, JournalFiles.name(number)));
        journal.keepTable(table);
        journal.setBytes(settings.journalFileBytes());
        file = journal;
        store.add(journal);
        failpoints.reached("journal-created");
    }

    /// Ends the file being written where its last acknowledged group ended.
    void end() {
        JournalWriter open = writer;
        JournalFile journal = file;
        writer = null;
        file = null;
        if (open == null || journal == null) {
            return;
        }
        try {
            open.close();
        } catch (IOException e) {
            LOG.warn("Closing {} failed: {}", journal.name(), e.toString());
        }
        journal.finish(sequence);
        fileFinished.run();
    }

    private void stop(IOException cause) {
        if (stopped.isEmpty()) {
            String why = cause.getMessage() == null ? cause.toString() : cause.getMessage();
            stopped = "Ingestion is stopped, nothing acknowledged is lost, and it goes on by itself: " + why;
            LOG.error(stopped);
        }
        end();
        refuse(queue.refuse(stopped));
    }

    private void refuse(List<Batch> batches) {
        for (Batch batch : batches) {
            counters.refused().add(batch.samples().size());
            batch.done().completeExceptionally(new IngestionStopped(stopped));
        }
    }
}
