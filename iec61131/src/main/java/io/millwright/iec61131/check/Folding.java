package io.millwright.iec61131.check;

import io.millwright.iec61131.interpret.KnownTerms;
import io.millwright.iec61131.ir.Term;
import io.millwright.iec61131.ir.Term.BinaryOperator;
import io.millwright.iec61131.library.Whole;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.Elementary.Family;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.Value;
import org.jspecify.annotations.Nullable;

/// Computes what is known before the program runs. What is not, or would trap, stays a term.
final class Folding {
    private Folding() {}

    /// The same term, or the constant that it is.
    static Term fold(Term term) {
        Value value = value(term);
        value = value == null ? KnownTerms.value(term) : value;
        return value == null ? term : new Term.Constant(term.type(), value);
    }

    /// The value of a constant term whose operands are constants already, or null.
    private static @Nullable Value value(Term term) {
        return switch (term) {
            case Term.Unary(var operator, Term.Constant(var type, var operand)) -> unary(operator, type, operand);
            case Term.Binary(var operator, Term.Constant(var type, var left), Term.Constant(var _, var right)) ->
                binary(operator, type, left, right);
            case Term.Compare(var relation, Term.Constant(var type, var left), Term.Constant(var _, var right)) ->
                compare(relation, type, left, right);
            case Term.Convert(Term.Constant(var from, var operand), var to) -> convert(from, operand, to);
            default -> null;
        };
    }

    private static @Nullable Value unary(Term.Unary.UnaryOperator operator, Type type, Value operand) {
        Elementary elementary = type.elementary();
        if (elementary == null) {
            return null;
        }
        return switch (operator) {
            case NEGATE ->
                switch (operand) {
                    case Value.Whole(long v) -> new Value.Whole(Whole.wrap(elementary, -v));
                    case Value.Real(double v) -> new Value.Real(-v);
                    default -> null;
                };
            case NOT ->
                switch (operand) {
                    case Value.Whole(long v) -> new Value.Whole(Whole.wrap(elementary, ~v));
                    case Value.Truth(boolean v) -> new Value.Truth(!v);
                    default -> null;
                };
        };
    }

    private static @Nullable Value binary(BinaryOperator operator, Type type, Value left, Value right) {
        Elementary elementary = type.elementary();
        if (elementary == null) {
            return null;
        }
        if (left instanceof Value.Whole(long a) && right instanceof Value.Whole(long b)) {
            return whole(operator, elementary, a, b);
        }
        if (left instanceof Value.Real(double a) && right instanceof Value.Real(double b)) {
            return real(operator, elementary, a, b);
        }
        if (left instanceof Value.Truth(boolean a) && right instanceof Value.Truth(boolean b)) {
            return switch (operator) {
                case AND -> new Value.Truth(a && b);
                case OR -> new Value.Truth(a || b);
                case XOR -> new Value.Truth(a ^ b);
                default -> null;
            };
        }
        return null;
    }

    private static @Nullable Value whole(BinaryOperator operator, Elementary type, long a, long b) {
        if (operator == BinaryOperator.DIVIDE && b == 0) {
            return null;
        }
        long result = switch (operator) {
            case ADD -> a + b;
            case SUBTRACT -> a - b;
            case MULTIPLY -> a * b;
            case DIVIDE -> Whole.divide(type, a, b);
            case MODULO -> Whole.modulo(type, a, b);
            case AND -> a & b;
            case OR -> a | b;
            case XOR -> a ^ b;
        };
        return new Value.Whole(Whole.wrap(type, result));
    }

    private static @Nullable Value real(BinaryOperator operator, Elementary type, double a, double b) {
        boolean single = type == Elementary.REAL;
        return switch (operator) {
            case ADD -> new Value.Real(single ? (float) a + (float) b : a + b);
            case SUBTRACT -> new Value.Real(single ? (float) a - (float) b : a - b);
            case MULTIPLY -> new Value.Real(single ? (float) a * (float) b : a * b);
            case DIVIDE -> new Value.Real(single ? (float) a / (float) b : a / b);
            default -> null;
        };
    }

    private static @Nullable Value compare(Term.Relation relation, Type type, Value left, Value right) {
        Elementary elementary = type.elementary();
        Integer order = null;
        if (elementary != null && left instanceof Value.Whole(long a) && right instanceof Value.Whole(long b)) {
            order = Whole.compare(elementary, a, b);
        } else if (left instanceof Value.Truth(boolean a) && right instanceof Value.Truth(boolean b)) {
            order = Boolean.compare(a, b);
        } else if (left instanceof Value.Real(double a)
                && right instanceof Value.Real(double b)
                && !Double.isNaN(a)
                && !Double.isNaN(b)) {
            order = a < b ? -1 : a > b ? 1 : 0;
        }
        if (order == null) {
            return null;
        }
        return new Value.Truth(
                switch (relation) {
                    case EQUAL -> order == 0;
                    case NOT_EQUAL -> order != 0;
                    case LESS -> order < 0;
                    case LESS_OR_EQUAL -> order <= 0;
                    case GREATER -> order > 0;
                    case GREATER_OR_EQUAL -> order >= 0;
                });
    }

    /// Only conversions that need no rule of the library: between wholes, and from wholes to reals.
    private static @Nullable Value convert(Type from, Value operand, Type to) {
        Elementary source = from.elementary();
        Elementary target = to.elementary();
        if (source == null || target == null) {
            return null;
        }
        if (target == Elementary.BOOL) {
            return operand instanceof Value.Whole(long v) && isPlain(source) ? new Value.Truth(v != 0) : null;
        }
        boolean plain = isPlain(source) && isPlain(target) || source.family() == target.family();
        if (plain && operand instanceof Value.Whole(long v)) {
            return new Value.Whole(Whole.wrap(target, v));
        }
        if (target.family() == Family.REAL && isPlain(source) && operand instanceof Value.Whole(long v)) {
            double exact = Whole.number(source, v).doubleValue();
            return new Value.Real(target == Elementary.REAL ? (float) exact : exact);
        }
        if (target.family() == Family.REAL && operand instanceof Value.Real(double v)) {
            return new Value.Real(target == Elementary.REAL ? (float) v : v);
        }
        return operand instanceof Value.Truth(boolean v) && isPlain(target) ? new Value.Whole(v ? 1 : 0) : null;
    }

    private static boolean isPlain(Elementary type) {
        return type != Elementary.BOOL && (type.isInteger() || type.family() == Family.BIT);
    }
}
