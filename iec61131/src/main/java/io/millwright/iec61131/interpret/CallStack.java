package io.millwright.iec61131.interpret;

import io.millwright.iec61131.type.Variable;
import java.util.Collection;
import java.util.List;

/// The calls that run in a program that stands still, the innermost first.
public final class CallStack {
    private final InterpretMachine machine;
    private final Collection<Activation> calls;

    CallStack(InterpretMachine machine, Collection<Activation> calls) {
        this.machine = machine;
        this.calls = calls;
    }

    public int depth() {
        return calls.size();
    }

    /// Some of the calls.
    ///
    /// @param first counted from the innermost, which is 0
    public List<Call> calls(int first, int count) {
        return calls.stream()
                .skip(first)
                .limit(count)
                .map(a -> new Call(machine, a))
                .toList();
    }

    /// The call that runs now.
    public Call innermost() {
        return new Call(machine, calls.iterator().next());
    }

    /// A global variable of the program.
    public Slot global(Variable variable) {
        return Slot.of(machine, variable, machine.variables().globals().cell(variable));
    }
}
