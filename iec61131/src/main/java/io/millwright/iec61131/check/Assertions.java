package io.millwright.iec61131.check;

import io.millwright.iec61131.ir.Instruction;
import io.millwright.iec61131.ir.Place;
import io.millwright.iec61131.ir.Term;
import io.millwright.iec61131.source.Span;
import io.millwright.iec61131.syntax.Expression;
import io.millwright.iec61131.syntax.Expression.Argument;
import io.millwright.iec61131.syntax.Expression.BinaryOperator;
import io.millwright.iec61131.syntax.Statement;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.Elementary.Family;
import io.millwright.iec61131.type.EnumerationType;
import io.millwright.iec61131.type.Signature;
import io.millwright.iec61131.type.TextType;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.UnitType;
import io.millwright.iec61131.type.Value;
import io.millwright.iec61131.type.Variable;
import io.millwright.iec61131.type.Variable.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The statements that only a TEST may have: ASSERT_…, ADVANCE_TIME, MOCK, MOCK_FUNCTION, MOCK_VERIFY_….
final class Assertions {
    private static final TextType TEXT = new TextType(false, 255);
    private static final Map<String, BinaryOperator> COMPARISONS = Map.of(
            "ASSERT_EQ", BinaryOperator.EQUAL,
            "ASSERT_NEQ", BinaryOperator.NOT_EQUAL,
            "ASSERT_GT", BinaryOperator.GREATER,
            "ASSERT_GE", BinaryOperator.GREATER_OR_EQUAL,
            "ASSERT_LT", BinaryOperator.LESS,
            "ASSERT_LE", BinaryOperator.LESS_OR_EQUAL);

    private final Context context;
    private final Expressions expressions;

    Assertions(Context context, Expressions expressions) {
        this.context = context;
        this.expressions = expressions;
    }

    /// Whether a call is of one of them.
    boolean isOne(Expression.Call call) {
        TestWord word = TestWord.called(context, call);
        return word != null && !word.isOfModels();
    }

    List<Instruction> of(Expression.Call call, Span span) {
        String name = ((Expression.Identifier) call.callee()).name().key();
        BinaryOperator comparison = COMPARISONS.get(name);
        TestWord word = TestWord.valueOf(name);
        int most = word.arguments().size();
        int count = word.takesMessage() ? most - 1 : most;
        boolean advance = word == TestWord.ADVANCE_TIME;
        List<Expression> given = new ArrayList<>();
        for (Argument argument : call.arguments()) {
            if (argument instanceof Argument.Positional(var value)) {
                given.add(value);
            }
        }
        if (given.size() != call.arguments().size() || given.size() < count || given.size() > most) {
            context.error(
                    "E620",
                    call.span(),
                    "%s takes %d argument%s%s, without names"
                            .formatted(name, count, count == 1 ? "" : "s", advance ? "" : " and perhaps a message"));
            return List.of();
        }
        if (advance) {
            return advance(given.getFirst(), span);
        }
        Term message = given.size() > count ? expressions.converted(given.getLast(), TEXT) : text("");
        Claim claim = comparison != null
                ? compared(given, comparison, call.span())
                : switch (name) {
                    case "ASSERT_TRUE" -> truth(given.getFirst(), true);
                    case "ASSERT_FALSE" -> truth(given.getFirst(), false);
                    case "ASSERT_NEAR" -> near(given);
                    default -> verified(given, name);
                };
        return claim == null || message == null ? List.of() : claim.checked(call, message, span);
    }

    /// What must hold.
    ///
    /// @param before what is done first, so that every side is evaluated once
    /// @param values a text for the case that it does not
    private record Claim(List<Instruction> before, Term holds, Term values) {
        List<Instruction> checked(Expression.Call call, Term message, Span span) {
            String written = call.span().text().replaceAll("\\s+", " ");
            Term fail = new Term.Library("assertionFailed", List.of(text(written), values, message), Elementary.BOOL);
            Term fails = new Term.Unary(Term.Unary.UnaryOperator.NOT, holds);
            List<Instruction> all = new ArrayList<>(before);
            var branch = new Instruction.Branch(fails, List.of(new Instruction.Evaluate(fail, span)), span);
            all.add(new Instruction.If(List.of(branch), List.of(), span));
            return all;
        }
    }

