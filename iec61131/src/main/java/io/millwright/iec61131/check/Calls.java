package io.millwright.iec61131.check;

import io.millwright.iec61131.ir.Instruction;
import io.millwright.iec61131.ir.Place;
import io.millwright.iec61131.ir.Term;
import io.millwright.iec61131.library.StandardFunction;
import io.millwright.iec61131.library.StandardFunctions;
import io.millwright.iec61131.source.Span;
import io.millwright.iec61131.syntax.Expression;
import io.millwright.iec61131.syntax.Name;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.Signature;
import io.millwright.iec61131.type.TextType;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.UnitType;
import io.millwright.iec61131.type.UnknownType;
import io.millwright.iec61131.type.Variable;
import io.millwright.iec61131.type.Variable.Role;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Calls of functions, methods, instances and properties (6.6.1.4, 6.6.3.4).
final class Calls {
    private final Context context;
    private final Expressions expressions;
    private final StandardCalls standard;
    private final Enabling enabling;
    private final InstanceCalls instances;

    Calls(Context context, Expressions expressions) {
        this.context = context;
        this.expressions = expressions;
        this.standard = new StandardCalls(context, expressions);
        this.enabling = new Enabling(context, expressions, this);
        this.instances = new InstanceCalls(context, expressions, this);
    }

    StandardCalls standard() {
        return standard;
    }

    Enabling enabling() {
        return enabling;
    }

    /// A call whose result is used, or null after saying why that does not go.
    @Nullable
    Term value(Expression.Call call, @Nullable Type expected) {
        Intrinsics intrinsics = new Intrinsics(context, expressions);
        if (intrinsics.isOne(call)) {
            return intrinsics.value(call, expected);
        }
        Entity callee = callee(call);
        return switch (callee) {
            case null -> null;
            case Entity.OfFunction(var signature) -> routine(call, signature, null, false, true);
            case Entity.OfMethod(var receiver, var signature, var dynamic) ->
                routine(call, signature, receiver, dynamic, true);
            case Entity.OfStandard(var function) -> standard(call, function, expected);
            default -> {
                String what = callee instanceof Entity.OfType(var type)
                        ? type.name()
                        : call.callee().span().text();
                context.error("E405", call.span(), what + " gives no value when it is called");
                yield null;
            }
        };
    }

    private @Nullable Entity callee(Expression.Call call) {
        Entity named = named(call);
        return named instanceof Entity.OfMethod method ? Methods.chosen(context, method, call) : named;
    }

    private @Nullable Entity named(Expression.Call call) {
        Name name = Names.nameOf(call.callee());
        Signature routine = context.routine();
        if (name != null && routine != null && Members.same(routine.name(), name.text())) {
            switch (routine.kind()) {
                case FUNCTION -> {
                    Overloads forms = Names.overloads(context.scope(), name.text());
                    return forms == null || forms.isGeneric(routine)
                            ? new Entity.OfFunction(routine)
                            : chosen(forms, call);
                }
                case METHOD -> {
                    return new Entity.OfMethod(Names.self(context), routine, true);
                }
                default -> {}
            }
        }
        Entity hidden = name == null ? null : Names.function(context, name);
        Entity entity = hidden == null ? expressions.entity(call.callee()) : hidden;
        if (entity instanceof Entity.OfOverloads(var functions)) {
            return chosen(functions, call);
        }
        StandardFunction alike = name == null ? null : StandardFunctions.find(name.key());
        // TIME is a type, and with parentheses the function that gives the time.
        return entity instanceof Entity.OfType(Elementary _) && alike != null ? new Entity.OfStandard(alike) : entity;
    }

    private @Nullable Entity chosen(Overloads functions, Expression.Call call) {
        Signature chosen = functions.choose(context, call);
        Name name = Names.nameOf(call.callee());
        if (chosen != null && name != null) {
            context.usages().add(name.span(), chosen);
        }
        return chosen == null ? null : new Entity.OfFunction(chosen);
    }

