package io.millwright.iec61131.syntax;

import io.millwright.iec61131.source.Diagnostic;
import io.millwright.iec61131.source.Diagnostics;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.source.Span;

/// Cuts a text into [Tokens] (6.1 to 6.3). What it cannot read it reports once and leaves as a [Kind#BAD]
/// token. What stands inside a literal is looked at by [Literals].
final class Lexer {
    private final Source source;
    private final String text;
    private final Dialect dialect;
    private final Diagnostics diagnostics;
    private final Tokens tokens;
    private int at;
    private int reports;

    private Lexer(Source source, Dialect dialect, Diagnostics diagnostics) {
        this.source = source;
        this.text = source.text();
        this.dialect = dialect;
        this.diagnostics = diagnostics;
        this.tokens = new Tokens(source);
    }

    static Tokens tokens(Source source, Dialect dialect, Diagnostics diagnostics) {
        return new Lexer(source, dialect, diagnostics).run();
    }

    private Tokens run() {
        if (peek(0) == '\uFEFF') {
            at++;
        }
        while (at < text.length()) {
            char c = text.charAt(at);
            if (isBlank(c)) {
                at++;
            } else {
                next(c);
            }
        }
        tokens.add(Kind.END_OF_TEXT, text.length(), text.length());
        return tokens;
    }

    private void next(char c) {
        if (isNameStart(c)) {
            word();
        } else if (isDigit(c)) {
            number();
        } else {
            switch (c) {
                case '\'' -> string(c, Kind.STRING_LITERAL);
                case '"' -> string(c, Kind.WIDE_STRING_LITERAL);
                case '%' -> {
                    if (peek(1) == ' ' || peek(1) == '(') {
                        foreign(Kind.MOD, 1, "MOD");
                    } else {
                        address();
                    }
                }
                case '{' -> pragma();
                default -> symbol(c);
            }
        }
    }

    private void symbol(char c) {
        char d = peek(1);
        if ((c == d && "=&|".indexOf(c) >= 0 || c == '!' && d == '=') && peek(2) != d) {
            switch (c) {
                case '=' -> foreign(Kind.EQUAL, 2, "=");
                case '&' -> foreign(Kind.AND, 2, "AND");
                case '|' -> foreign(Kind.OR, 2, "OR");
                default -> foreign(Kind.NOT_EQUAL, 2, "<>");
            }
        } else {
            mark(c, d);
        }
    }

    /// An operator of other languages, taken for the one that is meant.
    private void foreign(Kind meant, int length, String written) {
        Span span = source.span(at, at + length);
        if (++reports <= Cursor.REPORTS_MAX) {
            diagnostics.add(Diagnostic.error("E010", span, span.text() + " is written " + written + " here")
                    .suggesting(written));
        }
        add(meant, length);
    }

    private void mark(char c, char d) {
        switch (c) {
            case '(' -> {
                if (d == '*') {
                    comment('(', '*', ')');
                } else {
                    add(Kind.LEFT_PARENTHESIS, 1);
                }
            }
            case '/' -> {
                switch (d) {
                    case '/' -> lineComment();
                    case '*' -> comment('/', '*', '/');
                    default -> add(Kind.SLASH, 1);
                }
            }
            case ')' -> add(Kind.RIGHT_PARENTHESIS, 1);
            case '[' -> add(Kind.LEFT_BRACKET, 1);
            case ']' -> add(Kind.RIGHT_BRACKET, 1);
            case ',' -> add(Kind.COMMA, 1);
            case ';' -> add(Kind.SEMICOLON, 1);
            case '^' -> add(Kind.CARET, 1);
            case '+' -> add(Kind.PLUS, 1);
            case '-' -> add(Kind.MINUS, 1);
            case '&' -> add(Kind.AMPERSAND, 1);
            case '#' -> add(Kind.HASH, 1);
            case '.' -> either(d == '.', Kind.RANGE, Kind.POINT);
            case ':' -> either(d == '=', Kind.ASSIGN, Kind.COLON);
            case '*' -> either(d == '*', Kind.POWER, Kind.STAR);
            case '>' -> either(d == '=', Kind.GREATER_OR_EQUAL, Kind.GREATER);
            case '=' -> either(d == '>', Kind.OUTPUT, Kind.EQUAL);
            case '<' -> {
                if (d == '>') {
                    add(Kind.NOT_EQUAL, 2);
                } else {
                    either(d == '=', Kind.LESS_OR_EQUAL, Kind.LESS);
                }
            }
            default -> {
                if (c == '?' && d == '=') {
                    add(Kind.ATTEMPT, 2);
                } else {
                    strange();
                }
            }
        }
    }

