package io.millwright.iec61131.interpret;

import io.millwright.iec61131.ir.Routine;
import io.millwright.iec61131.type.OpenArrayType;
import io.millwright.iec61131.type.Signature;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.Variable;
import io.millwright.iec61131.type.Variable.Role;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One call of a routine: its variables are made, then it is run.
final class Invocation {
    private final InterpretMachine machine;
    private final Routine routine;
    private final Activation activation;

    Invocation(InterpretMachine machine, Signature signature, @Nullable Instance self) {
        this.machine = machine;
        this.routine = machine.routine(signature);
        this.activation = new Activation(signature, self);
        signature.parameters().forEach(this::add);
        if (signature.result() != null) {
            add(signature.result());
        }
        routine.temporaries().forEach(this::add);
    }

    private void add(Variable variable) {
        boolean open = variable.type().resolved() instanceof OpenArrayType;
        Cell cell = open ? new Cell(variable.type(), null) : Memory.cell(variable);
        activation.put(variable, cell);
        boolean given = open || variable.role() == Role.IN_OUT;
        if (!given) {
            Instance self = activation.self();
            Memory memory = machine.variables();
            memory.reset(cell, variable.initial(), self == null ? memory.globals() : self);
        }
    }

    Activation activation() {
        return activation;
    }

    /// Gives a parameter what the caller passes: inputs get a copy, an in-out stands for the caller's
    /// aggregate.
    void give(Variable parameter, @Nullable Object value) {
        Cell cell = activation.cell(parameter);
        Type type = parameter.type();
        boolean copied =
                parameter.role() == Role.INPUT && type.isAggregate() && !(type.resolved() instanceof OpenArrayType);
        if (copied) {
            Memory.copy(Objects.requireNonNull(cell.load()), Objects.requireNonNull(value), type);
        } else {
            cell.store(value);
        }
    }

    void run() {
        machine.enter(activation, () -> new Interpreter(machine, activation).run(routine.body()));
    }
}
