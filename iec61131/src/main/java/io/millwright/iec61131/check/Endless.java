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
    private final Set<Type> before;
    private final Set<Type> sound = new HashSet<>();
    private final Set<Type> above = new HashSet<>();
    private boolean endless;

    /// @param before types that were sound in an earlier check: if they are still there, so is what they
    ///     contain
    Endless(Diagnostics diagnostics, Set<Type> before) {
        this.diagnostics = diagnostics;
        this.before = before;
    }

    /// @return all types, where all are sound; else none, so that what is said now is said again
    Set<Type> all(Declared declared) {
        declared.structures.forEach(s -> contains(s, s.declared()));
        declared.units.forEach(u -> contains(u.type(), u.type().declared()));
        return endless ? Set.of() : sound;
    }

    private void contains(Type type, Span declared) {
        if (sound.contains(type) || before.contains(type) && sound.add(type)) {
            return;
        }
        if (!above.add(type)) {
            endless = true;
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
