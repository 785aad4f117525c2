package io.millwright.iec61131.interpret;

import io.millwright.iec61131.ir.Place;
import io.millwright.iec61131.ir.Term;
import io.millwright.iec61131.ir.Walk;
import io.millwright.iec61131.library.StandardFunctions;
import io.millwright.iec61131.machine.Machine;
import io.millwright.iec61131.machine.Text;
import io.millwright.iec61131.machine.TrapSignal;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.TextType;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.Value;
import io.millwright.iec61131.type.Variable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Values of terms that read no variable: constants, and functions of the library of them, computed as the
/// interpreter computes them.
public final class KnownTerms {
    private final Map<Variable, Object> lets = new HashMap<>();

    private KnownTerms() {}

    /// The value, or null where the term reads a variable, asks for the time, writes something or would trap.
    public static @Nullable Value value(Term term) {
        boolean computed = switch (term) {
            case Term.Library _, Term.Convert _, Term.Select _, Term.Let _, Term.ShortCircuit _, Term.Compare _ -> true;
            default -> false;
        };
        if (!computed || !isKnown(term, new ArrayList<>())) {
            return null;
        }
        try {
            return value(new KnownTerms().compute(term), term.type());
        } catch (ArithmeticException | TrapSignal e) {
            return null;
        }
    }

    private static boolean isKnown(Term term, List<Variable> bound) {
        return switch (term) {
            case Term.Constant(var type, var value) ->
                !(value instanceof Value.Usual) && (type.elementary() != null || type.resolved() instanceof TextType);
            case Term.Load(Place.Local(var variable)) -> bound.contains(variable);
            case Term.Let(var variable, var value, var body) -> {
                boolean known = isKnown(value, bound);
                bound.add(variable);
                yield known && isKnown(body, bound);
            }
            case Term.Library library -> isPure(library) && all(library, bound);
            case Term.Unary _, Term.Binary _, Term.Compare _, Term.ShortCircuit _, Term.Convert _, Term.Select _ ->
                all(term, bound);
            default -> false;
        };
    }

    private static boolean all(Term term, List<Variable> bound) {
        // A chain is as deep as it is long: as few frames as can be.
        for (Term inner : Walk.terms(term)) {
            if (!isKnown(inner, bound)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPure(Term.Library library) {
        return StandardFunctions.methods(library.method()).stream()
                .noneMatch(m -> Arrays.asList(m.getParameterTypes()).contains(Machine.class));
    }

    private Object compute(Term term) {
        return switch (term) {
            case Term.Constant(var _, var value) -> object(value);
            case Term.Load(Place.Local(var variable)) -> Objects.requireNonNull(lets.get(variable));
            case Term.Let(var variable, var value, var body) -> {
                lets.put(variable, compute(value));
                yield compute(body);
            }
            case Term.Unary(var operator, var operand) -> {
                Elementary type = Arithmetic.elementary(operand.type());
                yield operator == Term.Unary.UnaryOperator.NEGATE
                        ? Arithmetic.negate(type, compute(operand))
                        : Arithmetic.not(type, compute(operand));
            }
            case Term.Binary(var operator, var left, var right) ->
                Arithmetic.binary(operator, Arithmetic.elementary(left.type()), compute(left), compute(right));
            case Term.Compare(var relation, var left, var right) ->
                Arithmetic.compare(relation, left.type(), compute(left), compute(right));
            case Term.ShortCircuit(var onlyIf, var left, var right) ->
                (Boolean) compute(left) == onlyIf ? compute(right) : !onlyIf;
            case Term.Convert(var operand, var type) -> Arithmetic.convert(compute(operand), operand.type(), type);
            case Term.Select(var condition, var ifFalse, var ifTrue) ->
                (Boolean) compute(condition) ? compute(ifTrue) : compute(ifFalse);
            case Term.Library library -> {
                List<@Nullable Object> arguments = new ArrayList<>();
                library.arguments().forEach(a -> arguments.add(compute(a)));
                yield LibraryCall.pure(library, arguments);
            }
            default -> throw new IllegalArgumentException(term + " is not known");
        };
    }

    private static Object object(Value value) {
        return switch (value) {
            case Value.Whole(long v) -> v;
            case Value.Truth(boolean v) -> v;
            case Value.Real(double v) -> v;
            case Value.Text(var v) -> Text.of(v);
            default -> throw new IllegalArgumentException(value + " is not elementary");
        };
    }

    private static Value value(Object object, Type type) {
        return switch (object) {
            case Boolean truth -> new Value.Truth(truth);
            case Double real -> new Value.Real(real);
            case Text text -> new Value.Text(cut(text.toString(), type));
            default -> new Value.Whole((Long) object);
        };
    }

    private static String cut(String text, Type type) {
        boolean longer = type.resolved() instanceof TextType t && t.capacity() < text.length();
        return longer ? text.substring(0, ((TextType) type.resolved()).capacity()) : text;
    }
}
