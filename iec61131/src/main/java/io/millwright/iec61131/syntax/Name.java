package io.millwright.iec61131.syntax;

import io.millwright.iec61131.source.Span;
import java.util.Locale;

/// An identifier as written, with its place (6.1.2). Two names are the same when their [#key] is: case does not
/// count.
public record Name(String text, Span span) {
    /// The form in which names are compared.
    public String key() {
        return key(text);
    }

    public static String key(String text) {
        return text.toUpperCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return text;
    }
}
