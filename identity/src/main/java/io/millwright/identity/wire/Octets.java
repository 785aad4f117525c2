package io.millwright.identity.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/// An immutable string of octets, equal by content.
public final class Octets {

    /// No octets.
    public static final Octets EMPTY = new Octets(new byte[0]);

    private final byte[] bytes;

    private Octets(byte[] bytes) {
        this.bytes = bytes;
    }

    /// A copy of the array.
    public static Octets of(byte... bytes) {
        return bytes.length == 0 ? EMPTY : new Octets(bytes.clone());
    }

    /// A copy of a part of the array.
    public static Octets copy(byte[] bytes, int from, int to) {
        return from == to ? EMPTY : new Octets(Arrays.copyOfRange(bytes, from, to));
    }

    /// The UTF-8 encoding of the text.
    public static Octets utf8(String text) {
        return new Octets(text.getBytes(StandardCharsets.UTF_8));
    }

    /// @param hex hexadecimal digits, two per octet, without separators
    public static Octets hex(String hex) {
        return new Octets(HexFormat.of().parseHex(hex));
    }

    public int length() {
        return bytes.length;
    }

    /// The octet at a position, 0…255.
    public int at(int position) {
        return bytes[position] & 0xff;
    }

    /// A copy.
    public byte[] toByteArray() {
        return bytes.clone();
    }

    void copyTo(byte[] target, int position) {
        System.arraycopy(bytes, 0, target, position, bytes.length);
    }

    void copyTo(int from, int to, byte[] target, int position) {
        System.arraycopy(bytes, from, target, position, to - from);
    }

    /// Whether they stand in the array at a position, where there is room for them.
    boolean isAt(byte[] array, int position) {
        return Arrays.equals(bytes, 0, bytes.length, array, position, position + bytes.length);
    }

    /// Whether other octets stand at a position.
    public boolean holds(Octets part, int position) {
        int end = position + part.bytes.length;
        return end <= bytes.length && Arrays.equals(bytes, position, end, part.bytes, 0, part.bytes.length);
    }

    /// The octets read as UTF-8; what is not UTF-8 becomes U+FFFD. For showing to people.
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return this == other || other instanceof Octets octets && Arrays.equals(bytes, octets.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /// Hexadecimal digits.
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
