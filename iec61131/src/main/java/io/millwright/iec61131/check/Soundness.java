package io.millwright.iec61131.check;

import io.millwright.iec61131.ir.Term;
import io.millwright.iec61131.ir.Walk;
import io.millwright.iec61131.library.StandardFunction;
import io.millwright.iec61131.library.Whole;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.Elementary.Family;
import io.millwright.iec61131.type.TextType;
import io.millwright.iec61131.type.Value;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What ENO of a standard function says: whether a term, whose operands are variables and constants, divides by
/// no zero, leaves the range of no type, and asks for nothing beyond a text, a selection or the calendar
/// (6.6.1.6 and the notes of Tables 22 to 36).
///
/// The condition of an operand comes before that of what is done with it.
final class Soundness {
    private static final Set<String> REAL =
            Set.of("sqrt", "ln", "log", "exp", "sin", "cos", "tan", "asin", "acos", "atan", "atan2");

    private final StandardFunction function;

    Soundness(StandardFunction function) {
        this.function = function;
    }

    /// The condition, or null where nothing can go wrong.
    @Nullable
    Term of(Term term) {
        if (term instanceof Term.Let(var variable, var value, var body)) {
            Term inner = of(body);
            Term chosen = function.name().startsWith("MUX") ? within(value, 0, inputs(body)) : null;
            Term rest = inner == null ? null : new Term.Let(variable, value, inner);
            return both(both(of(value), chosen), rest);
        }
        Term operands = null;
        for (Term operand : Walk.terms(term)) {
            operands = both(operands, of(operand));
        }
        return both(operands, own(term));
    }

    private static @Nullable Term both(@Nullable Term first, @Nullable Term second) {
        return first == null ? second : second == null ? first : new Term.ShortCircuit(true, first, second);
    }

    /// How many inputs MUX chooses from: one more than there are choices.
    private static int inputs(Term body) {
        return body instanceof Term.Select(var _, var _, var rest) ? 1 + inputs(rest) : 1;
    }

    private @Nullable Term own(Term term) {
        return switch (term) {
            case Term.Binary binary -> binary(binary);
            case Term.Unary(var operator, var operand)
            when operator == Term.Unary.UnaryOperator.NEGATE -> negated(operand);
            case Term.Convert(var operand, var type) -> converted(term, operand, type.elementary());
            case Term.Library library -> library(library);
            default -> null;
        };
    }

    private static @Nullable Term binary(Term.Binary binary) {
        Elementary type = binary.type().elementary();
        if (type == null || type == Elementary.BOOL) {
            return null;
        }
        if (type.family() == Family.REAL) {
            return finite(binary);
        }
        return switch (binary.operator()) {
            case DIVIDE -> notZero(binary.right());
            case ADD -> inRange("addFits", binary, type);
            case SUBTRACT -> inRange("subtractFits", binary, type);
            case MULTIPLY -> inRange("multiplyFits", binary, type);
            default -> null;
        };
    }

    private static Term inRange(String method, Term.Binary binary, Elementary type) {
        Term a = asLong(binary.left(), type);
        Term b = asLong(binary.right(), type);
        Term bits = whole(type.bits());
        return new Term.Library(type.isUnsigned() ? method + "Unsigned" : method, List.of(a, b, bits), Elementary.BOOL);
    }

    private static @Nullable Term negated(Term operand) {
        Elementary type = operand.type().elementary();
        boolean whole = type != null && type.isInteger();
        return whole && type != null
                ? new Term.Library(
                        type.isUnsigned() ? "subtractFitsUnsigned" : "subtractFits",
                        List.of(constant(Elementary.LINT, 0), asLong(operand, type), whole(type.bits())),
                        Elementary.BOOL)
                : null;
    }

    /// The number as 64 bits; times and dates are that already.
    private static Term asLong(Term term, Elementary type) {
        return type.isLong() ? term : Conversions.convert(term, Elementary.LINT);
    }

    private static @Nullable Term converted(Term term, Term operand, @Nullable Elementary to) {
        Elementary from = operand.type().elementary();
        if (to == null) {
            return null;
        }
        if (operand.type().resolved() instanceof TextType) {
            return fromText(operand, to);
        }
        if (from == null || from == to || from == Elementary.BOOL || to == Elementary.BOOL) {
            return null;
        }
        if (to.family() == Family.REAL) {
            return from == Elementary.LREAL ? finite(term) : null;
        }
        boolean number = to.isInteger();
        if (number && from.family() == Family.REAL) {
            Term given = Conversions.convert(operand, Elementary.LREAL);
            return new Term.Library(
                    to.isUnsigned() ? "realFitsUnsigned" : "realFits",
                    List.of(given, whole(to.bits())),
                    Elementary.BOOL);
        }
        if (number && from.isInteger() && Fit.of(from, to) != Fit.WIDER) {
            Term given = asLong(operand, from);
            return new Term.Library(
                    (from.isUnsigned() ? "unsigned" : "signed") + (to.isUnsigned() ? "FitsUnsigned" : "Fits"),
                    List.of(given, whole(to.bits())),
                    Elementary.BOOL);
        }
        return null;
    }

