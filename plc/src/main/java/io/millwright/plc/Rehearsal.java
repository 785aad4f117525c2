package io.millwright.plc;

import io.millwright.iec61131.machine.Backend;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.syntax.Dialect;
import io.millwright.model.BadInput;
import io.millwright.model.Quality;
import io.millwright.model.SignalName;
import io.millwright.model.Value;
import io.millwright.plc.image.Binding;
import io.millwright.plc.image.SignalTable;
import io.millwright.plc.pace.VirtualPace;
import java.util.List;
import java.util.Optional;

/// Scans a small program in virtual time, so that the code that scans is loaded, linked and compiled before it
/// counts: without it the first scan of a PLC takes ten milliseconds, and the second one is as late as five cycles.
///
/// It has a clock and signals of its own; nobody sees what it does.
public final class Rehearsal {
    /// As often as the compilers of Java want to see code before they compile it for good, in parts.
    private static final int SCANS = 3000;

    private static final long CYCLE_NANOS = 1_000_000;
    private static final String TASK = "rehearsal";
    private static final SignalName SIGNAL = SignalName.of("rehearsal", "signal");
    private static final Source TEXT = new Source("rehearsal.st", """
            PROGRAM Rehearsal
            VAR level, valve : INT; on : BOOL; scans : DINT; wait : TON; END_VAR
            scans := scans + 1;
            wait(IN := NOT wait.Q, PT := T#5ms);
            on := level > 10;
            valve := DINT_TO_INT(scans MOD 100);
            END_PROGRAM
            """);

    private Rehearsal() {}

    /// Takes some tens of milliseconds, of the thread that calls.
    ///
    /// @param observers of scans, their code to be rehearsed too
    public static void run(Backend backend, List<ScanObserver> observers) {
        var signals = new SignalTable();
        var plc = new VirtualPlc(new VirtualPace(0), loaded(backend, signals));
        signals.input(SIGNAL).offer(Value.of(20.0), Quality.GOOD, 0);
        for (ScanObserver observer : observers) {
            var _ = plc.observe(observer);
        }
        var _ = plc.enter(Mode.RUNNING);
        for (long scan = 1; scan <= SCANS; scan++) {
            plc.step(scan * CYCLE_NANOS);
        }
        var _ = plc.between(l -> {
            plc.goOn(SCANS, SCANS * CYCLE_NANOS);
            return l;
        });
        plc.close();
        plc.serve();
    }

    private static Loaded loaded(Backend backend, SignalTable signals) {
        var project = new Project(
                TASK,
                List.of(TEXT),
                Dialect.COMMON,
                List.of(new TaskSetting(TASK, CYCLE_NANOS, Optional.empty(), 1, 0, List.of("Rehearsal"))),
                List.of(
                        new Binding.Input("Rehearsal.level", SIGNAL, BadInput.hold(), Optional.empty()),
                        new Binding.Output("Rehearsal.valve", SIGNAL, Optional.empty()),
                        new Binding.Output("Rehearsal.on", SIGNAL, Optional.empty())));
        try {
            return Loaded.of(project, new ProjectSession(project.dialect()).compile(project), signals, backend);
        } catch (ProjectError e) {
            throw new IllegalStateException("the program of the rehearsal does not compile", e);
        }
    }
}
