package io.millwright.iec61131.interpret;

import io.millwright.iec61131.machine.Text;
import io.millwright.iec61131.type.ArrayType;
import io.millwright.iec61131.type.Defaults;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.InterfaceType;
import io.millwright.iec61131.type.OpenArrayType;
import io.millwright.iec61131.type.Packing;
import io.millwright.iec61131.type.ReferenceType;
import io.millwright.iec61131.type.StructureType;
import io.millwright.iec61131.type.TextType;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.UnitType;
import io.millwright.iec61131.type.Value;
import io.millwright.iec61131.type.Variable;
import io.millwright.iec61131.type.Variable.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Makes variables, sets them to their first values, copies them, and shows them.
///
/// @param globals the global variables, as if of one instance
record Memory(Instance globals) {
    /// A variable with nothing in it yet; an aggregate with all of its parts.
    static Cell cell(Variable variable) {
        boolean alias = variable.role() == Role.IN_OUT && variable.type().isAggregate();
        return new Cell(variable.type(), alias ? null : empty(variable.type()));
    }

    private static @Nullable Object empty(Type type) {
        return switch (type.resolved()) {
            case TextType text -> new Text(text.capacity());
            case ArrayType array -> {
                List<Cell> cells = new ArrayList<>();
                for (int i = 0; i < array.size(); i++) {
                    cells.add(new Cell(array.element(), empty(array.element())));
                }
                yield new Elements(array, cells);
            }
            case StructureType _, UnitType _ -> {
                var instance = new Instance(type.resolved());
                Instance.variables(type).forEach(v -> instance.cells().put(v, cell(v)));
                yield instance;
            }
            default -> null;
        };
    }

    /// A new object or value that starts with a first value.
    @Nullable
    Object fresh(Type type, Value first) {
        var cell = new Cell(type, empty(type));
        reset(cell, first, globals);
        return cell.load();
    }

    /// Sets a variable to a first value.
    ///
    /// @param around what a reference to a variable of the same instance begins at
    void reset(Cell cell, Value given, Instance around) {
        Type type = cell.type();
        Value first = given instanceof Value.Usual ? Defaults.of(type) : given;
        switch (cell.load()) {
            case Text text -> text.set(first instanceof Value.Text(var characters) ? characters : "");
            case Elements array -> {
                List<Value> values = first instanceof Value.Elements(var list) ? list : List.of();
                for (int i = 0; i < array.cells().size(); i++) {
                    reset(array.cells().get(i), i < values.size() ? values.get(i) : new Value.Usual(), around);
                }
            }
            case Instance instance
            when type.isAggregate() -> {
                resetAll(instance);
                Map<Variable, Value> values = first instanceof Value.Fields(var map) ? map : Map.of();
                values.forEach((variable, value) -> reset(instance.cell(variable), value, instance));
            }
            case null, default -> cell.store(value(first, around, type));
        }
    }

    /// Sets every variable of an instance to its first value.
    void resetAll(Instance instance) {
        instance.cells().forEach((variable, cell) -> {
            boolean alias = variable.role() == Role.IN_OUT && variable.type().isAggregate();
            if (!alias) {
                reset(cell, variable.initial(), instance);
            }
        });
    }

    private @Nullable Object value(Value first, Instance around, Type type) {
        return switch (first) {
            case Value.Truth(boolean truth) -> truth;
            case Value.Whole(long whole) -> whole;
            case Value.Real(double real) -> real;
            case Value.Text(var text) -> Text.of(text);
            case Value.ReferenceTo(var path) -> reference(path, around, type);
            default -> null;
        };
    }

    private Object reference(List<Variable> path, Instance around, Type type) {
        Instance at = path.getFirst().role() == Role.GLOBAL ? globals : around;
        for (Variable step : path.subList(0, path.size() - 1)) {
            at = (Instance) Objects.requireNonNull(at.cell(step).load());
        }
        return reference(at.cell(path.getLast()), type);
    }

    /// A reference to a variable.
    ///
    /// @param type of the reference
    static Object reference(Cell cell, Type type) {
        boolean aggregate = cell.type().isAggregate();
        return aggregate ? reference(Objects.requireNonNull(cell.load()), type) : CellPointer.toVariable(cell);
    }

