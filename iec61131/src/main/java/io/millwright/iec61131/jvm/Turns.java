package io.millwright.iec61131.jvm;

import io.millwright.iec61131.ir.Instruction;
import io.millwright.iec61131.ir.Term;
import io.millwright.iec61131.ir.Walk;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.util.List;

/// The turns of WHILE and REPEAT: at each the program may be ended from outside.
///
/// Where a turn is short, one in [#MOST] asks for that. The turns between are counted, since the optimiser of
/// the JVM unrolls no other loop and asks at each turn of any other whether its thread is to halt.
///
/// @param count the local that counts down; -1 where every turn asks
/// @param ask where the question is
/// @param first the first turn after a question
record Turns(CodeBuilder code, int count, Label ask, Label first) {
    private static final int MOST = 1000;

    /// Writes what stands before a turn.
    static Turns begin(CodeBuilder code, Instruction loop) {
        int count = isShort(loop) ? code.allocateLocal(TypeKind.INT) : -1;
        Label ask = code.newBoundLabel();
        Calling.poll(code);
        if (count < 0) {
            return new Turns(code, count, ask, ask);
        }
        code.loadConstant(MOST).istore(count);
        return new Turns(code, count, ask, code.newBoundLabel());
    }

    /// Writes what stands behind a turn: the way to the next one.
    void again() {
        if (count >= 0) {
            code.iinc(count, -1).iload(count).ifgt(first);
        }
        code.goto_(ask);
    }

    /// Whether a turn calls no routine and has no loop within.
    private static boolean isShort(Instruction loop) {
        int[] found = new int[1];
        Walk.instructions(List.of(loop), i -> {
            found[0] += isLoop(i) ? 1 : 0;
            Walk.terms(i).forEach(t -> Walk.deep(t, term -> found[0] += term instanceof Term.Call ? 1 : 0));
        });
        return found[0] == 1;
    }

    private static boolean isLoop(Instruction instruction) {
        return instruction instanceof Instruction.For
                || instruction instanceof Instruction.While
                || instruction instanceof Instruction.Repeat;
    }
}
