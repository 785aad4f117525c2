package io.millwright.node.id;

import io.millwright.identity.record.Handle;
import io.millwright.node.command.UsageError;
import java.util.Locale;
import java.util.regex.Pattern;

/// Reads handles and prefixes of the command line.
final class Handles {

    private static final Pattern PREFIX = Pattern.compile("[^/\\s.]+(\\.[^/\\s.]+)*");

    private Handles() {}

    /// Accepts the ways in which such an identifier is often written.
    static Handle parse(String code) {
        String text = code.strip();
        if (text.toLowerCase(Locale.ROOT).startsWith("hdl:")) {
            text = text.substring("hdl:".length());
        }
        try {
            var handle = Handle.of(text);
            if (handle.isComplete()) {
                return handle;
            }
        } catch (IllegalArgumentException e) {
            throw new UsageError("CODE: " + e.getMessage());
        }
        throw new UsageError("CODE: \"" + text + "\" is not an identifier; write prefix/suffix, e.g. 88.118.7/tank-1");
    }

    static String prefix(String text) {
        if (PREFIX.matcher(text).matches() && text.length() < 256) {
            return text;
        }
        throw new UsageError("PREFIX: \"" + text + "\" is not a prefix; write, e.g., 88.118.7");
    }
}