    private @Nullable Claim compared(List<Expression> given, BinaryOperator operator, Span span) {
        Expression left = given.getFirst();
        Expression right = given.get(1);
        Term term = expressions.value(new Expression.Binary(operator, left, right, span), Elementary.BOOL);
        if (!(term instanceof Term.Compare(var relation, var a, var b))) {
            String sides = "the sides are " + left.span().text() + " and "
                    + right.span().text();
            return term == null ? null : new Claim(List.of(), term, text(sides));
        }
        List<Instruction> before = new ArrayList<>();
        Term first = held(a, left.span(), before);
        Term second = held(b, right.span(), before);
        boolean ordered = operator != BinaryOperator.EQUAL && operator != BinaryOperator.NOT_EQUAL;
        String wanted = operator == BinaryOperator.EQUAL ? "" : operator.text() + " ";
        var one = new Side(left, first, shown(first, b));
        var other = new Side(right, second, shown(second, a));
        Term values = ordered ? told(one, other, wanted) : sides(one, other, wanted);
        return new Claim(before, new Term.Compare(relation, first, second), values);
    }

    /// What is compared, as it is written, and its value as a text.
    private record Side(Expression written, Term value, Term shown) {
        boolean isConstant() {
            return value instanceof Term.Constant;
        }

        Term named() {
            return concat(text(written.span().text().replaceAll("\\s+", " ") + " is "), shown);
        }
    }

    /// Both values. Some write first what they expect, and some what they got: it is the constant that is expected;
    /// where neither or both are constant, each is called what it is called in the text.
    private static Term sides(Side first, Side second, String wanted) {
        if (first.isConstant() != second.isConstant()) {
            return first.isConstant() ? told(second, first, wanted) : told(first, second, wanted);
        }
        return concat(first.named(), concat(text(", "), second.named()));
    }

    private static Term told(Side actual, Side expected, String wanted) {
        return concat(concat(text("actual "), actual.shown()), concat(text(", expected " + wanted), expected.shown()));
    }

    /// The value, evaluated once.
    private Term held(Term value, Span span, List<Instruction> before) {
        if (value instanceof Term.Constant || value.type().resolved().isAggregate() && !isText(value.type())) {
            return value;
        }
        Type type = isText(value.type()) ? TEXT : value.type();
        Variable held = context.temporary(type, Role.TEMPORARY, span);
        before.addAll(expressions.calls().takeBindings());
        before.add(new Instruction.Assign(new Place.Local(held), value, span));
        return new Term.Load(new Place.Local(held));
    }

    private static boolean isText(Type type) {
        return type.resolved() instanceof TextType text && !text.wide();
    }

    private @Nullable Claim truth(Expression expression, boolean wanted) {
        Term term = expressions.converted(expression, Elementary.BOOL);
        if (term == null) {
            return null;
        }
        String values = wanted ? "actual FALSE, expected TRUE" : "actual TRUE, expected FALSE";
        return new Claim(List.of(), wanted ? term : new Term.Unary(Term.Unary.UnaryOperator.NOT, term), text(values));
    }

    private @Nullable Claim near(List<Expression> given) {
        List<Instruction> before = new ArrayList<>();
        List<Term> numbers = new ArrayList<>();
        List<Side> sides = new ArrayList<>();
        for (Expression expression : given.subList(0, 3)) {
            Term term = expressions.value(expression, null);
            Elementary type = term == null ? null : term.type().elementary();
            if (term == null || type == null || !isNumber(type)) {
                if (term != null) {
                    context.error("E621", expression.span(), "ASSERT_NEAR compares numbers and times");
                }
                return null;
            }
            Term held = held(term, expression.span(), before);
            sides.add(new Side(expression, held, shown(held)));
            numbers.add(Conversions.convert(held, Elementary.LREAL));
        }
        Term values = concat(
                sides(sides.get(0), sides.get(1), ""),
                concat(text(", tolerance "), sides.get(2).shown()));
        return new Claim(before, new Term.Library("isNear", numbers, Elementary.BOOL), values);
    }

    private static boolean isNumber(Elementary type) {
        return type.family() == Family.REAL || type.family() == Family.DURATION || type.isWhole();
    }