    private void either(boolean two, Kind long2, Kind short1) {
        add(two ? long2 : short1, two ? 2 : 1);
    }

    private void add(Kind kind, int length) {
        tokens.add(kind, at, at + length);
        at += length;
    }

    private void strange() {
        int start = at;
        int point = text.codePointAt(at);
        while (at < text.length() && text.codePointAt(at) == point) {
            at += Character.charCount(point);
        }
        tokens.add(Kind.BAD, start, at);
        String shown =
                Character.isISOControl(point) || !Character.isDefined(point) || Character.isSurrogate((char) point)
                        ? "the character U+%04X".formatted(point)
                        : "\"" + Character.toString(point) + "\"";
        report("E001", source.span(start, at), shown + " has no meaning here");
    }

    private void report(String code, Span span, String message) {
        if (++reports <= Cursor.REPORTS_MAX) {
            diagnostics.error(code, span, message);
        }
    }

    private void word() {
        int start = at;
        boolean foreign = false;
        while (at < text.length() && isNamePart(text.charAt(at))) {
            foreign |= text.charAt(at) >= 0x80;
            at++;
        }
        if (peek(0) == '#' && peek(1) != '#') {
            prefixed(start);
            return;
        }
        Kind kind = Kind.keyword(text, start, at);
        tokens.add(kind, start, at);
        if (dialect == Dialect.STANDARD && kind == Kind.NAME) {
            String word = text.substring(start, at);
            if (foreign || word.contains("__") || word.endsWith("_")) {
                report(
                        "E020",
                        source.span(start, at),
                        foreign
                                ? "a name is made of the letters A to Z, digits and underscores"
                                : "a name has no two underscores in a row and none at its end");
            }
        }
    }

    /// A word with `#` behind it: a literal of time, or the type of another literal.
    private void prefixed(int start) {
        Kind kind = Literals.prefix(text.substring(start, at));
        at++;
        if (kind != Kind.TYPE_PREFIX) {
            boolean duration = kind == Kind.DURATION;
            if (duration && (peek(0) == '-' || peek(0) == '+')) {
                at++;
            }
            while (isNamePart(peek(0)) || isDigit(peek(1)) && (peek(0) == '.' || !duration && isDateMark(peek(0)))) {
                at++;
            }
        }
        tokens.add(kind, start, at);
    }

    private static boolean isDateMark(char c) {
        return c == '-' || c == ':';
    }

    private void number() {
        int start = at;
        digits();
        if (peek(0) == '#') {
            at++;
            while (isNamePart(peek(0))) {
                at++;
            }
            tokens.add(Kind.NUMBER, start, at);
            return;
        }
        boolean afterPoint = tokens.count() > 0
                && tokens.kind(tokens.count() - 1) == Kind.POINT
                && tokens.end(tokens.count() - 1) == start;
        if (peek(0) == '.' && isDigit(peek(1)) && !afterPoint) {
            at++;
            digits();
        } else if (peek(0) == '.' && peek(1) != '.' && peek(1) != '%' && !isNameStart(peek(1)) && !afterPoint) {
            at++;
        }
        if ((peek(0) | 0x20) == 'e' && (isDigit(peek(1)) || isSign(peek(1)) && isDigit(peek(2)))) {
            at += 2;
            digits();
        }
        int end = at;
        while (isNamePart(peek(0))) {
            at++;
        }
        tokens.add(end == at ? Kind.NUMBER : Kind.BAD, start, at);
        if (end != at) {
            report(
                    "E004",
                    source.span(start, at),
                    "\"%s\" is neither a number nor a name: a name begins with a letter"
                            .formatted(text.substring(start, Math.min(at, start + 40))));
        }
    }

