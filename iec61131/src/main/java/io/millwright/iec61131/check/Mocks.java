package io.millwright.iec61131.check;

import io.millwright.iec61131.ir.Instruction;
import io.millwright.iec61131.ir.Place;
import io.millwright.iec61131.ir.Routine;
import io.millwright.iec61131.ir.Term;
import io.millwright.iec61131.source.Span;
import io.millwright.iec61131.type.Defaults;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.Signature;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.UnitType;
import io.millwright.iec61131.type.Value;
import io.millwright.iec61131.type.Variable;
import io.millwright.iec61131.type.Variable.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What tests put in the place of instances and functions: hidden variables, and a look at them at the start of
/// the routines that some test mocks or counts. Routines that no test speaks of stay as they are.
final class Mocks {
    private final List<Variable> globals;
    private final Map<UnitType, Watched> units = new LinkedHashMap<>();
    private final Map<Signature, WatchedFunction> functions = new LinkedHashMap<>();

    /// @param globals where hidden globals are added
    Mocks(List<Variable> globals) {
        this.globals = globals;
    }

    private record Watched(Variable mocked, Variable calls) {}

    private record WatchedFunction(Variable mocked, Variable calls, Variable value) {}

    private static Variable hidden(String name, Type type, Role role, Span span) {
        return new Variable(name, type, role, Set.of(), Defaults.of(type), null, null, span);
    }

    private Watched watched(UnitType unit) {
        return units.computeIfAbsent(unit, u -> {
            Variable mocked = hidden("~mocked", Elementary.BOOL, Role.STATE, u.declared());
            Variable calls = hidden("~calls", Elementary.DINT, Role.STATE, u.declared());
            List<Variable> all = new ArrayList<>(u.variables());
            all.add(mocked);
            all.add(calls);
            u.complete(all, u.methods(), u.body());
            return new Watched(mocked, calls);
        });
    }

    private WatchedFunction watched(Signature function, Variable result) {
        return functions.computeIfAbsent(function, f -> {
            Span span = f.declared();
            var watched = new WatchedFunction(
                    hidden("~mocked " + f, Elementary.BOOL, Role.GLOBAL, span),
                    hidden("~calls " + f, Elementary.DINT, Role.GLOBAL, span),
                    hidden("~value " + f, result.type(), Role.GLOBAL, span));
            globals.add(watched.mocked());
            globals.add(watched.calls());
            globals.add(watched.value());
            return watched;
        });
    }

    /// Keeps the body of an instance from running, from now on.
    List<Instruction> mock(Term instance, UnitType unit, Span span) {
        Watched watched = watched(unit);
        return List.of(
                new Instruction.Assign(new Place.Field(instance, watched.mocked()), truth(), span),
                new Instruction.Assign(new Place.Field(instance, watched.calls()), whole(0), span));
    }

    /// How often the body of an instance was called.
    Term calls(Term instance, UnitType unit) {
        return new Term.Load(new Place.Field(instance, watched(unit).calls()));
    }

    /// Lets a function give a value and do nothing, from now on.
    List<Instruction> mock(Signature function, Variable result, Term value, Span span) {
        WatchedFunction watched = watched(function, result);
        return List.of(
                new Instruction.Assign(new Place.Global(watched.value()), value, span),
                new Instruction.Assign(new Place.Global(watched.mocked()), truth(), span),
                new Instruction.Assign(new Place.Global(watched.calls()), whole(0), span));
    }

    /// How often a function was called.
    Term calls(Signature function, Variable result) {
        return new Term.Load(new Place.Global(watched(function, result).calls()));
    }

    /// Puts the look at the hidden variables at the start of the routines that are watched.
    void apply(Map<Signature, Routine> routines) {
        units.forEach((unit, watched) -> {
            Term self = new Term.Self(unit);
            Place mocked = new Place.Field(self, watched.mocked());
            Place calls = new Place.Field(self, watched.calls());
            if (unit.body() != null) {
                routines.computeIfPresent(unit.body(), (_, routine) -> prefixed(routine, mocked, calls, List.of()));
            }
        });
        functions.forEach((function, watched) -> routines.computeIfPresent(function, (_, routine) -> {
            Span span = function.declared();
            List<Instruction> give = function.result() == null
                    ? List.of()
                    : List.of(new Instruction.Assign(
                            new Place.Local(function.result()),
                            new Term.Load(new Place.Global(watched.value())),
                            span));
            return prefixed(routine, new Place.Global(watched.mocked()), new Place.Global(watched.calls()), give);
        }));
    }

    private static Routine prefixed(Routine routine, Place mocked, Place calls, List<Instruction> give) {
        Span span = routine.signature().declared();
        List<Instruction> instead = new ArrayList<>(give);
        instead.add(new Instruction.Return(span));
        List<Instruction> body = new ArrayList<>();
        body.add(new Instruction.Assign(
                calls, new Term.Binary(Term.BinaryOperator.ADD, new Term.Load(calls), whole(1)), span));
        body.add(new Instruction.If(
                List.of(new Instruction.Branch(new Term.Load(mocked), instead, span)), List.of(), span));
        body.addAll(routine.body());
        return new Routine(routine.signature(), routine.temporaries(), body);
    }

    private static Term truth() {
        return new Term.Constant(Elementary.BOOL, new Value.Truth(true));
    }

    private static Term whole(long value) {
        return new Term.Constant(Elementary.DINT, new Value.Whole(value));
    }
}