    /// A call that stands alone, as instructions; empty after saying why it does not go.
    List<Instruction> statement(Expression.Call call, Span span) {
        Intrinsics intrinsics = new Intrinsics(context, expressions);
        if (intrinsics.isOne(call)) {
            return evaluated(intrinsics.value(call, null), span);
        }
        Entity callee = callee(call);
        return switch (callee) {
            case null -> List.of();
            case Entity.OfFunction(var signature) -> alone(call, signature, null, false, span);
            case Entity.OfMethod(var receiver, var signature, var dynamic) ->
                alone(call, signature, receiver, dynamic, span);
            case Entity.OfStandard(var function) -> evaluated(standard(call, function, null), span);
            case Entity.OfSuper(var self) -> instances.call(call, self, false, span);
            case Entity.OfPlace(var place)
            when place.type().resolved() instanceof UnitType ->
                instances.call(call, stable(place, span), isDynamic(place), span);
            case Entity.OfValue(var term)
            when term.type().resolved() instanceof UnitType -> instances.call(call, term, true, span);
            default -> {
                context.error("E406", call.callee().span(), call.callee().span().text() + " cannot be called");
                yield List.of();
            }
        };
    }

    private List<Instruction> alone(
            Expression.Call call, Signature signature, @Nullable Term receiver, boolean dynamic, Span span) {
        Term term = routine(call, signature, receiver, dynamic, false);
        return term instanceof Term.Call ? evaluated(term, span) : List.of();
    }

    static List<Instruction> evaluated(@Nullable Term term, Span span) {
        return term == null ? List.of() : List.of(new Instruction.Evaluate(term, span));
    }

    private static boolean isDynamic(Place place) {
        return switch (place) {
            case Place.Target _ -> true;
            case Place.Local(var variable) -> variable.role() == Role.IN_OUT;
            case Place.Field(var _, var variable) -> variable.role() == Role.IN_OUT;
            default -> false;
        };
    }

    /// The instance at a place, found once: an index that the call itself may change is looked at before it.
    private Term stable(Place place, Span span) {
        if (isStable(place)) {
            return new Term.Load(place);
        }
        Variable alias = context.temporary(place.type(), Role.IN_OUT, span);
        bindings.add(new Instruction.Bind(new Place.Local(alias), new Term.Load(place), span));
        return new Term.Load(new Place.Local(alias));
    }

    /// What must be done before the call that is being put together.
    private final List<Instruction> bindings = new ArrayList<>();

    private static boolean isStable(Place place) {
        return switch (place) {
            case Place.Local _, Place.Global _ -> true;
            case Place.Field(Term.Load(var inner), var _) -> isStable(inner);
            case Place.Field(Term.Self _, var _) -> true;
            case Place.Element(Term.Load(var inner), var indices, var _) ->
                isStable(inner) && indices.stream().allMatch(Term.Constant.class::isInstance);
            default -> false;
        };
    }

    private @Nullable Term standard(Expression.Call call, StandardFunction function, @Nullable Type expected) {
        return Enabling.isAsked(call.arguments())
                ? enabling.standard(call, function, expected)
                : standard.value(call, function, expected);
    }

    private @Nullable Term routine(
            Expression.Call call, Signature signature, @Nullable Term receiver, boolean dynamic, boolean needsResult) {
        Arguments arguments = Arguments.bind(context, call.arguments(), Arguments.Callee.of(signature));
        if (arguments == null) {
            return null;
        }
        if (needsResult && signature.result() == null) {
            if (!signature.isMistaken()) {
                context.error("E407", call.span(), signature.name() + " gives no value back");
            }
            return null;
        }
        return arguments.enable() == null && arguments.enabled() == null
                ? routine(call, arguments, signature, receiver, dynamic, null)
                : enabling.routine(
                        arguments,
                        call.span(),
                        flag -> routine(call, arguments, signature, receiver, dynamic, new Place.Local(flag)));
    }

    private @Nullable Term routine(
            Expression.Call call,
            Arguments arguments,
            Signature signature,
            @Nullable Term receiver,
            boolean dynamic,
            @Nullable Place enabled) {
        Members.checkAccess(context, signature, call.callee().span());
        List<Term> inputs = new ArrayList<>();
        List<Term.Call.Output> outputs = new ArrayList<>();
        boolean sound = true;
        for (Variable parameter : signature.parameters()) {
            Arguments.Given given = arguments.given().get(parameter);
            if (parameter.role() == Role.OUTPUT && Members.same(parameter.name(), "ENO")) {
                if (enabled != null && Context.isBool(parameter.type())) {
                    outputs.add(new Term.Call.Output(parameter, enabled, new Term.Placeholder(Elementary.BOOL)));
                }
            } else if (parameter.role() == Role.OUTPUT) {
                Term.Call.Output output = given == null ? null : output(parameter, given);
                sound &= given == null || output != null;
                if (output != null) {
                    outputs.add(output);
                }
            } else {
                Term input = input(parameter, given, call.span());
                sound &= input != null;
                if (input != null) {
                    inputs.add(input);
                }
            }
        }
        Variable result = signature.result();
        Type type = result == null ? Elementary.BOOL : result.type();
        return sound && !(type instanceof UnknownType)
                ? new Term.Call(signature, receiver, dynamic && receiver != null, inputs, outputs, type, call.span())
                : null;
    }

