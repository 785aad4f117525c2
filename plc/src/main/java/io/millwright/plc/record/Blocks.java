package io.millwright.plc.record;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/// The layout of a segment: a header, then blocks, each with a checksum of its own.
///
/// ```
/// header   0  8  magic "MWPLCREC"
///          8  4  version, 1
///         12  8  run: when the recorder was started, nanoseconds since 1970
///         20  8  number of the segment
///         28 32  SHA-256 of the program
///         60  4  CRC-32C of the 60 bytes before
/// block    0  4  n, how many bytes are stored
///          4  4  how many bytes they are when they are inflated (RFC 1951)
///          8  1  kind: 1 a key frame, 2 records, 3 the program of what follows (in a saved part)
///          9  4  CRC-32C of the 9 bytes before and the n bytes that follow
///         13  n
/// ```
final class Blocks {
    static final long MAGIC = 0x4345_5243_4C50_574DL; // MWPLCREC
    static final int VERSION = 1;
    static final int HEADER_BYTES = 64;
    static final int BLOCK_HEADER_BYTES = 13;
    static final int KEY = 1;
    static final int RECORDS = 2;
    static final int PROGRAM = 3;
    /// No larger block is written or read.
    static final int RAW_MAX = 1 << 28;

    private static final int CHECKED_BYTES = 9;

    private Blocks() {}

    /// The header of a segment.
    ///
    /// @param hash of the program, [RecordedProgram#HASH_BYTES]
    record Header(long run, long number, byte[] hash) {
        byte[] bytes() {
            var bytes = new byte[HEADER_BYTES];
            ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            buffer.putLong(MAGIC).putInt(VERSION).putLong(run).putLong(number).put(hash);
            buffer.putInt(crc(bytes, 0, HEADER_BYTES - 4));
            return bytes;
        }

        static Header read(byte[] bytes) throws RecordingError {
            if (bytes.length < HEADER_BYTES) {
                throw new RecordingError("it ends within its header");
            }
            ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            if (buffer.getLong() != MAGIC) {
                throw new RecordingError("it is no segment of a recording");
            }
            int version = buffer.getInt();
            if (version != VERSION) {
                throw new RecordingError("it is written in version " + version
                        + " of the format; this program reads version " + VERSION);
            }
            if (buffer.getInt(HEADER_BYTES - 4) != crc(bytes, 0, HEADER_BYTES - 4)) {
                throw new RecordingError("its header does not match its checksum");
            }
            long run = buffer.getLong();
            long number = buffer.getLong();
            var hash = new byte[RecordedProgram.HASH_BYTES];
            buffer.get(hash);
            return new Header(run, number, hash);
        }
    }

    private static int crc(byte[] bytes, int from, int count) {
        var crc = new CRC32C();
        crc.update(bytes, from, count);
        return (int) crc.getValue();
    }

    /// Makes a block, ready to be written.
    static ByteBuffer block(int kind, byte[] raw, int length, Deflater deflater) {
        deflater.reset();
        deflater.setInput(raw, 0, length);
        deflater.finish();
        var bytes = new byte[BLOCK_HEADER_BYTES + length + (length >> 10) + 64];
        ByteBuffer block = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        block.position(BLOCK_HEADER_BYTES);
        deflater.deflate(block);
        if (!deflater.finished()) {
            throw new IllegalStateException("deflated bytes took more room than they may");
        }
        int stored = block.position() - BLOCK_HEADER_BYTES;
        block.putInt(0, stored).putInt(4, length).put(8, (byte) kind);
        block.putInt(CHECKED_BYTES, crc(bytes, stored));
        return block.flip();
    }

    private static int crc(byte[] block, int stored) {
        var crc = new CRC32C();
        crc.update(block, 0, CHECKED_BYTES);
        crc.update(block, BLOCK_HEADER_BYTES, stored);
        return (int) crc.getValue();
    }

    /// Whether a block of a segment is whole.
    ///
    /// @param block all its bytes
    static boolean isWhole(byte[] block) {
        return ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN).getInt(CHECKED_BYTES)
                == crc(block, block.length - BLOCK_HEADER_BYTES);
    }

    /// What a block holds.
    static byte[] inflate(byte[] block, int rawLength) throws RecordingError {
        var raw = new byte[rawLength];
        try (var inflater = new Inflater(true)) {
            inflater.setInput(block, BLOCK_HEADER_BYTES, block.length - BLOCK_HEADER_BYTES);
            int count = inflater.inflate(raw);
            if (count != rawLength) {
                throw new RecordingError("a block holds fewer bytes than it says");
            }
            return raw;
        } catch (DataFormatException e) {
            throw new RecordingError("a block cannot be inflated: " + e.getMessage());
        }
    }
}
