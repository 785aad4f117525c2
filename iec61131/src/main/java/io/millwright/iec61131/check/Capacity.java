package io.millwright.iec61131.check;

import io.millwright.iec61131.ir.Program;
import io.millwright.iec61131.ir.Routine;
import io.millwright.iec61131.ir.Walk;
import io.millwright.iec61131.source.Diagnostic;
import io.millwright.iec61131.source.Span;
import io.millwright.iec61131.syntax.Declaration;
import io.millwright.iec61131.type.ArrayType;
import io.millwright.iec61131.type.StructureType;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.UnitType;
import io.millwright.iec61131.type.Variable;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Consumer;

/// How much a program may have of its own: a class of the Java virtual machine has room for 65 535 names (The
/// Java Virtual Machine Specification, 4.11), and what it names takes some.
final class Capacity {
    /// Fields of one object.
    private static final int VARIABLES_MAX = 60_000;

    /// Instructions of a routine of which each could name another variable.
    private static final int INSTRUCTIONS_MAX = 15_000;

    private static final int NAMED_MAX = 12_000;

    /// Values of one variable, in all that it consists of.
    private static final long VALUES_MAX = 1L << 28;

    private final Consumer<Diagnostic> told;
    private final IdentityHashMap<Type, Long> values = new IdentityHashMap<>();

    Capacity(Consumer<Diagnostic> told) {
        this.told = told;
    }

    void check(Program program) {
        variables("global variables", program.globals());
        int all = program.globals().size();
        for (StructureType structure : program.structures()) {
            variables("fields in " + structure.name(), structure.stored());
        }
        for (UnitType unit : program.units()) {
            variables("variables in " + unit.name(), unit.variables());
            all += unit.variables().size();
            if (isProgram(unit)) {
                unit.variables().forEach(this::values);
            }
        }
        program.globals().stream().filter(v -> !isProgram(v.type().resolved())).forEach(this::values);
        program.routines().values().forEach(r -> r.temporaries().forEach(this::values));
        if (all > NAMED_MAX) {
            program.routines().values().forEach(this::routine);
        }
    }

    private void variables(String what, List<Variable> variables) {
        if (variables.size() > VARIABLES_MAX) {
            tell(
                    variables.get(VARIABLES_MAX).declared(),
                    "there are %d %s; %d are possible. Put some together in arrays or structures"
                            .formatted(variables.size(), what, VARIABLES_MAX));
        }
    }

    private static boolean isProgram(Type type) {
        return type instanceof UnitType unit && unit.kind() == Declaration.Unit.Kind.PROGRAM;
    }

    private void values(Variable variable) {
        if (values(variable.type()) > VALUES_MAX) {
            tell(
                    variable.declared(),
                    ("%s would hold more than the %d values that a variable can have;"
                                    + " make its arrays smaller, or let its types hold less")
                            .formatted(variable.name(), VALUES_MAX));
        }
    }

    /// How many values a variable of a type consists of; more than are possible is not told apart.
    private long values(Type type) {
        Type resolved = type.resolved();
        Long known = values.get(resolved);
        if (known == null) {
            known = Math.min(
                    VALUES_MAX + 1,
                    switch (resolved) {
                        case ArrayType array -> array.size() * values(array.element());
                        case StructureType structure -> values(structure.stored());
                        case UnitType unit -> values(unit.allVariables());
                        default -> 1;
                    });
            values.put(resolved, known);
        }
        return known;
    }

    private long values(List<Variable> variables) {
        return variables.stream().mapToLong(v -> values(v.type())).sum();
    }

    private void routine(Routine routine) {
        int[] count = new int[1];
        Walk.instructions(routine.body(), _ -> count[0]++);
        if (count[0] > INSTRUCTIONS_MAX) {
            tell(
                    routine.signature().declared(),
                    "%s has %d statements; %d are possible where there are so many variables. Move some to functions"
                            .formatted(routine.signature().name(), count[0], INSTRUCTIONS_MAX));
        }
    }

    private void tell(Span at, String message) {
        told.accept(Diagnostic.error("E579", at, message));
    }
}
