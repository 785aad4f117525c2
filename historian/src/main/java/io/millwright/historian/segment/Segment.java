package io.millwright.historian.segment;

import io.millwright.historian.journal.JournalReader;
import io.millwright.historian.journal.SignalIds;
import io.millwright.historian.series.Holders;
import io.millwright.historian.series.SampleCursor;
import io.millwright.historian.series.Source;
import io.millwright.model.Sample;
import io.millwright.model.disk.Disk;
import io.millwright.model.disk.DiskFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.tsfile.file.metadata.AbstractAlignedChunkMetadata;
import org.apache.tsfile.file.metadata.IDeviceID;
import org.apache.tsfile.file.metadata.MetadataIndexNode;
import org.apache.tsfile.read.TsFileDeviceIterator;
import org.apache.tsfile.read.TsFileSequenceReader;
import org.jspecify.annotations.Nullable;

/// An open segment. Safe for use by many threads.
public final class Segment {

    private static final Comparator<AbstractAlignedChunkMetadata> BY_TIME =
            Comparator.comparingLong(AbstractAlignedChunkMetadata::getStartTime);

    private final SegmentName name;
    private final long bytes;
    private final long endSequence;
    private final TsFileSequenceReader reader;
    private final SignalIds ids;
    private final int[] signals;
    private final byte[] kinds;
    private final long[] earliest;
    private final long[] latest;
    private final Map<Integer, Sample> sinceStep = new HashMap<>();
    private final Holders holders;
    private long @Nullable [] index;

    private Segment(SegmentName name, Catalog catalog, TsFileSequenceReader reader, SignalIds ids) {
        this.name = name;
        this.reader = reader;
        this.ids = ids;
        bytes = catalog.fileBytes();
        endSequence = catalog.endSequence();
        var entries = new ArrayList<>(catalog.entries());
        entries.sort(Comparator.comparingInt(e -> ids.of(e.latest().signal())));
        int count = entries.size();
        signals = new int[count];
        kinds = new byte[count];
        earliest = new long[count];
        latest = new long[count];
        for (int i = 0; i < count; i++) {
            Catalog.Entry entry = entries.get(i);
            signals[i] = ids.of(entry.latest().signal());
            kinds[i] = (byte) entry.kinds();
            earliest[i] = entry.earliestNanos();
            latest[i] = entry.latest().sourceNanos();
            if (entry.sinceStep() != null) {
                sinceStep.put(signals[i], entry.sinceStep());
            }
        }
        holders = new Holders(this::closeReader);
    }

    /// Opens a segment and checks its catalog, its length and its index.
    ///
    /// @param samples hears of every signal's sample of the latest source time, and of the latest one since its
    ///     clock was set back
    /// @throws DamagedSegment if it is not what was written
    public static Segment open(Disk disk, SegmentName name, SignalIds ids, JournalReader.Each samples)
            throws IOException {
        Catalog catalog = readCatalog(disk, name);
        DiskFile file = disk.open(name.file());
        try {
            if (file.size() != catalog.fileBytes()) {
                throw new DamagedSegment(
                        name.file(), "has %d bytes, %d were written".formatted(file.size(), catalog.fileBytes()));
            }
            var input = new DiskInput(name.file(), file, catalog.fileBytes(), catalog.sums());
            var reader = new TsFileSequenceReader(input);
            for (Catalog.Entry entry : catalog.entries()) {
                int id = ids.of(entry.latest().signal());
                samples.accept(id, entry.latest(), false);
                if (entry.sinceStep() != null) {
                    samples.accept(id, entry.sinceStep(), true);
                }
            }
            return new Segment(name, catalog, reader, ids);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e instanceof IOException io ? io : new DamagedSegment(name.file(), e.toString());
        }
    }

    private static Catalog readCatalog(Disk disk, SegmentName name) throws IOException {
        try {
            return Catalog.read(disk, name);
        } catch (java.nio.file.NoSuchFileException e) {
            throw new DamagedSegment(name.file(), "has no catalog");
        }
    }

    public SegmentName name() {
        return name;
    }

    /// Length of the TsFile.
    public long bytes() {
        return bytes;
    }

    /// Journal sequence number after its last sample.
    public long endSequence() {
        return endSequence;
    }

    /// The latest source time of all its samples.
    public long latestNanos() {
        return Arrays.stream(latest).max().orElse(Long.MIN_VALUE);
    }

    /// The signals in it, by their numbers.
    public int[] signals() {
        return signals.clone();
    }

    /// The kinds of value it has of a signal, none if it has no sample of it.
    public int kinds(int signal) {
        int i = Arrays.binarySearch(signals, signal);
        return i < 0 ? 0 : kinds[i];
    }

    /// The latest sample of a signal since its clock was last set back; null if it was not.
    public @Nullable Sample sinceStep(int signal) {
        return sinceStep.get(signal);
    }

    /// Where its samples of a signal in `[from, to]`, both inclusive, can be read; empty if there are none.
    public Optional<Source> source(int signal, long from, long to) {
        int i = Arrays.binarySearch(signals, signal);
        if (i < 0 || latest[i] < from || earliest[i] > to) {
            return Optional.empty();
        }
        return Optional.of(new Source(Math.max(from, earliest[i]), () -> cursor(signal, from, to)));
    }

    private SampleCursor cursor(int signal, long from, long to) throws IOException {
        IDeviceID device = Measurements.device(ids.name(signal));
        int i = Arrays.binarySearch(signals, signal);
        List<AbstractAlignedChunkMetadata> chunks;
        synchronized (reader) {
            long[] at = index();
            MetadataIndexNode node = reader.readMetadataIndexNode(at[2 * i], at[2 * i + 1], false);
            chunks = new ArrayList<>(reader.getAlignedChunkMetadataByMetadataIndexNode(device, node, true));
        }
        chunks.sort(BY_TIME);
        return new SegmentCursor(reader, chunks, from, to);
    }

    /// Where the index of every signal's chunks begins and ends: looked up once, because TsFile's way from a device's
    /// name to it takes longer than reading a short series.
    private long[] index() throws IOException {
        long[] known = index;
        if (known != null) {
            return known;
        }
        // In the order of devices; their names do not tell, for TsFile does not give every name back as it was.
        List<Integer> order = IntStream.range(0, signals.length)
                .boxed()
                .sorted(Comparator.comparing(i -> Measurements.device(ids.name(signals[i]))))
                .toList();
        var found = new long[2 * signals.length];
        TsFileDeviceIterator devices = reader.getAllDevicesIteratorWithIsAligned();
        for (int i : order) {
            devices.next();
            System.arraycopy(devices.getCurrentDeviceMeasurementNodeOffset(), 0, found, 2 * i, 2);
        }
        index = found;
        return found;
    }

    /// Who uses it; it is closed when nobody does.
    public Holders holders() {
        return holders;
    }

    private void closeReader() {
        try {
            reader.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e); // Closing a file that was only read does not fail.
        }
    }
}
