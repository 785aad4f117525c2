package io.millwright.iec61131;

import io.millwright.iec61131.check.Checked;
import io.millwright.iec61131.jvm.JvmBackend;
import io.millwright.iec61131.source.Diagnostic;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.syntax.Dialect;
import io.millwright.iec61131.type.Value;
import io.millwright.iec61131.type.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Runs a program and writes down its variables after every scan.
public final class Traces {
    private Traces() {}

    /// The errors of a text, each as place, code and message.
    public static List<String> errors(String name, String text) {
        return Compiler.compile(List.of(new Source(name, text)), Dialect.COMMON).diagnostics().stream()
                .filter(Diagnostic::isError)
                .map(d -> d.span() + " " + d.code() + " " + d.message())
                .toList();
    }

    /// The values after each scan, of each variable on its own line: `x: 1 2 3`; TRUE is 1, a time counts
    /// milliseconds.
    public static String of(String text, int scans, long cycleMillis, String... names) {
        return of(text, scans, cycleMillis, Map.of(), names);
    }

    /// The same, with what is written to inputs before a scan, numbered from 1.
    public static String of(
            String text, int scans, long cycleMillis, Map<Integer, Map<String, Value>> inputs, String... names) {
        Checked checked = Compiler.compile(List.of(new Source("test", text)), Dialect.COMMON);
        if (checked.program() == null) {
            throw new AssertionError(errors("test", text).toString());
        }
        Run run = Run.start(checked.program(), new JvmBackend());
        Variable program = run.instances().getFirst();
        Map<String, List<String>> rows = new TreeMap<>();
        for (int scan = 1; scan <= scans; scan++) {
            inputs.getOrDefault(scan, Map.of()).forEach((name, value) -> run.write(path(run, program, name), value));
            run.scan(program, cycleMillis * 1_000_000);
            for (String name : names) {
                VariablePath path = path(run, program, name);
                rows.computeIfAbsent(name, _ -> new ArrayList<>())
                        .add(shown(run.read(path), path.type().name()));
            }
        }
        var shown = new StringBuilder();
        for (String name : names) {
            shown.append(name)
                    .append(": ")
                    .append(String.join(" ", rows.get(name)))
                    .append('\n');
        }
        return shown.toString();
    }

    private static VariablePath path(Run run, Variable program, String name) {
        return run.find(program.name() + "." + name).orElseThrow(() -> new AssertionError("no variable " + name));
    }

    private static String shown(Value value, String type) {
        return switch (value) {
            case Value.Truth(boolean truth) -> truth ? "1" : "0";
            case Value.Whole(long whole) -> Long.toString(type.equals("TIME") ? whole / 1_000_000 : whole);
            default -> value.toString();
        };
    }
}
