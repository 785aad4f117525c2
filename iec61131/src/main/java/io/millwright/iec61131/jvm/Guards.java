package io.millwright.iec61131.jvm;

import io.millwright.iec61131.ir.Place;
import io.millwright.iec61131.ir.Routine;
import io.millwright.iec61131.ir.Term;
import io.millwright.iec61131.ir.Walk;
import io.millwright.iec61131.machine.Image;
import io.millwright.iec61131.machine.Slot;
import io.millwright.iec61131.machine.Step;
import io.millwright.iec61131.syntax.Address;
import io.millwright.iec61131.syntax.Name;
import io.millwright.iec61131.type.ArrayType;
import io.millwright.iec61131.type.Packing;
import io.millwright.iec61131.type.TextType;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.UnitType;
import io.millwright.iec61131.type.Value;
import io.millwright.iec61131.type.Variable;
import io.millwright.iec61131.type.Variable.Role;
import java.lang.constant.ClassDesc;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What routines must look out for when they store: the variables that are forced now, in any machine of the
/// program.
///
/// A field or an element that is forced keeps its value because the code that would change it does not where it
/// meets that very object. Where code may write a forced variable in another way (a whole structure, a text, a
/// reference, the process image, a variable of which some bits are forced) all are set again after it.
final class Guards {
    private final JavaTypes types;
    private final IdentityHashMap<Variable, List<Object>> owners = new IdentityHashMap<>();
    private final IdentityHashMap<Object, ForcedArray> arrays = new IdentityHashMap<>();
    /// Variables and arrays of which some bits are forced.
    private final Set<Variable> partly = Collections.newSetFromMap(new IdentityHashMap<>());

    private final List<ForcedArray> partlyForced = new ArrayList<>();
    private final Set<ClassDesc> aggregates = new HashSet<>();
    private final Map<JvmMachine, List<Slot>> forced;
    private final Set<Variable> texts = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<UnitType> units = new ArrayList<>();

    /// Forced elements of one array.
    ///
    /// @param machine that has the array
    /// @param holder the variable that is the array; null where the array lies in another one
    /// @param element how the JVM holds an element
    record ForcedArray(
            JvmMachine machine, Object array, @Nullable Variable holder, ClassDesc element, Set<Integer> indices) {}

    /// What a store must do.
    sealed interface Guard {
        /// Nothing.
        record None() implements Guard {}

        /// Leave the field as it is in these objects.
        record Owners(List<Object> objects) implements Guard {}

        /// Leave these elements as they are.
        record Elements(List<ForcedArray> arrays) implements Guard {}

        /// Set all that is forced again, afterwards.
        record Again() implements Guard {}
    }

    private static final Guard NONE = new Guard.None();
    private static final Guard AGAIN = new Guard.Again();

    /// @param forced the variables that are forced, of each machine that has some
    Guards(JavaTypes types, Map<JvmMachine, List<Slot>> forced) {
        this.types = types;
        this.forced = Map.copyOf(forced);
        forced.forEach((machine, slots) -> slots.forEach(slot -> add(machine, slot)));
    }

    /// Whether these are the variables that it looks out for.
    boolean areOf(Map<JvmMachine, List<Slot>> others) {
        return forced.keySet().equals(others.keySet())
                && forced.entrySet().stream()
                        .allMatch(e -> names(e.getValue()).equals(names(others.getOrDefault(e.getKey(), List.of()))));
    }

    private static Set<String> names(List<Slot> slots) {
        return slots.stream().map(s -> Name.key(s.name())).collect(Collectors.toSet());
    }

    private void add(JvmMachine machine, Slot slot) {
        Object at = machine;
        Variable holder = null;
        Type type = slot.type();
        for (int i = 0; i < slot.steps().size(); i++) {
            boolean last = i == slot.steps().size() - 1 && (!slot.isText() || slot.isPart());
            switch (slot.steps().get(i)) {
                case Step.Member(var variable) -> {
                    if (last && slot.isPart()) {
                        partly.add(variable);
                        if (variable.type().resolved() instanceof ArrayType array) {
                            addBytes(machine, machine.member(at, variable), variable, array);
                        }
                        return;
                    }
                    if (last) {
                        owners.computeIfAbsent(variable, _ -> new ArrayList<>()).add(at);
                        return;
                    }
                    at = machine.member(at, variable);
                    holder = variable;
                    type = variable.type();
                }
                case Step.Element(int place) -> {
                    Type element = ((ArrayType) type.resolved()).element();
                    if (last && slot.isPart()) {
                        partlyForced.add(new ForcedArray(machine, at, holder, types.element(element), Set.of()));
                        return;
                    }
                    if (last) {
                        Variable own = holder;
                        arrays.computeIfAbsent(
                                        at,
                                        a -> new ForcedArray(machine, a, own, types.element(element), new TreeSet<>()))
                                .indices()
                                .add(place);
                        return;
                    }
                    at = Array.get(at, place);
                    holder = null;
                    type = element;
                }
            }
            if (holder != null && slot.isText()) {
                texts.add(holder);
            }
            aggregates.add(types.of(type));
            if (type.resolved() instanceof UnitType unit) {
                units.add(unit);
            }
        }
    }

