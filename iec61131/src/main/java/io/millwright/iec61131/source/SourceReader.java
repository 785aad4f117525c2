package io.millwright.iec61131.source;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Makes text of bytes whose encoding is not told: programs come from many tools and decades.
public final class SourceReader {
    private static final Charset WINDOWS = Charset.forName("windows-1252");

    private SourceReader() {}

    /// A text and how its bytes were read.
    public record Decoded(Source source, Charset encoding) {}

    /// UTF-16 or UTF-8 where a byte order mark says so; UTF-16 without a mark where its zero bytes show it, for
    /// no program has the character NUL; else UTF-8 where the bytes are valid as that; else
    /// windows-1252, in which the few bytes without a meaning become U+FFFD. The mark is not part of the text.
    public static Decoded read(String name, byte[] bytes) {
        if (startsWith(bytes, 0xFE, 0xFF)) {
            return decoded(name, bytes, 2, StandardCharsets.UTF_16BE);
        }
        if (startsWith(bytes, 0xFF, 0xFE)) {
            return decoded(name, bytes, 2, StandardCharsets.UTF_16LE);
        }
        if (startsWith(bytes, 0xEF, 0xBB, 0xBF)) {
            return decoded(name, bytes, 3, StandardCharsets.UTF_8);
        }
        Charset wide = wide(bytes);
        if (wide != null) {
            return decoded(name, bytes, 0, wide);
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return new Decoded(new Source(name, text), StandardCharsets.UTF_8);
        } catch (CharacterCodingException e) {
            return decoded(name, bytes, 0, WINDOWS);
        }
    }

    private static Decoded decoded(String name, byte[] bytes, int from, Charset encoding) {
        return new Decoded(new Source(name, new String(bytes, from, bytes.length - from, encoding)), encoding);
    }

    /// UTF-16 in the order of bytes in which more than a quarter of the characters have a zero first, or second,
    /// and few the other one, as some Chinese characters do.
    private static @Nullable Charset wide(byte[] bytes) {
        int pairs = bytes.length / 2;
        int first = 0;
        int second = 0;
        for (int i = 0; i < pairs; i++) {
            first += bytes[2 * i] == 0 ? 1 : 0;
            second += bytes[2 * i + 1] == 0 ? 1 : 0;
        }
        if (bytes.length % 2 != 0 || 4 * Math.max(first, second) <= pairs) {
            return null;
        }
        if (4 * first <= second) {
            return StandardCharsets.UTF_16LE;
        }
        return 4 * second <= first ? StandardCharsets.UTF_16BE : null;
    }

    private static boolean startsWith(byte[] bytes, int... mark) {
        if (bytes.length < mark.length) {
            return false;
        }
        for (int i = 0; i < mark.length; i++) {
            if ((bytes[i] & 0xFF) != mark[i]) {
                return false;
            }
        }
        return true;
    }
}
