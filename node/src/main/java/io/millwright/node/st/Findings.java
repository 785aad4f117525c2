package io.millwright.node.st;

import io.millwright.iec61131.source.Diagnostic;
import io.millwright.iec61131.source.Span;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Shows what is wrong with a text: the place, the sentence, the line with the place marked.
public final class Findings {
    private static final int WIDTH_MAX = 400;

    private Findings() {}

    /// One finding of `--json`.
    record Finding(
            String severity,
            String code,
            String file,
            int line,
            int column,
            int endLine,
            int endColumn,
            String message,
            @Nullable String suggestion) {
        static Finding of(Diagnostic diagnostic) {
            Span span = diagnostic.span();
            return new Finding(
                    Findings.severity(diagnostic),
                    diagnostic.code(),
                    span.source().name(),
                    span.line(),
                    span.column(),
                    span.source().line(span.end()),
                    span.source().column(span.end()),
                    Libraries.explained(diagnostic),
                    diagnostic.suggestion());
        }
    }

    static List<Finding> report(List<Diagnostic> diagnostics) {
        return diagnostics.stream().map(Finding::of).toList();
    }

    /// A finding for people.
    public static String text(Diagnostic diagnostic) {
        var text = new StringBuilder();
        Span span = diagnostic.span();
        text.append(span).append(": ").append(severity(diagnostic)).append(' ');
        text.append(diagnostic.code())
                .append(": ")
                .append(Libraries.explained(diagnostic))
                .append('\n');
        text.append(marked(span));
        for (Diagnostic.Related related : diagnostic.related()) {
            text.append("\n    ").append(related.span()).append(": ").append(related.message());
        }
        return text.toString();
    }

    /// The line of a place, of a long one the part around it, and a mark below.
    private static String marked(Span span) {
        String line = span.source().lineText(span.line());
        int column = span.column() - 1;
        int from = line.length() <= WIDTH_MAX ? 0 : Math.max(0, column - WIDTH_MAX / 2);
        int to = Math.min(line.length(), from + WIDTH_MAX);
        String before = from > 0 ? "…" : "";
        String shown = before + line.substring(from, to).replace('\t', ' ') + (to < line.length() ? "…" : "");
        int width = Math.max(1, Math.min(span.end() - span.start(), to - column));
        return "    " + shown + "\n    " + " ".repeat(before.length() + column - from) + "^".repeat(width);
    }

    private static String severity(Diagnostic diagnostic) {
        return diagnostic.severity().name().toLowerCase(Locale.ROOT);
    }
}
