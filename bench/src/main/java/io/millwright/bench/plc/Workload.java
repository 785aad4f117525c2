package io.millwright.bench.plc;

import io.millwright.iec61131.jvm.JvmBackend;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.syntax.Dialect;
import io.millwright.plc.Loaded;
import io.millwright.plc.Project;
import io.millwright.plc.ProjectError;
import io.millwright.plc.ProjectSession;
import io.millwright.plc.TaskSetting;
import io.millwright.plc.image.SignalTable;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Projects that are measured.
enum Workload {
    /// A machine cell: 20 control loops, 220 variables.
    CELL(1, 20, 1_000_000),
    /// 100 programs of 1000 variables in one task.
    HUNDRED(100, 91, 10_000_000),
    /// One program of 1000 variables.
    THOUSAND(1, 91, 10_000_000),
    /// One program of 10 000 variables.
    TEN_THOUSAND(1, 909, 10_000_000);

    static final String TASK = "cyclic";

    /// One loop has eleven variables, its own and those of its controller.
    private static final String LOOP = """
            FUNCTION_BLOCK Loop
            VAR_INPUT setpoint : REAL; END_VAR
            VAR_OUTPUT value : REAL; END_VAR
            VAR error, sum, last : REAL; n : DINT; high, low, run : BOOL; mode : INT; END_VAR
            error := setpoint - value;
            sum := LIMIT(-100.0, sum + error * 0.01, 100.0);
            value := value + 0.1 * error + 0.01 * sum + 0.001 * (error - last);
            last := error;
            high := value > 90.0; low := value < 10.0; run := NOT high AND NOT low;
            n := n + 1;
            CASE mode OF 0: mode := SEL(run, 0, 1); 1: mode := SEL(high, 1, 2); ELSE mode := 0; END_CASE
            END_FUNCTION_BLOCK
            """;

    private final int programs;
    private final int loops;
    private final long intervalNanos;

    Workload(int programs, int loops, long intervalNanos) {
        this.programs = programs;
        this.loops = loops;
        this.intervalNanos = intervalNanos;
    }

    long intervalNanos() {
        return intervalNanos;
    }

    /// Programs `P0`, `P1`, …; their loops have the names `c0`, `c1`, …
    String text() {
        var text = new StringBuilder(LOOP);
        for (int p = 0; p < programs; p++) {
            text.append("PROGRAM P%d VAR scans : DINT;%n".formatted(p));
            IntStream.range(0, loops)
                    .forEach(i -> text.append("c%d : Loop; s%d : REAL := %d.0;%n".formatted(i, i, i % 100)));
            text.append("END_VAR\nscans := scans + 1;\n");
            IntStream.range(0, loops).forEach(i -> text.append("c%d(setpoint := s%d);%n".formatted(i, i)));
            text.append("END_PROGRAM\n");
        }
        return text.toString();
    }

    /// Paths of as many variables, numbers and truths, all of which the program writes or reads.
    List<String> variables(int count) {
        var members = List.of("value", "error", "sum", "last", "n", "high", "low", "run", "mode", "setpoint");
        return IntStream.range(0, count)
                .mapToObj(i -> "P0.c%d.%s".formatted(i / members.size() % loops, members.get(i % members.size())))
                .toList();
    }

    Loaded loaded() throws ProjectError {
        var instances = IntStream.range(0, programs).mapToObj(p -> "P" + p).toList();
        var task = new TaskSetting(TASK, intervalNanos, Optional.empty(), 1, 0, instances);
        var sources = List.of(new Source("bench.st", text()));
        var project = new Project("bench", sources, Dialect.COMMON, List.of(task), List.of());
        var session = new ProjectSession(project.dialect());
        return Loaded.of(project, session.compile(project), new SignalTable(), new JvmBackend());
    }
}
