package io.millwright.iec61131.check;

import io.millwright.iec61131.ir.Instruction;
import io.millwright.iec61131.ir.Place;
import io.millwright.iec61131.ir.Term;
import io.millwright.iec61131.library.StandardFunction;
import io.millwright.iec61131.source.Span;
import io.millwright.iec61131.syntax.Expression;
import io.millwright.iec61131.syntax.Expression.Argument;
import io.millwright.iec61131.syntax.Name;
import io.millwright.iec61131.type.Defaults;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.TextType;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.Value;
import io.millwright.iec61131.type.Variable;
import io.millwright.iec61131.type.Variable.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Calls with EN and ENO (6.6.1.6).
///
/// Such a call is done before the rest of its statement, and only where EN is TRUE. Its value is kept in a
/// variable of its own, which holds the first value of its type where the call was not done. Of standard
/// functions ENO says whether the arguments were in their domain and the result is in its range.
final class Enabling {
    private final Context context;
    private final Expressions expressions;
    private final Calls calls;
    private final Map<Variable, Term> done = new HashMap<>();

    Enabling(Context context, Expressions expressions, Calls calls) {
        this.context = context;
        this.expressions = expressions;
        this.calls = calls;
    }

    /// Whether arguments say EN or ENO.
    static boolean isAsked(List<Argument> arguments) {
        return arguments.stream().anyMatch(a -> isEnable(a) || isEnabled(a));
    }

    private static boolean isEnable(Argument argument) {
        return argument instanceof Argument.In(var name, var _, var _)
                && name.key().equals("EN");
    }

    private static boolean isEnabled(Argument argument) {
        return argument instanceof Argument.Out out && out.name().key().equals("ENO");
    }

    /// Whether a value came from a call with EN or ENO, and then whether the call was done without an error;
    /// else null. An assignment of the value is left away where it was not.
    @Nullable
    Term done(Term value) {
        return switch (value) {
            case Term.Load(Place.Local(var variable)) -> done.get(variable);
            case Term.Convert(var operand, var _) -> done(operand);
            case Term.Checked(var operand, var _, var _, var _) -> done(operand);
            default -> null;
        };
    }

    /// What a call gives, and whether it did so without an error; null for always.
    private record Outcome(Term value, @Nullable Term sound) {}

    /// A standard function.
    @Nullable
    Term standard(Expression.Call call, StandardFunction function, @Nullable Type expected) {
        Expression enable = null;
        Argument.Out enabled = null;
        List<Argument> rest = new ArrayList<>();
        for (Argument argument : call.arguments()) {
            if (isEnable(argument)) {
                enable = ((Argument.In) argument).value();
            } else if (isEnabled(argument)) {
                enabled = (Argument.Out) argument;
            } else {
                rest.add(argument);
            }
        }
        return of(enable, enabled, call.span(), _ -> {
            List<Argument> once = new ArrayList<>(rest);
            boolean operator = function.meaning() instanceof StandardFunction.Operator;
            // A function of literals alone would be computed here and now, and nothing be left to be asked.
            boolean every =
                    operator || rest.stream().map(this::valueOf).allMatch(v -> v == null || Operators.isFlexible(v));
            Type hint = null;
            for (boolean flexible : new boolean[] {false, true}) {
                for (int i = 0; i < rest.size(); i++) {
                    Expression value = valueOf(rest.get(i));
                    if (value != null && Operators.isFlexible(value) == flexible && (every || !flexible)) {
                        Variable kept = once(value, operator ? hint : null);
                        if (kept == null) {
                            return null;
                        }
                        hint = hint == null ? kept.type() : hint;
                        once.set(i, with(rest.get(i), kept));
                    }
                }
            }
            var inner = new Expression.Call(call.callee(), once, call.span());
            Term value = calls.standard().value(inner, function, expected);
            return value == null ? null : new Outcome(value, new Soundness(function).of(value));
        });
    }

    /// A function or method of the program; `make` puts the call together, given where its own ENO goes.
    @Nullable
    Term routine(Arguments arguments, Span span, Function<Variable, @Nullable Term> make) {
        return of(arguments.enable(), arguments.enabled(), span, flag -> {
            Term term = make.apply(flag);
            return term == null ? null : new Outcome(term, null);
        });
    }

