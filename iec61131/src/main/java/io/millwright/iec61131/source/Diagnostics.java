package io.millwright.iec61131.source;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What was found so far; the same finding at the same place counts once. Beyond [#LIMIT] findings nothing more
/// is kept, so that a hostile text cannot fill the memory.
public final class Diagnostics {
    /// The most findings kept.
    public static final int LIMIT = 10_000;

    private static final Comparator<Diagnostic> BY_PLACE = Comparator.<Diagnostic, String>comparing(
                    d -> d.span().source().name())
            .thenComparingInt(d -> d.span().source().knownOffset(d.span().start()))
            .thenComparing(Diagnostic::code)
            .thenComparing(Diagnostic::message);

    /// Made when there is something to keep: most parts of a program are in order.
    private Set<Diagnostic> found = Set.of();
    private boolean errors;

    public void add(Diagnostic diagnostic) {
        errors |= diagnostic.isError();
        if (found.isEmpty()) {
            found = new LinkedHashSet<>();
        }
        if (found.size() < LIMIT) {
            found.add(diagnostic);
        }
    }

    public void error(String code, Span span, String message) {
        add(Diagnostic.error(code, span, message));
    }

    public void warning(String code, Span span, String message) {
        add(Diagnostic.warning(code, span, message));
    }

    /// Adds all findings to others.
    public void into(Diagnostics others) {
        if (!found.isEmpty()) {
            found.forEach(others::add);
            others.errors |= errors;
        }
    }

    public boolean hasErrors() {
        return errors;
    }

    /// All findings, by file and place.
    public List<Diagnostic> sorted() {
        return found.stream().sorted(BY_PLACE).toList();
    }
}
