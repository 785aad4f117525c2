package io.millwright.iec61131.syntax;

import io.millwright.iec61131.source.Diagnostic;
import io.millwright.iec61131.source.Diagnostics;
import io.millwright.iec61131.source.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Walks through the tokens of a text for all parts of the parser and reports what is missing.
///
/// After a report the cursor is lost: it says nothing more until a part of the parser has found its place again
/// ([#found]), so that one mistake gives one message.
final class Cursor {
    /// How deep statements, expressions and types may nest, together.
    static final int DEPTH_MAX = 200;

    /// After how many reports reading ends.
    static final int REPORTS_MAX = 1_000;

    private final Tokens tokens;
    private final Dialect dialect;
    private final Diagnostics diagnostics;
    private final Literals literals;
    private final int[] meaningful;
    private int at;
    private int depth;
    private boolean lost;
    private int reports;
    private boolean abandoned;

    Cursor(Tokens tokens, Dialect dialect, Diagnostics diagnostics) {
        this.tokens = tokens;
        this.dialect = dialect;
        this.diagnostics = diagnostics;
        this.literals = new Literals(dialect, diagnostics);
        int[] found = new int[tokens.count()];
        int count = 0;
        for (int i = 0; i < tokens.count(); i++) {
            if (!tokens.kind(i).isTrivia()) {
                found[count++] = i;
            }
        }
        this.meaningful = Arrays.copyOf(found, count);
    }

    Kind kind() {
        return tokens.kind(meaningful[at]);
    }

    /// The kind of the token so many places ahead.
    Kind kind(int ahead) {
        return tokens.kind(meaningful[Math.min(at + ahead, meaningful.length - 1)]);
    }

    boolean at(Kind kind) {
        return kind() == kind;
    }

    boolean atName() {
        return kind().isName();
    }

    String text() {
        return tokens.text(meaningful[at]);
    }

    String text(int ahead) {
        return tokens.text(meaningful[Math.min(at + ahead, meaningful.length - 1)]);
    }

    /// Whether the current token stands directly behind the one before, without a blank.
    boolean touchesPrevious(int ahead) {
        int index = Math.min(at + ahead, meaningful.length - 1);
        return index > 0 && tokens.end(meaningful[index - 1]) == tokens.start(meaningful[index]);
    }

    boolean isFirstOnLine(int ahead) {
        int index = Math.min(at + ahead, meaningful.length - 1);
        return index == 0
                || span(index).source().ownLine(tokens.end(meaningful[index - 1]))
                        != span(index).source().ownLine(span(index).start());
    }

    int position() {
        return at;
    }

    void next() {
        if (at < meaningful.length - 1) {
            at++;
        }
    }

    boolean accept(Kind kind) {
        if (kind() == kind) {
            next();
            return true;
        }
        return false;
    }

    /// The stretch of the current token.
    Span span() {
        return span(at);
    }

    private Span span(int index) {
        return tokens.span(meaningful[index]);
    }

    /// From the token at `position` to the last one read.
    Span since(int position) {
        int last = Math.max(position, at - 1);
        int start = tokens.start(meaningful[position]);
        return tokens.source().span(start, Math.max(start, tokens.end(meaningful[last])));
    }

    Span since(Span first) {
        return at == 0 ? first : first.to(span(at - 1));
    }

    /// From the token at `position` to before the next, with the comments before and behind.
    Span around(int position) {
        int start = position == 0 ? 0 : tokens.end(meaningful[position - 1]);
        return tokens.source().span(start, Math.max(start, tokens.start(meaningful[at])));
    }

    /// The empty place behind the last token read.
    Span gap() {
        int end = at == 0 ? 0 : tokens.end(meaningful[at - 1]);
        return tokens.source().span(end, end);
    }

    Dialect dialect() {
        return dialect;
    }

    Literals literals() {
        return literals;
    }

    /// Reports what only common dialects allow, where the standard alone is asked for.
    void extension(Span span, String what) {
        if (dialect == Dialect.STANDARD && !lost) {
            diagnostics.error("E020", span, what + " is not part of IEC 61131-3");
        }
    }

    // Reports and recovery.

    void report(Diagnostic diagnostic) {
        boolean swallowed = tokens.isTruncated() && at(Kind.END_OF_TEXT);
        if (!lost && !at(Kind.BAD) && !swallowed && !abandoned) {
            diagnostics.add(diagnostic);
            if (++reports == REPORTS_MAX) {
                diagnostics.error("E015", span(), "after %d mistakes the rest is not read".formatted(REPORTS_MAX));
                abandon();
            }
        }
        lost = true;
    }

    /// Goes to the end of the text and says nothing more.
    private void abandon() {
        abandoned = true;
        at = meaningful.length - 1;
    }

    /// Reports that `wanted` is missing at the current token.
    void missing(String wanted) {
        missing("E010", wanted);
    }

    void missing(String code, String wanted) {
        report(Diagnostic.error(code, place(), wanted + " is expected here, not " + shown()));
        boolean within = at > 0 && !isFirstOnLine(0) && kind(-1) != Kind.SEMICOLON && !kind(-1).isEnd();
        if (within && (kind().isSection() || Parts.beginsUnit(kind()))) {
            // In the middle of a line the keyword was written by mistake: what it opens elsewhere is not meant.
            take(Kind.BAD);
        }
    }

