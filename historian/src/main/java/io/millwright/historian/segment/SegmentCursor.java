package io.millwright.historian.segment;

import io.millwright.historian.series.SampleCursor;
import io.millwright.historian.series.Texts;
import io.millwright.model.Quality;
import io.millwright.model.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.tsfile.file.metadata.AbstractAlignedChunkMetadata;
import org.apache.tsfile.file.metadata.ChunkMetadata;
import org.apache.tsfile.file.metadata.IChunkMetadata;
import org.apache.tsfile.read.TsFileSequenceReader;
import org.apache.tsfile.read.common.BatchData;
import org.apache.tsfile.read.common.Chunk;
import org.apache.tsfile.read.filter.factory.TimeFilterApi;
import org.apache.tsfile.read.reader.chunk.AlignedChunkReader;
import org.apache.tsfile.utils.TsPrimitiveType;
import org.jspecify.annotations.Nullable;

/// Walks over one device of a TsFile, a page in memory at a time.
final class SegmentCursor implements SampleCursor {

    private final TsFileSequenceReader reader;
    private final Iterator<AbstractAlignedChunkMetadata> chunks;
    private final long from;
    private final long to;
    private String[] columns = {};
    private @Nullable AlignedChunkReader pages;
    private @Nullable BatchData rows;
    private long source;
    private long received;
    private int status;
    private Value value = Value.missing();

    /// @param chunks the device's chunks, in order of time
    SegmentCursor(TsFileSequenceReader reader, List<AbstractAlignedChunkMetadata> chunks, long from, long to) {
        this.reader = reader;
        this.chunks = chunks.iterator();
        this.from = from;
        this.to = to;
    }

    @Override
    public boolean next() throws IOException {
        while (true) {
            BatchData batch = rows;
            if (batch != null && batch.hasCurrent()) {
                take(batch);
                batch.next();
                return true;
            }
            if (pages != null && pages.hasNextSatisfiedPage()) {
                rows = pages.nextPageData();
            } else if (!openChunk()) {
                return false;
            }
        }
    }

    private boolean openChunk() throws IOException {
        while (chunks.hasNext()) {
            AbstractAlignedChunkMetadata chunk = chunks.next();
            if (chunk.getEndTime() >= from && chunk.getStartTime() <= to) {
                pages = open(chunk);
                rows = null;
                return true;
            }
        }
        return false;
    }

    private AlignedChunkReader open(AbstractAlignedChunkMetadata chunk) throws IOException {
        var values = new ArrayList<Chunk>();
        var names = new ArrayList<String>();
        synchronized (reader) {
            Chunk time = reader.readMemChunk((ChunkMetadata) chunk.getTimeChunkMetadata());
            for (IChunkMetadata column : chunk.getValueChunkMetadataList()) {
                if (column == null) {
                    continue; // Nothing but gaps in this chunk.
                }
                values.add(reader.readMemChunk((ChunkMetadata) column));
                names.add(column.getMeasurementUid());
            }
            columns = names.toArray(String[]::new);
            return new AlignedChunkReader(time, values, TimeFilterApi.between(from, to));
        }
    }

    private void take(BatchData batch) {
        source = batch.currentTime();
        value = Value.missing();
        TsPrimitiveType[] row = batch.getVector();
        for (int i = 0; i < row.length; i++) {
            TsPrimitiveType cell = row[i];
            if (cell == null) {
                continue;
            }
            switch (columns[i]) {
                case Measurements.STATUS -> status = cell.getInt();
                case Measurements.RECEIVED -> received = cell.getLong();
                case Measurements.BOOL -> value = Value.of(cell.getBoolean());
                case Measurements.INT -> value = Value.of(cell.getLong());
                case Measurements.REAL -> value = Value.of(cell.getDouble());
                case Measurements.TEXT -> {
                    byte[] bytes = cell.getBinary().getValues();
                    value = Value.of(Texts.decode(bytes, 0, bytes.length));
                }
                default -> {}
            }
        }
    }

    @Override
    public long sourceNanos() {
        return source;
    }

    @Override
    public long receivedNanos() {
        return received;
    }

    @Override
    public Quality quality() {
        return status == 0 ? Quality.GOOD : new Quality(status);
    }

    @Override
    public Value value() {
        return value;
    }
}
