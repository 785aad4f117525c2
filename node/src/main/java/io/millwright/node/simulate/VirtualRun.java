package io.millwright.node.simulate;

import io.millwright.iec61131.jvm.JvmBackend;
import io.millwright.iec61131.machine.Slot;
import io.millwright.iec61131.machine.Trap;
import io.millwright.iec61131.type.Value;
import io.millwright.node.command.UsageError;
import io.millwright.node.plc.ControlProject;
import io.millwright.plc.Fault;
import io.millwright.plc.Loaded;
import io.millwright.plc.Mode;
import io.millwright.plc.ProjectError;
import io.millwright.plc.ScanObserver;
import io.millwright.plc.TaskState;
import io.millwright.plc.VirtualPlc;
import io.millwright.plc.image.Binding;
import io.millwright.plc.image.SignalTable;
import io.millwright.plc.mpc.MpcStep;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A virtual PLC and a simulated plant in one virtual time, as fast as they compute. The same project, models,
/// seeds and requests give the same run. One thread at a time.
///
/// At each moment at which a task is due the models have gone on to it first; what the scan tells them holds
/// from that moment on. A scan takes no time, nor does planning: what a predictive controller says is there for the
/// next scan.
public final class VirtualRun implements AutoCloseable {
    /// How long a scan may compute, by the clock: virtual time knows no watchdog, as it stands still in a scan.
    private static final long SCAN_MILLIS_MAX = 10_000;

    private static final long LOOK_MILLIS = 100;

    private final SimulatedPlant plant;
    private final SimulatedPace pace;
    private final Loaded loaded;
    private final VirtualPlc plc;
    private final Thread guard;
    private long scans;
    private volatile boolean closing;

    private VirtualRun(SimulatedPlant plant, SimulatedPace pace, Loaded loaded) {
        this.plant = plant;
        this.pace = pace;
        this.loaded = loaded;
        this.plc = new VirtualPlc(pace, loaded);
        var _ = plc.observe(new Counting());
        var _ = plc.enter(Mode.RUNNING);
        this.guard = Thread.ofPlatform().name("scan guard").daemon().start(this::watch);
    }

    private final class Counting implements ScanObserver {
        @Override
        public void scanned(long number, int task, long startNanos) {
            scans++;
            long now = loaded.run().machine().nowNanos();
            for (MpcStep step : loaded.predictive()) {
                MpcStep.Plan plan = step.plan(step.read(now));
                if (plan != null) {
                    plc.writeNow(loaded, step.values(plan));
                }
            }
        }

        @Override
        public void faulted(long number, int task, long startNanos, Fault fault, Trap.@Nullable Kind trap) {
            scans++;
        }
    }

    /// Makes a run ready, at its time 0.
    ///
    /// @param plant closed with the run
    /// @throws UsageError if the project cannot be run; the message says why
    public static VirtualRun of(ControlProject project, SimulatedPlant plant) {
        try {
            var signals = new SignalTable();
            var loaded = Loaded.of(project.project(), project.program(), signals, new JvmBackend());
            return new VirtualRun(plant, new SimulatedPace(plant, signals, loaded), loaded);
        } catch (ProjectError e) {
            throw new UsageError(String.valueOf(e.getMessage()));
        }
    }

    private void watch() {
        long seen = -1;
        long sinceMillis = 0;
        while (!closing) {
            boolean same = pace.waits() == seen && !pace.isWaiting();
            seen = pace.waits();
            sinceMillis = same ? sinceMillis + LOOK_MILLIS : 0;
            if (sinceMillis >= SCAN_MILLIS_MAX) {
                plc.endScan();
                sinceMillis = 0;
            }
            try {
                Thread.sleep(LOOK_MILLIS);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /// Lets time pass up to a moment; the scans that are due at it are done.
    public void runTo(long nanos) {
        long before;
        do {
            before = scans;
            plc.step(nanos);
        } while (pace.nowNanos() < nanos || scans != before);
    }

    /// The virtual time.
    public long nowNanos() {
        return pace.nowNanos();
    }

    /// How many scans there were, the one that failed included.
    public long scans() {
        return scans;
    }

    public SimulatedPlant plant() {
        return plant;
    }

    /// Why the PLC stopped by itself, if it did.
    public Optional<Fault> fault() {
        return plc.fault();
    }

    /// What its tasks did so far.
    List<TaskState> tasks() {
        return answered(plc.tasks());
    }

    /// A variable of the program.
    ///
    /// @throws UsageError if there is none of that path
    public Slot slot(String path) {
        return loaded.run()
                .slot(path)
                .orElseThrow(() -> new UsageError("there is no variable " + path
                        + " of an elementary type; write e.g. Program.Variable or %IW4"));
    }

    /// Changes a variable before the next scan.
    public void write(String path, Value value) {
        var _ = plc.write(path, value);
    }

    private <T> T answered(CompletableFuture<T> asked) {
        plc.step(pace.nowNanos());
        return asked.join();
    }

    /// Variables of the program whose signal no model shows or is driven by.
    List<String> unbound() {
        return loaded.project().bindings().stream()
                .flatMap(b -> switch (b) {
                    case Binding.Input input
                    when !plant.shows(input.signal()) ->
                        Stream.of(input.signal() + ": no model shows it, " + input.variable()
                                + " is never given a value");
                    case Binding.Output output
                    when !plant.isDrivenBy(output.signal()) ->
                        Stream.of(output.signal() + ": no model is driven by it, " + output.variable()
                                + " has no effect");
                    default -> Stream.<String>empty();
                })
                .toList();
    }

    @Override
    public void close() {
        closing = true;
        guard.interrupt();
        plant.close();
    }
}