    private @Nullable Term of(
            @Nullable Expression enable,
            Argument.@Nullable Out enabled,
            Span span,
            Function<Variable, @Nullable Outcome> make) {
        Variable flag = context.temporary(Elementary.BOOL, Role.TEMPORARY, span);
        Place flagged = new Place.Local(flag);
        Term condition = enable == null ? truth() : expressions.converted(enable, Elementary.BOOL);
        List<Instruction> all = new ArrayList<>(calls.takeBindings());
        Outcome outcome = make.apply(flag);
        if (condition == null || outcome == null) {
            return null;
        }
        List<Instruction> within = new ArrayList<>(calls.takeBindings());
        Type type = outcome.value().type();
        boolean empty =
                outcome.value() instanceof Term.Call call && call.routine().result() == null;
        Variable result = context.temporary(type, Role.TEMPORARY, span);
        Instruction keep = empty
                ? new Instruction.Evaluate(outcome.value(), span)
                : new Instruction.Assign(new Place.Local(result), outcome.value(), span);
        if (outcome.sound() == null) {
            within.add(keep);
        } else {
            within.add(new Instruction.Assign(flagged, outcome.sound(), span));
            within.add(when(flag, List.of(keep), span));
        }
        all.add(new Instruction.Assign(flagged, condition, span));
        if (!type.isAggregate() || type.resolved() instanceof TextType) {
            all.add(new Instruction.Assign(new Place.Local(result), first(type), span));
        }
        all.add(when(flag, within, span));
        Instruction told = told(enabled, flag, span);
        if (told != null) {
            all.add(told);
        }
        all.forEach(calls::bind);
        done.put(result, new Term.Load(flagged));
        return new Term.Load(new Place.Local(result));
    }

    private static Term first(Type type) {
        Value first = Defaults.of(type);
        return first instanceof Value.Usual ? new Term.Null(type) : new Term.Constant(type, first);
    }

    private static Instruction when(Variable flag, List<Instruction> body, Span span) {
        Term holds = new Term.Load(new Place.Local(flag));
        return new Instruction.If(List.of(new Instruction.Branch(holds, body, span)), List.of(), span);
    }

    private @Nullable Instruction told(Argument.@Nullable Out enabled, Variable flag, Span span) {
        Expression target = enabled == null ? null : enabled.target();
        Place place = enabled == null || target == null ? null : expressions.place(target);
        Term load = new Term.Load(new Place.Local(flag));
        Term value = enabled != null && enabled.negated() ? new Term.Unary(Term.Unary.UnaryOperator.NOT, load) : load;
        Term fitting = place == null
                ? null
                : expressions.conversions().adapt(value, place.type(), target == null ? span : target.span());
        return place == null || fitting == null ? null : new Instruction.Assign(place, fitting, span);
    }

    /// Instructions that are done only where EN is TRUE, such as the call of an instance.
    ///
    /// @param flag the variable for EN and then ENO
    List<Instruction> instance(
            Arguments arguments, Variable flag, List<Instruction> body, List<Instruction> otherwise, Span span) {
        Expression enable = arguments.enable();
        Term condition = enable == null ? truth() : expressions.converted(enable, Elementary.BOOL);
        if (condition == null) {
            return List.of();
        }
        Term load = new Term.Load(new Place.Local(flag));
        List<Instruction> all = new ArrayList<>(calls.takeBindings());
        all.add(new Instruction.Assign(new Place.Local(flag), condition, span));
        all.add(new Instruction.If(List.of(new Instruction.Branch(load, body, span)), otherwise, span));
        Instruction told = told(arguments.enabled(), flag, span);
        if (told != null) {
            all.add(told);
        }
        return all;
    }

    private @Nullable Expression valueOf(Argument argument) {
        Expression value = switch (argument) {
            case Argument.Positional(var own) -> own;
            case Argument.In(var _, var own, var _) -> own;
            case Argument.Out _ -> null;
        };
        boolean several = value != null && expressions.entity(value) instanceof Entity.OfEnumeration;
        return several ? null : value;
    }

    /// A variable that has the value of an argument.
    private @Nullable Variable once(Expression value, @Nullable Type hint) {
        Term term = expressions.value(value, hint);
        if (term == null) {
            return null;
        }
        Variable kept = context.temporary(term.type(), Role.TEMPORARY, value.span());
        calls.bind(new Instruction.Assign(new Place.Local(kept), term, value.span()));
        context.scope().declare(kept.name(), new Symbol.OfVariable(kept));
        return kept;
    }

    private static Argument with(Argument argument, Variable kept) {
        Expression value = new Expression.Identifier(new Name(kept.name(), argument.span()));
        return argument instanceof Argument.In(var name, var _, var span)
                ? new Argument.In(name, value, span)
                : new Argument.Positional(value);
    }

    private static Term truth() {
        return new Term.Constant(Elementary.BOOL, new Value.Truth(true));
    }
}
