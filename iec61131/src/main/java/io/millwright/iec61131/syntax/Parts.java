package io.millwright.iec61131.syntax;

/// Where the parts of a text begin and end. Most of the keywords in question are names elsewhere, so that what
/// follows them decides.
final class Parts {
    private Parts() {}

    /// Whether no statement can begin at the cursor, because a block ends or another part of the text begins.
    static boolean endsStatements(Cursor cursor) {
        Kind kind = cursor.kind();
        return switch (kind) {
            case END_OF_TEXT, ELSIF, ELSE, UNTIL -> true;
            default -> kind.isEnd() || kind.isSection() || beginsPart(cursor);
        };
    }

    /// Whether a declaration or a part of one begins at the cursor.
    static boolean beginsPart(Cursor cursor) {
        return beginsDeclaration(cursor)
                || switch (cursor.kind()) {
                    case METHOD, PROPERTY, ACTION, STEP, INITIAL_STEP, RESOURCE -> beforeName(cursor);
                    case TRANSITION ->
                        beforeName(cursor)
                                || cursor.kind(1) == Kind.LEFT_PARENTHESIS && cursor.kind(2) == Kind.PRIORITY;
                    default -> false;
                };
    }

    /// Whether a declaration of the outermost level begins at the cursor.
    static boolean beginsDeclaration(Cursor cursor) {
        Kind next = cursor.kind(1);
        return switch (cursor.kind()) {
            case CLASS, INTERFACE, NAMESPACE -> beforeName(cursor);
            case TEST -> next == Kind.STRING_LITERAL || next == Kind.WIDE_STRING_LITERAL;
            case SETUP, TEARDOWN ->
                cursor.isFirstOnLine(0)
                        && (cursor.isFirstOnLine(1) || next.isSection() || next.isName())
                        && next != Kind.ASSIGN
                        && next != Kind.COLON;
            default -> beginsUnit(cursor.kind());
        };
    }

    /// Whether a token of this kind cannot stand within declarations of variables or types.
    static boolean endsDeclarations(Kind kind) {
        return kind == Kind.END_OF_TEXT || beginsUnit(kind) || kind.isEnd() || kind.isSection();
    }

    /// Whether a keyword opens a declaration wherever it stands.
    static boolean beginsUnit(Kind kind) {
        return switch (kind) {
            case TYPE, FUNCTION, FUNCTION_BLOCK, PROGRAM, CONFIGURATION -> true;
            default -> false;
        };
    }

    private static boolean beforeName(Cursor cursor) {
        return cursor.kind(1).isName()
                && cursor.kind(2) != Kind.EQUAL
                && (cursor.position() == 0 || cursor.isFirstOnLine(0) || !cursor.isFirstOnLine(1));
    }

    /// Whether the keyword ends a unit or something larger, rather than a part of it.
    static boolean isUnitEnd(Kind kind) {
        return switch (kind) {
            case END_IF,
                    END_CASE,
                    END_FOR,
                    END_WHILE,
                    END_REPEAT,
                    END_VAR,
                    END_STRUCT,
                    END_UNION,
                    END_TYPE,
                    END_METHOD,
                    END_PROPERTY,
                    END_GET,
                    END_SET,
                    END_ACTION,
                    END_STEP,
                    END_TRANSITION -> false;
            default -> kind.isEnd();
        };
    }
}