    /// The bytes of an overlapping structure, of which some are forced.
    private void addBytes(JvmMachine machine, Object bytes, Variable holder, ArrayType type) {
        aggregates.add(types.of(type));
        partlyForced.add(new ForcedArray(machine, bytes, holder, types.element(type.element()), Set.of()));
    }

    /// Whether nothing is forced.
    boolean isEmpty() {
        return forced.isEmpty();
    }

    /// Whether a routine must look out for anything.
    boolean touch(Routine routine) {
        if (forced.isEmpty()) {
            return false;
        }
        boolean[] found = new boolean[1];
        Walk.stores(routine.body(), place -> found[0] |= !of(place).equals(NONE));
        return found[0];
    }

    /// What a store into a place must do.
    Guard of(Place place) {
        if (forced.isEmpty()) {
            return NONE;
        }
        if (place.isObject()) {
            return ofAggregate(place);
        }
        return switch (place) {
            case Place.Local _ -> NONE;
            case Place.Overlaid(var bytes, var firstBit, var type) -> ofBytes(bytes, firstBit, type);
            case Place.Global(var variable) -> ofVariable(variable);
            case Place.Field(var _, var variable) -> ofVariable(variable);
            case Place.Element(var array, var _, var type) -> ofElement(array, type);
            case Place.CharacterAt _ -> aggregates.contains(JavaTypes.TEXT) ? AGAIN : NONE;
            case Place.Target _ -> AGAIN;
            case Place.Part(var whole, var _, var _) -> of(whole);
            case Place.Direct(var address, var type) -> ofImage(address.area(), Image.firstBit(address), type.bits());
        };
    }

    private Guard ofVariable(Variable variable) {
        if (partly.contains(variable)) {
            return AGAIN;
        }
        List<Object> objects = owners.get(variable);
        return objects == null ? NONE : new Guard.Owners(List.copyOf(objects));
    }

    private Guard ofElement(Term array, Type type) {
        Variable known = variable(array);
        Predicate<ForcedArray> meets =
                a -> known == null ? a.element().equals(types.element(type)) : a.holder() == known;
        if (partlyForced.stream().anyMatch(meets)) {
            return AGAIN;
        }
        List<ForcedArray> met = arrays.values().stream().filter(meets).toList();
        return met.isEmpty() ? NONE : new Guard.Elements(met);
    }

    /// The variable that an aggregate is; null where that is not known.
    private static @Nullable Variable variable(Term aggregate) {
        Variable variable = switch (aggregate) {
            case Term.Load(Place.Global(var global)) -> global;
            case Term.Load(Place.Field(var _, var field)) -> field;
            default -> null;
        };
        return variable != null && variable.role() != Role.IN_OUT ? variable : null;
    }

    private Guard ofAggregate(Place place) {
        Variable known = place.type().resolved() instanceof TextType ? variable(new Term.Load(place)) : null;
        if (known != null) {
            return texts.contains(known) ? AGAIN : NONE;
        }
        boolean ownCopy = place instanceof Place.Local(var variable) && variable.role() != Role.IN_OUT;
        boolean within = place.type().resolved() instanceof UnitType unit
                ? units.stream().anyMatch(u -> u.extendsOrIs(unit) || unit.extendsOrIs(u))
                : aggregates.contains(types.of(place.type()));
        return within && !ownCopy ? AGAIN : NONE;
    }

    private Guard ofBytes(Term bytes, Term firstBit, Type type) {
        return switch (bytes) {
            case Term.ImageBytes(var area)
            when firstBit instanceof Term.Constant(var _, Value.Whole(long first)) ->
                ofImage(area, first, 8 * Packing.bytes(type));
            case Term.ImageBytes(var area) -> ofImage(area, 0, Long.MAX_VALUE);
            case Term.Load(Place.Field(var _, var variable)) -> partly.contains(variable) ? AGAIN : NONE;
            default -> AGAIN;
        };
    }

    private Guard ofImage(Address.Area area, long firstBit, long bits) {
        boolean met = forced.entrySet().stream()
                .anyMatch(e ->
                        e.getValue().stream().anyMatch(s -> s.meets(e.getKey().area(area), firstBit, bits)));
        return met ? AGAIN : NONE;
    }
}
