package io.millwright.iec61131.check;

import io.millwright.iec61131.ir.Instruction;
import io.millwright.iec61131.ir.Place;
import io.millwright.iec61131.ir.Term;
import io.millwright.iec61131.source.Span;
import io.millwright.iec61131.syntax.Expression;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.Signature;
import io.millwright.iec61131.type.UnitType;
import io.millwright.iec61131.type.UnknownType;
import io.millwright.iec61131.type.Value;
import io.millwright.iec61131.type.Variable;
import io.millwright.iec61131.type.Variable.Role;
import java.util.ArrayList;
import java.util.List;

/// Calls of instances of function blocks and programs (6.6.3.4).
final class InstanceCalls {
    private final Context context;
    private final Expressions expressions;
    private final Calls calls;

    InstanceCalls(Context context, Expressions expressions, Calls calls) {
        this.context = context;
        this.expressions = expressions;
        this.calls = calls;
    }

    /// A call of an instance: inputs are stored in it, its body runs, outputs are read from it.
    List<Instruction> call(Expression.Call call, Term object, boolean dynamic, Span span) {
        var unit = (UnitType) object.type().resolved();
        Signature body = Calls.body(unit);
        if (body == null) {
            context.error("E412", call.span(), unit.name() + " is a class and has no body to be called");
            return List.of();
        }
        Arguments.Callee callee = Arguments.Callee.of(unit);
        List<Variable> parameters = callee.parameters();
        Arguments arguments = Arguments.bind(context, call.arguments(), callee);
        if (arguments == null) {
            return List.of();
        }
        List<Instruction> before = new ArrayList<>();
        List<Instruction> after = new ArrayList<>();
        List<Instruction> otherwise = new ArrayList<>();
        boolean enabled = arguments.enable() != null || arguments.enabled() != null;
        Variable flag = enabled ? context.temporary(Elementary.BOOL, Role.TEMPORARY, span) : null;
        Variable eno =
                parameters.stream().filter(Arguments::isImplicit).findFirst().orElse(null);
        if (eno != null) {
            Place told = new Place.Field(object, eno);
            before.add(new Instruction.Assign(told, truth(true), span));
            otherwise.add(new Instruction.Assign(told, truth(false), span));
            if (flag != null) {
                after.add(new Instruction.Assign(new Place.Local(flag), new Term.Load(told), span));
            }
        }
        for (Variable parameter : parameters) {
            Arguments.Given given = arguments.given().get(parameter);
            if (given != null) {
                transfer(object, parameter, given, before, after, span);
            } else if (parameter.role() == Role.IN_OUT && !(object instanceof Term.Self)) {
                calls.missing(parameter, call.span());
            }
        }
        List<Instruction> all = new ArrayList<>(calls.takeBindings());
        all.addAll(before);
        all.add(new Instruction.Evaluate(
                new Term.Call(body, object, dynamic, List.of(), List.of(), Elementary.BOOL, call.span()), span));
        all.addAll(after);
        return flag == null ? all : calls.enabling().instance(arguments, flag, all, otherwise, span);
    }

    private void transfer(
            Term object,
            Variable parameter,
            Arguments.Given given,
            List<Instruction> before,
            List<Instruction> after,
            Span span) {
        Place field = new Place.Field(object, parameter);
        switch (parameter.role()) {
            case INPUT -> {
                Term value = expressions.given(given.expression(), parameter.type());
                if (value != null) {
                    before.add(new Instruction.Assign(field, value, span));
                }
            }
            case IN_OUT -> {
                Place place = calls.inOut(parameter, given);
                if (place != null && parameter.type().isAggregate()) {
                    before.add(new Instruction.Bind(field, new Term.Load(place), span));
                } else if (place != null) {
                    before.add(new Instruction.Assign(field, new Term.Load(place), span));
                    after.add(new Instruction.Assign(place, new Term.Load(field), span));
                }
            }
            default -> {
                Place place = expressions.place(given.expression());
                Term value = place == null || parameter.type() instanceof UnknownType
                        ? null
                        : expressions
                                .conversions()
                                .adapt(
                                        Calls.negated(new Term.Load(field), given),
                                        place.type(),
                                        given.expression().span());
                if (place != null && value != null) {
                    after.add(new Instruction.Assign(place, value, span));
                }
            }
        }
    }

    private static Term truth(boolean value) {
        return new Term.Constant(Elementary.BOOL, new Value.Truth(value));
    }
}
