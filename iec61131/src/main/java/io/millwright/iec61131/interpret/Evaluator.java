package io.millwright.iec61131.interpret;

import io.millwright.iec61131.ir.Place;
import io.millwright.iec61131.ir.Term;
import io.millwright.iec61131.library.Whole;
import io.millwright.iec61131.machine.Text;
import io.millwright.iec61131.machine.Trap;
import io.millwright.iec61131.machine.TrapSignal;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.InterfaceType;
import io.millwright.iec61131.type.ReferenceType;
import io.millwright.iec61131.type.Signature;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.UnitType;
import io.millwright.iec61131.type.Value;
import io.millwright.iec61131.type.Variable;
import io.millwright.iec61131.type.Variable.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Values of terms.
final class Evaluator {
    private final InterpretMachine machine;
    private final Activation activation;
    private final Places places;
    private @Nullable Object placeholder;

    Evaluator(InterpretMachine machine, Activation activation) {
        this.machine = machine;
        this.activation = activation;
        this.places = new Places(machine, activation, this);
    }

    Location locate(Place place) {
        return places.locate(place);
    }

    /// Stores a value that is no aggregate: first the place is found, then the value.
    void store(Place place, Term term) {
        Location location = locate(place);
        location.store(value(term));
        machine.enforce();
    }

    boolean truth(Term term) {
        return (Boolean) there(term);
    }

    long whole(Term term) {
        return (Long) there(term);
    }

    /// A value that is not the null reference.
    Object there(Term term) {
        return Objects.requireNonNull(value(term));
    }

    @Nullable
    Object value(Term term) {
        return switch (term) {
            case Term.Constant(var _, Value.Text(var text)) -> Text.of(text);
            case Term.Constant(var type, var value) -> machine.variables().fresh(type, value);
            case Term.Load(var place) -> load(place);
            case Term.Self _ -> activation.self();
            case Term.Null _ -> null;
            case Term.ImageBytes(var area) -> machine.area(area);
            case Term.Reference(var place, var type) -> reference(place, type);
            case Term.Unary(var operator, var operand) -> {
                Elementary type = Arithmetic.elementary(operand.type());
                Object value = there(operand);
                yield operator == Term.Unary.UnaryOperator.NEGATE
                        ? Arithmetic.negate(type, value)
                        : Arithmetic.not(type, value);
            }
            case Term.Binary(var operator, var left, var right) -> {
                Object a = there(left);
                Object b = there(right);
                yield Arithmetic.binary(operator, Arithmetic.elementary(left.type()), a, b);
            }
            case Term.Compare(var relation, var left, var right) -> {
                Object a = value(left);
                Object b = value(right);
                yield Arithmetic.compare(relation, left.type(), a, b);
            }
            case Term.ShortCircuit(var onlyIf, var left, var right) -> truth(left) == onlyIf ? truth(right) : !onlyIf;
            case Term.Convert(var operand, var type) -> Arithmetic.convert(there(operand), operand.type(), type);
            case Term.Checked checked -> checked(checked);
            case Term.Attempt(var operand, var type) -> attempt(value(operand), type);
            case Term.Library library -> {
                List<@Nullable Object> arguments = new ArrayList<>();
                library.arguments().forEach(a -> arguments.add(value(a)));
                yield new LibraryCall(machine, library).result(arguments);
            }
            case Term.Call call -> call(call);
            case Term.Select(var condition, var ifFalse, var ifTrue) -> {
                boolean chosen = truth(condition);
                Object a = value(ifFalse);
                Object b = value(ifTrue);
                yield chosen ? b : a;
            }
            case Term.Let(var variable, var value, var body) -> {
                activation.put(variable, new Cell(variable.type(), value(value)));
                yield value(body);
            }
            case Term.Placeholder _ -> placeholder;
            case Term.Bound(var upper, var array, var dimension) -> {
                var range = ((Elements) there(array)).type().ranges().get(dimension - 1);
                yield (long) (upper ? range.high() : range.low());
            }
        };
    }

    private @Nullable Object load(Place place) {
        Object value = locate(place).load();
        return place.type().isAggregate() ? Objects.requireNonNull(value) : value;
    }

    private @Nullable Object reference(Place place, Type type) {
        if (place instanceof Place.Target(var pointer, var target) && !target.isAggregate()) {
            return value(pointer);
        }
        return place.type().isAggregate()
                ? Memory.reference(Objects.requireNonNull(load(place)), type)
                : places.pointer(place);
    }

