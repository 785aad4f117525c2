package io.millwright.iec61131;

import io.millwright.iec61131.ir.Program;
import io.millwright.iec61131.machine.Backend;
import io.millwright.iec61131.machine.Trap;
import io.millwright.iec61131.syntax.Declaration;
import io.millwright.iec61131.type.UnitType;
import io.millwright.iec61131.type.Value;
import io.millwright.iec61131.type.Variable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What a program does, as text in which the order of declarations does not show.
public final class Outcome {
    private static final long CYCLE_NANOS = 10_000_000;

    private Outcome() {}

    /// How each program ended and what every variable is, after each scan.
    public static String of(Program program, Backend backend, int scans) {
        Run run = Run.start(program, backend);
        var all = new StringBuilder();
        for (int scan = 1; scan <= scans; scan++) {
            all.append("scan ").append(scan).append('\n');
            for (Variable global : program.globals()) {
                if (global.type().resolved() instanceof UnitType unit && unit.kind() == Declaration.Unit.Kind.PROGRAM) {
                    all.append(global.name())
                            .append(' ')
                            .append(ended(run, global))
                            .append('\n');
                }
            }
            Map<String, String> values = new TreeMap<>();
            program.globals()
                    .forEach(g -> values.put(g.name(), text(run.machine().read(List.of(g), -1))));
            values.forEach((name, value) ->
                    all.append(name).append(" = ").append(value).append('\n'));
        }
        return all.toString();
    }

    private static String ended(Run run, Variable program) {
        try {
            run.scan(program, CYCLE_NANOS);
            return "ended";
        } catch (Trap trap) {
            return trap.kind() + " "
                    + trap.stack().stream().map(p -> p.routine()).collect(Collectors.joining(" "));
        }
    }

    private static String text(Value value) {
        return switch (value) {
            case Value.Fields(var fields) -> {
                Map<String, String> named = new TreeMap<>();
                fields.forEach((variable, one) -> named.put(variable.name(), text(one)));
                yield named.toString();
            }
            case Value.Elements(var values) ->
                values.stream().map(Outcome::text).toList().toString();
            default -> value.toString();
        };
    }
}
