package io.millwright.iec61131.guideline;

import io.millwright.iec61131.source.Diagnostic;
import io.millwright.iec61131.source.Diagnostics;
import io.millwright.iec61131.source.Span;
import java.util.List;
import java.util.Set;

/// What was found against the rules that are asked for.
final class Found {
    private final Set<Rule> rules;
    private final Diagnostics diagnostics = new Diagnostics();

    Found(Set<Rule> rules) {
        this.rules = Set.copyOf(rules);
    }

    void add(Rule rule, Span span, String message) {
        if (rules.contains(rule)) {
            diagnostics.add(
                    new Diagnostic(Diagnostic.Severity.WARNING, rule.name(), head(span), message, null, List.of()));
        }
    }

    /// The first line of a stretch: nobody wants a whole loop underlined.
    private static Span head(Span span) {
        String text = span.text();
        int end = 0;
        while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
            end++;
        }
        return span.source().span(span.start(), span.start() + end);
    }

    List<Diagnostic> sorted() {
        return diagnostics.sorted();
    }
}
