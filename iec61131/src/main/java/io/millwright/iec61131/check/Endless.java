package io.millwright.iec61131.check;

import io.millwright.iec61131.source.Diagnostics;
import io.millwright.iec61131.source.Span;
import io.millwright.iec61131.type.ArrayType;
import io.millwright.iec61131.type.StructureType;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.UnitType;
import io.millwright.iec61131.type.Variable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Finds units and structures that would contain themselves, and so would have no end.
final class Endless {
    private final Diagnostics diagnostics;
    private final Set<Type> sound = new HashSet<>();
    private final Set<Type> above = new HashSet<>();

    Endless(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    void all(Declared declared) {
        declared.structures.forEach(s -> contains(s, s.declared()));
        declared.units.forEach(u -> contains(u.type(), u.type().declared()));
    }

    private void contains(Type type, Span declared) {
        if (sound.contains(type)) {
            return;
        }
        if (!above.add(type)) {
            diagnostics.error("E550", declared, type.name() + " contains itself; a reference (REF_TO) would not");
            return;
        }
        List<Variable> parts = switch (type) {
            case StructureType structure -> structure.fields();
            case UnitType unit -> unit.allVariables();
            default -> List.of();
        };
        for (Variable part : parts) {
            Type inner = part.type().resolved();
            while (inner instanceof ArrayType array) {
                inner = array.element().resolved();
            }
            boolean byReference = part.role() == Variable.Role.IN_OUT;
            if (!byReference && (inner instanceof StructureType || inner instanceof UnitType)) {
                contains(inner, part.declared());
            }
        }
        above.remove(type);
        sound.add(type);
    }
}
