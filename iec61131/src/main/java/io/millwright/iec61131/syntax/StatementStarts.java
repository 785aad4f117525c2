package io.millwright.iec61131.syntax;

import io.millwright.iec61131.source.Diagnostic;
import io.millwright.iec61131.type.Elementary;

/// Tells by a few tokens what begins where a statement may begin.
final class StatementStarts {
    private static final Kind[] STARTS = {
        Kind.IF,
        Kind.FOR,
        Kind.WHILE,
        Kind.CASE,
        Kind.REPEAT,
        Kind.ELSIF,
        Kind.UNTIL,
        Kind.METHOD,
        Kind.PROPERTY,
        Kind.ACTION
    };

    private final Cursor cursor;
    private final Blocks blocks;

    StatementStarts(Cursor cursor, Blocks blocks) {
        this.cursor = cursor;
        this.blocks = blocks;
    }

    /// Takes a word that nearly is a keyword for it, where a name makes no sense.
    void correctSpelling() {
        if (!cursor.at(Kind.NAME)) {
            return;
        }
        Kind next = cursor.kind(1);
        boolean alone = next == Kind.SEMICOLON || cursor.isFirstOnLine(1) && !StatementParser.continuesVariable(next);
        boolean operand = switch (next) {
            case NUMBER, NOT, TRUE, FALSE, TYPE_PREFIX, ADDRESS, STRING_LITERAL -> true;
            case NAME -> cursor.kind(2) != Kind.EQUAL || !cursor.touchesPrevious(2);
            default -> false;
        };
        Kind meant = null;
        if (alone) {
            meant = cursor.nearestWord(blocks.ends());
            if (meant == null && next != Kind.SEMICOLON) {
                meant = cursor.nearestWord(Kind.ELSE, Kind.REPEAT);
            }
        } else if (operand) {
            meant = cursor.nearestWord(STARTS);
        }
        if (meant != null) {
            cursor.correct(meant);
        }
    }

    /// Whether `JMP label;` stands here.
    boolean atJump() {
        return Name.key(cursor.text()).equals("JMP") && cursor.kind(1).isName() && cursor.kind(2) == Kind.SEMICOLON;
    }

    /// Whether a label to jump to stands here, and not a variable that is declared at a wrong place.
    boolean atJumpLabel() {
        if (!cursor.atName() || cursor.kind(1) != Kind.COLON || blocks.isOpen(Kind.END_CASE)) {
            return false;
        }
        return switch (cursor.kind(2)) {
            case SEMICOLON, IF, CASE, FOR, WHILE, REPEAT, RETURN, EXIT, ADDRESS -> true;
            default ->
                cursor.kind(2).isName()
                        && !isTypeName(2)
                        && (StatementParser.continuesVariable(cursor.kind(3))
                                || Name.key(cursor.text(2)).equals("JMP"));
        };
    }

    private boolean isTypeName(int ahead) {
        return Elementary.of(Name.key(cursor.text(ahead))) != null;
    }

    /// Passes over the labels of a CASE that is not there.
    boolean label(int start) {
        if (cursor.atName() || !atLabel()) {
            return false;
        }
        while (!cursor.at(Kind.COLON) && !cursor.at(Kind.SEMICOLON) && !Cursor.isAnchor(cursor.kind())) {
            cursor.next();
        }
        boolean label = cursor.at(Kind.COLON);
        cursor.back(start);
        if (!label) {
            return false;
        }
        if (!blocks.isForgiven(Kind.END_CASE)) {
            cursor.report(
                    Diagnostic.error("E012", cursor.span(), "a label stands here without the CASE it belongs to"));
            blocks.forgive(Kind.END_CASE);
        }
        while (!cursor.accept(Kind.COLON)) {
            cursor.next();
        }
        cursor.found();
        return true;
    }

    /// Whether the labels of a CASE begin here: a value, or names up to `:`, `,` or `..`.
    boolean atLabel() {
        switch (cursor.kind()) {
            case NUMBER,
                    MINUS,
                    PLUS,
                    TYPE_PREFIX,
                    STRING_LITERAL,
                    WIDE_STRING_LITERAL,
                    TRUE,
                    FALSE,
                    DURATION,
                    DATE,
                    TIME_OF_DAY,
                    DATE_AND_TIME -> {
                return true;
            }
            default -> {
                if (!cursor.atName()) {
                    return false;
                }
            }
        }
        int ahead = 1;
        while (true) {
            switch (cursor.kind(ahead)) {
                case COLON, COMMA, RANGE -> {
                    return true;
                }
                case POINT, PLUS, MINUS, STAR, TYPE_PREFIX, NUMBER -> ahead++;
                default -> {
                    boolean joined = cursor.kind(ahead).isName()
                            && !cursor.kind(ahead - 1).isName();
                    if (!joined || ahead > 64) {
                        return false;
                    }
                    ahead++;
                }
            }
        }
    }
}
