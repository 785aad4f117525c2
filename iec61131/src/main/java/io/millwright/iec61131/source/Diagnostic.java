package io.millwright.iec61131.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One thing that is said about a text.
///
/// @param code the kind of finding, fixed for ever: `E` (error), `W` (warning) or `CP`, `L`, `N`, `C` … for the
///     rules of the PLCopen coding guidelines, followed by a number; listed in
///     `docs/reference/structured-text.md`
/// @param span where it is
/// @param message what is wrong and what would be right there, in one sentence without the place
/// @param suggestion a text that would replace [#span] and mend it, for editors ("did you mean"), or null
/// @param related other places that explain it, such as the first declaration of a name that is declared twice
public record Diagnostic(
        Severity severity,
        String code,
        Span span,
        String message,
        @Nullable String suggestion,
        List<Related> related) {
    public Diagnostic {
        Objects.requireNonNull(severity);
        Objects.requireNonNull(code);
        Objects.requireNonNull(span);
        Objects.requireNonNull(message);
        related = List.copyOf(related);
    }

    /// How much it matters: with an error there is no program.
    public enum Severity {
        ERROR,
        WARNING,
        INFORMATION
    }

    /// A place that belongs to a finding, and why.
    public record Related(Span span, String message) {}

    public static Diagnostic error(String code, Span span, String message) {
        return new Diagnostic(Severity.ERROR, code, span, message, null, List.of());
    }

    public static Diagnostic warning(String code, Span span, String message) {
        return new Diagnostic(Severity.WARNING, code, span, message, null, List.of());
    }

    /// The same finding in other words.
    public Diagnostic saying(String words) {
        return new Diagnostic(severity, code, span, words, suggestion, related);
    }

    /// The same finding with a text that would mend it.
    public Diagnostic suggesting(String replacement) {
        return new Diagnostic(severity, code, span, message, replacement, related);
    }

    /// The same finding with another place that explains it.
    public Diagnostic relatedTo(Span place, String why) {
        List<Related> places = new ArrayList<>(related);
        places.add(new Related(place, why));
        return new Diagnostic(severity, code, span, message, suggestion, places);
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }
}
