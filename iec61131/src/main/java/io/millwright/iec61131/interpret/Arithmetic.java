package io.millwright.iec61131.interpret;

import io.millwright.iec61131.ir.Term.BinaryOperator;
import io.millwright.iec61131.ir.Term.Relation;
import io.millwright.iec61131.library.Conversions;
import io.millwright.iec61131.library.Whole;
import io.millwright.iec61131.machine.Pointer;
import io.millwright.iec61131.machine.Text;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.Elementary.Family;
import io.millwright.iec61131.type.TextType;
import io.millwright.iec61131.type.Type;
import org.jspecify.annotations.Nullable;

/// Operators and conversions on values.
final class Arithmetic {
    private Arithmetic() {}

    static Elementary elementary(Type type) {
        Elementary elementary = type.elementary();
        if (elementary == null) {
            throw new IllegalArgumentException(type.name() + " is not elementary");
        }
        return elementary;
    }

    static Object negate(Elementary type, Object value) {
        return value instanceof Double real ? (Object) (-real) : (Object) Whole.wrap(type, -(Long) value);
    }

    static Object not(Elementary type, Object value) {
        return value instanceof Boolean truth ? (Object) !truth : (Object) Whole.wrap(type, ~(Long) value);
    }

    static Object binary(BinaryOperator operator, Elementary type, Object left, Object right) {
        return switch (type) {
            case BOOL -> truth(operator, (Boolean) left, (Boolean) right);
            case REAL -> (double) single(operator, ((Double) left).floatValue(), ((Double) right).floatValue());
            case LREAL -> real(operator, (Double) left, (Double) right);
            default -> whole(operator, type, (Long) left, (Long) right);
        };
    }

    private static boolean truth(BinaryOperator operator, boolean left, boolean right) {
        return switch (operator) {
            case AND -> left && right;
            case OR -> left || right;
            case XOR -> left ^ right;
            default -> throw new IllegalArgumentException(operator + " of BOOL");
        };
    }

    private static float single(BinaryOperator operator, float left, float right) {
        return switch (operator) {
            case ADD -> left + right;
            case SUBTRACT -> left - right;
            case MULTIPLY -> left * right;
            case DIVIDE -> left / right;
            default -> throw new IllegalArgumentException(operator + " of REAL");
        };
    }

    private static double real(BinaryOperator operator, double left, double right) {
        return switch (operator) {
            case ADD -> left + right;
            case SUBTRACT -> left - right;
            case MULTIPLY -> left * right;
            case DIVIDE -> left / right;
            default -> throw new IllegalArgumentException(operator + " of LREAL");
        };
    }

    private static long whole(BinaryOperator operator, Elementary type, long left, long right) {
        return switch (operator) {
            case ADD -> Whole.wrap(type, left + right);
            case SUBTRACT -> Whole.wrap(type, left - right);
            case MULTIPLY -> Whole.wrap(type, left * right);
            case DIVIDE -> Whole.divide(type, left, right);
            case MODULO -> Whole.modulo(type, left, right);
            case AND -> left & right;
            case OR -> left | right;
            case XOR -> left ^ right;
        };
    }

    @SuppressWarnings("ReferenceEquality") // References are the same where they are the same object.
    static boolean compare(Relation relation, Type type, @Nullable Object left, @Nullable Object right) {
        if (left instanceof Double a && right instanceof Double b) {
            return reals(relation, a, b);
        }
        if (left instanceof Text a && right instanceof Text b && type.resolved() instanceof TextType) {
            return holds(relation, Text.compare(a, b));
        }
        if (left instanceof Long a && right instanceof Long b) {
            return holds(relation, Whole.compare(elementary(type), a, b));
        }
        if (left instanceof Boolean a && right instanceof Boolean b) {
            return holds(relation, Boolean.compare(a, b));
        }
        boolean same = left == right || left instanceof Pointer a && right instanceof Pointer b && a.same(b);
        return same == (relation == Relation.EQUAL);
    }

    private static boolean reals(Relation relation, double left, double right) {
        return switch (relation) {
            case EQUAL -> left == right;
            case NOT_EQUAL -> left != right;
            case LESS -> left < right;
            case LESS_OR_EQUAL -> left <= right;
            case GREATER -> left > right;
            case GREATER_OR_EQUAL -> left >= right;
        };
    }

    private static boolean holds(Relation relation, int order) {
        return switch (relation) {
            case EQUAL -> order == 0;
            case NOT_EQUAL -> order != 0;
            case LESS -> order < 0;
            case LESS_OR_EQUAL -> order <= 0;
            case GREATER -> order > 0;
            case GREATER_OR_EQUAL -> order >= 0;
        };
    }

    static Object convert(Object value, Type from, Type to) {
        if (to.resolved() instanceof TextType text) {
            return value instanceof Text ? value : text(value, elementary(from), new Text(text.capacity()));
        }
        Elementary target = elementary(to);
        return switch (value) {
            case Text text -> fromText(text, target);
            case Boolean truth -> fromWhole(truth ? 1 : 0, Elementary.BOOL, target);
            case Double real -> fromReal(real, target);
            default -> fromWhole((Long) value, elementary(from), target);
        };
    }

    private static Text text(Object value, Elementary from, Text result) {
        return switch (value) {
            case Boolean truth -> Conversions.truthToText(truth, from, result);
            case Double real -> Conversions.realToText(real, from, result);
            default -> Conversions.wholeToText((Long) value, from, result);
        };
    }

    private static Object fromText(Text text, Elementary to) {
        return switch (to) {
            case BOOL -> Conversions.textToTruth(text, to);
            case REAL, LREAL -> rounded(Conversions.textToReal(text, to), to);
            default -> Whole.wrap(to, Conversions.textToWhole(text, to));
        };
    }

    private static Object fromReal(double value, Elementary to) {
        return switch (to) {
            case BOOL -> value != 0;
            case REAL, LREAL -> rounded(value, to);
            default -> Whole.wrap(to, Conversions.realToWhole(value, to));
        };
    }

    private static Object fromWhole(long value, Elementary from, Elementary to) {
        if (to == Elementary.BOOL) {
            return value != 0;
        }
        if (to.family() == Family.REAL) {
            return rounded(from == Elementary.BOOL ? value : Conversions.wholeToReal(value, from), to);
        }
        return Whole.wrap(to, Conversions.whole(value, from, to));
    }

    static double rounded(double value, Elementary to) {
        return to == Elementary.REAL ? (float) value : value;
    }
}
