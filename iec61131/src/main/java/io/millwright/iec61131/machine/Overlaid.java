package io.millwright.iec61131.machine;

import io.millwright.iec61131.type.ArrayType;
import io.millwright.iec61131.type.Packing;
import io.millwright.iec61131.type.StructureType;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.Value;
import io.millwright.iec61131.type.Variable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A variable that lies in the bytes of an overlapping structure, as it is seen from outside.
///
/// @param bytes the path of the array of BYTE
/// @param firstBit where the variable begins in them
public record Overlaid(List<Variable> bytes, long firstBit, Type type) {
    /// What a path leads to, or null where it leads into no overlapping structure.
    ///
    /// @param index the place within an array at the end, or -1
    public static @Nullable Overlaid of(List<Variable> path, int index) {
        for (int i = 0; i < path.size() - 1; i++) {
            boolean overlaps = path.get(i).type().resolved() instanceof StructureType s && s.overlap();
            if (overlaps) {
                var structure = (StructureType) path.get(i).type().resolved();
                if (path.get(i + 1).equals(structure.bytes())) {
                    return null;
                }
                return within(path, i, structure, index);
            }
        }
        return null;
    }

    private static Overlaid within(List<Variable> path, int at, StructureType structure, int index) {
        List<Variable> bytes = new ArrayList<>(path.subList(0, at + 1));
        bytes.add(structure.bytes());
        long firstBit = 0;
        StructureType around = structure;
        for (Variable step : path.subList(at + 1, path.size())) {
            firstBit += Packing.firstBit(around, step);
            around = step.type().resolved() instanceof StructureType inner ? inner : around;
        }
        Type type = path.getLast().type();
        if (index >= 0 && type.resolved() instanceof ArrayType array) {
            type = array.element();
            firstBit += 8 * Packing.bytes(type) * index;
        }
        return new Overlaid(bytes, firstBit, type);
    }

    /// The value, given what lies in the bytes.
    public Value value(Value inBytes) {
        return Packing.get(array(inBytes), firstBit, type);
    }

    /// What lies in the bytes when the value has been changed.
    public List<Value> changed(Value inBytes, Value value) {
        byte[] bytes = array(inBytes);
        Packing.put(bytes, firstBit, type, value);
        return ((Value.Elements) StructureType.elements(bytes)).values();
    }

    private static byte[] array(Value inBytes) {
        List<Value> values = ((Value.Elements) inBytes).values();
        byte[] bytes = new byte[values.size()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) ((Value.Whole) values.get(i)).value();
        }
        return bytes;
    }
}
