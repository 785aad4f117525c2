package io.millwright.plc.record;

import io.millwright.iec61131.type.Value;
import java.nio.charset.StandardCharsets;

/// Where encoded values go. Whole numbers are little-endian; a varint has seven bits in each byte, the lowest
/// first, and the top bit where more follow.
interface ByteSink {
    void put(int octet);

    default void putLong(long value) {
        for (int i = 0; i < Long.SIZE; i += Byte.SIZE) {
            put((int) (value >>> i));
        }
    }

    default void putVar(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            put((int) rest | 0x80);
            rest >>>= 7;
        }
        put((int) rest);
    }

    /// Small numbers of either sign are short.
    default void putSigned(long value) {
        putVar(value << 1 ^ value >> 63);
    }

    default void putBytes(byte[] bytes, int count) {
        for (int i = 0; i < count; i++) {
            put(bytes[i]);
        }
    }

    default void putText(String text) {
        // A WSTRING may hold lone surrogates, which UTF-8 would lose.
        putVar(text.length());
        text.chars().forEach(this::putVar);
    }

    /// @throws IllegalArgumentException for values that no elementary variable and no text has
    default void putValue(Value value) {
        switch (value) {
            case Value.Truth(boolean truth) -> put(truth ? 1 : 0);
            case Value.Real(double real) -> {
                put(2);
                putLong(Double.doubleToRawLongBits(real));
            }
            case Value.Whole(long whole) -> {
                put(3);
                putSigned(whole);
            }
            case Value.Text(String text) -> {
                put(4);
                putText(text);
            }
            default -> throw new IllegalArgumentException(value + " is no value of one variable");
        }
    }

    /// The changed inputs: how many, then the distance of each from the one before and how it changed.
    default void putInputs(long[] before, long[] now, boolean[] real) {
        int count = 0;
        for (int i = 0; i < now.length; i++) {
            count += now[i] == before[i] ? 0 : 1;
        }
        putVar(count);
        int last = -1;
        for (int i = 0; count > 0 && i < now.length; i++) {
            if (now[i] != before[i]) {
                putVar(i - last - 1);
                last = i;
                putChange(before[i], now[i], real[i]);
                before[i] = now[i];
                count--;
            }
        }
    }

    /// Bits of real numbers mostly differ in the upper bytes, which come first here.
    private void putChange(long before, long now, boolean real) {
        if (real) {
            putVar(Long.reverseBytes(before ^ now));
        } else {
            putSigned(now - before);
        }
    }

    /// UTF-8, for texts of people.
    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
