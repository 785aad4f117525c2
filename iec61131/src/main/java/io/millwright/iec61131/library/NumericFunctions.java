package io.millwright.iec61131.library;

import static io.millwright.iec61131.library.StandardFunction.Parameter.of;
import static io.millwright.iec61131.library.StandardFunction.Parameter.shared;

import io.millwright.iec61131.ir.Term;
import io.millwright.iec61131.library.StandardFunction.Operator;
import io.millwright.iec61131.library.StandardFunction.Parameter;
import io.millwright.iec61131.syntax.Expression.BinaryOperator;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.Elementary.Family;
import io.millwright.iec61131.type.GenericType;
import io.millwright.iec61131.type.TextType;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.Value;
import io.millwright.iec61131.type.Variable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Numeric and arithmetic functions, bit strings, selection and comparison (Tables 28 to 33).
final class NumericFunctions {
    private NumericFunctions() {}

    static List<StandardFunction> all() {
        List<StandardFunction> all = new ArrayList<>();
        numeric(all);
        arithmetic(all);
        bits(all);
        selection(all);
        compare(all, "GT", BinaryOperator.GREATER);
        compare(all, "GE", BinaryOperator.GREATER_OR_EQUAL);
        compare(all, "EQ", BinaryOperator.EQUAL);
        compare(all, "LE", BinaryOperator.LESS_OR_EQUAL);
        compare(all, "LT", BinaryOperator.LESS);
        all.add(operator("NE", 0, GenericType.ANY, Elementary.BOOL, BinaryOperator.NOT_EQUAL));
        return all;
    }

    /// Table 28.
    private static void numeric(List<StandardFunction> all) {
        Parameter number = shared("IN", GenericType.ANY_NUM);
        all.add(new StandardFunction("ABS", List.of(number), 0, null, NumericFunctions::abs));
        Parameter real = shared("IN", GenericType.ANY_REAL);
        for (String name : List.of("SQRT", "LN", "LOG", "EXP", "SIN", "COS", "TAN", "ASIN", "ACOS", "ATAN")) {
            all.add(new StandardFunction(name, List.of(real), 0, null, (a, type) -> real(name, a, type)));
        }
        all.add(new StandardFunction(
                "ATAN2",
                List.of(shared("Y", GenericType.ANY_REAL), shared("X", GenericType.ANY_REAL)),
                0,
                null,
                (a, type) -> real("ATAN2", a, type)));
        all.add(new StandardFunction(
                "IS_VALID",
                List.of(of("IN", GenericType.ANY_REAL)),
                0,
                Elementary.BOOL,
                (a, _) -> new Term.Library(
                        "isFinite", List.of(Terms.convert(a.getFirst(), Elementary.LREAL)), Elementary.BOOL)));
    }

    /// Table 29.
    private static void arithmetic(List<StandardFunction> all) {
        all.add(operator("ADD", 1, GenericType.ANY_MAGNITUDE, null, BinaryOperator.ADD));
        all.add(operator("MUL", 1, GenericType.ANY_MAGNITUDE, null, BinaryOperator.MULTIPLY));
        all.add(operator("SUB", 0, GenericType.ANY_MAGNITUDE, null, BinaryOperator.SUBTRACT));
        all.add(operator("DIV", 0, GenericType.ANY_MAGNITUDE, null, BinaryOperator.DIVIDE));
        all.add(operator("MOD", 0, GenericType.ANY_INT, null, BinaryOperator.MODULO));
        all.add(operator("EXPT", 0, GenericType.ANY_NUM, null, BinaryOperator.POWER));
        all.add(new StandardFunction("MOVE", List.of(shared("IN", GenericType.ANY)), 0, null, (a, _) -> a.getFirst()));
    }

    /// Table 30 and 31.
    private static void bits(List<StandardFunction> all) {
        List<Parameter> parameters = List.of(shared("IN", GenericType.ANY_BIT), of("N", GenericType.ANY_INT));
        all.add(new StandardFunction("SHL", parameters, 0, null, (a, type) -> shift("shiftLeft", a, type)));
        all.add(new StandardFunction("SHR", parameters, 0, null, (a, type) -> shift("shiftRight", a, type)));
        all.add(new StandardFunction("ROL", parameters, 0, null, (a, type) -> shift("rotateLeft", a, type)));
        all.add(new StandardFunction("ROR", parameters, 0, null, (a, type) -> shift("rotateRight", a, type)));
        all.add(operator("AND", 1, GenericType.ANY_BIT, null, BinaryOperator.AND));
        all.add(operator("OR", 1, GenericType.ANY_BIT, null, BinaryOperator.OR));
        all.add(operator("XOR", 1, GenericType.ANY_BIT, null, BinaryOperator.XOR));
        all.add(new StandardFunction(
                "NOT",
                List.of(shared("IN", GenericType.ANY_BIT)),
                0,
                null,
                (a, _) -> new Term.Unary(Term.Unary.UnaryOperator.NOT, a.getFirst())));
    }

