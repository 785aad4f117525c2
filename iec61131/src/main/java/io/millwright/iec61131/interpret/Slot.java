package io.millwright.iec61131.interpret;

import io.millwright.iec61131.machine.Text;
import io.millwright.iec61131.syntax.Address;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.ReferenceType;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.Value;
import io.millwright.iec61131.type.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// A variable, field, element or value in a program that stands still.
public final class Slot {
    private final InterpretMachine machine;
    private final String name;
    private final Type type;
    private final Location location;

    Slot(InterpretMachine machine, String name, Type type, Location location) {
        this.machine = machine;
        this.name = name;
        this.type = type;
        this.location = location;
    }

    static Slot of(InterpretMachine machine, Variable variable, Cell cell) {
        return new Slot(machine, variable.name(), variable.type(), location(machine, variable, cell));
    }

    private static Location location(InterpretMachine machine, Variable variable, Cell cell) {
        Address address = variable.address();
        Elementary elementary = variable.type().elementary();
        return address == null || elementary == null || address.isOpen() || address.area() == Address.Area.STRUCTURE
                ? cell
                : Places.direct(machine, address, elementary);
    }

    /// What a slot holds.
    public enum Content {
        /// Something elementary or a text.
        VALUE,
        ARRAY,
        /// A structure, or an instance of a function block, program or class.
        FIELDS,
        REFERENCE,
        /// The null reference.
        NOTHING
    }

    /// The name of the variable, an index in brackets, or `^` for what a reference refers to.
    public String name() {
        return name;
    }

    /// As declared, but of an instance behind a reference its own type.
    public Type type() {
        return location.load() instanceof Instance instance && !isReference() ? instance.type() : type;
    }

    private boolean isReference() {
        return type.resolved() instanceof ReferenceType;
    }

    /// Whether it lies in the process image.
    public boolean isLocated() {
        return !(location instanceof Cell);
    }

    public Content content() {
        Object held = location.load();
        return switch (held) {
            case null -> Content.NOTHING;
            case Object _ when isReference() -> Content.REFERENCE;
            case Elements _ -> Content.ARRAY;
            case Instance _ -> Content.FIELDS;
            default -> Content.VALUE;
        };
    }

    /// The value itself, where there is a plain one; else [Value.Usual].
    public Value value() {
        return switch (location.load()) {
            case Boolean truth -> new Value.Truth(truth);
            case Long whole -> new Value.Whole(whole);
            case Double real -> new Value.Real(real);
            case Text text -> new Value.Text(text.toString());
            case null, default -> new Value.Usual();
        };
    }

    /// How many parts there are within: elements, fields, or the one thing a reference refers to.
    public int size() {
        return switch (content()) {
            case VALUE, NOTHING -> 0;
            case REFERENCE -> 1;
            case ARRAY -> ((Elements) held()).cells().size();
            case FIELDS -> fields().size();
        };
    }

    private Object held() {
        return Objects.requireNonNull(location.load());
    }

    private List<Variable> fields() {
        return Instance.variables(((Instance) held()).type()).stream()
                .filter(v -> !v.name().startsWith("~"))
                .toList();
    }

    /// Some of the parts within.
    public List<Slot> parts(int first, int count) {
        int end = (int) Math.min(size(), (long) first + count);
        List<Slot> parts = new ArrayList<>();
        for (int i = Math.max(0, first); i < end; i++) {
            parts.add(part(i));
        }
        return parts;
    }

    private Slot part(int index) {
        return switch (content()) {
            case VALUE, NOTHING -> throw new IndexOutOfBoundsException(index);
            case REFERENCE -> {
                Type target = ((ReferenceType) type.resolved()).target();
                yield new Slot(machine, "^", target, Places.target(held(), target));
            }
            case ARRAY -> {
                var elements = (Elements) held();
                Cell cell = elements.cells().get(index);
                yield new Slot(machine, elements.type().written(index), cell.type(), cell);
            }
            case FIELDS -> {
                Variable field = fields().get(index);
                yield of(machine, field, ((Instance) held()).cell(field));
            }
        };
    }

    /// Changes an elementary value or a text.
    ///
    /// @param given of the same type
    /// @throws IllegalArgumentException where this or the other is an aggregate or a reference
    public void store(Slot given) {
        if (content() != Content.VALUE || given.content() != Content.VALUE) {
            throw new IllegalArgumentException("only elementary values and texts are changed");
        }
        if (!isLocated() && held() instanceof Text text) {
            text.set((Text) given.held());
        } else {
            location.store(given.held());
        }
    }
}