    private Object checked(Term.Checked checked) {
        Elementary type = Arithmetic.elementary(checked.type());
        long value = whole(checked.operand());
        if (Whole.compare(type, value, checked.low()) < 0 || Whole.compare(type, value, checked.high()) > 0) {
            throw new TrapSignal(
                    Trap.Kind.OUT_OF_RANGE,
                    Whole.number(type, value) + " is not in " + Whole.number(type, checked.low()) + ".."
                            + Whole.number(type, checked.high()));
        }
        return value;
    }

    private static @Nullable Object attempt(@Nullable Object value, Type type) {
        Type wanted = type.resolved() instanceof ReferenceType reference
                ? reference.target().resolved()
                : type.resolved();
        boolean fits = switch (value) {
            case Instance(UnitType unit, var _) when wanted instanceof UnitType base -> unit.extendsOrIs(base);
            case Instance(UnitType unit, var _) when wanted instanceof InterfaceType face -> implementsFace(unit, face);
            case Instance(var own, var _) -> own.equals(wanted);
            case null, default -> value != null;
        };
        return fits ? value : null;
    }

    private static boolean implementsFace(UnitType unit, InterfaceType face) {
        UnitType base = unit.base();
        return unit.interfaces().stream().anyMatch(i -> extendsFace(i, face))
                || base != null && implementsFace(base, face);
    }

    private static boolean extendsFace(InterfaceType own, InterfaceType face) {
        return own == face || own.bases().stream().anyMatch(b -> extendsFace(b, face));
    }

    /// The receiver, the arguments as they stand; the routine; the in-outs that were given as copies; the
    /// outputs.
    private @Nullable Object call(Term.Call call) {
        Signature asked = call.routine();
        Instance self = call.receiver() == null ? null : (Instance) there(call.receiver());
        boolean dynamic = call.dynamic() && self != null && self.type() instanceof UnitType;
        Signature routine = dynamic
                ? overridden(call, (UnitType) Objects.requireNonNull(self).type())
                : asked;
        List<Variable> taken = taken(asked);
        List<Variable> own = taken(routine);
        var invocation = new Invocation(machine, routine, self);
        Map<Variable, Location> copied = new HashMap<>();
        List<@Nullable Object> given = new ArrayList<>();
        for (int i = 0; i < taken.size(); i++) {
            Variable parameter = taken.get(i);
            boolean copies =
                    parameter.role() == Role.IN_OUT && !parameter.type().isAggregate();
            if (copies && call.inputs().get(i) instanceof Term.Load(var place)) {
                Location location = locate(place);
                copied.put(own.get(i), location);
                given.add(location.load());
            } else {
                given.add(value(call.inputs().get(i)));
            }
        }
        for (int i = 0; i < own.size(); i++) {
            invocation.give(own.get(i), given.get(i));
        }
        invocation.run();
        Activation done = invocation.activation();
        for (Variable parameter : own) {
            Location location = copied.get(parameter);
            if (location != null) {
                location.store(done.cell(parameter).load());
                machine.enforce();
            }
        }
        outputs(call, asked, routine, done);
        Variable result = routine.result();
        return result == null ? null : done.cell(result).load();
    }

    private Signature overridden(Term.Call call, UnitType unit) {
        Signature found = machine.overridden(unit, call.routine());
        if (found == null) {
            throw new IllegalArgumentException(unit + " has no " + call.routine());
        }
        return found;
    }

    private static List<Variable> taken(Signature routine) {
        return routine.parameters().stream()
                .filter(p -> p.role() != Role.OUTPUT)
                .toList();
    }

    private void outputs(Term.Call call, Signature asked, Signature routine, Activation done) {
        for (Term.Call.Output output : call.outputs()) {
            int at = asked.parameters().indexOf(output.parameter());
            Cell cell = done.cell(routine.parameters().get(at));
            Location location = locate(output.place());
            Object held = cell.load();
            placeholder = held;
            Object converted = value(output.converted());
            if (output.place().isObject()) {
                Memory.copy(
                        Objects.requireNonNull(location.load()),
                        Objects.requireNonNull(converted),
                        output.place().type());
            } else {
                location.store(converted);
            }
            machine.enforce();
        }
    }
}