    /// A finding that a mark is missing at the current token.
    Diagnostic missing(Kind mark) {
        Span place = place();
        Diagnostic found = Diagnostic.error("E010", place, mark.described() + " is expected here, not " + shown());
        if (place.start() == place.end()) {
            return found.suggesting(mark.text());
        }
        return mark != Kind.SEMICOLON && at(Kind.SEMICOLON) ? found.suggesting(mark.text() + ";") : found;
    }

    /// Where a missing thing is shown: at the current token, or behind the last one if that ends its line.
    Span place() {
        return at > 0 && (at(Kind.END_OF_TEXT) || isFirstOnLine(0)) ? gap() : span();
    }

    /// The current token as messages show it.
    String shown() {
        Kind kind = kind();
        if (kind == Kind.END_OF_TEXT) {
            return kind.text();
        }
        String text = text();
        return "\"" + (text.length() > 30 ? text.substring(0, 30) + "…" : text) + "\"";
    }

    boolean isLost() {
        return lost;
    }

    void lose() {
        lost = true;
    }

    /// Says that the parser knows again where it is.
    void found() {
        lost = false;
    }

    boolean expect(Kind kind) {
        if (accept(kind)) {
            return true;
        }
        missing(kind.described());
        return false;
    }

    /// The keyword `kind`, or a word that is nearly it.
    boolean expectWord(Kind kind, String context) {
        if (accept(kind)) {
            return true;
        }
        if (at(Kind.NAME) && Spelling.isNear(text(), kind.text())) {
            correct(kind);
            next();
            return true;
        }
        missing(kind.text() + context);
        return false;
    }

    /// Reports the current word as a misspelling of a keyword and takes it for that from now on.
    void correct(Kind kind) {
        report(Diagnostic.error(
                        "E011", span(), "\"%s\" is not a keyword: did you mean %s?".formatted(text(), kind.text()))
                .suggesting(kind.text()));
        found();
        take(kind);
    }

    /// Takes the current word for a keyword.
    void take(Kind kind) {
        tokens.correct(meaningful[at], kind);
    }

    /// Notes what the current token is, for [Tokens].
    void mark(Tokens.Mark mark) {
        tokens.mark(meaningful[at], mark);
    }

    /// Notes that a block begins at the token where `head` begins.
    void markOpen(Span head) {
        int index = at;
        while (index > 0 && tokens.start(meaningful[index]) > head.start()) {
            index--;
        }
        tokens.mark(meaningful[index], Tokens.Mark.OPENS);
    }

    /// Goes back to a place that [#position] has told.
    void back(int position) {
        at = abandoned ? at : position;
    }

    Name name(String what) {
        if (atName()) {
            Name name = new Name(text(), span());
            take(Kind.NAME);
            next();
            return name;
        }
        if (kind().isKeyword() && !lost) {
            report(Diagnostic.error(
                    "E010", span(), "%s is expected here; %s is a keyword".formatted(what, kind().text())));
        } else {
            missing(what);
        }
        return new Name("", gap());
    }

    QualifiedName qualifiedName(String what) {
        List<Name> parts = new ArrayList<>();
        parts.add(name(what));
        while (at(Kind.POINT) && kind(1).isName()) {
            next();
            parts.add(name(what));
        }
        return new QualifiedName(parts);
    }

    /// Whether a token of this kind cannot stand within a statement, so that reading can go on from it.
    static boolean isAnchor(Kind kind) {
        return switch (kind) {
            case END_OF_TEXT,
                    IF,
                    ELSIF,
                    ELSE,
                    CASE,
                    FOR,
                    WHILE,
                    REPEAT,
                    UNTIL,
                    EXIT,
                    RETURN,
                    TYPE,
                    STRUCT,
                    FUNCTION,
                    FUNCTION_BLOCK,
                    PROGRAM,
                    CONFIGURATION -> true;
            default -> kind.isEnd() || kind.isSection();
        };
    }

    /// Goes one level deeper; false, after a report, where that is too deep.
    boolean enter() {
        if (++depth <= DEPTH_MAX) {
            return true;
        }
        report(Diagnostic.error(
                "E013", span(), "nothing may nest deeper than %d levels; the rest is not read".formatted(DEPTH_MAX)));
        abandon();
        return false;
    }

    void leave() {
        depth--;
    }

    // Comments that document.

    /// The comment directly before the token at `position`.
    String documentationBefore(int position) {
        int first = meaningful[position];
        int index = first;
        while (index > 0 && tokens.kind(index - 1).isTrivia() && tokens.linesBefore(index) <= 1) {
            index--;
        }
        while (index < first && !tokens.isFirstOnLine(index)) {
            index++;
        }
        return Documentation.of(tokens, index, first);
    }

    /// The comment behind the last token read, on the same line.
    String documentationBehind() {
        int first = at == 0 ? 0 : meaningful[at - 1] + 1;
        int index = first;
        while (tokens.kind(index).isTrivia() && tokens.linesBefore(index) == 0) {
            index++;
        }
        return Documentation.of(tokens, first, index);
    }

    /// The comments between the last token read and the next.
    String documentationHere() {
        return Documentation.of(tokens, at == 0 ? 0 : meaningful[at - 1] + 1, meaningful[at]);
    }

    boolean isTruncated() {
        return tokens.isTruncated();
    }

    @Nullable
    Kind nearestWord(Kind... candidates) {
        return at(Kind.NAME) ? Spelling.nearest(text(), candidates) : null;
    }

    Diagnostics diagnostics() {
        return diagnostics;
    }
}
