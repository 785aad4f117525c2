package io.millwright.iec61131.interpret;

import io.millwright.iec61131.type.StructureType;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.UnitType;
import io.millwright.iec61131.type.Variable;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/// A structure, or an instance of a function block, program or class.
///
/// @param type a [StructureType] or [UnitType]
record Instance(Type type, Map<Variable, Cell> cells) {
    Instance(Type type) {
        this(type, new IdentityHashMap<>());
    }

    Cell cell(Variable variable) {
        Cell cell = cells.get(variable);
        if (cell == null) {
            throw new IllegalArgumentException(type.name() + " has no variable " + variable);
        }
        return cell;
    }

    /// The variables that objects of a type have.
    static List<Variable> variables(Type type) {
        return switch (type.resolved()) {
            case UnitType unit -> unit.allVariables();
            case StructureType structure -> structure.stored();
            default -> List.of();
        };
    }
}
