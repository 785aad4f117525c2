package io.millwright.iec61131.machine;

import io.millwright.iec61131.type.ArrayType;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.StructureType;
import io.millwright.iec61131.type.TextType;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.UnitType;
import io.millwright.iec61131.type.Variable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Says what the references, pointers and interfaces of a machine refer to, as a program would write it. Made for
/// many questions while the program stands still.
public final class Targets {
    private final Machine machine;
    private final IdentityHashMap<Object, String> objects = new IdentityHashMap<>();
    private final Map<Memory, Named> memories = new HashMap<>();

    /// Memory that is the same whoever points into it.
    private record Memory(Stretch stretch) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Memory(var its) && stretch.isSame(its);
        }

        @Override
        public int hashCode() {
            return stretch.memory();
        }
    }

    /// What lies in some memory.
    ///
    /// @param array whose elements lie there one after the other; null of a variable alone
    private record Named(String path, @Nullable ArrayType array, int size) {
        /// What lies so many bytes from its beginning; bytes that belong to nothing are counted.
        String at(long offset) {
            ArrayType elements = array;
            boolean inside = elements != null && offset >= 0 && offset / size < elements.size();
            String element = inside && elements != null ? elements.written((int) (offset / size)) : "";
            long rest = inside ? offset % size : offset;
            String bytes = Math.abs(rest) + (Math.abs(rest) == 1 ? " byte" : " bytes");
            return path + element + (rest == 0 ? "" : (rest < 0 ? " - " : " + ") + bytes);
        }
    }

    /// @param globals of the program that runs
    public Targets(List<Variable> globals, Machine machine) {
        this.machine = machine;
        globals.forEach(g -> member("", List.of(), g));
    }

    private void member(String owner, List<Step> before, Variable variable) {
        boolean elsewhere =
                variable.role() == Variable.Role.IN_OUT && variable.type().isAggregate();
        if (!elsewhere && !variable.name().startsWith("~")) {
            add(owner + variable.name(), then(before, new Step.Member(variable)), variable.type());
        }
    }

    private static List<Step> then(List<Step> steps, Step step) {
        List<Step> longer = new ArrayList<>(steps);
        longer.add(step);
        return longer;
    }

    private void add(String path, List<Step> steps, Type type) {
        if (Overlaid.of(steps) != null) {
            return; // no reference is taken of what lies in bytes
        }
        switch (type.resolved()) {
            case TextType text -> {
                object(path, steps);
                memory(new Named(path, null, text.wide() ? 2 : 1), steps);
            }
            case ArrayType array -> elements(path, steps, array);
            case StructureType structure -> {
                object(path, steps);
                structure.fields().forEach(f -> member(path + ".", steps, f));
            }
            case UnitType unit -> {
                object(path, steps);
                unit.allVariables().forEach(v -> member(path + ".", steps, v));
            }
            default -> memory(new Named(path, null, 1), steps);
        }
    }

    private void elements(String path, List<Step> steps, ArrayType array) {
        Type element = array.element();
        Elementary elementary = element.elementary();
        object(path, steps);
        memory(new Named(path, array, elementary == null ? Long.BYTES : Math.max(1, elementary.bits() / 8)), steps);
        for (int i = 0; element.isAggregate() && i < array.size(); i++) {
            add(path + array.written(i), then(steps, new Step.Element(i)), element);
        }
    }

    private void object(String path, List<Step> steps) {
        Object object = machine.reach(steps);
        if (object != null) {
            objects.putIfAbsent(object, path);
        }
    }

    private void memory(Named named, List<Step> steps) {
        Stretch stretch = machine.pointer(steps).stretch();
        if (stretch != null) {
            memories.putIfAbsent(new Memory(stretch), named);
        }
    }

    /// What a reference refers to: the path of a variable, `tank.levels[3]`, behind which bytes are counted where
    /// it points into or past it; `@16#10000000` or `@pair`, a number or a type, of what no path leads to, such as
    /// a variable of a function; null where it refers to nothing.
    ///
    /// @param reference the way to it
    /// @param target the type of what it refers to, as it is declared
    public @Nullable String of(List<Step> reference, Type target) {
        Object held = machine.reach(reference);
        if (held == null) {
            return null;
        }
        if (!(held instanceof Pointer pointer)) {
            return objects.getOrDefault(held, "@" + target.name());
        }
        Stretch stretch = pointer.stretch();
        Named named = stretch == null ? null : memories.get(new Memory(stretch));
        if (named != null) {
            boolean whole = target.resolved() instanceof ArrayType && pointer.offset() == 0;
            return whole ? named.path() : named.at(pointer.offset());
        }
        boolean isObject = stretch == null || stretch.bytes() == 0;
        Object object = isObject ? pointer.loadObject() : null;
        String path = object == null ? null : objects.get(object);
        return path != null ? path : isObject ? "@" + target.name() : address(pointer, target);
    }

    private String address(Pointer pointer, Type target) {
        try {
            return "@16#%X".formatted(machine.address(pointer));
        } catch (TrapSignal _) {
            return "@" + target.name();
        }
    }
}
