package io.millwright.node.plc;

import io.millwright.iec61131.source.Span;
import io.millwright.iec61131.type.ArrayType;
import io.millwright.iec61131.type.StructureType;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.UnitType;
import io.millwright.iec61131.type.Variable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The instances of programs, function blocks and classes, with the place of their texts.
public final class InstanceTree {
    /// How many instances are listed at once.
    public static final int INSTANCES_MAX = 10_000;

    private final List<ControlDesk.InstanceView> found = new ArrayList<>();

    private InstanceTree() {}

    /// The instances beneath some variables, at most [#INSTANCES_MAX].
    public static List<ControlDesk.InstanceView> of(List<Variable> globals) {
        var tree = new InstanceTree();
        globals.stream().filter(g -> !g.name().startsWith("~")).forEach(g -> tree.add(g.name(), g.type()));
        return tree.found;
    }

    private void add(String path, Type type) {
        if (found.size() >= INSTANCES_MAX) {
            return;
        }
        switch (type.resolved()) {
            case UnitType unit -> {
                found.add(view(path, unit));
                unit.allVariables().forEach(v -> add(path + "." + v.name(), v.type()));
            }
            case StructureType structure -> structure.fields().forEach(f -> add(path + "." + f.name(), f.type()));
            case ArrayType array when array.element().isAggregate() -> elements(path, array, 0, "");
            default -> {
                // nothing in it has a text
            }
        }
    }

    private void elements(String path, ArrayType array, int dimension, String indices) {
        if (dimension == array.ranges().size()) {
            add(path + "[" + indices + "]", array.element());
            return;
        }
        ArrayType.Range range = array.ranges().get(dimension);
        for (int i = range.low(); i <= range.high() && found.size() < INSTANCES_MAX; i++) {
            elements(path, array, dimension + 1, indices.isEmpty() ? "" + i : indices + "," + i);
        }
    }

    private static ControlDesk.InstanceView view(String path, UnitType unit) {
        List<String> units = new ArrayList<>();
        for (@Nullable UnitType u = unit; u != null; u = u.base()) {
            units.add(u.name());
        }
        Span declared = unit.declared().known();
        return new ControlDesk.InstanceView(path, units, declared.source().name(), declared.line());
    }
}
