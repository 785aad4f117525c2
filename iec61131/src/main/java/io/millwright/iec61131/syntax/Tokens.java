package io.millwright.iec61131.syntax;

import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.source.Span;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.Map;

/// The tokens of a text in order, comments and pragmas among them, in a few arrays. The last one is the end of
/// the text.
///
/// The parser notes what it took a token for: a word that could be a keyword but was a name is a [Kind#NAME]
/// afterwards, and [Mark]s tell where statements and blocks begin.
public final class Tokens {
    /// What the parser found at a token.
    public enum Mark {
        /// A block begins, which a keyword END_… closes.
        OPENS,
        /// A statement, a declaration or an instruction begins.
        STARTS,
        /// The labels of an alternative of CASE begin.
        LABELS,
        /// The token belongs directly behind the one before, as the colon of a label.
        TIGHT
    }

    private final Source source;
    private Kind[] kinds = new Kind[256];
    private int[] starts = new int[256];
    private int[] ends = new int[256];
    private final Map<Mark, BitSet> marks = new EnumMap<>(Mark.class);
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

    void mark(int index, Mark mark) {
        marks.computeIfAbsent(mark, _ -> new BitSet()).set(index);
    }

    public boolean is(int index, Mark mark) {
        BitSet marked = marks.get(mark);
        return marked != null && marked.get(index);
    }

    /// Says that the rest of the text was swallowed by a comment without an end.
    void truncate() {
        truncated = true;
    }

    /// Whether the rest of the text was swallowed by a comment without an end.
    public boolean isTruncated() {
        return truncated;
    }

    /// The text they are of.
    public Source source() {
        return source;
    }

    /// How many there are.
    public int count() {
        return count;
    }

    public Kind kind(int index) {
        return kinds[index];
    }

    /// Where in the text a token begins.
    public int start(int index) {
        return starts[index];
    }

    /// Where in the text the next character stands.
    public int end(int index) {
        return ends[index];
    }

    public String text(int index) {
        return source.text().substring(starts[index], ends[index]);
    }

    /// Whether a token is written like one of another text.
    public boolean sameText(int index, Tokens other, int otherIndex) {
        int length = ends[index] - starts[index];
        return length == other.ends[otherIndex] - other.starts[otherIndex]
                && source.text().regionMatches(starts[index], other.source.text(), other.starts[otherIndex], length);
    }

    Span span(int index) {
        return new Span(source, starts[index], ends[index]);
    }

    /// How many lines end between a token and the one before it.
    public int linesBefore(int index) {
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
    public boolean isFirstOnLine(int index) {
        return index == 0 || linesBefore(index) > 0;
    }
}
