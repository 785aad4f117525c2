package io.millwright.iec61131.library;

import io.millwright.iec61131.ir.Term;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.TextType;
import io.millwright.iec61131.type.Type;
import java.util.Locale;

/// What emissions of standard functions are made with.
final class Terms {
    private Terms() {}

    /// The term as a value of a type.
    static Term convert(Term term, Type type) {
        return term.type().resolved().equals(type.resolved()) ? term : new Term.Convert(term, type);
    }

    /// A text as it is before it was said to be of another length, which changes nothing.
    static Term unwrapped(Term term) {
        boolean same = term instanceof Term.Convert(var operand, var to)
                && to.resolved() instanceof TextType a
                && operand.type().resolved() instanceof TextType b
                && a.wide() == b.wide();
        return same ? ((Term.Convert) term).operand() : term;
    }

    static Elementary elementary(Type type) {
        Elementary elementary = type.elementary();
        if (elementary == null) {
            throw new IllegalArgumentException(type.name() + " is not elementary");
        }
        return elementary;
    }

    /// The bit string of a width.
    static Elementary bits(int width) {
        return switch (width) {
            case 8 -> Elementary.BYTE;
            case 16 -> Elementary.WORD;
            case 32 -> Elementary.DWORD;
            default -> Elementary.LWORD;
        };
    }

    /// The Java method of a function of which there is one: `SQRT` is `sqrt`.
    static String methodName(String function) {
        return function.toLowerCase(Locale.ROOT);
    }
}
