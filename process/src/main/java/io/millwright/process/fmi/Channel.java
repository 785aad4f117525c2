package io.millwright.process.fmi;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/// One variable of one instance: the memory through which its values go.
final class Channel {

    private final Functions functions;
    private final Binding binding;
    private final Variable variable;
    private final Cell cell;
    private final int count;
    private final MemorySegment reference;
    private final MemorySegment values;
    private final MemorySegment sizes;
    private final MethodHandle getter;
    private final MethodHandle setter;

    Channel(Functions functions, Binding binding, Accessors accessors, Variable variable, int count, Arena arena) {
        this.functions = functions;
        this.binding = binding;
        this.variable = variable;
        this.count = count;
        cell = binding.cell(variable.type());
        reference = arena.allocateFrom(ValueLayout.JAVA_INT, (int) variable.reference());
        values = arena.allocate(cell.size(count), 8);
        sizes = cell == Cell.OCTETS ? arena.allocate(ValueLayout.JAVA_LONG, count) : MemorySegment.NULL;
        getter = accessors.of("Get", variable.type());
        setter = accessors.of("Set", variable.type());
    }

    /// The functions that get and set, found once for each type.
    interface Accessors {
        MethodHandle of(String verb, VariableType type);
    }

    int count() {
        return count;
    }

    Values read() {
        fetch();
        return cell.read(values, sizes, count);
    }

    void write(Values given) {
        try (var arena = Arena.ofConfined()) {
            cell.write(values, sizes, given, arena);
            send();
        }
    }

    double number(int index) {
        return cell.number(values, index);
    }

    void number(int index, double value) {
        cell.number(values, index, value);
    }

    /// Brings the unit's values here.
    void fetch() {
        var instance = binding.instance();
        functions.run("getting " + variable.name(), () -> call(getter, instance));
    }

    /// Brings the values from here to the unit.
    void send() {
        var instance = binding.instance();
        binding.beforeSet(variable);
        functions.run("setting " + variable.name(), () -> call(setter, instance));
        binding.afterSet(variable);
    }

    private int call(MethodHandle accessor, MemorySegment instance) throws Throwable {
        return cell == Cell.OCTETS
                ? (int) accessor.invokeExact(instance, reference, 1L, sizes, values, (long) count)
                : (int) accessor.invokeExact(instance, reference, 1L, values, (long) count);
    }
}
