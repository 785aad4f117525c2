package io.millwright.iec61131.check;

import io.millwright.iec61131.ir.Term;
import io.millwright.iec61131.library.StandardFunction;
import io.millwright.iec61131.library.StandardFunction.Parameter;
import io.millwright.iec61131.source.Span;
import io.millwright.iec61131.syntax.Dialect;
import io.millwright.iec61131.syntax.Expression;
import io.millwright.iec61131.syntax.Expression.Argument;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.GenericType;
import io.millwright.iec61131.type.TextType;
import io.millwright.iec61131.type.Type;
import java.util.ArrayList;
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
        List<Expression> given = inOrder(call, function);
        if (given == null) {
            return null;
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
                            ? parameter.shared() && common != null ? common : hint
                            : parameter.constraint();
                    Term term = expressions.value(given.get(i), asked);
                    if (term == null || !fits(parameter, term, given.get(i).span(), function)) {
                        return null;
                    }
                    terms.set(i, term);
                    common = parameter.shared() ? joined(common, term.type()) : common;
                }
            }
        }
        return emit(function, terms, given, common, call.span());
    }

    private @Nullable Term emit(
            StandardFunction function,
            List<@Nullable Term> terms,
            List<Expression> given,
            @Nullable Type common,
            Span span) {
        Type result = function.result();
        if (common == null && result == null) {
            context.error("E420", span, "the arguments of %s have no type in common".formatted(function.name()));
            return null;
        }
        List<Term> converted = new ArrayList<>();
        for (int i = 0; i < terms.size(); i++) {
            Parameter parameter = function.parameter(i);
            Term term = terms.get(i);
            boolean anyAlone = parameter.constraint() instanceof GenericType && !parameter.shared();
            Type asked = parameter.shared() ? common : parameter.constraint();
            Term adapted = term == null || asked == null || anyAlone
                    ? term
                    : expressions.conversions().adapt(term, asked, given.get(i).span());
            if (adapted == null) {
                return null;
            }
            converted.add(adapted);
        }
        Type type = common != null ? common : result;
        return type == null ? null : Folding.fold(function.emission().emit(converted, type));
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
        boolean longer = common.resolved() instanceof TextType x
                && type.resolved() instanceof TextType y
                && y.capacity() > x.capacity();
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
        boolean gap =
                values.stream().anyMatch(v -> v instanceof Expression.Broken broken && broken.span() == call.span());
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
