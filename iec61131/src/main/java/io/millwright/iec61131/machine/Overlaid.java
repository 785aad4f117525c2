package io.millwright.iec61131.machine;

import io.millwright.iec61131.syntax.Address;
import io.millwright.iec61131.type.ArrayType;
import io.millwright.iec61131.type.Packing;
import io.millwright.iec61131.type.StructureType;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.Value;
import io.millwright.iec61131.type.Variable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A variable that lies in bytes, of an overlapping structure or of the process image, as it is seen from
/// outside.
///
/// @param area of the process image, or null where it lies in an overlapping structure
/// @param bytes the way to the array of BYTE of that structure; empty in the process image
/// @param firstBit where the variable begins in them
record Overlaid(Address.@Nullable Area area, List<Step> bytes, long firstBit, Type type) {
    Overlaid {
        bytes = List.copyOf(bytes);
    }

    /// What a way leads to, or null where it leads into no such bytes.
    static @Nullable Overlaid of(List<Step> path) {
        Type type = null;
        for (int i = 0; i < path.size(); i++) {
            if (type != null
                    && type.resolved() instanceof StructureType structure
                    && structure.overlap()
                    && !path.get(i).equals(new Step.Member(structure.bytes()))) {
                List<Step> bytes = new ArrayList<>(path.subList(0, i));
                bytes.add(new Step.Member(structure.bytes()));
                return within(null, bytes, 0, type, path.subList(i, path.size()));
            }
            Address address = path.get(i) instanceof Step.Member(Variable variable) ? located(variable) : null;
            type = next(type, path.get(i));
            if (address != null) {
                List<Step> rest = path.subList(i + 1, path.size());
                return within(address.area(), List.of(), Image.firstBit(address), type, rest);
            }
        }
        return null;
    }

    /// @param index the place within an array at the end, or -1
    static @Nullable Overlaid of(List<Variable> path, int index) {
        List<Step> steps = new ArrayList<>();
        path.forEach(v -> steps.add(new Step.Member(v)));
        if (index >= 0) {
            steps.add(new Step.Element(index));
        }
        return of(steps);
    }

    /// The value, given the bytes; [Value.Usual] where it would lie beyond them.
    Value value(byte[] all) {
        return isInside(all) ? Packing.get(all, firstBit, type) : new Value.Usual();
    }

    /// Changes it in the bytes; what would lie beyond them is lost.
    void put(byte[] all, Value value) {
        if (isInside(all)) {
            Packing.put(all, firstBit, type, value);
        }
    }

    private boolean isInside(byte[] all) {
        return firstBit + 8 * Packing.bytes(type) <= 8L * all.length;
    }

    private static Overlaid within(
            Address.@Nullable Area area, List<Step> bytes, long firstBit, Type around, List<Step> rest) {
        long first = firstBit;
        Type type = around;
        for (Step step : rest) {
            first += bitsBefore(type, step);
            type = next(type, step);
        }
        return new Overlaid(area, bytes, first, type);
    }

    private static long bitsBefore(Type around, Step step) {
        return switch (step) {
            case Step.Element(int place) -> 8 * Packing.bytes(next(around, step)) * place;
            case Step.Member(Variable field) -> {
                var structure = (StructureType) around.resolved();
                boolean whole = structure.overlap() && field.equals(structure.bytes());
                yield whole ? 0 : Packing.firstBit(structure, field);
            }
        };
    }

    private static Type next(@Nullable Type around, Step step) {
        return switch (step) {
            case Step.Member(Variable variable) -> variable.type();
            case Step.Element _ when around != null && around.resolved() instanceof ArrayType array -> array.element();
            case Step.Element _ -> throw new IllegalArgumentException("an element of what is no array");
        };
    }

    /// The place of a variable in the process image, or null where it lies elsewhere.
    static @Nullable Address located(Variable variable) {
        Address address = variable.address();
        return address == null
                        || address.isOpen()
                        || address.area() == Address.Area.STRUCTURE
                        || !Packing.isPlain(variable.type())
                ? null
                : address;
    }
}
