package io.millwright.iec61131.library;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millwright.iec61131.Compiler;
import io.millwright.iec61131.Run;
import io.millwright.iec61131.check.Checked;
import io.millwright.iec61131.interpret.InterpretBackend;
import io.millwright.iec61131.jvm.JvmBackend;
import io.millwright.iec61131.machine.Backend;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.syntax.Dialect;
import io.millwright.iec61131.type.Value;
import java.util.List;
import java.util.Objects;

/// Expressions with their values, which are compiled and run in both back ends.
final class Table {
    private Table() {}

    /// Checks lines of the form `TYPE | expression | value`. Values are numbers, TRUE, FALSE or texts in
    /// quotes; times are in nanoseconds; of a real with `~` before it seven digits count.
    static void check(String lines) {
        check(Dialect.COMMON, "", lines);
    }

    /// @param before declarations that the expressions use
    static void check(Dialect dialect, String before, String lines) {
        List<String[]> rows = lines.lines().map(l -> l.strip().split(" *\\| *")).toList();
        var declarations = new StringBuilder(before).append("PROGRAM p\nVAR\n");
        var statements = new StringBuilder();
        for (int i = 0; i < rows.size(); i++) {
            assertEquals(3, rows.get(i).length, () -> "a row has three columns");
            declarations.append("x%d : %s;%n".formatted(i, rows.get(i)[0]));
            statements.append("x%d := %s;%n".formatted(i, rows.get(i)[1]));
        }
        String text = declarations + "END_VAR\n" + statements + "END_PROGRAM\n";
        Checked checked = Compiler.compile(List.of(new Source("table.st", text)), dialect);
        assertEquals(
                List.of(),
                checked.diagnostics().stream().filter(d -> d.isError()).toList());
        for (Backend backend : List.of(new JvmBackend(), new InterpretBackend())) {
            compare(Run.start(Objects.requireNonNull(checked.program()), backend), rows);
        }
    }

    private static void compare(Run run, List<String[]> rows) {
        run.scan(run.instances().getFirst(), 1);
        String program = run.instances().getFirst().name();
        for (int i = 0; i < rows.size(); i++) {
            Value value = run.read(run.find(program + ".x" + i).orElseThrow());
            String expected = rows.get(i)[2];
            assertEquals(expected, shown(value, expected), rows.get(i)[1]);
        }
    }

    private static String shown(Value value, String expected) {
        return switch (value) {
            case Value.Whole(long v) -> Long.toString(v);
            case Value.Truth(boolean v) -> v ? "TRUE" : "FALSE";
            case Value.Text(String v) -> "'" + v + "'";
            case Value.Real(double v) -> {
                double wanted = Double.parseDouble(expected.replace("~", ""));
                boolean near = expected.startsWith("~") && Math.abs(v - wanted) <= 1e-6 * Math.abs(wanted);
                yield near || Double.compare(v, wanted) == 0 ? expected : Double.toString(v);
            }
            default -> value.toString();
        };
    }
}
