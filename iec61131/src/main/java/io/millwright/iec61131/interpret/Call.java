package io.millwright.iec61131.interpret;

import io.millwright.iec61131.ir.Instruction;
import io.millwright.iec61131.ir.Routine;
import io.millwright.iec61131.ir.Term;
import io.millwright.iec61131.source.Span;
import io.millwright.iec61131.type.Signature;
import io.millwright.iec61131.type.Variable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One of the calls that run in a program that stands still. Two are equal where they are the same call.
public final class Call {
    private final InterpretMachine machine;
    private final Activation activation;

    Call(InterpretMachine machine, Activation activation) {
        this.machine = machine;
        this.activation = activation;
    }

    public Routine routine() {
        return machine.routine(activation.routine());
    }

    /// The instruction that is done now, or is next.
    public Span at() {
        return activation.at();
    }

    /// The variables that belong to this call alone: parameters, result, temporaries.
    public List<Slot> locals() {
        Signature signature = activation.routine();
        List<Variable> all = new ArrayList<>(signature.parameters());
        if (signature.result() != null) {
            all.add(signature.result());
        }
        all.addAll(routine().temporaries());
        return all.stream().map(v -> Slot.of(machine, v, activation.cell(v))).toList();
    }

    /// The instance whose body, method or action runs, or null within a function.
    public @Nullable Slot self() {
        Instance self = activation.self();
        return self == null ? null : new Slot(machine, "THIS", self.type(), new Cell(self.type(), self));
    }

    /// Does something as if it stood in the routine at this place. It is ended after a million instructions.
    ///
    /// @param variables that it needs besides those of the routine
    /// @throws io.millwright.iec61131.machine.Trap where it does what must not be done
    public void perform(List<Variable> variables, List<Instruction> instructions) {
        machine.aside(() -> {
            variables.forEach(v -> activation.put(v, Memory.cell(v)));
            new Interpreter(machine, activation).within(activation.at(), instructions);
            return activation;
        });
    }

    /// The value of a term as if it stood in the routine at this place.
    ///
    /// @throws io.millwright.iec61131.machine.Trap where it has none
    public Slot value(String name, Term term) {
        return machine.aside(() -> {
            var evaluator = new Evaluator(machine, activation);
            Location location = term instanceof Term.Load(var place)
                    ? evaluator.locate(place)
                    : new Cell(term.type(), evaluator.value(term));
            return new Slot(machine, name, term.type(), location);
        });
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // a call is itself alone
    public boolean equals(@Nullable Object other) {
        return other instanceof Call call && call.activation == activation;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(activation);
    }
}
