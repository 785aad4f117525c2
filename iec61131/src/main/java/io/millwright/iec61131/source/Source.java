package io.millwright.iec61131.source;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One text of a program: a file, or a part of one that is edited on its own.
///
/// Lines end with LF, CR LF or a lone CR. Columns count UTF-16 units from 1, as editors do that speak the
/// language server protocol.
public final class Source {
    private final String name;
    private final String text;
    private final @Nullable Origin origin;
    private volatile int @Nullable [] lineStarts;

    /// @param name what messages call the text, usually the file's path as the user gave it
    public Source(String name, String text) {
        this.name = Objects.requireNonNull(name);
        this.text = Objects.requireNonNull(text);
        this.origin = null;
    }

    /// A text that was made from another one, in which its places are told.
    public Source(String text, Origin origin) {
        this.name = origin.source().name();
        this.text = Objects.requireNonNull(text);
        this.origin = origin;
    }

    /// Where the pieces of a text come from.
    public interface Origin {
        /// The text that people know.
        Source source();

        /// The place there of a character of the text that was made.
        int offset(int made);

        /// What people call the element there, such as `POU main, localId 7`, or the empty text.
        String element(int made);
    }

    public String name() {
        return name;
    }

    public String text() {
        return text;
    }

    /// The number of lines, at least 1.
    public int lines() {
        return lineStarts().length;
    }

    /// The text that people know, of which this one is a piece or was made; else this one.
    public Source known() {
        return origin == null ? this : origin.source();
    }

    /// The place in the text that people know.
    public int knownOffset(int offset) {
        return origin == null ? offset : origin.offset(offset);
    }

    /// Where this text stands in another one, if it is a piece of it.
    public @Nullable Excerpt excerpt() {
        return origin instanceof Excerpt excerpt ? excerpt : null;
    }

    /// The line that is noted in code for the character at `offset`: of a piece that of its own, so that it
    /// stays the same when the piece moves. [#lineOfCode] tells where it is.
    public int codeLine(int offset) {
        if (!(origin instanceof Excerpt excerpt)) {
            return line(offset);
        }
        Source newer = excerpt.newer();
        return newer == null ? ownLine(offset) : newer.codeLine(excerpt.offsetInNewer(offset));
    }

    /// The line, in the text that people know, of a line noted in code.
    public int lineOfCode(int line) {
        if (!(origin instanceof Excerpt excerpt)) {
            return line;
        }
        Source newer = excerpt.newer();
        if (newer != null) {
            return newer.lineOfCode(line);
        }
        int at = lineStart(Math.clamp(line, 1, lines()));
        while (at + 1 < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return line(at);
    }

    /// The element of a graphical program that holds the character at `offset`, or the empty text.
    public String element(int offset) {
        return origin == null ? "" : origin.element(offset);
    }

    /// The line, from 1, that holds the character at `offset`, in the text that people know.
    public int line(int offset) {
        return origin == null ? ownLine(offset) : origin.source().line(origin.offset(offset));
    }

    /// The line, from 1, that holds the character at `offset`, in this text itself.
    public int ownLine(int offset) {
        int found = Arrays.binarySearch(lineStarts(), offset);
        return found >= 0 ? found + 1 : -found - 1;
    }

    /// The column, from 1, of the character at `offset`, in the text that people know.
    public int column(int offset) {
        return origin == null ? ownColumn(offset) : origin.source().column(origin.offset(offset));
    }

    /// The column, from 1, of the character at `offset`, in this text itself.
    public int ownColumn(int offset) {
        return offset - lineStart(ownLine(offset)) + 1;
    }

    /// The offset of the first character of a line that is counted from 1.
    public int lineStart(int line) {
        return lineStarts()[line - 1];
    }

    /// The text of a line that is counted from 1, without its end.
    public String lineText(int line) {
        if (origin != null) {
            return origin.source().lineText(line);
        }
        int end = line < lines() ? lineStart(line + 1) : text.length();
        int start = lineStart(line);
        while (end > start && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
            end--;
        }
        return text.substring(start, end);
    }

    /// The characters from `start` to before `end`.
    public Span span(int start, int end) {
        return new Span(this, start, end);
    }

    @Override
    public String toString() {
        return name;
    }

    private int[] lineStarts() {
        int[] known = lineStarts;
        if (known == null) {
            known = lineStarts(text);
            lineStarts = known;
        }
        return known;
    }

    private static int[] lineStarts(String text) {
        int[] starts = new int[16];
        int count = 1;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            boolean ends = c == '\n' || c == '\r' && !(at + 1 < text.length() && text.charAt(at + 1) == '\n');
            if (ends) {
                if (count == starts.length) {
                    starts = Arrays.copyOf(starts, count * 2);
                }
                starts[count++] = at + 1;
            }
        }
        return Arrays.copyOf(starts, count);
    }
}
