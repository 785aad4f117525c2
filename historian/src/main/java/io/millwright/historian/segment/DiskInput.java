package io.millwright.historian.segment;

import io.millwright.model.disk.DiskFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.apache.tsfile.read.reader.TsFileInput;

/// Lets TsFile read from a [DiskFile], and checks every block that is touched against the sum it was written with.
final class DiskInput implements TsFileInput {

    private final String name;
    private final DiskFile file;
    private final long size;
    private final int[] sums;
    private final byte[] block;
    private long blockAt = -1;
    private long position;

    DiskInput(String name, DiskFile file, long size, int[] sums) {
        this.name = name;
        this.file = file;
        this.size = size;
        this.sums = sums;
        block = new byte[(int) Math.min(BlockSums.BLOCK_BYTES, size)];
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public TsFileInput position(long newPosition) {
        position = newPosition;
        return this;
    }

    @Override
    public synchronized int read(ByteBuffer into) throws IOException {
        int n = read(into, position);
        position += Math.max(n, 0);
        return n;
    }

    @Override
    public synchronized int read(ByteBuffer into, long from) throws IOException {
        if (from >= size) {
            return -1;
        }
        int total = 0;
        while (into.hasRemaining() && from + total < size) {
            long at = from + total;
            int length = bring(at - at % BlockSums.BLOCK_BYTES);
            int offset = (int) (at % BlockSums.BLOCK_BYTES);
            int n = Math.min(into.remaining(), length - offset);
            into.put(block, offset, n);
            total += n;
        }
        return total;
    }

    private int bring(long at) throws IOException {
        int length = (int) Math.min(BlockSums.BLOCK_BYTES, size - at);
        if (blockAt == at) {
            return length;
        }
        blockAt = -1;
        int n = file.read(ByteBuffer.wrap(block, 0, length), at);
        var crc = new CRC32C();
        crc.update(block, 0, n);
        if (n < length || (int) crc.getValue() != sums[(int) (at / BlockSums.BLOCK_BYTES)]) {
            throw new DamagedSegment(
                    name, "%d bytes from byte %d are not what was written (checksum differs)".formatted(length, at));
        }
        blockAt = at;
        return length;
    }

    @Override
    public InputStream wrapAsInputStream() {
        throw new UnsupportedOperationException("read by position");
    }

    @Override
    public String getFilePath() {
        return name;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
