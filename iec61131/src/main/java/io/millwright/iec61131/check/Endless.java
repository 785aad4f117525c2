package io.millwright.iec61131.check;

import io.millwright.iec61131.source.Diagnostics;
import io.millwright.iec61131.source.Span;
import io.millwright.iec61131.type.ArrayType;
import io.millwright.iec61131.type.StructureType;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.UnitType;
import io.millwright.iec61131.type.Variable;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Finds units and structures that would contain themselves, and so would have no end.
final class Endless {
    private static final int DEPTH_MAX = 200;

    private final Diagnostics diagnostics;
    private final Map<Type, Integer> before;
    private final Map<Type, Integer> depths = new HashMap<>();
    private final Set<Type> above = new HashSet<>();
    private boolean endless;

    private Endless(Diagnostics diagnostics, Map<Type, Integer> before) {
        this.diagnostics = diagnostics;
        this.before = before;
    }

    /// Looks at all types. Where something is wrong it is found again from the beginning, since where it is told
    /// depends on where one begins.
    ///
    /// @param before how deep types nested that were sound in an earlier check: if they are still there, so is
    ///     what they contain
    /// @return how deep types nest, where all are sound; else nothing, so that what is said now is said again
    static Map<Type, Integer> find(Declared declared, Diagnostics diagnostics, Map<Type, Integer> before) {
        var known = new Endless(new Diagnostics(), before);
        known.all(declared);
        if (!known.endless) {
            return known.depths;
        }
        new Endless(diagnostics, Map.of()).all(declared);
        return Map.of();
    }

    private void all(Declared declared) {
        declared.structures.forEach(s -> contains(s, s.declared()));
        declared.units.forEach(u -> contains(u.type(), u.type().declared()));
    }

    /// @return how deep values of the type nest
    private int contains(Type type, Span declared) {
        Integer known = depths.getOrDefault(type, before.get(type));
        if (known != null) {
            depths.put(type, known);
            return known;
        }
        if (above.size() > DEPTH_MAX) {
            endless = true;
            diagnostics.error("E013", declared, "values may not nest deeper than " + DEPTH_MAX + " levels");
            return 1;
        }
        if (!above.add(type)) {
            endless = true;
            diagnostics.error("E550", declared, type.name() + " contains itself; a reference (REF_TO) would not");
            return 1;
        }
        List<Variable> parts = switch (type) {
            case StructureType structure -> structure.fields();
            case UnitType unit -> unit.allVariables();
            default -> List.of();
        };
        int depth = 1;
        for (Variable part : parts) {
            Type inner = part.type().resolved();
            while (inner instanceof ArrayType array) {
                inner = array.element().resolved();
            }
            boolean byReference = part.role() == Variable.Role.IN_OUT;
            if (!byReference && (inner instanceof StructureType || inner instanceof UnitType)) {
                depth = Math.max(depth, 1 + contains(inner, part.declared()));
            }
        }
        if (depth > DEPTH_MAX) {
            endless = true;
            diagnostics.error("E013", declared, "values may not nest deeper than " + DEPTH_MAX + " levels");
            // Once is enough for all that contain this one.
            depth = 1;
        }
        above.remove(type);
        depths.put(type, depth);
        return depth;
    }
}
