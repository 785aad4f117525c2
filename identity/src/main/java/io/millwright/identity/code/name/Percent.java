package io.millwright.identity.code.name;

import io.millwright.identity.code.Fault;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Percent escapes of URIs (RFC 3986, section 2.1).
final class Percent {

    private Percent() {}

    /// Whether an escape stands there.
    static boolean isEscape(String text, int at) {
        return at + 2 < text.length()
                && text.charAt(at) == '%'
                && isHex(text.charAt(at + 1))
                && isHex(text.charAt(at + 2));
    }

    private static boolean isHex(char c) {
        return c <= 'f' && Character.digit(c, 16) >= 0;
    }

    /// The text with its escapes read as UTF-8.
    ///
    /// @param from where the text starts in the text that is read
    static String decode(String text, int from, List<Fault> faults) {
        var bytes = new ByteArrayOutputStream();
        int i = 0;
        while (i < text.length()) {
            if (isEscape(text, i)) {
                bytes.write(Integer.parseInt(text, i + 1, i + 3, 16));
                i += 3;
                continue;
            }
            int c = text.codePointAt(i);
            if (c == '%') {
                faults.add(new Fault(from + i, "% must stand before two hexadecimal digits"));
            }
            bytes.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
            i += Character.charCount(c);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
