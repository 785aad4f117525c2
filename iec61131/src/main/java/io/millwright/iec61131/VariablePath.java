package io.millwright.iec61131;

import io.millwright.iec61131.type.StructureType;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.UnitType;
import io.millwright.iec61131.type.Variable;
import java.util.ArrayList;
import java.util.List;

/// The way to a variable of a running program: a global, or a program instance and what is within it.
///
/// @param writable whether it may be written: not by an access path that is READ_ONLY
public record VariablePath(List<Variable> steps, boolean writable) {
    public VariablePath(List<Variable> steps) {
        this(steps, true);
    }

    public VariablePath {
        steps = List.copyOf(steps);
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("a path has at least one step");
        }
    }

    public Type type() {
        return steps.getLast().type();
    }

    /// This path, one step further.
    public VariablePath then(Variable member) {
        List<Variable> longer = new ArrayList<>(steps);
        longer.add(member);
        return new VariablePath(longer, writable);
    }

    /// The same variable, not to be written.
    VariablePath readOnly() {
        return new VariablePath(steps, false);
    }

    /// What lies within the variable: the variables of an instance, the fields of a structure.
    public List<Variable> members() {
        return switch (type().resolved()) {
            case UnitType unit -> unit.allVariables();
            case StructureType structure -> structure.fields();
            default -> List.of();
        };
    }
}
