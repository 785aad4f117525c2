package io.millwright.iec61131.check;

import io.millwright.iec61131.syntax.TypeSyntax;
import io.millwright.iec61131.type.ArrayType;
import io.millwright.iec61131.type.OpenArrayType;
import io.millwright.iec61131.type.ReferenceType;
import io.millwright.iec61131.type.TextType;
import io.millwright.iec61131.type.Type;

/// Whether a type that is written a second time says the same as the first time.
final class Alike {
    private Alike() {}

    /// Whether two types are the same but for names that only stand for another. One that is mistaken may be
    /// any.
    static boolean types(Type a, Type b) {
        if (a.isMistaken() || b.isMistaken() || a.resolved().equals(b.resolved())) {
            return true;
        }
        return switch (a.resolved()) {
            case ArrayType(var ranges, var element) ->
                b.resolved() instanceof ArrayType(var others, var other)
                        && ranges.equals(others)
                        && types(element, other);
            case OpenArrayType open ->
                b.resolved() instanceof OpenArrayType other
                        && open.dimensions() == other.dimensions()
                        && types(open.element(), other.element());
            case ReferenceType(var kind, var target) ->
                b.resolved() instanceof ReferenceType(var otherKind, var other)
                        && kind == otherKind
                        && types(target, other);
            default -> false;
        };
    }

    /// Whether a type as written says what a variable is of; a text without a length goes for any length.
    static boolean says(TypeSyntax syntax, Type written, Type actual) {
        boolean anyLength = syntax instanceof TypeSyntax.Text text
                && text.length() == null
                && actual.resolved() instanceof TextType is
                && text.wide() == is.wide();
        return anyLength || types(written, actual);
    }
}
