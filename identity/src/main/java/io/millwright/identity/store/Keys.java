package io.millwright.identity.store;

import io.millwright.identity.record.Handle;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Keys of records and transactions. Records stand in the order of the UTF-8 octets of the handle in upper
/// case, so that those of a prefix are neighbours.
final class Keys {

    private Keys() {}

    /// @throws IllegalArgumentException if the handle is no Unicode text: half a surrogate pair
    static byte[] of(Handle handle) {
        return of(handle.key());
    }

    static byte[] of(String key) {
        for (int i = 0; i < key.length(); i++) {
            if (Character.isSurrogate(key.charAt(i))) {
                return strict(key);
            }
        }
        return key.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] strict(String key) {
        try {
            ByteBuffer utf8 = StandardCharsets.UTF_8.newEncoder().encode(java.nio.CharBuffer.wrap(key));
            byte[] bytes = new byte[utf8.remaining()];
            utf8.get(bytes);
            return bytes;
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("a handle has half a surrogate pair and is no Unicode text", e);
        }
    }

    private static final byte[] NONE = {};

    /// The key of a handle in octets; empty if they are not all ASCII.
    static byte[] ofAscii(byte[] bytes, int from, int to) {
        byte[] key = new byte[to - from];
        for (int i = 0; i < key.length; i++) {
            byte c = bytes[from + i];
            if (c < 0) {
                return NONE;
            }
            key[i] = c >= 'a' && c <= 'z' ? (byte) (c - ('a' - 'A')) : c;
        }
        return key;
    }

    /// Where prefix and suffix part; -1 if they do not.
    static int slash(byte[] key) {
        for (int i = 0; i < key.length; i++) {
            if (key[i] == '/') {
                return i;
            }
        }
        return -1;
    }

    static String prefix(byte[] key, int slash) {
        return new String(key, 0, slash, StandardCharsets.US_ASCII);
    }

    static byte[] ofNumber(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    static long number(byte[] key) {
        return ByteBuffer.wrap(key).getLong();
    }

    static boolean startsWith(byte[] key, byte[] start) {
        return key.length >= start.length && java.util.Arrays.equals(key, 0, start.length, start, 0, start.length);
    }
}
