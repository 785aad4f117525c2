package io.millwright.historian.series;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Texts as bytes, exactly: UTF-8, with the extension that a surrogate without its partner, which UTF-8 cannot carry,
/// is written in three bytes like any other character of its range (generalised UTF-8).
public final class Texts {

    private static final char REPLACEMENT = '\uFFFD';

    private Texts() {}

    /// The bytes of a text.
    public static byte[] encode(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return hasLoneSurrogate(text) ? generalised(text) : utf8;
    }

    /// The text of bytes.
    public static String decode(byte[] bytes, int from, int length) {
        var text = new String(bytes, from, length, StandardCharsets.UTF_8);
        return text.indexOf(REPLACEMENT) < 0 ? text : restored(bytes, from, length, text);
    }

    private static boolean hasLoneSurrogate(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (Character.isLowSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }

    private static byte[] generalised(String text) {
        var out = new ByteArrayOutputStream(text.length() * 3);
        text.codePoints().forEach(c -> {
            if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                out.write(0xE0 | c >> 12);
                out.write(0x80 | c >> 6 & 0x3F);
                out.write(0x80 | c & 0x3F);
            } else {
                out.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
            }
        });
        return out.toByteArray();
    }

    private static String restored(byte[] bytes, int from, int length, String asUtf8) {
        var text = new StringBuilder(length);
        int plainFrom = from;
        for (int i = from; i + 2 < from + length; i++) {
            if ((bytes[i] & 0xFF) == 0xED && (bytes[i + 1] & 0xE0) == 0xA0) {
                text.append(new String(bytes, plainFrom, i - plainFrom, StandardCharsets.UTF_8));
                text.append((char) (0xD000 | (bytes[i + 1] & 0x3F) << 6 | bytes[i + 2] & 0x3F));
                i += 2;
                plainFrom = i + 1;
            }
        }
        if (plainFrom == from) {
            return asUtf8;
        }
        return text.append(new String(bytes, plainFrom, from + length - plainFrom, StandardCharsets.UTF_8))
                .toString();
    }
}
