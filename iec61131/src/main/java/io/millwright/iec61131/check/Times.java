package io.millwright.iec61131.check;

import io.millwright.iec61131.ir.Term;
import io.millwright.iec61131.syntax.Expression.BinaryOperator;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.Elementary.Family;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Arithmetic with durations, dates and times of day (Table 35). All of them count nanoseconds, so it is that
/// of LINT.
final class Times {
    private Times() {}

    /// The term, or null where no time takes part or the two do not go together.
    static @Nullable Term arithmetic(BinaryOperator operator, Term left, Elementary a, Term right, Elementary b) {
        return switch (operator) {
            case ADD -> sum(left, a, right, b);
            case SUBTRACT -> difference(left, a, right, b);
            case MULTIPLY ->
                a.family() == Family.DURATION
                        ? scaled("multiplyTime", left, a, right, b)
                        : b.family() == Family.DURATION ? scaled("multiplyTime", right, b, left, a) : null;
            case DIVIDE -> a.family() == Family.DURATION ? scaled("divideTime", left, a, right, b) : null;
            case MODULO ->
                a.family() == Family.DURATION && b.family() == Family.DURATION
                        ? plain(Term.BinaryOperator.MODULO, left, right, a)
                        : null;
            default -> null;
        };
    }

    private static @Nullable Term sum(Term left, Elementary a, Term right, Elementary b) {
        if (a.family() == Family.DURATION && b.family() == Family.DURATION) {
            return plain(Term.BinaryOperator.ADD, left, right, longer(a, b));
        }
        if (isPoint(a) && b.family() == Family.DURATION) {
            return a.family() == Family.TIME_OF_DAY
                    ? new Term.Library("addToTimeOfDay", List.of(left, right), a)
                    : plain(Term.BinaryOperator.ADD, left, right, a);
        }
        return null;
    }

    private static @Nullable Term difference(Term left, Elementary a, Term right, Elementary b) {
        if (a.family() == Family.DURATION && b.family() == Family.DURATION) {
            return plain(Term.BinaryOperator.SUBTRACT, left, right, longer(a, b));
        }
        if (isPoint(a) && b.family() == Family.DURATION) {
            return a.family() == Family.TIME_OF_DAY
                    ? new Term.Library("subtractFromTimeOfDay", List.of(left, right), a)
                    : plain(Term.BinaryOperator.SUBTRACT, left, right, a);
        }
        if (isPoint(a) && a.family() == b.family()) {
            boolean isLong = a.name().startsWith("L") || b.name().startsWith("L");
            return plain(Term.BinaryOperator.SUBTRACT, left, right, isLong ? Elementary.LTIME : Elementary.TIME);
        }
        return null;
    }

    private static boolean isPoint(Elementary type) {
        return switch (type.family()) {
            case DATE, TIME_OF_DAY, DATE_AND_TIME -> true;
            default -> false;
        };
    }

    private static Elementary longer(Elementary a, Elementary b) {
        return a == Elementary.LTIME ? a : b;
    }

    private static Term plain(Term.BinaryOperator operator, Term left, Term right, Elementary result) {
        return Folding.fold(new Term.Binary(operator, retyped(left, result), retyped(right, result)));
    }

    /// All of these types lie as nanoseconds in a `long`: another type means no work.
    private static Term retyped(Term term, Elementary type) {
        return Conversions.convert(term, type);
    }

    private static @Nullable Term scaled(String method, Term time, Elementary type, Term factor, Elementary by) {
        if (by.family() == Family.REAL) {
            return Folding.fold(
                    new Term.Library(method, List.of(time, Conversions.convert(factor, Elementary.LREAL)), type));
        }
        boolean whole = by.isInteger() || by.family() == Family.BIT && by != Elementary.BOOL;
        return whole
                ? Folding.fold(
                        new Term.Library(method, List.of(time, Conversions.convert(factor, Elementary.LINT)), type))
                : null;
    }
}