    /// Table 32.
    private static void selection(List<StandardFunction> all) {
        all.add(new StandardFunction(
                "SEL",
                List.of(of("G", Elementary.BOOL), shared("IN0", GenericType.ANY), shared("IN1", GenericType.ANY)),
                0,
                null,
                (a, _) -> new Term.Select(a.get(0), a.get(1), a.get(2))));
        List<Parameter> ordered =
                List.of(shared("IN1", GenericType.ANY_ELEMENTARY), shared("IN2", GenericType.ANY_ELEMENTARY));
        all.add(new StandardFunction("MAX", ordered, 1, null, (a, type) -> extreme(true, a, type)));
        all.add(new StandardFunction("MIN", ordered, 1, null, (a, type) -> extreme(false, a, type)));
        all.add(new StandardFunction(
                "LIMIT",
                List.of(
                        shared("MN", GenericType.ANY_ELEMENTARY),
                        shared("IN", GenericType.ANY_ELEMENTARY),
                        shared("MX", GenericType.ANY_ELEMENTARY)),
                0,
                null,
                (a, type) -> extreme(false, List.of(extreme(true, a.subList(0, 2), type), a.get(2)), type)));
        all.add(new StandardFunction(
                "MUX",
                List.of(of("K", GenericType.ANY_INT), shared("IN0", GenericType.ANY)),
                1,
                null,
                (a, _) -> multiplexed(a)));
    }

    private static void compare(List<StandardFunction> all, String name, BinaryOperator operator) {
        all.add(operator(name, 1, GenericType.ANY_ELEMENTARY, Elementary.BOOL, operator));
    }

    private static StandardFunction operator(
            String name, int repeated, GenericType type, @Nullable Type result, BinaryOperator operator) {
        return new StandardFunction(
                name, List.of(shared("IN1", type), shared("IN2", type)), repeated, result, new Operator(operator));
    }

    private static Term abs(List<Term> arguments, Type type) {
        Term value = arguments.getFirst();
        Elementary elementary = Terms.elementary(type);
        if (elementary.isUnsigned()) {
            return value;
        }
        boolean small = elementary.family() == Family.SIGNED && elementary.bits() < 32;
        Elementary within = small ? Elementary.DINT : elementary;
        return Terms.convert(new Term.Library("abs", List.of(Terms.convert(value, within)), within), elementary);
    }

    /// Of whole numbers up to 16 bits the result is REAL, of larger ones LREAL.
    private static Term real(String name, List<Term> arguments, Type type) {
        Elementary given = Terms.elementary(type);
        Elementary result =
                given.family() == Family.REAL ? given : given.bits() <= 16 ? Elementary.REAL : Elementary.LREAL;
        List<Term> converted =
                arguments.stream().map(a -> Terms.convert(a, Elementary.LREAL)).toList();
        return Terms.convert(new Term.Library(Terms.methodName(name), converted, Elementary.LREAL), result);
    }

    /// Works on the bit string of the same width.
    private static Term shift(String method, List<Term> arguments, Type type) {
        Elementary given = Terms.elementary(type);
        Elementary bits = given == Elementary.BOOL ? Elementary.BYTE : Terms.bits(given.bits());
        List<Term> all = new ArrayList<>();
        all.add(Terms.convert(arguments.get(0), bits));
        all.add(Terms.convert(arguments.get(1), Elementary.LINT));
        if (!bits.isLong()) {
            all.add(new Term.Constant(Elementary.DINT, new Value.Whole(given.bits())));
        }
        return Terms.convert(new Term.Library(method, all, bits), given);
    }

    /// The largest or smallest of all.
    private static Term extreme(boolean largest, List<Term> arguments, Type type) {
        Term all = arguments.getFirst();
        for (Term next : arguments.subList(1, arguments.size())) {
            all = ofTwo(largest, all, next, type);
        }
        return all;
    }

    private static Term ofTwo(boolean largest, Term a, Term b, Type type) {
        String method = largest ? "max" : "min";
        if (type.resolved() instanceof TextType) {
            return new Term.Library(method, List.of(a, b), type);
        }
        Elementary elementary = Terms.elementary(type);
        if (elementary == Elementary.BOOL) {
            return new Term.Binary(largest ? Term.BinaryOperator.OR : Term.BinaryOperator.AND, a, b);
        }
        boolean allBits = elementary.isUnsigned() && elementary.bits() >= 32;
        return new Term.Library(allBits ? method + "Unsigned" : method, List.of(a, b), type);
    }

    /// K below 0 chooses the first, K beyond the last chooses the last.
    private static Term multiplexed(List<Term> arguments) {
        Variable selector = Lets.variable(Elementary.LINT);
        Term chosen = arguments.getLast();
        for (int i = arguments.size() - 3; i >= 0; i--) {
            Term beyond = new Term.Compare(
                    Term.Relation.GREATER, Lets.load(selector), new Term.Constant(Elementary.LINT, new Value.Whole(i)));
            chosen = new Term.Select(beyond, arguments.get(i + 1), chosen);
        }
        return new Term.Let(selector, Terms.convert(arguments.getFirst(), Elementary.LINT), chosen);
    }
}
