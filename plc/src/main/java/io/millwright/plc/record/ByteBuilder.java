package io.millwright.plc.record;

import java.util.Arrays;

/// Bytes that grow.
final class ByteBuilder implements ByteSink {
    private byte[] bytes = new byte[1024];
    private int length;

    @Override
    public void put(int octet) {
        reserve(1);
        bytes[length++] = (byte) octet;
    }

    @Override
    public void putBytes(byte[] from, int count) {
        reserve(count);
        System.arraycopy(from, 0, bytes, length, count);
        length += count;
    }

    /// Makes room for so many more.
    void reserve(int count) {
        if (bytes.length - length < count) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + count));
        }
    }

    /// The bytes so far, and perhaps room behind them.
    byte[] array() {
        return bytes;
    }

    int length() {
        return length;
    }

    void length(int newLength) {
        length = newLength;
    }

    byte[] toArray() {
        return Arrays.copyOf(bytes, length);
    }
}