    private @Nullable Term input(Variable parameter, Arguments.@Nullable Given given, Span span) {
        if (parameter.role() == Role.IN_OUT) {
            Place place = given == null ? missing(parameter, span) : inOut(parameter, given);
            return place == null ? null : new Term.Load(place);
        }
        return given == null
                ? new Term.Constant(parameter.type(), parameter.initial())
                : expressions.given(given.expression(), parameter.type());
    }

    @Nullable
    Place missing(Variable parameter, Span span) {
        context.error("E410", span, parameter.name() + " is VAR_IN_OUT and must be given");
        return null;
    }

    @Nullable
    Place inOut(Variable parameter, Arguments.Given given) {
        Place place = parameter.isConstant() ? readable(given, parameter) : expressions.place(given.expression());
        if (place == null) {
            return null;
        }
        Type type = place.type();
        if (Overlays.isPacked(place)) {
            Intrinsics.hasPlace(context, place, given.expression().span());
            return null;
        }
        boolean fits = type.resolved().isAggregate()
                ? Conversions.goesTogether(type.resolved(), parameter.type().resolved())
                : type.resolved().equals(parameter.type().resolved()) || Fit.of(type, parameter.type()) == Fit.SAME;
        boolean mistaken = type.isMistaken() || parameter.type().isMistaken();
        if (!fits && mistaken) {
            return null;
        }
        if (!fits) {
            context.error(
                    "E411",
                    given.expression().span(),
                    "VAR_IN_OUT %s takes a variable of %s, this is %s"
                            .formatted(parameter.name(), parameter.type().name(), type.name()));
            return null;
        }
        return place;
    }

    /// VAR_IN_OUT CONSTANT takes values, too: they are put into a variable of their own.
    private @Nullable Place readable(Arguments.Given given, Variable parameter) {
        Term value = expressions.converted(given.expression(), parameter.type());
        boolean text = value != null && value.type().resolved() instanceof TextType;
        if (value instanceof Term.Load(var place) && !(text && Overlays.isPacked(place))) {
            return place;
        }
        if (value == null) {
            return null;
        }
        Variable copy = context.temporary(
                parameter.type(), Role.TEMPORARY, given.expression().span());
        bindings.add(new Instruction.Assign(
                new Place.Local(copy), value, given.expression().span()));
        return new Place.Local(copy);
    }

    private Term.Call.@Nullable Output output(Variable parameter, Arguments.Given given) {
        Place place = expressions.place(given.expression());
        if (place == null || parameter.type() instanceof UnknownType) {
            return null;
        }
        Term value = expressions
                .conversions()
                .adapt(
                        negated(new Term.Placeholder(parameter.type()), given),
                        place.type(),
                        given.expression().span());
        return value == null ? null : new Term.Call.Output(parameter, place, value);
    }

    static Term negated(Term term, Arguments.Given given) {
        return given.negated() ? new Term.Unary(Term.Unary.UnaryOperator.NOT, term) : term;
    }

    static boolean isParameter(Variable variable) {
        return variable.role() == Role.INPUT || variable.role() == Role.OUTPUT || variable.role() == Role.IN_OUT;
    }

    /// The body of a unit, or of the nearest base that has one.
    static @Nullable Signature body(UnitType unit) {
        return unit.body();
    }

    /// Adds what must be done before the statement that is being put together.
    void bind(Instruction instruction) {
        bindings.add(instruction);
    }

    /// The value itself or, where it lies in a view, a copy of it in a variable of its own.
    Term whole(Term value, Span span) {
        if (!(value instanceof Term.Load(var place)) || !Overlays.isView(place)) {
            return value;
        }
        Place copy = new Place.Local(context.temporary(place.type(), Role.TEMPORARY, span));
        Overlays.copy(context, copy, place, span).forEach(this::bind);
        return new Term.Load(copy);
    }

    /// How many instructions wait to be done before the statement.
    int pending() {
        return bindings.size();
    }

    /// What must be done before the statement whose expressions were just looked at; empties the list.
    List<Instruction> takeBindings() {
        List<Instruction> taken = List.copyOf(bindings);
        bindings.clear();
        return taken;
    }
}
