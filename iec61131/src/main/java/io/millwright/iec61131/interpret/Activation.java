package io.millwright.iec61131.interpret;

import io.millwright.iec61131.machine.Trap;
import io.millwright.iec61131.source.Span;
import io.millwright.iec61131.type.Signature;
import io.millwright.iec61131.type.Variable;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/// A routine that runs: its variables, and the place it is at.
final class Activation {
    private final Signature routine;
    private final @Nullable Instance self;
    private final IdentityHashMap<Variable, Cell> cells = new IdentityHashMap<>();
    private Span at;

    Activation(Signature routine, @Nullable Instance self) {
        this.routine = routine;
        this.self = self;
        this.at = routine.declared();
    }

    @Nullable
    Instance self() {
        return self;
    }

    void put(Variable variable, Cell cell) {
        cells.put(variable, cell);
    }

    Cell cell(Variable variable) {
        Cell cell = cells.get(variable);
        if (cell == null) {
            throw new IllegalArgumentException(routine + " has no variable " + variable);
        }
        return cell;
    }

    Signature routine() {
        return routine;
    }

    void at(Span here) {
        this.at = here;
    }

    Span at() {
        return at;
    }

    Trap.Position position() {
        return new Trap.Position(
                routine.qualifiedName(), routine.declared().source().name(), at.line());
    }
}
