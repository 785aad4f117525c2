package io.millwright.iec61131.jvm;

import io.millwright.iec61131.ir.Instruction;
import io.millwright.iec61131.ir.Term;
import io.millwright.iec61131.ir.Walk;
import java.util.IdentityHashMap;
import java.util.List;

/// How large instructions become, and how they may end; each is looked at once, however deep it lies.
final class Extents {
    private static final int TERM = 5;
    private static final int CALL = 40;
    private static final int INSTRUCTION = 6;

    private final IdentityHashMap<Instruction, Extent> known = new IdentityHashMap<>();

    /// @param size about how many bytes of code
    /// @param ends a bit for each of [Parts#RETURN] and its sisters
    private record Extent(int size, int ends) {}

    /// About how many bytes of code instructions become.
    int size(List<Instruction> instructions) {
        int size = 0;
        for (Instruction instruction : instructions) {
            size += of(instruction).size();
        }
        return size;
    }

    /// Whether instructions may end so instead of reaching their end.
    boolean leaves(List<Instruction> instructions, int how) {
        return (ends(instructions) & 1 << how) != 0;
    }

    private int ends(List<Instruction> instructions) {
        int ends = 0;
        for (Instruction instruction : instructions) {
            ends |= of(instruction).ends();
        }
        return ends;
    }

    private Extent of(Instruction instruction) {
        Extent extent = known.get(instruction);
        if (extent == null) {
            int size = own(instruction);
            int ends = switch (instruction) {
                case Instruction.Return _ -> 1 << Parts.RETURN;
                case Instruction.Exit _ -> 1 << Parts.EXIT;
                case Instruction.Continue _ -> 1 << Parts.CONTINUE;
                default -> 0;
            };
            for (List<Instruction> body : Walk.bodies(instruction)) {
                size += size(body);
                ends |= ends(body);
            }
            boolean loop = instruction instanceof Instruction.For
                    || instruction instanceof Instruction.While
                    || instruction instanceof Instruction.Repeat;
            extent = new Extent(size, loop ? ends & 1 << Parts.RETURN : ends);
            known.put(instruction, extent);
        }
        return extent;
    }

    /// Without the instructions within it.
    private static int own(Instruction instruction) {
        int size = INSTRUCTION;
        for (Term term : Walk.terms(instruction)) {
            size += size(term);
        }
        if (instruction instanceof Instruction.Case(var _, var choices, var _, var _)) {
            for (Instruction.Choice choice : choices) {
                size += 2 * INSTRUCTION
                        + Parts.LABEL * Math.max(0, choice.intervals().size() - 1);
            }
        }
        return size;
    }

    /// About how many bytes of code a term becomes.
    static int size(Term term) {
        int[] size = new int[1];
        Walk.deep(term, t -> size[0] += t instanceof Term.Call ? CALL : TERM);
        return size[0];
    }
}
