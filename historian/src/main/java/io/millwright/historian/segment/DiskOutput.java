package io.millwright.historian.segment;

import io.millwright.model.disk.DiskFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.apache.tsfile.write.writer.TsFileOutput;

/// Lets TsFile write to a [DiskFile], through a buffer, and takes the sums of what passes.
final class DiskOutput extends OutputStream implements TsFileOutput {

    private static final int BUFFER_BYTES = 256 << 10;

    private final DiskFile file;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private final ByteBuffer direct = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final BlockSums sums = new BlockSums();
    private int buffered;
    private long written;

    DiskOutput(DiskFile file) {
        this.file = file;
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        int at = from;
        int left = length;
        while (left > 0) {
            int n = Math.min(left, buffer.length - buffered);
            System.arraycopy(bytes, at, buffer, buffered, n);
            buffered += n;
            at += n;
            left -= n;
            if (buffered == buffer.length) {
                drain();
            }
        }
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        write(bytes, 0, bytes.length);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte b) throws IOException {
        write((int) b);
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
        var copy = new byte[bytes.remaining()];
        bytes.get(copy);
        write(copy);
    }

    /// Does nothing: TsFile flushes after every signal, which would be a system call for each.
    @Override
    public void flush() {}

    private void drain() throws IOException {
        if (buffered > 0) {
            sums.update(buffer, 0, buffered);
            direct.clear().put(buffer, 0, buffered).flip();
            file.write(direct, written);
            written += buffered;
            buffered = 0;
        }
    }

    /// The sums of all that was written.
    int[] sums() {
        return sums.finish();
    }

    @Override
    public long getPosition() {
        return written + buffered;
    }

    @Override
    public OutputStream wrapAsStream() {
        return this;
    }

    @Override
    public void truncate(long size) {
        throw new UnsupportedOperationException("a segment is written once, from front to back");
    }

    @Override
    public void force() throws IOException {
        drain();
        file.force();
    }

    @Override
    public void close() throws IOException {
        drain();
    }
}
