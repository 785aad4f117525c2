package io.millwright.iec61131.check;

import io.millwright.iec61131.source.Span;
import io.millwright.iec61131.syntax.Expression;
import io.millwright.iec61131.syntax.Expression.Argument;
import io.millwright.iec61131.syntax.Name;
import io.millwright.iec61131.type.Signature;
import io.millwright.iec61131.type.UnitType;
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

    /// What is called: its name and its parameters.
    ///
    /// @param mistaken whether it may have others that nobody knows
    record Callee(String name, List<Variable> parameters, boolean mistaken) {
        static Callee of(Signature signature) {
            return new Callee(signature.name(), signature.parameters(), signature.isMistaken());
        }

        static Callee of(UnitType unit) {
            List<Variable> parameters =
                    unit.allVariables().stream().filter(Calls::isParameter).toList();
            return new Callee(unit.name(), parameters, unit.isMistaken());
        }

        private @Nullable Variable parameter(Name written) {
            Variable found = named(written.text());
            return found != null ? found : named(Members.shortName(name, written.text()));
        }

        private @Nullable Variable named(String text) {
            return parameters.stream()
                    .filter(p -> Members.same(p.name(), text))
                    .findFirst()
                    .orElse(null);
        }
    }

    /// Finds the parameter of every argument, or gives null after saying which one there is not.
    static @Nullable Arguments bind(Context context, List<Argument> arguments, Callee callee) {
        Map<Variable, Given> given = new LinkedHashMap<>();
        Expression enable = null;
        Argument.Out enabled = null;
        boolean sound = true;
        int position = 0;
        List<Variable> ordered =
                callee.parameters().stream().filter(p -> !isImplicit(p)).toList();
        for (Argument argument : arguments) {
            switch (argument) {
                case Argument.Positional(var value) -> {
                    if (position >= ordered.size()) {
                        tooMany(context, callee, ordered.size(), arguments.size(), argument.span());
                        return null;
                    }
                    given.put(ordered.get(position++), new Given(value, false));
                }
                case Argument.In(var name, var value, var _) -> {
                    Variable parameter = callee.parameter(name);
                    if (parameter == null && name.key().equals("EN")) {
                        enable = value;
                    } else {
                        sound &= put(context, given, parameter, new Given(value, false), name, callee);
                    }
                }
                case Argument.Out out -> {
                    Variable parameter = callee.parameter(out.name());
                    Expression target = out.target();
                    boolean implicit = parameter == null || isImplicit(parameter);
                    if (implicit && out.name().key().equals("ENO")) {
                        enabled = out;
                    } else if (target != null || parameter == null) {
                        Expression where = target == null ? new Expression.Broken(out.span()) : target;
                        sound &= put(context, given, parameter, new Given(where, out.negated()), out.name(), callee);
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

    private static void tooMany(Context context, Callee callee, int most, int given, Span span) {
        if (!callee.mistaken()) {
            context.error(
                    "E401",
                    span,
                    "%s takes %d argument%s, here are %d".formatted(callee.name(), most, most == 1 ? "" : "s", given));
        }
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
            Callee callee) {
        if (parameter == null) {
            if (!callee.mistaken()) {
                context.unknown(
                        "E403",
                        name.span(),
                        callee.name() + " has no parameter " + name.text(),
                        name.text(),
                        callee.parameters().stream().map(Variable::name).toList());
            }
            return false;
        }
        context.usages().add(name.span(), parameter);
        if (given.put(parameter, value) != null) {
            context.error("E404", name.span(), "a value for " + name.text() + " was given already");
            return false;
        }
        return true;
    }
}
