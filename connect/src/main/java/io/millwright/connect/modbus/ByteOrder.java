package io.millwright.connect.modbus;

import java.util.Optional;

/// How a value of several bytes lies in registers. Modbus sends each register high byte first and says nothing about
/// values of more than one register, so devices differ. The names list the value's bytes, `a` the most significant,
/// in the order in which they arrive; longer values continue the pattern.
enum ByteOrder {
    /// Most significant first.
    ABCD("ab", "abcd", "abcdefgh", false, false),
    /// Most significant register first, the bytes of each register swapped.
    BADC("ba", "badc", "badcfehg", true, false),
    /// Least significant register first.
    CDAB("ab", "cdab", "ghefcdab", false, true),
    /// Least significant first.
    DCBA("ba", "dcba", "hgfedcba", true, true);

    private final String two;
    private final String four;
    private final String eight;
    private final boolean swapsBytes;
    private final boolean swapsWords;

    ByteOrder(String two, String four, String eight, boolean swapsBytes, boolean swapsWords) {
        this.two = two;
        this.four = four;
        this.eight = eight;
        this.swapsBytes = swapsBytes;
        this.swapsWords = swapsWords;
    }

    static Optional<ByteOrder> named(String text) {
        for (ByteOrder order : values()) {
            if (order.two.equals(text) || order.four.equals(text) || order.eight.equals(text)) {
                return Optional.of(order);
            }
        }
        return Optional.empty();
    }

    boolean swapsBytes() {
        return swapsBytes;
    }

    /// The place of the value's byte `index`, 0 the most significant, in a value of `size` bytes.
    int place(int index, int size) {
        int word = index >> 1;
        int within = index & 1;
        int words = size >> 1;
        return 2 * (swapsWords ? words - 1 - word : word) + (swapsBytes ? 1 - within : within);
    }

    /// Reads an unsigned number of `size` bytes, even, at most 8.
    long read(byte[] from, int offset, int size) {
        long value = 0;
        for (int i = 0; i < size; i++) {
            value = value << 8 | from[offset + place(i, size)] & 0xFF;
        }
        return value;
    }

    /// Writes the lowest `size` bytes of a number.
    byte[] write(long value, int size) {
        var to = new byte[size];
        for (int i = 0; i < size; i++) {
            to[place(i, size)] = (byte) (value >>> 8 * (size - 1 - i));
        }
        return to;
    }

    @Override
    public String toString() {
        return four;
    }
}
