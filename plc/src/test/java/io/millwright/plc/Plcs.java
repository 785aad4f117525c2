package io.millwright.plc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millwright.iec61131.Compiler;
import io.millwright.iec61131.ir.Program;
import io.millwright.iec61131.jvm.JvmBackend;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.syntax.Dialect;
import io.millwright.model.Quality;
import io.millwright.model.SignalName;
import io.millwright.model.Value;
import io.millwright.plc.image.Binding;
import io.millwright.plc.image.SignalTable;
import io.millwright.plc.pace.VirtualPace;
import java.util.List;
import java.util.Objects;

/// A PLC of a test: its program given as text, in virtual time.
final class Plcs {
    static final long MILLI = 1_000_000;

    final SignalTable signals = new SignalTable();
    final VirtualPace pace = new VirtualPace(0);
    final Project project;
    final Loaded loaded;
    final VirtualPlc plc;

    Plcs(String text, List<TaskSetting> tasks, List<Binding> bindings) throws ProjectError {
        project = new Project("test", List.of(new Source("test.st", text)), Dialect.COMMON, tasks, bindings);
        loaded = load(project);
        plc = new VirtualPlc(pace, loaded);
        plc.enter(Mode.RUNNING);
    }

    Plcs(String text) throws ProjectError {
        this(text, List.of(), List.of());
    }

    Loaded load(Project other) throws ProjectError {
        return Loaded.of(other, compile(other), signals, new JvmBackend());
    }

    static Program compile(Project project) {
        var checked = Compiler.compile(project.sources(), project.dialect());
        assertEquals(
                List.of(),
                checked.diagnostics().stream().filter(d -> d.isError()).toList());
        return Objects.requireNonNull(checked.program());
    }

    /// Runs until a moment of virtual time.
    void runTo(long nanos) {
        while (pace.nowNanos() < nanos) {
            plc.step(nanos);
        }
    }

    void input(String signal, Value value, Quality quality) {
        signals.input(SignalName.parse(signal)).offer(value, quality, pace.nowNanos());
    }

    double number(String path) {
        plc.step(pace.nowNanos());
        return switch (loaded.run().slot(path).orElseThrow().value()) {
            case io.millwright.iec61131.type.Value.Whole(long whole) -> whole;
            case io.millwright.iec61131.type.Value.Real(double real) -> real;
            case io.millwright.iec61131.type.Value.Truth(boolean truth) -> truth ? 1 : 0;
            default -> Double.NaN;
        };
    }
}
