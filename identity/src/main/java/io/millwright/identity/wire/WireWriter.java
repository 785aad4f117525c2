package io.millwright.identity.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A growing array of bytes: big-endian integers and length-prefixed strings (RFC 3652, sections 2.1.1 and 2.1.4).
public final class WireWriter {

    private byte[] bytes;
    private int size;

    public WireWriter() {
        this(512);
    }

    /// @param capacity octets to make room for at first
    public WireWriter(int capacity) {
        bytes = new byte[capacity];
    }

    /// Octets written so far.
    public int size() {
        return size;
    }

    /// Forgets what was written, keeping the room.
    public void clear() {
        size = 0;
    }

    /// Forgets what was written after the first octets.
    ///
    /// @param octets how many to keep, at most [#size]
    public void truncate(int octets) {
        size = Math.min(size, octets);
    }

    public WireWriter u8(int value) {
        room(1);
        bytes[size++] = (byte) value;
        return this;
    }

    public WireWriter u16(int value) {
        room(2);
        bytes[size++] = (byte) (value >> 8);
        bytes[size++] = (byte) value;
        return this;
    }

    public WireWriter int32(int value) {
        room(4);
        size += 4;
        return patchInt32(size - 4, value);
    }

    public WireWriter int64(long value) {
        return int32((int) (value >> 32)).int32((int) value);
    }

    /// Overwrites four octets written before: a length that is known only afterwards.
    public WireWriter patchInt32(int position, int value) {
        bytes[position] = (byte) (value >> 24);
        bytes[position + 1] = (byte) (value >> 16);
        bytes[position + 2] = (byte) (value >> 8);
        bytes[position + 3] = (byte) value;
        return this;
    }

    /// The octets alone, without a length.
    public WireWriter plain(Octets octets) {
        room(octets.length());
        octets.copyTo(bytes, size);
        size += octets.length();
        return this;
    }

    /// The octets alone, without a length.
    public WireWriter plain(byte[] source, int from, int to) {
        room(to - from);
        System.arraycopy(source, from, bytes, size, to - from);
        size += to - from;
        return this;
    }

    /// A part of the octets, without a length.
    public WireWriter plain(Octets octets, int from, int to) {
        room(to - from);
        octets.copyTo(from, to, bytes, size);
        size += to - from;
        return this;
    }

    /// What another writer has written, without a length.
    public WireWriter plain(WireWriter other) {
        return plain(other.bytes, 0, other.size);
    }

    /// Decimal digits in ASCII, with zeros before them.
    ///
    /// @param value not negative
    /// @param count how many digits; of a greater value the last ones
    public WireWriter digits(long value, int count) {
        room(count);
        long rest = value;
        for (int i = size + count - 1; i >= size; i--) {
            long tenth = rest / 10;
            bytes[i] = (byte) ('0' + (rest - tenth * 10));
            rest = tenth;
        }
        size += count;
        return this;
    }

    /// Whether exactly these octets were written.
    public boolean holds(Octets octets) {
        return octets.length() == size && octets.isAt(bytes, 0);
    }

    /// A length and the octets.
    public WireWriter octets(Octets octets) {
        return int32(octets.length()).plain(octets);
    }

    /// A UTF8-String.
    public WireWriter text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return int32(utf8.length).plain(utf8, 0, utf8.length);
    }

    /// A copy of what was written.
    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    /// A copy of what was written.
    public Octets toOctets() {
        return Octets.copy(bytes, 0, size);
    }

    private void room(int octets) {
        if (size + octets > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, octets), bytes.length * 2));
        }
    }
}
