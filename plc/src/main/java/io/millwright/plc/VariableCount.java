package io.millwright.plc;

import io.millwright.iec61131.ir.Program;
import io.millwright.iec61131.type.ArrayType;
import io.millwright.iec61131.type.StructureType;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.UnitType;
import io.millwright.iec61131.type.Variable;
import java.util.List;

/// How many variables a program has: each is found once, recorded, compared and carried over, which takes memory that
/// its value alone does not.
final class VariableCount {
    /// What one takes, with as much again for another program in an online change.
    private static final long BYTES_EACH = 1024;

    private static final long MEBIBYTE = 1 << 20;

    /// Of what Java is given it keeps some for copying.
    private static final double KEPT = 1.05;

    private VariableCount() {}

    /// @param memoryBytes of this process at most
    /// @throws ProjectError if there are more than that is enough for
    static void check(Program program, long memoryBytes) throws ProjectError {
        double count = program.globals().stream()
                .filter(g -> !g.isConstant())
                .mapToDouble(g -> of(g.type()))
                .sum();
        if (count * BYTES_EACH > memoryBytes) {
            throw new ProjectError(("the program has %.0f variables, elements of arrays among them; the memory of this"
                            + " process is enough for %d: give it %.0f MiB (MW_JAVA_OPTIONS=-Xmx%3$.0fm), or make"
                            + " arrays smaller")
                    .formatted(count, memoryBytes / BYTES_EACH, Math.ceil(count * BYTES_EACH * KEPT / MEBIBYTE)));
        }
    }

    /// Elementary variables, texts and references within a value.
    private static double of(Type type) {
        return switch (type.resolved()) {
            case ArrayType array ->
                of(array.element())
                        * array.ranges().stream()
                                .mapToDouble(ArrayType.Range::length)
                                .reduce(1, (a, b) -> a * b);
            case UnitType unit -> sum(unit.allVariables());
            case StructureType structure -> sum(structure.stored());
            default -> 1;
        };
    }

    private static double sum(List<Variable> variables) {
        return variables.stream()
                .filter(v -> v.role() != Variable.Role.IN_OUT)
                .mapToDouble(v -> of(v.type()))
                .sum();
    }
}
