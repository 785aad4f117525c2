package io.millwright.iec61131.differential;

import io.millwright.iec61131.Programs;
import io.millwright.iec61131.Run;
import io.millwright.iec61131.interpret.InterpretBackend;
import io.millwright.iec61131.ir.Program;
import io.millwright.iec61131.jvm.JvmBackend;
import io.millwright.iec61131.machine.Machine;
import io.millwright.iec61131.machine.Trap;
import io.millwright.iec61131.syntax.Declaration;
import io.millwright.iec61131.type.UnitType;
import io.millwright.iec61131.type.Value;
import io.millwright.iec61131.type.Variable;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/// Runs a program in both back ends and looks for a difference.
final class Differential {
    private static final int SCANS = 3;
    private static final long CYCLE_NANOS = 10_000_000;

    private Differential() {}

    /// Where the back ends differ, or nothing.
    static Optional<String> difference(String text) {
        return difference(text, (_, _) -> {});
    }

    /// The same, with something done to both runs before every scan.
    static Optional<String> difference(String text, BiConsumer<Program, List<Run>> before) {
        Program program = Programs.compiled(text);
        List<Run> runs = List.of(Run.start(program, new JvmBackend(64)), Run.start(program, new InterpretBackend(64)));
        Machine jvm = runs.getFirst().machine();
        Machine plain = runs.getLast().machine();
        List<Variable> instances = program.globals().stream()
                .filter(g -> g.type().resolved() instanceof UnitType u && u.kind() == Declaration.Unit.Kind.PROGRAM)
                .toList();
        for (int scan = 0; scan < SCANS; scan++) {
            before.accept(program, runs);
            for (Variable instance : instances) {
                String a = run(jvm, instance);
                String b = run(plain, instance);
                if (!a.equals(b)) {
                    return Optional.of("scan " + scan + " of " + instance + ": jvm " + a + ", interpreter " + b);
                }
            }
            for (Variable global : program.globals()) {
                Value a = jvm.read(List.of(global), -1);
                Value b = plain.read(List.of(global), -1);
                if (!a.equals(b)) {
                    return Optional.of("scan " + scan + ": " + differing(global.name(), a, b));
                }
            }
            if (!Arrays.equals(jvm.memory(), plain.memory())) {
                return Optional.of("scan " + scan + ": %M differs");
            }
            jvm.advance(CYCLE_NANOS);
            plain.advance(CYCLE_NANOS);
        }
        return Optional.empty();
    }

    private static String run(Machine machine, Variable instance) {
        try {
            machine.run(instance);
            return "ended";
        } catch (Trap trap) {
            return trap.kind() + " " + trap.stack();
        } catch (RuntimeException | LinkageError e) {
            Throwable root = e;
            while (root.getCause() != null) {
                root = root.getCause();
            }
            return machine.getClass().getSimpleName() + " broke: " + root;
        }
    }

    private static String differing(String name, Value a, Value b) {
        if (a instanceof Value.Fields(var x) && b instanceof Value.Fields(var y)) {
            for (Variable variable : x.keySet()) {
                if (!x.get(variable).equals(y.get(variable))) {
                    return differing(name + "." + variable, x.get(variable), y.get(variable));
                }
            }
        }
        return name + ": jvm " + a + ", interpreter " + b;
    }
}