    /// A reference to an aggregate.
    static Object reference(Object aggregate, Type type) {
        boolean pointer = type.resolved() instanceof ReferenceType to && isPointer(to);
        if (!pointer) {
            return aggregate;
        }
        return switch (aggregate) {
            case Elements array -> CellPointer.toElement(array, 0);
            case Text text ->
                CellPointer.toText(
                        text,
                        ((ReferenceType) type.resolved()).target().resolved() instanceof TextType own && own.wide());
            default -> CellPointer.toObject(aggregate);
        };
    }

    /// Whether references of a type are [CellPointer]s.
    static boolean isPointer(ReferenceType reference) {
        return reference.kind() == ReferenceType.Kind.POINTER_TO
                || !reference.target().isAggregate();
    }

    /// Copies an aggregate of a type into another one.
    static void copy(Object to, Object from, Type type) {
        switch (to) {
            case Text text -> text.set((Text) from);
            case Elements array -> {
                List<Cell> source = ((Elements) from).cells();
                for (int i = 0; i < source.size(); i++) {
                    copy(array.cells().get(i), source.get(i));
                }
            }
            case Instance instance ->
                Instance.variables(type).forEach(v -> copy(v, instance.cell(v), ((Instance) from).cell(v)));
            default -> throw new IllegalArgumentException("not to be copied: " + type.name());
        }
    }

    private static void copy(Variable variable, Cell to, Cell from) {
        if (variable.role() == Role.IN_OUT) {
            to.store(from.load());
        } else {
            copy(to, from);
        }
    }

    private static void copy(Cell to, Cell from) {
        Object target = to.load();
        Object source = from.load();
        if (to.type().isAggregate() && target != null && source != null) {
            copy(target, source, to.type());
        } else {
            to.store(source);
        }
    }

    /// What a variable holds, to be shown.
    ///
    /// @param located the value of a variable that lies in the process image, null of others
    static Value shown(Type type, @Nullable Object value, Function<Variable, @Nullable Value> located) {
        if (type.resolved() instanceof ReferenceType
                || type.resolved() instanceof InterfaceType
                || type.resolved() instanceof OpenArrayType) {
            return new Value.Usual();
        }
        return switch (value) {
            case null -> new Value.Usual();
            case Boolean truth -> new Value.Truth(truth);
            case Double real -> new Value.Real(real);
            case Long whole -> new Value.Whole(whole);
            case Text text -> new Value.Text(text.toString());
            case Elements array ->
                new Value.Elements(array.cells().stream()
                        .map(c -> shown(c.type(), c.load(), located))
                        .toList());
            case Instance instance
            when type.resolved() instanceof StructureType structure && structure.overlap() ->
                Packing.get(bytes(instance, structure), 0, structure);
            case Instance instance -> {
                Map<Variable, Value> values = new LinkedHashMap<>();
                for (Variable variable : Instance.variables(type)) {
                    Value there = located.apply(variable);
                    Object held = instance.cell(variable).load();
                    values.put(variable, there == null ? shown(variable.type(), held, located) : there);
                }
                yield values.isEmpty() ? new Value.Usual() : new Value.Fields(values);
            }
            default -> throw new IllegalArgumentException("nothing to be shown: " + type.name());
        };
    }

    private static byte[] bytes(Instance instance, StructureType structure) {
        return Bytes.bytes((Elements)
                Objects.requireNonNull(instance.cell(structure.bytes()).load()));
    }

    /// Stores a value that comes from outside.
    static void write(Cell cell, Value value) {
        boolean single = cell.type().elementary() == Elementary.REAL;
        switch (value) {
            case Value.Truth(boolean truth) -> cell.store(truth);
            case Value.Whole(long whole) -> cell.store(whole);
            case Value.Real(double real) -> cell.store(single ? (double) (float) real : real);
            case Value.Text(var text) -> ((Text) Objects.requireNonNull(cell.load())).set(text);
            default -> throw new IllegalArgumentException("no plain value: " + value);
        }
    }
}
