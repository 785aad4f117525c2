package io.millwright.iec61131.format;

import io.millwright.iec61131.source.Diagnostics;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.syntax.Dialect;
import io.millwright.iec61131.syntax.Kind;
import io.millwright.iec61131.syntax.Parser;
import io.millwright.iec61131.syntax.Tokens;
import io.millwright.iec61131.syntax.Tokens.Mark;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/// Lays out Structured Text: indentation by four blanks, one blank between tokens where one belongs, keywords
/// in capitals, at most one empty line in a row, nothing behind the end of a line.
///
/// Lines stay where the author broke them, for they carry meaning of his and, in instruction lists, of the
/// language. Comments and pragmas stay as they are, up to blanks at the ends of their lines. Laying out twice
/// changes nothing more, and the tree of the text is the same as before.
public final class Formatter {
    private static final String STEP = "    ";

    private final Tokens tokens;
    private final StringBuilder out = new StringBuilder();
    private final String lineEnd;
    private final Deque<Block> open = new ArrayDeque<>();

    private Formatter(Tokens tokens) {
        this.tokens = tokens;
        this.lineEnd = tokens.source().text().contains("\r\n") ? "\r\n" : "\n";
    }

    /// What is open, how deep the line of its head is, and whether the labels of an alternative were passed in
    /// it.
    private static final class Block {
        final Kind kind;
        final int head;
        boolean labelled;

        Block(Kind kind, int head) {
            this.kind = kind;
            this.head = head;
        }

        int content() {
            return head + (labelled ? 2 : 1);
        }
    }

    /// The text in its layout, or as it is where it has mistakes.
    public static String format(Source source) {
        Diagnostics diagnostics = new Diagnostics();
        Tokens tokens = Parser.tokens(source, Dialect.COMMON, diagnostics);
        return diagnostics.hasErrors() ? source.text() : new Formatter(tokens).run();
    }

    private String run() {
        int last = tokens.count() - 1;
        for (int index = 0; index < last; index++) {
            boolean first = tokens.isFirstOnLine(index);
            int depth = first ? depth(index) : 0;
            follow(index);
            if (first) {
                if (index > 0) {
                    out.append(lineEnd).append(tokens.linesBefore(index) > 1 ? lineEnd : "");
                }
                out.repeat(STEP, depth);
            } else if (Spacing.between(tokens, index)) {
                out.append(' ');
            }
            write(index);
        }
        return last == 0 ? "" : out.append(lineEnd).toString();
    }

    private void write(int index) {
        Kind kind = tokens.kind(index);
        String text = tokens.text(index);
        if (kind.isTrivia()) {
            String[] lines = text.split("\r\n|\n|\r", -1);
            for (int line = 0; line < lines.length; line++) {
                out.append(line == 0 ? "" : lineEnd).append(lines[line].stripTrailing());
            }
        } else {
            out.append(kind.isKeyword() ? text.toUpperCase(Locale.ROOT) : text);
        }
    }

    /// Opens and closes blocks.
    private void follow(int index) {
        Kind kind = tokens.kind(index);
        if (tokens.is(index, Mark.OPENS)) {
            open.push(new Block(kind, depth(index)));
        } else if (kind.isEnd()) {
            open.poll();
        } else if (!open.isEmpty() && (kind == Kind.ELSE || tokens.is(index, Mark.LABELS))) {
            open.peek().labelled = kind != Kind.ELSE;
        }
    }

    /// How deep a line is that begins with this token.
    private int depth(int index) {
        Block block = open.peek();
        Kind kind = tokens.kind(index);
        if (kind.isTrivia()) {
            return beforeWhat(index);
        }
        if (block == null) {
            return tokens.is(index, Mark.STARTS) || tokens.is(index, Mark.OPENS) ? 0 : 1;
        }
        if (kind.isEnd()) {
            return block.head;
        }
        if (tokens.is(index, Mark.LABELS)) {
            return block.head + 1;
        }
        if (tokens.is(index, Mark.OPENS) && kind.isSection() && isUnit(block.kind)) {
            return block.head;
        }
        boolean begins = tokens.is(index, Mark.STARTS) || tokens.is(index, Mark.OPENS);
        return switch (kind) {
            case ELSE, ELSIF, UNTIL, THEN, DO, OF -> block.head;
            case RIGHT_PARENTHESIS, RIGHT_BRACKET -> block.content();
            default -> block.content() + (begins ? 0 : 1);
        };
    }

    /// A comment stands where the next token would, but within a block that ends there.
    private int beforeWhat(int index) {
        int next = index;
        while (tokens.kind(next).isTrivia()) {
            next++;
        }
        Block block = open.peek();
        return switch (tokens.kind(next)) {
            case ELSE, ELSIF, UNTIL, END_OF_TEXT -> block == null ? 0 : block.content();
            default -> block != null && tokens.kind(next).isEnd() ? block.content() : depth(next);
        };
    }

    /// Whether blocks of variables stand no deeper than what they belong to.
    private static boolean isUnit(Kind kind) {
        return switch (kind) {
            case FUNCTION, FUNCTION_BLOCK, PROGRAM, CLASS, METHOD, PROPERTY, GET, SET, TEST, SETUP, TEARDOWN -> true;
            default -> false;
        };
    }
}
