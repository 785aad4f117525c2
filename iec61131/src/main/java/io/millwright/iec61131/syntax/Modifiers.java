package io.millwright.iec61131.syntax;

import java.util.EnumSet;
import java.util.Set;

/// Reads what stands around the keywords of units, methods and blocks of variables.
final class Modifiers {
    private Modifiers() {}

    /// Whether the current word is a modifier of the name that follows.
    static boolean isModifier(Cursor cursor) {
        return switch (cursor.kind()) {
            case ABSTRACT, FINAL, OVERRIDE, PUBLIC, PROTECTED, PRIVATE, INTERNAL -> {
                Kind next = cursor.kind(1);
                boolean extending = next == Kind.EXTENDS || next == Kind.IMPLEMENTS;
                yield next.isName() && !(extending && cursor.kind(2).isName())
                        || next == Kind.FUNCTION_BLOCK
                        || next == Kind.FUNCTION
                        || next == Kind.PROGRAM;
            }
            default -> false;
        };
    }

    /// The modifiers from the cursor on.
    static Set<Declaration.Modifier> read(Cursor cursor) {
        Set<Declaration.Modifier> all = EnumSet.noneOf(Declaration.Modifier.class);
        while (isModifier(cursor)) {
            all.add(Declaration.Modifier.valueOf(cursor.kind().name()));
            cursor.next();
        }
        return all;
    }

    /// CONSTANT, RETAIN and the like behind VAR.
    static Set<VariableBlock.Qualifier> qualifiers(Cursor cursor) {
        Set<VariableBlock.Qualifier> all = EnumSet.noneOf(VariableBlock.Qualifier.class);
        while (true) {
            switch (cursor.kind()) {
                case CONSTANT, RETAIN, NON_RETAIN, PERSISTENT, PUBLIC, PROTECTED, PRIVATE, INTERNAL -> {
                    Kind next = cursor.kind(1);
                    if (next == Kind.COLON || next == Kind.COMMA || next == Kind.AT) {
                        return all;
                    }
                    if (cursor.at(Kind.PERSISTENT)) {
                        cursor.extension(cursor.span(), "PERSISTENT");
                    }
                    all.add(VariableBlock.Qualifier.valueOf(cursor.kind().name()));
                    cursor.next();
                }
                default -> {
                    return all;
                }
            }
        }
    }
}
