package io.millwright.historian.journal;

import io.millwright.historian.series.Packer;
import io.millwright.historian.series.SampleCoding;
import io.millwright.model.Sample;
import io.millwright.model.disk.Disk;
import io.millwright.model.disk.DiskFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/// Writes one journal file. Used by one thread. After any exception the file's tail is of unknown content: close it,
/// and go on in a new file.
public final class JournalWriter implements Closeable {

    private static final int WRITE_BYTES = 256 << 10;
    private static final int ZERO_BYTES = 1 << 20;

    private final DiskFile file;
    private final long number;
    private final long fileBytes;
    private final SignalIds ids;
    private final Packer out = new Packer(WRITE_BYTES + BlockFormat.PAYLOAD_BYTES + 4096);
    private final ByteBuffer direct;
    private final SampleCoding coding = SampleCoding.ofManySignals();
    private long position = BlockFormat.FILE_HEADER_BYTES;
    private long sequence;
    private long group;
    private int namesWritten;
    private long namesAt;
    private int blockAt = -1;
    private long blockFirst;
    private int previousId;

    private JournalWriter(DiskFile file, long number, long first, long fileBytes, SignalIds ids, ByteBuffer direct) {
        this.file = file;
        this.number = number;
        this.fileBytes = fileBytes;
        this.ids = ids;
        this.direct = direct;
        sequence = first;
        group = first;
    }

    /// Creates a file of full length, so that forcing it later need not change its metadata, and makes its name
    /// durable.
    ///
    /// @param number the file's number, above all before
    /// @param first the sequence number of the first sample
    public static JournalWriter create(Disk disk, long number, long first, long fileBytes, SignalIds ids)
            throws IOException {
        String temporary = JournalFiles.name(number) + JournalFiles.TEMPORARY;
        JournalFiles.removeLeftover(disk, temporary);
        DiskFile file = disk.create(temporary);
        try {
            ByteBuffer direct = ByteBuffer.allocateDirect(ZERO_BYTES);
            for (long at = 0; at < fileBytes; at += ZERO_BYTES) {
                direct.clear().limit((int) Math.min(ZERO_BYTES, fileBytes - at));
                file.write(direct, at);
            }
            file.write(ByteBuffer.wrap(BlockFormat.fileHeader(number, first)), 0);
            file.force();
            disk.rename(temporary, JournalFiles.name(number));
            disk.forceNames();
            return new JournalWriter(file, number, first, fileBytes, ids, direct);
        } catch (IOException | RuntimeException e) {
            file.close();
            JournalFiles.removeLeftover(disk, temporary);
            throw e;
        }
    }

    /// Adds a sample to the group.
    ///
    /// @param stepBack whether it takes the place of the latest one although its source time is earlier
    public void add(int id, Sample sample, boolean stepBack) throws IOException {
        if (id >= namesWritten || position + out.size() - namesAt > BlockFormat.NAMES_EVERY) {
            writeNames();
        }
        if (blockAt < 0) {
            blockAt = BlockFormat.open(out);
            blockFirst = sequence;
            coding.reset();
            previousId = 0;
        }
        out.room(10);
        out.putSigned(id - previousId);
        coding.pack(sample, stepBack, out);
        previousId = id;
        sequence++;
        if (out.size() - blockAt >= BlockFormat.PAYLOAD_BYTES) {
            closeBlock();
            if (out.size() >= WRITE_BYTES) {
                flush();
            }
        }
    }

    private void closeBlock() {
        if (blockAt >= 0) {
            int count = (int) (sequence - blockFirst);
            BlockFormat.close(out, blockAt, BlockFormat.SAMPLES, blockFirst, group, count, number);
            blockAt = -1;
        }
    }

    private void writeNames() {
        closeBlock();
        boolean again = position + out.size() - namesAt > BlockFormat.NAMES_EVERY;
        int id = again ? 0 : namesWritten;
        namesAt = again ? position + out.size() : namesAt;
        while (id < ids.count()) {
            int at = BlockFormat.open(out);
            int first = id;
            out.room(10);
            out.putVarint(first);
            while (id < ids.count() && out.size() - at < BlockFormat.PAYLOAD_BYTES) {
                out.putText(ids.name(id++).toString());
            }
            BlockFormat.close(out, at, BlockFormat.NAMES, sequence, group, id - first, number);
        }
        namesWritten = ids.count();
    }

    private void flush() throws IOException {
        int from = 0;
        while (from < out.size()) {
            int length = Math.min(direct.capacity(), out.size() - from);
            direct.clear().put(out.bytes(), from, length).flip();
            file.write(direct, position);
            position += length;
            from += length;
        }
        out.truncate(0);
    }

    /// Hands the group to the disk, which may still lose it.
    public void write() throws IOException {
        closeBlock();
        flush();
    }

    /// Makes what was written durable, and begins a new group.
    public void force() throws IOException {
        file.force();
        group = sequence;
    }

    /// The sequence number of the next sample.
    public long sequence() {
        return sequence;
    }

    /// The bytes written.
    public long position() {
        return position;
    }

    /// Whether the file has its length, so that a new one is due.
    public boolean isFull() {
        return position >= fileBytes;
    }

    public long number() {
        return number;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
