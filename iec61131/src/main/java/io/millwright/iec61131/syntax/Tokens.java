package io.millwright.iec61131.syntax;

import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.source.Span;
import java.util.Arrays;

/// The tokens of a text in order, comments and pragmas among them, in three arrays. The last one is the end of the
/// text.
final class Tokens {
    private final Source source;
    private Kind[] kinds = new Kind[256];
    private int[] starts = new int[256];
    private int[] ends = new int[256];
    private int count;
    private boolean truncated;

    Tokens(Source source) {
        this.source = source;
    }

    void add(Kind kind, int start, int end) {
        if (count == kinds.length) {
            kinds = Arrays.copyOf(kinds, count * 2);
            starts = Arrays.copyOf(starts, count * 2);
            ends = Arrays.copyOf(ends, count * 2);
        }
        kinds[count] = kind;
        starts[count] = start;
        ends[count++] = end;
    }

    /// Takes a token for one of another kind, as a misspelt keyword.
    void correct(int index, Kind kind) {
        kinds[index] = kind;
    }

    /// Says that the rest of the text was swallowed by a comment without an end.
    void truncate() {
        truncated = true;
    }

    boolean isTruncated() {
        return truncated;
    }

    Source source() {
        return source;
    }

    int count() {
        return count;
    }

    Kind kind(int index) {
        return kinds[index];
    }

    int start(int index) {
        return starts[index];
    }

    int end(int index) {
        return ends[index];
    }

    String text(int index) {
        return source.text().substring(starts[index], ends[index]);
    }

    Span span(int index) {
        return new Span(source, starts[index], ends[index]);
    }

    /// How many lines end between a token and the one before it.
    int linesBefore(int index) {
        int lines = 0;
        String text = source.text();
        for (int at = index == 0 ? 0 : ends[index - 1]; at < starts[index]; at++) {
            char c = text.charAt(at);
            if (c == '\n' || c == '\r' && !text.startsWith("\n", at + 1)) {
                lines++;
            }
        }
        return lines;
    }

    /// Whether nothing but blanks stands before a token on its line.
    boolean isFirstOnLine(int index) {
        return index == 0 || linesBefore(index) > 0;
    }
}