    private @Nullable Claim verified(List<Expression> given, String name) {
        Term calls = calls(given.getFirst());
        boolean counted = name.equals("MOCK_VERIFY_CALL_COUNT");
        Term wanted = counted ? expressions.converted(given.get(1), Elementary.DINT) : null;
        if (calls == null || counted && wanted == null) {
            return null;
        }
        Term.Relation relation = wanted == null ? Term.Relation.GREATER : Term.Relation.EQUAL;
        Term than = wanted == null ? new Term.Constant(Elementary.DINT, new Value.Whole(0)) : wanted;
        Term values = wanted == null
                ? text("it was never called")
                : concat(concat(text("calls: actual "), shown(calls)), concat(text(", expected "), shown(than)));
        return new Claim(List.of(), new Term.Compare(relation, calls, than), values);
    }

    private @Nullable Term calls(Expression target) {
        Entity entity = expressions.entity(target);
        if (entity instanceof Entity.OfFunction(var function) && function.result() != null) {
            return context.mocks().calls(function, function.result());
        }
        Term instance = instance(entity, target);
        return instance == null
                ? null
                : context.mocks().calls(instance, (UnitType) instance.type().resolved());
    }

    private @Nullable Term instance(@Nullable Entity entity, Expression target) {
        if (entity instanceof Entity.OfPlace(var place)
                && place.type().resolved() instanceof UnitType unit
                && unit.body() != null) {
            return new Term.Load(place);
        }
        if (entity != null) {
            context.error("E622", target.span(), target.span().text() + " is no instance of a function block");
        }
        return null;
    }

    private List<Instruction> advance(Expression time, Span span) {
        Term term = expressions.value(time, null);
        Elementary type = term == null ? null : term.type().elementary();
        boolean fits = type == Elementary.TIME || type == Elementary.LTIME || type != null && type.isInteger();
        if (term == null || !fits) {
            if (term != null) {
                context.error("E623", time.span(), "ADVANCE_TIME takes a TIME, or whole nanoseconds");
            }
            return List.of();
        }
        // LTIME counts nanoseconds as an integer.
        Term nanos = Conversions.convert(
                type == Elementary.TIME ? Conversions.convert(term, Elementary.LTIME) : term, Elementary.LINT);
        return List.of(
                new Instruction.Evaluate(new Term.Library("advanceTime", List.of(nanos), Elementary.BOOL), span));
    }

    List<Instruction> mock(Statement.Mock mock) {
        if (!context.inTest()) {
            context.error("E601", mock.span(), "MOCK stands in tests alone");
            return List.of();
        }
        Entity entity = expressions.entity(mock.target());
        if (mock.result() == null) {
            Term instance = instance(entity, mock.target());
            return instance == null
                    ? List.of()
                    : context.mocks().mock(instance, (UnitType) instance.type().resolved(), mock.span());
        }
        if (!(entity instanceof Entity.OfFunction(var function)) || function.result() == null) {
            if (entity != null) {
                context.error(
                        "E624",
                        mock.target().span(),
                        "MOCK_FUNCTION takes a function of the program that has a result");
            }
            return List.of();
        }
        Signature mocked = function;
        Term value = expressions.converted(mock.result(), function.result().type());
        return value == null ? List.of() : context.mocks().mock(mocked, function.result(), value, mock.span());
    }

    /// The value as a text; a number beside a value of an enumeration is one too.
    private static Term shown(Term term, Term beside) {
        return beside.type().resolved() instanceof EnumerationType enumeration ? named(term, enumeration) : shown(term);
    }

    private static Term shown(Term term) {
        if (isText(term.type())) {
            return concat(text("'"), concat(term, text("'")));
        }
        Elementary type = term.type().elementary();
        if (term.type().resolved() instanceof EnumerationType enumeration) {
            return named(term, enumeration);
        }
        return type == null ? text("another one") : Conversions.convert(term, TEXT);
    }

    /// The name of a value of an enumeration.
    private static Term named(Term value, EnumerationType enumeration) {
        Term all = Conversions.convert(value, TEXT);
        for (Map.Entry<String, Long> entry : enumeration.values().entrySet()) {
            Term constant = new Term.Constant(value.type(), new Value.Whole(entry.getValue()));
            Term is = new Term.Compare(Term.Relation.EQUAL, value, constant);
            all = new Term.Select(is, all, text(entry.getKey()));
        }
        return all;
    }

    private static Term text(String value) {
        return new Term.Constant(TEXT, new Value.Text(value.length() > 255 ? value.substring(0, 252) + "..." : value));
    }

    private static Term concat(Term left, Term right) {
        return new Term.Library("concat", List.of(left, right), TEXT);
    }
}
