package io.millwright.plc.change;

import io.millwright.iec61131.jvm.JvmBackend;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.syntax.Dialect;
import io.millwright.model.Quality;
import io.millwright.model.SignalName;
import io.millwright.model.Value;
import io.millwright.plc.Loaded;
import io.millwright.plc.Mode;
import io.millwright.plc.Project;
import io.millwright.plc.ProjectError;
import io.millwright.plc.ProjectSession;
import io.millwright.plc.ScanObserver;
import io.millwright.plc.VirtualPlc;
import io.millwright.plc.image.Binding;
import io.millwright.plc.image.SignalTable;
import io.millwright.plc.pace.VirtualPace;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/// A PLC in virtual time whose program is changed while it runs: the test's thread scans, another one changes.
final class Rig {
    static final long CYCLE_NANOS = 10_000_000;

    /// How many scans the program in shadow may be behind; the scans wait before it is that many.
    private static final int ROOM = 64;

    private static final Executor THREADS = work -> Thread.ofPlatform().daemon().start(work);

    final SignalTable signals = new SignalTable();
    final VirtualPace pace = new VirtualPace(0);
    final ProjectSession session = new ProjectSession(Dialect.COMMON);
    final Loaded loaded;
    final VirtualPlc plc;
    private final List<Binding> bindings;
    private long scans;
    private long scansAtSwap;
    private long eventAt = -1;
    private Runnable event = () -> {};

    Rig(String text, List<Binding> bindings) throws ProjectError {
        this.bindings = bindings;
        Project project = project(text);
        loaded = Loaded.of(project, session.compile(project), signals, new JvmBackend());
        plc = new VirtualPlc(pace, loaded);
        plc.observe(new ScanObserver() {
            @Override
            public void loaded(Loaded loaded) {
                scansAtSwap = scans;
            }

            @Override
            public void scanned(long number, int task, long startNanos) {
                scans = number;
            }
        });
        plc.enter(Mode.RUNNING);
        plc.step(0);
    }

    Project project(String text) {
        return new Project("test", List.of(new Source("t.st", text)), Dialect.COMMON, List.of(), bindings);
    }

    OnlineChange prepare(String text, ChangeLimits limits) throws ProjectError {
        return prepare(text, limits, System::nanoTime);
    }

    OnlineChange prepare(String text, ChangeLimits limits, LongSupplier nanos) throws ProjectError {
        Project project = project(text);
        var settings = new OnlineChange.Settings(limits, List.of(), ROOM, THREADS, nanos);
        return OnlineChange.prepare(plc, running(), project, session.compile(project), signals, settings);
    }

    /// Applies the change, and scans until it is done with that.
    Progress apply(OnlineChange change) {
        CompletableFuture<Progress> done = CompletableFuture.supplyAsync(change::apply, THREADS);
        while (!done.isDone()) {
            if (change.lag() < ROOM / 2) {
                step();
            } else {
                Thread.onSpinWait();
            }
            if (scans == eventAt) {
                eventAt = -1;
                event.run();
            }
        }
        return done.join();
    }

    /// Lets something be done after a scan of [#apply].
    void during(long scan, Runnable what) {
        eventAt = scan;
        event = what;
    }

    private void step() {
        plc.step(pace.nowNanos() + CYCLE_NANOS);
    }

    void scan(int count) {
        long end = scans + count;
        while (scans < end) {
            step();
        }
    }

    void scanUntil(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            step();
        }
    }

    /// How many scans there were since the newest swap.
    long sinceSwap() {
        return scans - scansAtSwap;
    }

    Loaded running() {
        CompletableFuture<Loaded> now = plc.between(l -> l);
        plc.step(pace.nowNanos());
        return now.join();
    }

    long output(SignalName signal) {
        return signals.output(signal).bits();
    }

    void input(String signal, Value value, Quality quality) {
        signals.input(SignalName.parse(signal)).offer(value, quality, pace.nowNanos());
    }
}