    private static @Nullable Term fromText(Term text, Elementary to) {
        return switch (to.family()) {
            case SIGNED, UNSIGNED, BIT, REAL ->
                to == Elementary.BOOL ? null : new Term.Library("isNumeral", List.of(text), Elementary.BOOL);
            default -> null;
        };
    }

    private static @Nullable Term library(Term.Library library) {
        String method = library.method();
        List<Term> arguments = library.arguments();
        if (REAL.contains(method) || method.equals("power") && library.type() == Elementary.LREAL) {
            return finite(library);
        }
        return switch (method) {
            case "power" -> within(arguments.get(1), 0, Long.MAX_VALUE);
            case "abs" -> negatedAbs(library);
            case "shiftLeft", "shiftRight", "rotateLeft", "rotateRight" -> within(arguments.get(1), 0, Long.MAX_VALUE);
            case "fromBcd" -> new Term.Library("isBcd", arguments, Elementary.BOOL);
            case "toBcd" -> new Term.Library("bcdFits", arguments, Elementary.BOOL);
            case "toBcdUnsigned" -> new Term.Library("bcdFits", arguments, Elementary.BOOL);
            case "divideTime" -> notZero(arguments.get(1));
            case "left", "right", "mid", "insert", "delete", "replace" -> text(method, arguments);
            case "date", "clock", "dateAndTime" -> new Term.Library(method + "Exists", arguments, Elementary.BOOL);
            default -> null;
        };
    }

    private static @Nullable Term negatedAbs(Term.Library library) {
        Elementary type = library.type().elementary();
        return type != null && type.isInteger()
                ? new Term.Compare(Term.Relation.GREATER_OR_EQUAL, library, constant(type, 0))
                : null;
    }

    /// Positions and lengths that lie within the text.
    private static Term text(String method, List<Term> arguments) {
        Term length = Conversions.convert(
                new Term.Library("length", List.of(arguments.getFirst()), Elementary.DINT), Elementary.LINT);
        List<Term> numbers = switch (method) {
            case "left", "right" -> List.of(arguments.get(1), constant(Elementary.LINT, 1));
            case "mid", "delete" -> arguments.subList(1, 3);
            case "insert" -> List.of(constant(Elementary.LINT, 0), increased(arguments.get(2)));
            default -> arguments.subList(2, 4);
        };
        return new Term.Library("liesWithin", List.of(length, numbers.get(0), numbers.get(1)), Elementary.BOOL);
    }

    /// INSERT counts the characters that come before: from 0.
    private static Term increased(Term position) {
        return new Term.Binary(Term.BinaryOperator.ADD, position, constant(Elementary.LINT, 1));
    }

    private static Term finite(Term real) {
        return new Term.Library("isFinite", List.of(Conversions.convert(real, Elementary.LREAL)), Elementary.BOOL);
    }

    private static @Nullable Term notZero(Term divisor) {
        Elementary type = divisor.type().elementary();
        if (type == null || divisor instanceof Term.Constant(var _, Value.Whole(long value)) && value != 0) {
            return null;
        }
        Value zero = type.family() == Family.REAL ? new Value.Real(0) : new Value.Whole(0);
        return new Term.Compare(Term.Relation.NOT_EQUAL, divisor, new Term.Constant(type, zero));
    }

    private static @Nullable Term within(Term number, long low, long beyond) {
        if (number instanceof Term.Constant(var _, Value.Whole(long value)) && value >= low && value < beyond) {
            return null;
        }
        Term wide = Conversions.convert(number, Elementary.LINT);
        Term least = new Term.Compare(Term.Relation.GREATER_OR_EQUAL, wide, constant(Elementary.LINT, low));
        return beyond == Long.MAX_VALUE
                ? least
                : new Term.ShortCircuit(
                        true, least, new Term.Compare(Term.Relation.LESS, wide, constant(Elementary.LINT, beyond)));
    }

    private static Term whole(long value) {
        return constant(Elementary.DINT, value);
    }

    private static Term constant(Elementary type, long value) {
        return new Term.Constant(type, new Value.Whole(Whole.wrap(type, value)));
    }
}
