package io.millwright.iec61131.machine;

/// Texts that lie in bytes: one character behind the other, of a WSTRING the lower byte first, then zeros up to
/// one byte (or two) more than the most characters take. Such a text ends at its first 0.
///
/// What would lie beyond the bytes is 0, and lost when it is written, as everywhere in the process image.
public final class PackedText {
    private PackedText() {}

    /// Takes a text out of bytes.
    ///
    /// @param firstBit where it begins, a whole number of bytes
    /// @param to gets the characters, as many as it holds
    /// @return that text
    public static Text load(byte[] bytes, int firstBit, Text to, boolean wide) {
        int width = wide ? 16 : 8;
        to.clear();
        for (int i = 0; i < to.capacity(); i++) {
            long character = Image.load(bytes, firstBit + i * width, width);
            if (character == 0) {
                break;
            }
            to.append((char) character);
        }
        return to;
    }

    /// Puts a text into bytes, cut at the most characters that lie there.
    ///
    /// @param firstBit where it begins, a whole number of bytes
    public static void store(byte[] bytes, int firstBit, Text value, int capacity, boolean wide) {
        int width = wide ? 16 : 8;
        int length = Math.min(value.length(), capacity);
        for (int i = 0; i <= capacity; i++) {
            Image.store(bytes, firstBit + i * width, width, i < length ? value.at(i) : 0);
        }
    }

    /// Puts a text into bytes that has room for as many characters as lie there.
    static void store(byte[] bytes, int firstBit, Text value, boolean wide) {
        store(bytes, firstBit, value, value.capacity(), wide);
    }
}
