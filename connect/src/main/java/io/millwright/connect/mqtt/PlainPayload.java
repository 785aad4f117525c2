package io.millwright.connect.mqtt;

import io.millwright.model.Value;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/// Reads payloads that are one value in text (UTF-8): a number as JSON writes it, also with a leading `+`, as `NaN`,
/// `Infinity` or `-Infinity`; `true` or `false`; else a text.
final class PlainPayload {

    /// The longest text that is kept as a value, in bytes.
    static final int TEXT_BYTES_MAX = 64 << 10;

    private PlainPayload() {}

    /// The value; empty when the payload has none, is too long, or is not UTF-8.
    static Optional<Value> read(byte[] payload) {
        if (payload.length == 0 || payload.length > TEXT_BYTES_MAX) {
            return Optional.empty();
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(payload))
                    .toString();
            return Optional.of(of(text));
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static Value of(String text) {
        String word = text.strip();
        if (isNumber(word)) {
            return number(word);
        }
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "true" -> Value.of(true);
            case "false" -> Value.of(false);
            case "nan" -> Value.of(Double.NaN);
            case "infinity", "+infinity", "inf", "+inf" -> Value.of(Double.POSITIVE_INFINITY);
            case "-infinity", "-inf" -> Value.of(Double.NEGATIVE_INFINITY);
            default -> Value.of(text);
        };
    }

    private static Value number(String word) {
        boolean whole = word.chars().allMatch(c -> c >= '0' && c <= '9' || c == '-' || c == '+');
        if (whole) {
            try {
                return Value.of(Long.parseLong(word));
            } catch (NumberFormatException e) {
                // More than 64 bits: a real number comes closest.
            }
        }
        return Value.of(Double.parseDouble(word));
    }

    /// Sign, digits, fraction, exponent; by hand, since `Double.parseDouble` also takes `1d` and `0x1p3`.
    private static boolean isNumber(String word) {
        int at = 0;
        int end = word.length();
        if (at < end && (word.charAt(at) == '-' || word.charAt(at) == '+')) {
            at++;
        }
        int digits = at;
        at = skipDigits(word, at);
        if (at == digits) {
            return false;
        }
        if (at < end && word.charAt(at) == '.') {
            int fraction = ++at;
            at = skipDigits(word, at);
            if (at == fraction) {
                return false;
            }
        }
        if (at < end && (word.charAt(at) == 'e' || word.charAt(at) == 'E')) {
            at++;
            if (at < end && (word.charAt(at) == '-' || word.charAt(at) == '+')) {
                at++;
            }
            int exponent = at;
            at = skipDigits(word, at);
            if (at == exponent) {
                return false;
            }
        }
        return at == end;
    }

    private static int skipDigits(String word, int from) {
        int at = from;
        while (at < word.length() && word.charAt(at) >= '0' && word.charAt(at) <= '9') {
            at++;
        }
        return at;
    }
}