    private void digits() {
        while (isDigit(peek(0)) || peek(0) == '_') {
            at++;
        }
    }

    private void string(char quote, Kind kind) {
        int start = at++;
        while (at < text.length() && !isLineEnd(text.charAt(at))) {
            boolean doubled = peek(0) == quote && peek(1) == quote && dialect == Dialect.COMMON;
            if (peek(0) == quote && !doubled) {
                break;
            }
            at += doubled || peek(0) == '$' && !isLineEnd(peek(1)) ? 2 : 1;
        }
        at = Math.min(at, text.length());
        if (peek(0) == quote) {
            at++;
            tokens.add(kind, start, at);
        } else {
            tokens.add(Kind.BAD, start, at);
            report("E003", source.span(start, at), "this string has no closing %s on its line".formatted(quote));
        }
    }

    /// `%IX1.2`, `%Q*`, and `%X3` of `word.%X3` or of `field AT %X3.1`.
    private void address() {
        int start = at++;
        boolean area = "IQM".indexOf(upper(peek(0))) >= 0 && peek(0) != 0;
        if (area) {
            at++;
        }
        boolean size = "XBWDL".indexOf(upper(peek(0))) >= 0 && peek(0) != 0;
        if (size) {
            at++;
        }
        boolean complete = false;
        if (area && peek(0) == '*') {
            at++;
            complete = true;
        } else if (isDigit(peek(0)) && (area || size)) {
            complete = true;
            while (isDigit(peek(0)) || peek(0) == '.' && isDigit(peek(1))) {
                at++;
            }
        }
        complete &= !isNamePart(peek(0));
        while (isNamePart(peek(0))) {
            at++;
        }
        tokens.add(!complete ? Kind.BAD : area ? Kind.ADDRESS : Kind.PART, start, at);
        if (!complete) {
            report(
                    "E005",
                    source.span(start, at),
                    "an address is % with I, Q or M, a size X, B, W, D or L, and numbers, such as %IX1.7 or %QW4");
        }
    }

    private void lineComment() {
        int start = at;
        while (at < text.length() && !isLineEnd(text.charAt(at))) {
            at++;
        }
        tokens.add(Kind.COMMENT, start, at);
    }

    /// A comment between marks of two characters, which nests (Table 3).
    private void comment(char open, char star, char close) {
        int start = at;
        int depth = 1;
        at += 2;
        while (depth > 0 && at < text.length()) {
            char c = text.charAt(at);
            if (c == star && peek(1) == close) {
                depth--;
                at += 2;
            } else if (c == open && peek(1) == star) {
                depth++;
                at += 2;
            } else {
                at++;
            }
        }
        tokens.add(Kind.COMMENT, start, at);
        if (depth > 0) {
            unended(start, "this comment has no end: \"%c%c\" is missing".formatted(star, close));
        }
    }

    private void pragma() {
        int start = at;
        // Some tools put code of other languages between doubled braces.
        String end = peek(1) == '{' ? "}}" : "}";
        while (at < text.length() && !text.startsWith(end, at)) {
            at++;
        }
        if (at < text.length()) {
            at += end.length();
            tokens.add(Kind.PRAGMA, start, at);
        } else {
            tokens.add(Kind.PRAGMA, start, at);
            unended(start, "this pragma has no end: \"}\" is missing");
        }
    }

    private void unended(int start, String message) {
        tokens.truncate();
        report("E002", source.span(start, Math.min(start + 2, text.length())), message);
    }

    private char peek(int ahead) {
        return at + ahead < text.length() ? text.charAt(at + ahead) : 0;
    }

    private static char upper(char c) {
        return (char) (c & ~0x20);
    }

    /// Blanks, and the mark that DOS wrote at the end of a file.
    private static boolean isBlank(char c) {
        return c == ' ' || c >= '\t' && c <= '\r' || c == '\u00A0' || c == '\u001A';
    }

    private static boolean isSign(char c) {
        return c == '+' || c == '-';
    }

    private static boolean isLineEnd(char c) {
        return c == '\n' || c == '\r' || c == 0;
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isNameStart(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c >= 0x80 && Character.isLetter(c);
    }

    private static boolean isNamePart(char c) {
        return isNameStart(c) || isDigit(c);
    }
}
