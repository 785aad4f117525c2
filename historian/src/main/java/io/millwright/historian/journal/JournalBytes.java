package io.millwright.historian.journal;

import io.millwright.model.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A journal file's bytes, read through a window.
final class JournalBytes {

    private static final int WINDOW_BYTES = 512 << 10;

    private final DiskFile file;
    private final long size;
    private byte[] window = new byte[WINDOW_BYTES];
    private long windowAt;
    private int windowLength;

    JournalBytes(DiskFile file) throws IOException {
        this.file = file;
        size = file.size();
    }

    long size() {
        return size;
    }

    /// Brings bytes into the window.
    ///
    /// @return where they begin in it; −1 if the file ends before
    private int bring(long at, int length) throws IOException {
        if (at < 0 || at + length > size) {
            return -1;
        }
        if (at < windowAt || at + length > windowAt + windowLength) {
            if (window.length < length) {
                window = new byte[length];
            }
            var room = ByteBuffer.wrap(window, 0, (int) Math.min(window.length, size - at));
            windowLength = file.read(room, at);
            windowAt = at;
            if (windowLength < length) {
                throw new IOException("the file became shorter while it was read");
            }
        }
        return (int) (at - windowAt);
    }

    /// Where the file's samples begin, empty if the header is damaged.
    Optional<Long> fileHeader(long number) throws IOException {
        int start = bring(0, BlockFormat.FILE_HEADER_BYTES);
        if (start < 0) {
            return Optional.empty();
        }
        byte[] header = java.util.Arrays.copyOfRange(window, start, start + BlockFormat.FILE_HEADER_BYTES);
        return BlockFormat.readFileHeader(header, number);
    }

    /// The header of the block here; empty if there is none or it is damaged.
    Optional<BlockFormat.Header> header(long at, long number) throws IOException {
        int start = bring(at, BlockFormat.HEADER_BYTES);
        return start < 0 ? Optional.empty() : BlockFormat.readHeader(window, start, number);
    }

    /// A copy of the payload of the block here; null if it is damaged or cut off.
    byte @Nullable [] payload(long at, BlockFormat.Header header, boolean verifies) throws IOException {
        int length = header.length();
        int start = bring(at + BlockFormat.HEADER_BYTES, length);
        if (start < 0 || verifies && BlockFormat.crc(window, start, length) != header.payloadCrc()) {
            return null;
        }
        return java.util.Arrays.copyOfRange(window, start, start + length);
    }

    /// The first position from here on at which a block begins; the file's length if there is none.
    long findBlock(long from, long number) throws IOException {
        byte first = (byte) BlockFormat.MARKER;
        for (long at = from; at + BlockFormat.HEADER_BYTES <= size; at++) {
            int start = bring(at, BlockFormat.HEADER_BYTES);
            if (window[start] == first
                    && BlockFormat.readHeader(window, start, number).isPresent()) {
                return at;
            }
        }
        return size;
    }

    /// Whether only zeros follow.
    boolean isZero(long from) throws IOException {
        for (long at = from; at < size; at++) {
            if (window[bring(at, 1)] != 0) {
                return false;
            }
        }
        return true;
    }
}
