package io.millwright.iec61131.check;

import io.millwright.iec61131.source.Span;
import io.millwright.iec61131.syntax.Expression;
import io.millwright.iec61131.syntax.Expression.Argument;
import io.millwright.iec61131.syntax.Name;
import io.millwright.iec61131.type.Value;
import io.millwright.iec61131.type.Variable;
import io.millwright.iec61131.type.Variable.Role;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The arguments of a call, each with the parameter it is for (6.6.1.4.2, 6.6.1.4.3).
///
/// @param given by parameter, in the order in which they stand
/// @param enable the argument of EN, or null
/// @param enabled where ENO goes, or null
record Arguments(Map<Variable, Given> given, @Nullable Expression enable, Argument.@Nullable Out enabled) {

    /// What is given for a parameter: a value or, for an output, where it goes.
    ///
    /// @param negated `NOT out => target`
    record Given(Expression expression, boolean negated) {}

    /// Finds the parameter of every argument, or gives null after saying which one there is not.
    static @Nullable Arguments bind(
            Context context, List<Argument> arguments, List<Variable> parameters, String callee, Span span) {
        Map<Variable, Given> given = new LinkedHashMap<>();
        Expression enable = null;
        Argument.Out enabled = null;
        boolean sound = true;
        int position = 0;
        List<Variable> ordered = parameters.stream().filter(p -> !isImplicit(p)).toList();
        for (Argument argument : arguments) {
            switch (argument) {
                case Argument.Positional(var value) -> {
                    if (position >= ordered.size()) {
                        context.error(
                                "E401",
                                argument.span(),
                                "%s takes %d argument%s, here are %d"
                                        .formatted(
                                                callee,
                                                ordered.size(),
                                                ordered.size() == 1 ? "" : "s",
                                                arguments.size()));
                        return null;
                    }
                    given.put(ordered.get(position++), new Given(value, false));
                }
                case Argument.In(var name, var value, var _) -> {
                    Variable parameter = parameter(parameters, callee, name);
                    if (parameter == null && name.key().equals("EN")) {
                        enable = value;
                    } else {
                        sound &= put(context, given, parameter, new Given(value, false), name, parameters, callee);
                    }
                }
                case Argument.Out out -> {
                    Variable parameter = parameter(parameters, callee, out.name());
                    Expression target = out.target();
                    boolean implicit = parameter == null || isImplicit(parameter);
                    if (implicit && out.name().key().equals("ENO")) {
                        enabled = out;
                    } else if (target != null || parameter == null) {
                        Expression where = target == null ? new Expression.Broken(out.span()) : target;
                        sound &= put(
                                context,
                                given,
                                parameter,
                                new Given(where, out.negated()),
                                out.name(),
                                parameters,
                                callee);
                        sound &= isOutput(context, parameter, out);
                    }
                }
            }
        }
        return sound ? new Arguments(given, enable, enabled) : null;
    }

    /// The ENO of a routine that sets it without having declared it; TRUE when the body begins (6.6.1.6).
    static boolean isImplicit(Variable parameter) {
        return parameter.role() == Role.OUTPUT
                && Members.same(parameter.name(), "ENO")
                && parameter.initial().equals(new Value.Truth(true));
    }

    private static boolean isOutput(Context context, @Nullable Variable parameter, Argument.Out out) {
        boolean wrong = parameter != null && parameter.role() != Role.OUTPUT;
        if (wrong) {
            context.error("E402", out.span(), "%s is no output; write %s := …".formatted(out.name(), out.name()));
        }
        return !wrong;
    }

    private static boolean put(
            Context context,
            Map<Variable, Given> given,
            @Nullable Variable parameter,
            Given value,
            Name name,
            List<Variable> parameters,
            String callee) {
        if (parameter == null) {
            context.unknown(
                    "E403",
                    name.span(),
                    callee + " has no parameter " + name.text(),
                    name.text(),
                    parameters.stream().map(Variable::name).toList());
            return false;
        }
        context.usages().add(name.span(), parameter);
        if (given.put(parameter, value) != null) {
            context.error("E404", name.span(), "a value for " + name.text() + " was given already");
            return false;
        }
        return true;
    }

    private static @Nullable Variable parameter(List<Variable> parameters, String callee, Name name) {
        Variable found = parameter(parameters, name.text());
        return found != null ? found : parameter(parameters, Members.shortName(callee, name.text()));
    }

    private static @Nullable Variable parameter(List<Variable> parameters, String name) {
        for (Variable parameter : parameters) {
            if (Members.same(parameter.name(), name)) {
                return parameter;
            }
        }
        return null;
    }
}
