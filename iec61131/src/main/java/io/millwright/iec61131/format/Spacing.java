package io.millwright.iec61131.format;

import io.millwright.iec61131.syntax.Kind;
import io.millwright.iec61131.syntax.Tokens;
import io.millwright.iec61131.syntax.Tokens.Mark;

/// Where a blank stands between two tokens of one line.
final class Spacing {
    private Spacing() {}

    /// Whether a blank stands before the token.
    static boolean between(Tokens tokens, int index) {
        Kind left = tokens.kind(index - 1);
        Kind right = tokens.kind(index);
        if (left.isTrivia() || right.isTrivia()) {
            return true;
        }
        if (tokens.is(index, Mark.TIGHT) || left == Kind.TYPE_PREFIX) {
            return false;
        }
        boolean tight = switch (left) {
            case LEFT_PARENTHESIS, LEFT_BRACKET, POINT, RANGE -> true;
            case PLUS, MINUS -> isSign(tokens, index - 1);
            default -> false;
        };
        return !tight
                && switch (right) {
                    case COMMA, SEMICOLON, RIGHT_PARENTHESIS, RIGHT_BRACKET, POINT, RANGE, CARET -> false;
                    case LEFT_BRACKET -> !(endsOperand(left) || isTypeWord(left));
                    case LEFT_PARENTHESIS -> !(endsOperand(left) || isTypeWord(left) || isFunction(tokens, index - 1));
                    default -> true;
                };
    }

    /// Whether a plus or minus has no left side.
    private static boolean isSign(Tokens tokens, int index) {
        return index == 0 || tokens.kind(index - 1) == Kind.TYPE_PREFIX || !endsOperand(before(tokens, index));
    }

    /// Whether an operator's keyword is called like a function: `AND(a, b)`.
    private static boolean isFunction(Tokens tokens, int index) {
        return switch (tokens.kind(index)) {
            case AND, OR, XOR, MOD -> index > 0 && !endsOperand(before(tokens, index));
            case SUPER, THIS -> true;
            default -> false;
        };
    }

    private static Kind before(Tokens tokens, int index) {
        int before = index - 1;
        while (before > 0 && tokens.kind(before).isTrivia()) {
            before--;
        }
        return tokens.kind(before);
    }

    private static boolean isTypeWord(Kind kind) {
        return kind == Kind.ARRAY || kind == Kind.STRING || kind == Kind.WSTRING;
    }

    private static boolean endsOperand(Kind kind) {
        return switch (kind) {
            case NAME,
                    NUMBER,
                    STRING_LITERAL,
                    WIDE_STRING_LITERAL,
                    DURATION,
                    DATE,
                    TIME_OF_DAY,
                    DATE_AND_TIME,
                    ADDRESS,
                    PART,
                    TRUE,
                    FALSE,
                    RIGHT_PARENTHESIS,
                    RIGHT_BRACKET,
                    CARET,
                    THIS,
                    SUPER -> true;
            default -> false;
        };
    }
}
