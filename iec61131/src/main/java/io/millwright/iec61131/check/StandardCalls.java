package io.millwright.iec61131.check;

import io.millwright.iec61131.ir.Term;
import io.millwright.iec61131.library.Lets;
import io.millwright.iec61131.library.StandardFunction;
import io.millwright.iec61131.library.StandardFunction.Parameter;
import io.millwright.iec61131.library.StandardFunctions;
import io.millwright.iec61131.source.Span;
import io.millwright.iec61131.syntax.Dialect;
import io.millwright.iec61131.syntax.Expression;
import io.millwright.iec61131.syntax.Expression.Argument;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.GenericType;
import io.millwright.iec61131.type.TextType;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.Variable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Calls of standard functions: overloaded parameters are brought to one type, the others to the one they ask
/// for.
final class StandardCalls {
    private final Context context;
    private final Expressions expressions;

    StandardCalls(Context context, Expressions expressions) {
        this.context = context;
        this.expressions = expressions;
    }

    @Nullable
    Term value(Expression.Call call, StandardFunction function, @Nullable Type expected) {
        if (StandardFunctions.isExtension(function)) {
            context.beyondStandard(call.span(), call.callee().span().text());
        }
        List<Expression> given = inOrder(call, function);
        if (given == null) {
            return null;
        }
        if (function.meaning() instanceof StandardFunction.Operator(var operator)) {
            return operator(call, function, given, operator, expected);
        }
        Type hint = function.result() == null ? expected : null;
        List<@Nullable Term> terms = new ArrayList<>();
        Type common = null;
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < given.size(); i++) {
                Parameter parameter = function.parameter(i);
                boolean flexible = Operators.isFlexible(given.get(i));
                if (round == 0) {
                    terms.add(null);
                }
                if (flexible == (round == 1)) {
                    Type asked = parameter.constraint() instanceof GenericType
                            ? !parameter.shared() ? null : common != null ? common : hint
                            : parameter.constraint();
                    Term term = expressions.value(given.get(i), asked);
                    if (term == null || !fits(parameter, term, given.get(i).span(), function)) {
                        return null;
                    }
                    terms.set(i, expressions.calls().whole(term, given.get(i).span()));
                    common = parameter.shared() ? joined(common, term.type()) : common;
                }
            }
        }
        return emit(function, terms, given, common, expected);
    }

    private @Nullable Term emit(
            StandardFunction function,
            List<@Nullable Term> terms,
            List<Expression> given,
            @Nullable Type common,
            @Nullable Type expected) {
        List<Term> converted = new ArrayList<>();
        for (int i = 0; i < terms.size(); i++) {
            Parameter parameter = function.parameter(i);
            Term term = terms.get(i);
            boolean anyAlone = parameter.constraint() instanceof GenericType && !parameter.shared();
            Type asked = parameter.shared() ? common : parameter.constraint();
            Term adapted = term == null || asked == null || anyAlone
                    ? term
                    : expressions.conversions().adapt(term, asked, given.get(i));
            if (adapted == null) {
                return null;
            }
            converted.add(adapted);
        }
        if (!(function.meaning() instanceof StandardFunction.Emission emission)) {
            return null;
        }
        Term made = emission.emit(converted, type(function.result(), common, expected));
        return Folding.fold(context.dialect() == Dialect.STANDARD ? StandardFunctions.carried(made) : made);
    }

    private static Type type(@Nullable Type result, @Nullable Type common, @Nullable Type expected) {
        if (result instanceof GenericType generic) {
            boolean fits = expected != null && expected.elementary() != null && generic.contains(expected);
            return fits && expected != null ? expected : generic;
        }
        return common != null ? common : result != null ? result : GenericType.ANY;
    }

    /// A function that stands for an operator.
    private @Nullable Term operator(
            Expression.Call call,
            StandardFunction function,
            List<Expression> given,
            Expression.BinaryOperator operator,
            @Nullable Type expected) {
        boolean typed = !(function.parameters().getFirst().constraint() instanceof GenericType);
        boolean compares = function.result() == Elementary.BOOL;
        if (typed || compares && given.size() > 2) {
            return typed ? typed(call, function, given, operator) : chain(call, given, operator);
        }
        Expression all = given.getFirst();
        for (Expression next : given.subList(1, given.size())) {
            all = new Expression.Binary(operator, all, next, call.span());
        }
        return expressions.value(all, expected);
    }

    /// An operator between values of one type that the function's name says: ADD_INT.
    private @Nullable Term typed(
            Expression.Call call,
            StandardFunction function,
            List<Expression> given,
            Expression.BinaryOperator operator) {
        List<Term> terms = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            Term term =
                    expressions.converted(given.get(i), function.parameter(i).constraint());
            if (term == null) {
                return null;
            }
            terms.add(term);
        }
        return function.result() == Elementary.BOOL
                ? neighbours(call, given, terms, operator)
                : folded(call, given, terms, operator);
    }

    private @Nullable Term folded(
            Expression.Call call, List<Expression> given, List<Term> terms, Expression.BinaryOperator operator) {
        Term all = terms.getFirst();
        for (int i = 1; i < terms.size() && all != null; i++) {
            var at = new Expression.Binary(operator, given.get(i - 1), given.get(i), call.span());
            all = expressions.operators().of(operator, all, terms.get(i), at);
        }
        return all;
    }

    private @Nullable Term chain(Expression.Call call, List<Expression> given, Expression.BinaryOperator operator) {
        List<Term> terms = new ArrayList<>(Collections.nCopies(given.size(), new Term.Null(GenericType.ANY)));
        Type type = null;
        for (boolean flexible : new boolean[] {false, true}) {
            for (int i = 0; i < given.size(); i++) {
                if (Operators.isFlexible(given.get(i)) == flexible) {
                    Term term = expressions.value(given.get(i), type);
                    if (term == null) {
                        return null;
                    }
                    terms.set(i, term);
                    type = type == null ? term.type() : type;
                }
            }
        }
        return neighbours(call, given, terms, operator);
    }

    /// Whether a comparison holds between all neighbours; each value is evaluated once.
    private @Nullable Term neighbours(
            Expression.Call call, List<Expression> given, List<Term> terms, Expression.BinaryOperator operator) {
        if (terms.size() == 2) {
            return folded(call, given, terms, operator);
        }
        List<Variable> variables = new ArrayList<>();
        for (Term term : terms) {
            variables.add(Lets.variable(term.type()));
        }
        Term all = null;
        for (int i = 1; i < terms.size(); i++) {
            var at = new Expression.Binary(operator, given.get(i - 1), given.get(i), call.span());
            Term one = expressions
                    .operators()
                    .of(operator, Lets.load(variables.get(i - 1)), Lets.load(variables.get(i)), at);
            if (one == null) {
                return null;
            }
            all = all == null ? one : new Term.Binary(Term.BinaryOperator.AND, all, one);
        }
        for (int i = terms.size() - 1; i >= 0 && all != null; i--) {
            all = new Term.Let(variables.get(i), terms.get(i), all);
        }
        return all == null ? null : Folding.fold(all);
    }

    private static @Nullable Type joined(@Nullable Type common, Type type) {
        if (common == null) {
            return type;
        }
        Elementary a = common.elementary();
        Elementary b = type.elementary();
        if (a != null && b != null) {
            return common.resolved().equals(type.resolved())
                    ? common
                    : Fit.common(a, b) == null ? common : Fit.common(a, b);
        }
        boolean longer = type.resolved() instanceof TextType y
                && (a != null || common.resolved() instanceof TextType x && y.capacity() > x.capacity());
        return longer ? type : common;
    }

    private boolean fits(Parameter parameter, Term term, Span span, StandardFunction function) {
        boolean wrong = parameter.constraint() instanceof GenericType generic && !accepts(generic, term.type());
        if (wrong) {
            context.error(
                    "E421",
                    span,
                    "%s takes %s for %s, this is %s"
                            .formatted(
                                    function.name(),
                                    parameter.constraint().name(),
                                    parameter.name(),
                                    term.type().name()));
        }
        return !wrong;
    }

    /// What a generic parameter takes; in the common dialect numbers go for bits and bits for numbers.
    private boolean accepts(GenericType generic, Type type) {
        if (generic.contains(type)) {
            return true;
        }
        if (context.dialect() == Dialect.STANDARD) {
            return false;
        }
        boolean bitsForNumbers = type.elementary() != Elementary.BOOL && GenericType.ANY_BIT.contains(type);
        return switch (generic) {
            case ANY_BIT -> GenericType.ANY_INT.contains(type);
            case ANY_NUM, ANY_MAGNITUDE, ANY_INT -> bitsForNumbers;
            case ANY_REAL -> bitsForNumbers || GenericType.ANY_INT.contains(type);
            case ANY_STRING, ANY_CHARS -> GenericType.ANY_CHARS.contains(type) || GenericType.ANY_STRING.contains(type);
            default -> false;
        };
    }

    /// The arguments in the order of the parameters, or null after saying what is wrong with them.
    private @Nullable List<Expression> inOrder(Expression.Call call, StandardFunction function) {
        List<Expression> values = new ArrayList<>();
        for (Argument argument : call.arguments()) {
            switch (argument) {
                case Argument.Positional(var value) -> values.add(value);
                case Argument.In(var name, var value, var _) -> {
                    int index = indexOf(function, name.key());
                    if (index < 0) {
                        context.unknown(
                                "E403",
                                name.span(),
                                function.name() + " has no parameter " + name.text(),
                                name.text(),
                                function.parameters().stream()
                                        .map(Parameter::name)
                                        .toList());
                        return null;
                    }
                    while (values.size() <= index) {
                        values.add(new Expression.Broken(call.span()));
                    }
                    values.set(index, value);
                }
                case Argument.Out out -> {
                    context.error("E422", out.span(), function.name() + " has no output " + out.name());
                    return null;
                }
            }
        }
        return counted(call, function, values);
    }

    private @Nullable List<Expression> counted(
            Expression.Call call, StandardFunction function, List<Expression> values) {
        int least = function.parameters().size();
        boolean gap = values.stream()
                .anyMatch(v ->
                        v instanceof Expression.Broken broken && broken.span().equals(call.span()));
        boolean count = function.repeated() == 0
                ? values.size() == least
                : values.size() >= least && (values.size() - least) % function.repeated() == 0;
        if (gap || !count) {
            context.error(
                    "E423",
                    call.span(),
                    "%s takes %s%d argument%s: %s"
                            .formatted(
                                    function.name(),
                                    function.repeated() == 0 ? "" : "at least ",
                                    least,
                                    least == 1 ? "" : "s",
                                    String.join(
                                            ", ",
                                            function.parameters().stream()
                                                    .map(Parameter::name)
                                                    .toList())));
            return null;
        }
        return values;
    }

    /// The place of a formal name; those of repeated parameters go on counting: IN1, IN2, … IN17.
    private static int indexOf(StandardFunction function, String key) {
        List<Parameter> parameters = function.parameters();
        for (int i = 0; i < parameters.size(); i++) {
            if (parameters.get(i).name().equals(key)) {
                return i;
            }
        }
        if (function.repeated() == 1) {
            String last = parameters.getLast().name();
            String stem = last.replaceAll("\\d+$", "");
            String digits = last.substring(stem.length());
            boolean counted = !digits.isEmpty()
                    && key.startsWith(stem)
                    && key.substring(stem.length()).matches("\\d{1,3}");
            if (counted) {
                int index = parameters.size()
                        - 1
                        + Integer.parseInt(key.substring(stem.length()))
                        - Integer.parseInt(digits);
                return index < parameters.size() ? -1 : index;
            }
        }
        return -1;
    }
}
