package io.millwright.historian.journal;

import io.millwright.historian.series.Packer;
import io.millwright.historian.series.Unpacker;
import java.util.Optional;
import java.util.zip.CRC32C;

/// The bytes of a journal file. All numbers are little-endian.
///
/// ```text
/// file header, 32 bytes
///   0  magic      8 bytes "MWJRNL\r\n"
///   8  version    u32     1
///  12  number     u64     the number in the file's name
///  20  first      u64     sequence number of the first sample in the file; whatever an older file holds from
///                         here on was never acknowledged there
///  28  crc        u32     CRC32C of bytes 0–27
///
/// block, any number of them, one after the other; then zeros up to the length the file was given at first
///   0  marker     8 bytes A7 'M' 'W' 'B' 'L' 'K' 0D 5E, by which reading finds its way after damage
///   8  kind       u32     1 names, 2 samples
///  12  length     u32     bytes of the payload
///  16  first      u64     sequence number of the first sample; for names, of the next
///  24  group      u64     sequence number of the first sample of the group that was forced together with this block:
///                         all samples before it were acknowledged when this block was written
///  32  count      u32     names or samples in the payload
///  36  crc        u32     CRC32C of the payload
///  40  crc        u32     CRC32C of bytes 0–39 and the file's number, so that a block of another file is not taken
///  44  payload
///
/// names:    first id varint; per name: length varint, bytes of `asset/signal`
/// samples:  per sample: id signed, minus the id of the sample before; then the sample, see SampleCoding
/// ```
/// A file's names come before their first use. All of them are repeated every [#NAMES_EVERY] bytes, so that the loss
/// of one block does not make later ones unreadable.
final class BlockFormat {

    static final int FILE_HEADER_BYTES = 32;
    static final int HEADER_BYTES = 44;
    static final int NAMES = 1;
    static final int SAMPLES = 2;
    /// A block is closed when its payload reaches this.
    static final int PAYLOAD_BYTES = 64 << 10;
    /// No payload is longer: one sample may follow a nearly full block, and a text has at most 1 MiB.
    static final int PAYLOAD_BYTES_MAX = 4 << 20;
    static final long NAMES_EVERY = 4 << 20;
    static final long MARKER = 0x5E0D_4B4C_4257_4DA7L;

    private static final long MAGIC = 0x0A0D_4C4E_524A_574DL;
    private static final int VERSION = 1;

    private BlockFormat() {}

    /// What the header of a block says.
    record Header(int kind, int length, long first, long group, int count, int payloadCrc) {}

    static byte[] fileHeader(long number, long first) {
        var out = new Packer(FILE_HEADER_BYTES);
        out.putLong(MAGIC);
        out.putInt(VERSION);
        out.putLong(number);
        out.putLong(first);
        out.putInt(crc(out.bytes(), 0, 28));
        return out.bytes();
    }

    /// The sequence number of the first sample, empty if the header is damaged.
    ///
    /// @throws NewerFormat if the file is of a version not known here
    static Optional<Long> readFileHeader(byte[] bytes, long number) throws NewerFormat {
        var in = new Unpacker(bytes, 0, FILE_HEADER_BYTES);
        long magic = in.getLong();
        int version = in.getInt();
        long storedNumber = in.getLong();
        long first = in.getLong();
        if (magic != MAGIC || in.getInt() != crc(bytes, 0, 28) || storedNumber != number) {
            return Optional.empty();
        }
        if (version != VERSION) {
            throw new NewerFormat("journal file " + number + " has format " + version + "; this program reads "
                    + VERSION + ": use the version of Millwright that wrote it");
        }
        return Optional.of(first);
    }

    /// Starts a block; [#close] fills in the rest.
    static int open(Packer out) {
        int at = out.size();
        out.room(HEADER_BYTES);
        for (int i = 0; i < HEADER_BYTES; i += 4) {
            out.putInt(0);
        }
        return at;
    }

    static void close(Packer out, int at, int kind, long first, long group, int count, long fileNumber) {
        int length = out.size() - at - HEADER_BYTES;
        out.setLong(at, MARKER);
        out.setInt(at + 8, kind);
        out.setInt(at + 12, length);
        out.setLong(at + 16, first);
        out.setLong(at + 24, group);
        out.setInt(at + 32, count);
        out.setInt(at + 36, crc(out.bytes(), at + HEADER_BYTES, length));
        out.setInt(at + 40, headerCrc(out.bytes(), at, fileNumber));
    }

    /// Reads a header; empty if there is none here or it is damaged.
    static Optional<Header> readHeader(byte[] bytes, int at, long fileNumber) {
        var in = new Unpacker(bytes, at, at + HEADER_BYTES);
        if (in.getLong() != MARKER) {
            return Optional.empty();
        }
        var header = new Header(in.getInt(), in.getInt(), in.getLong(), in.getLong(), in.getInt(), in.getInt());
        boolean intact = in.getInt() == headerCrc(bytes, at, fileNumber);
        return intact && header.length >= 0 && header.length <= PAYLOAD_BYTES_MAX
                ? Optional.of(header)
                : Optional.empty();
    }

    private static int headerCrc(byte[] bytes, int at, long fileNumber) {
        var crc = new CRC32C();
        crc.update(bytes, at, HEADER_BYTES - 4);
        for (int shift = 0; shift < 64; shift += 8) {
            crc.update((int) (fileNumber >>> shift) & 0xFF);
        }
        return (int) crc.getValue();
    }

    static int crc(byte[] bytes, int from, int length) {
        var crc = new CRC32C();
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }
}
