package io.millwright.iec61131.source;

import java.util.Objects;

/// A stretch of a text: the characters from `start` to before `end`. An empty one marks the place where
/// something is missing.
public record Span(Source source, int start, int end) {
    public Span {
        Objects.requireNonNull(source);
        if (start < 0 || end < start || end > source.text().length()) {
            throw new IllegalArgumentException("no stretch of the text: " + start + " to " + end);
        }
    }

    /// The line of the first character, from 1.
    public int line() {
        return source.line(start);
    }

    /// The line that is noted in code, at most 65 535; [Source#lineOfCode] tells where it is.
    public int codeLine() {
        return Math.min(source.codeLine(start), 0xFFFF);
    }

    /// The column of the first character, from 1.
    public int column() {
        return source.column(start);
    }

    /// The column of the first character, from 1, in the text itself, even if that is a piece of another.
    public int ownColumn() {
        return source.ownColumn(start);
    }

    /// The same stretch in the text that people know.
    public Span known() {
        Source known = source.known();
        if (known == source) {
            return this;
        }
        int from = source.knownOffset(start);
        int to = end == start ? from : source.knownOffset(end - 1) + 1;
        return known.span(from, Math.clamp(to, from, known.text().length()));
    }

    /// The characters themselves.
    public String text() {
        return source.text().substring(start, end);
    }

    /// From the start of this stretch to the end of another, later one of the same text.
    public Span to(Span last) {
        return new Span(source, start, Math.max(end, last.end));
    }

    /// The place as messages name it: `pump.st:12:5`, `plc.xml:80:9 (POU main, localId 7)`.
    @Override
    public String toString() {
        String element = source.element(start);
        return source.name() + ":" + line() + ":" + column() + (element.isEmpty() ? "" : " (" + element + ")");
    }
}
