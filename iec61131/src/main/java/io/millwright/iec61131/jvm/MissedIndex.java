package io.millwright.iec61131.jvm;

import io.millwright.iec61131.ir.Instruction;
import io.millwright.iec61131.ir.Place;
import io.millwright.iec61131.ir.Routine;
import io.millwright.iec61131.ir.Term;
import io.millwright.iec61131.ir.Walk;
import io.millwright.iec61131.type.ArrayType;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Says which index missed its array. An array of one dimension is left to the JVM to guard, which knows the
/// place in its own array; what the program calls that place is looked up in the routine, once it is a trap.
final class MissedIndex {
    private static final Pattern PLACE = Pattern.compile("Index (-?\\d+) out of bounds for length (\\d+)");

    private MissedIndex() {}

    /// What there is to say of an index.
    ///
    /// @param line where it was, as it is noted in code
    /// @param message of the JVM
    /// @return the empty text where nothing is known
    static String detail(Routine routine, int line, String message) {
        Matcher found = PLACE.matcher(message);
        if (!found.matches()) {
            return "";
        }
        int place = Integer.parseInt(found.group(1));
        int length = Integer.parseInt(found.group(2));
        Set<ArrayType.Range> all = ranges(routine, line);
        List<ArrayType.Range> likely =
                all.stream().filter(r -> r.length() == length).toList();
        List<ArrayType.Range> ranges = likely.isEmpty() ? List.copyOf(all) : likely;
        if (ranges.size() != 1) {
            return "element " + (place + 1L) + " of an array of " + length + ", counted from 1";
        }
        ArrayType.Range range = ranges.getFirst();
        return (place + range.low()) + " is not in " + range;
    }

    /// The bounds of every array of one dimension that a line looks into.
    private static Set<ArrayType.Range> ranges(Routine routine, int line) {
        Set<ArrayType.Range> ranges = new LinkedHashSet<>();
        Walk.instructions(routine.body(), instruction -> {
            if (instruction instanceof Instruction.If(var branches, var _, var _)) {
                branches.stream().filter(b -> b.span().codeLine() == line).forEach(b -> add(ranges, b.condition()));
            } else if (instruction.span().codeLine() == line) {
                place(instruction).forEach(p -> add(ranges, p));
                Walk.terms(instruction).forEach(t -> add(ranges, t));
            }
        });
        return ranges;
    }

    private static List<Place> place(Instruction instruction) {
        return switch (instruction) {
            case Instruction.Assign(var place, var _, var _) -> List.of(place);
            case Instruction.Bind(var place, var _, var _) -> List.of(place);
            case Instruction.For loop -> List.of(loop.variable());
            default -> List.of();
        };
    }

    private static void add(Set<ArrayType.Range> ranges, Term term) {
        Walk.deep(term, part -> {
            switch (part) {
                case Term.Load(var place) -> add(ranges, place);
                case Term.Reference(var place, var _) -> add(ranges, place);
                case Term.Call call -> call.outputs().forEach(o -> add(ranges, o.place()));
                default -> {}
            }
        });
    }

    private static void add(Set<ArrayType.Range> ranges, Place place) {
        switch (place) {
            case Place.Element(var array, var _, var _)
            when array.type().resolved() instanceof ArrayType type
                    && type.ranges().size() == 1 -> ranges.add(type.ranges().getFirst());
            case Place.Part(var whole, var _, var _) -> add(ranges, whole);
            default -> {}
        }
    }
}
