package io.millwright.identity.door;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Percent escapes of paths and queries (RFC 3986, section 2.1), read strictly: UTF-8, no control characters.
final class PercentText {

    private static final String UNRESERVED = "-._~";

    private PercentText() {}

    /// @param plusIsBlank whether a plus sign stands for a blank, as in queries of forms
    static String decode(String text, boolean plusIsBlank) throws RefusedException {
        var octets = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
                int low = high >= 0 ? Character.digit(text.charAt(i + 2), 16) : -1;
                if (low < 0) {
                    throw new RefusedException("% must stand before two hexadecimal digits");
                }
                octets.write(high << 4 | low);
                i += 2;
            } else if (c > 0x7e || c < 0x20) {
                throw new RefusedException("what is not printable ASCII must be percent-encoded");
            } else {
                octets.write(plusIsBlank && c == '+' ? ' ' : c);
            }
        }
        return text(octets.toByteArray());
    }

    private static String text(byte[] octets) throws RefusedException {
        String decoded;
        try {
            decoded = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new RefusedException("percent escapes must spell UTF-8");
        }
        if (decoded.chars().anyMatch(Character::isISOControl)) {
            throw new RefusedException("control characters are not taken");
        }
        return decoded;
    }

    /// Everything but letters, digits, `-._~` and the characters that are kept becomes escapes.
    static String encode(String text, String kept) {
        var encoded = new StringBuilder();
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xff);
            boolean alphanumeric = c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
            if (alphanumeric || UNRESERVED.indexOf(c) >= 0 || kept.indexOf(c) >= 0) {
                encoded.append(c);
            } else {
                encoded.append("%%%02X".formatted((int) c));
            }
        }
        return encoded.toString();
    }
}
