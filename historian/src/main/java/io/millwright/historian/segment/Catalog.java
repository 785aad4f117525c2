package io.millwright.historian.segment;

import io.millwright.historian.series.Packer;
import io.millwright.historian.series.SampleCoding;
import io.millwright.historian.series.Unpacker;
import io.millwright.model.Sample;
import io.millwright.model.SignalName;
import io.millwright.model.disk.Disk;
import io.millwright.model.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is in a segment and how to know that it is intact.
///
/// ```text
///  0  magic    8 bytes "MWCATL\r\n"
///  8  version  u32     1
/// 12  payload:  file length u64, end of its journal sequence u64, sums count varint, sums u32 each;
///               signals count varint; per signal: name text, kinds u8, count varint, earliest source time u64,
///               its sample of the latest source time (see SampleCoding); then, which may be missing: a count
///               varint, and per signal whose clock was set back: its place in the list varint, its latest
///               sample since then
/// end crc       u32     CRC32C of all before
/// ```
///
/// @param fileBytes length of the TsFile
/// @param endSequence journal sequence number after its last sample
/// @param sums CRC32C of every 64 KiB of the TsFile
/// @param entries the signals, in order of name
@SuppressWarnings("ArrayRecordComponent") // Catalogs are not compared.
public record Catalog(long fileBytes, long endSequence, int[] sums, List<Entry> entries) {

    private static final long MAGIC = 0x0A0D_4C54_4143_574DL;
    private static final int VERSION = 1;

    /// What a segment holds of one signal.
    ///
    /// @param kinds which kinds of value, see [io.millwright.historian.series.Kinds]
    /// @param count how many samples
    /// @param earliestNanos the earliest source time
    /// @param latest the sample of the latest source time
    /// @param sinceStep the latest sample since the clock was last set back, null if it was not
    public record Entry(
            int kinds,
            long count,
            long earliestNanos,
            Sample latest,
            @Nullable Sample sinceStep) {}

    byte[] encode() {
        var out = new Packer(64 + entries.size() * 64);
        out.room(40 + sums.length * 4 + 20);
        out.putLong(MAGIC);
        out.putInt(VERSION);
        out.putLong(fileBytes);
        out.putLong(endSequence);
        out.putVarint(sums.length);
        for (int sum : sums) {
            out.putInt(sum);
        }
        out.putVarint(entries.size());
        var coding = SampleCoding.ofManySignals();
        for (Entry entry : entries) {
            out.putText(entry.latest().signal().toString());
            out.room(24);
            out.putByte(entry.kinds());
            out.putVarint(entry.count());
            out.putLong(entry.earliestNanos());
            coding.reset();
            coding.pack(entry.latest(), out);
        }
        encodeSteps(out);
        int crc = crc(out.bytes(), out.size());
        out.room(4);
        out.putInt(crc);
        return java.util.Arrays.copyOf(out.bytes(), out.size());
    }

    private void encodeSteps(Packer out) {
        out.room(10);
        out.putVarint(entries.stream().filter(e -> e.sinceStep() != null).count());
        var coding = SampleCoding.ofManySignals();
        for (int i = 0; i < entries.size(); i++) {
            Sample since = entries.get(i).sinceStep();
            if (since != null) {
                out.room(10);
                out.putVarint(i);
                coding.reset();
                coding.pack(since, out);
            }
        }
    }

    private static void decodeSteps(Unpacker in, List<Entry> entries) {
        int count = in.isAtEnd() ? 0 : in.getCount();
        var coding = SampleCoding.ofManySignals();
        for (int i = 0; i < count; i++) {
            int at = (int) in.getVarint();
            if (at < 0 || at >= entries.size()) {
                throw new Unpacker.Malformed("no such signal");
            }
            coding.reset();
            coding.unpack(in);
            Entry e = entries.get(at);
            Sample since = sample(e.latest().signal(), coding);
            entries.set(at, new Entry(e.kinds(), e.count(), e.earliestNanos(), e.latest(), since));
        }
    }

    private static Sample sample(SignalName signal, SampleCoding read) {
        return new Sample(signal, read.value(), read.quality(), read.sourceNanos(), read.receivedNanos());
    }

    private static int crc(byte[] bytes, int length) {
        var crc = new java.util.zip.CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }

    static Catalog read(Disk disk, SegmentName name) throws IOException {
        byte[] bytes;
        try (DiskFile file = disk.open(name.catalog())) {
            bytes = new byte[(int) Math.min(file.size(), 1 << 30)];
            file.read(ByteBuffer.wrap(bytes), 0);
        }
        try {
            int end = bytes.length - 4;
            if (end < 12 || new Unpacker(bytes, end, bytes.length).getInt() != crc(bytes, end)) {
                throw new DamagedSegment(name.catalog(), "not what was written (checksum differs)");
            }
            return decode(new Unpacker(bytes, 0, end), name);
        } catch (Unpacker.Malformed | IllegalArgumentException e) {
            throw new DamagedSegment(name.catalog(), "cannot be decoded: " + e.getMessage());
        }
    }

    private static Catalog decode(Unpacker in, SegmentName name) throws IOException {
        if (in.getLong() != MAGIC || in.getInt() != VERSION) {
            throw new DamagedSegment(name.catalog(), "not a catalog of format " + VERSION);
        }
        long fileBytes = in.getLong();
        long endSequence = in.getLong();
        var sums = new int[in.getCount()];
        for (int i = 0; i < sums.length; i++) {
            sums[i] = in.getInt();
        }
        int count = in.getCount();
        var entries = new ArrayList<Entry>(count);
        var coding = SampleCoding.ofManySignals();
        for (int i = 0; i < count; i++) {
            SignalName signal = SignalName.parse(in.getText());
            int kinds = in.getByte();
            long samples = in.getVarint();
            long earliest = in.getLong();
            coding.reset();
            coding.unpack(in);
            entries.add(new Entry(kinds, samples, earliest, sample(signal, coding), null));
        }
        decodeSteps(in, entries);
        return new Catalog(fileBytes, endSequence, sums, entries);
    }
}
