package io.millwright.historian.segment;

import io.millwright.historian.series.Kinds;
import io.millwright.historian.series.SampleCursor;
import io.millwright.historian.series.Texts;
import io.millwright.model.Quality;
import io.millwright.model.Sample;
import io.millwright.model.SignalName;
import io.millwright.model.Value;
import io.millwright.model.disk.Disk;
import io.millwright.model.disk.DiskFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.tsfile.utils.Binary;
import org.apache.tsfile.write.chunk.AlignedChunkWriterImpl;
import org.apache.tsfile.write.writer.TsFileIOWriter;
import org.jspecify.annotations.Nullable;

/// Writes one segment, signal by signal. Nothing has its final name until [#finish]; what is left behind by a crash has
/// a temporary one.
public final class SegmentWriter implements Closeable {

    private static final int CHUNK_ROWS = 20_000;
    private static final byte[] NO_TEXT = {};

    private final Disk disk;
    private final SegmentName name;
    private final DiskFile file;
    private final DiskOutput output;
    private final TsFileIOWriter writer;
    private final List<Catalog.Entry> entries = new ArrayList<>();
    /// By kinds of value; used for one signal after the other, since most have only a few samples.
    private final Map<Integer, AlignedChunkWriterImpl> chunks = new HashMap<>();

    public SegmentWriter(Disk disk, SegmentName name) throws IOException {
        this.disk = disk;
        this.name = name;
        file = disk.create(name.file() + SegmentName.TEMPORARY);
        output = new DiskOutput(file);
        try {
            writer = new TsFileIOWriter(output);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /// Writes all samples of a signal. Each signal once, in order of name.
    ///
    /// @param kinds the kinds of value that occur, see [Kinds]
    /// @param sinceStep the latest sample since the clock was last set back, null if it was not
    /// @return how many were written
    public long write(SignalName signal, int kinds, SampleCursor samples, @Nullable Sample sinceStep)
            throws IOException {
        if (!samples.next()) {
            return 0;
        }
        writer.startChunkGroup(Measurements.device(signal));
        AlignedChunkWriterImpl chunk =
                chunks.computeIfAbsent(kinds, k -> new AlignedChunkWriterImpl(Measurements.of(k)));
        long earliest = samples.sourceNanos();
        long count = 0;
        long time;
        long received;
        Quality quality;
        Value value;
        do {
            time = samples.sourceNanos();
            received = samples.receivedNanos();
            quality = samples.quality();
            value = samples.value();
            chunk.write(time, quality.code(), false);
            chunk.write(time, received, false);
            writeValue(chunk, kinds, time, value);
            chunk.write(time);
            if (++count % CHUNK_ROWS == 0) {
                chunk.writeToFileWriter(writer);
            }
        } while (nextInOrder(signal, time, samples));
        if (count % CHUNK_ROWS != 0) {
            chunk.writeToFileWriter(writer);
        }
        writer.endChunkGroup();
        var latest = new Sample(signal, value, quality, time, received);
        entries.add(new Catalog.Entry(kinds, count, earliest, latest, sinceStep));
        return count;
    }

    private static boolean nextInOrder(SignalName signal, long before, SampleCursor samples) throws IOException {
        boolean more = samples.next();
        if (more && samples.sourceNanos() <= before) {
            throw new IllegalStateException(signal + ": samples are not in order of source time");
        }
        return more;
    }

    private static void writeValue(AlignedChunkWriterImpl chunk, int kinds, long time, Value value) {
        if ((kinds & Kinds.BOOL) != 0) {
            chunk.write(time, value instanceof Value.Bool b && b.value(), !(value instanceof Value.Bool));
        }
        if ((kinds & Kinds.INT) != 0) {
            chunk.write(time, value instanceof Value.Int i ? i.value() : 0L, !(value instanceof Value.Int));
        }
        if ((kinds & Kinds.REAL) != 0) {
            chunk.write(time, value instanceof Value.Real r ? r.value() : 0.0, !(value instanceof Value.Real));
        }
        if ((kinds & Kinds.TEXT) != 0) {
            byte[] text = value instanceof Value.Text t ? Texts.encode(t.value()) : NO_TEXT;
            chunk.write(time, new Binary(text), !(value instanceof Value.Text));
        }
    }

    /// Makes the segment durable under its final name. The TsFile gets its name last: a catalog without one counts for
    /// nothing.
    ///
    /// @param endSequence journal sequence number after the last sample in it
    public void finish(long endSequence) throws IOException {
        writer.endFile(); // Which forces the file.
        var catalog = new Catalog(output.getPosition(), endSequence, output.sums(), entries);
        try (DiskFile out = disk.create(name.catalog() + SegmentName.TEMPORARY)) {
            out.write(ByteBuffer.wrap(catalog.encode()), 0);
            out.force();
        }
        disk.rename(name.catalog() + SegmentName.TEMPORARY, name.catalog());
        disk.forceNames();
        disk.rename(name.file() + SegmentName.TEMPORARY, name.file());
        disk.forceNames();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
