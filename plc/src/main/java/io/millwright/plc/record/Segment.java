package io.millwright.plc.record;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/// One file of a recording, its blocks found and their checksums compared.
///
/// @param blocks up to the first that is not whole
record Segment(Path path, Blocks.Header header, List<Block> blocks) {
    /// Where a block lies.
    ///
    /// @param own its bytes where they are others than in the file; null otherwise
    record Block(Path path, long offset, int bytes, int rawLength, int kind, byte @Nullable [] own) {
        boolean isKey() {
            return kind == Blocks.KEY;
        }

        byte[] raw() throws RecordingError {
            return Blocks.inflate(stored(), rawLength);
        }

        /// The same without what comes after its first bytes.
        ///
        /// @param raw what it holds
        Block cut(byte[] raw, int length) {
            var deflater = new Deflater(Deflater.BEST_SPEED, true);
            try (deflater) {
                ByteBuffer block = Blocks.block(kind, raw, length, deflater);
                var stored = new byte[block.remaining()];
                block.get(stored);
                return new Block(path, offset, stored.length, length, kind, stored);
            }
        }

        /// As it lies in the file.
        byte[] stored() throws RecordingError {
            if (own != null) {
                return own;
            }
            try (FileChannel file = FileChannel.open(path)) {
                byte[] block = read(file, offset, bytes);
                if (block.length != bytes || !Blocks.isWhole(block)) {
                    throw new RecordingError(path.getFileName() + " has changed while it was read, at byte " + offset);
                }
                return block;
            } catch (IOException e) {
                throw new RecordingError(path + " cannot be read: " + e);
            }
        }
    }

    Segment {
        blocks = List.copyOf(blocks);
    }

    /// Whether it tells its program itself.
    boolean hasProgram() {
        return !blocks.isEmpty() && blocks.getFirst().kind() == Blocks.PROGRAM;
    }

    /// @param notes hears of where it is cut short or damaged
    static Segment open(Path path, List<String> notes) throws IOException, RecordingError {
        try (FileChannel file = FileChannel.open(path)) {
            Blocks.Header header = Blocks.Header.read(read(file, 0, Blocks.HEADER_BYTES));
            List<Block> blocks = new ArrayList<>();
            long size = file.size();
            long at = Blocks.HEADER_BYTES;
            while (at < size) {
                Block block = block(path, file, at, size);
                if (block == null) {
                    notes.add(path.getFileName() + " is cut short or damaged at byte " + at + " of " + size
                            + "; what comes before is read");
                    break;
                }
                blocks.add(block);
                at += block.bytes();
            }
            return new Segment(path, header, blocks);
        }
    }

    /// The block that begins at a place, or null where none is whole.
    private static @Nullable Block block(Path path, FileChannel file, long at, long size) throws IOException {
        byte[] start = read(file, at, Blocks.BLOCK_HEADER_BYTES);
        if (start.length < Blocks.BLOCK_HEADER_BYTES) {
            return null;
        }
        long stored = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getInt() & 0xFFFF_FFFFL;
        long end = at + Blocks.BLOCK_HEADER_BYTES + stored;
        if (end > size || stored > Blocks.RAW_MAX) {
            return null;
        }
        byte[] block = read(file, at, (int) (end - at));
        int rawLength = rawLength(block, 0, block.length);
        int kind = start[8];
        boolean known = kind >= Blocks.KEY && kind <= Blocks.PROGRAM;
        boolean whole = rawLength >= 0 && known && Blocks.isWhole(block);
        return whole ? new Block(path, at, block.length, rawLength, kind, null) : null;
    }

    /// How long a block is when it is inflated, or -1 where it cannot be one. A deflated byte stands for 1032
    /// at most (zlib's technical details), so nothing small makes much memory be reserved.
    static int rawLength(byte[] block, int from, int length) {
        if (length < Blocks.BLOCK_HEADER_BYTES) {
            return -1;
        }
        int raw = ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN).getInt(from + 4);
        boolean possible = raw >= 0 && raw <= Blocks.RAW_MAX && raw / 1032 <= length;
        return possible ? raw : -1;
    }

    private static byte[] read(FileChannel file, long at, int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(count, Math.max(0, file.size() - at)));
        long place = at;
        while (buffer.hasRemaining()) {
            int read = file.read(buffer, place);
            if (read < 0) {
                break;
            }
            place += read;
        }
        return buffer.position() == buffer.capacity()
                ? buffer.array()
                : Arrays.copyOf(buffer.array(), buffer.position());
    }
}
