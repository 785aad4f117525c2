package io.millwright.historian.series;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// A growing array of bytes and the ways numbers and texts are packed into it. Little-endian; variable-length integers
/// carry seven bits per byte, least significant first, with the top bit set in all but the last.
public final class Packer {

    static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] bytes;
    private int size;

    public Packer(int capacity) {
        bytes = new byte[capacity];
    }

    /// The array, of which the first [#size] bytes count. Replaced when it grows; bytes once packed stay as they are.
    public byte[] bytes() {
        return bytes;
    }

    /// How many bytes are packed.
    public int size() {
        return size;
    }

    /// Forgets everything from a position on.
    public void truncate(int newSize) {
        size = newSize;
    }

    /// Makes room for this many bytes, so that the `put` methods need not look.
    public void room(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, size + (size >> 1)));
        }
    }

    /// Packs one byte; needs room.
    public void putByte(int b) {
        bytes[size++] = (byte) b;
    }

    /// Packs four bytes; needs room.
    public void putInt(int v) {
        setInt(size, v);
        size += 4;
    }

    /// Packs eight bytes; needs room.
    public void putLong(long v) {
        LONGS.set(bytes, size, v);
        size += 8;
    }

    /// Packs one to ten bytes; needs room.
    public void putVarint(long value) {
        long v = value;
        while ((v & ~0x7FL) != 0) {
            bytes[size++] = (byte) (v | 0x80);
            v >>>= 7;
        }
        bytes[size++] = (byte) v;
    }

    /// Packs a signed number so that small ones of either sign are short; needs room for ten bytes.
    public void putSigned(long v) {
        putVarint((v << 1) ^ (v >> 63));
    }

    /// Packs a text with its length; makes its own room.
    public void putText(String text) {
        byte[] coded = Texts.encode(text);
        room(coded.length + 10);
        putVarint(coded.length);
        System.arraycopy(coded, 0, bytes, size, coded.length);
        size += coded.length;
    }

    /// Overwrites four bytes.
    public void setInt(int at, int v) {
        INTS.set(bytes, at, v);
    }

    /// Overwrites eight bytes.
    public void setLong(int at, long v) {
        LONGS.set(bytes, at, v);
    }
}
