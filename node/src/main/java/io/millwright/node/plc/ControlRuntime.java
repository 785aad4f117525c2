package io.millwright.node.plc;

import io.millwright.iec61131.jvm.JvmBackend;
import io.millwright.model.Quality;
import io.millwright.model.SignalName;
import io.millwright.model.Time;
import io.millwright.node.command.UsageError;
import io.millwright.node.plc.record.ReplayDesk;
import io.millwright.node.plc.record.TraceDesk;
import io.millwright.plc.Loaded;
import io.millwright.plc.Mode;
import io.millwright.plc.ProjectError;
import io.millwright.plc.VirtualPlc;
import io.millwright.plc.Watchdog;
import io.millwright.plc.image.InputPoint;
import io.millwright.plc.image.SignalTable;
import io.millwright.plc.pace.CoreKeeper;
import io.millwright.plc.pace.RealPace;
import io.millwright.plc.pace.RealTime;
import io.millwright.plc.retain.RetainMemory;
import io.millwright.plc.standby.Lease;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The virtual PLC of a node with its threads: one that scans, one that watches over it, one for each connection with
/// outputs, and one that looks after cores.
public final class ControlRuntime implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlRuntime.class);
    /// How long before a scan is due sleeping ends and spinning begins, in a real-time class.
    private static final long SPIN_NANOS = 100_000;
    private static final long CARE_MILLIS = 100;
    /// How often the histograms are looked at by nobody: their last minute is one only then.
    private static final long TIMING_NANOS = 5_000_000_000L;

    /// Variables that all watchers watch together: scans put their values down.
    private static final int WATCHED_MAX = 100_000;

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ControlProject project;
    private final VirtualPlc plc;
    private final Watchdog watchdog;
    private final CoreKeeper keeper = new CoreKeeper(this::realTime);
    private final ForceBook forces;
    private final RetainMemory retain;
    private final ChangeDesk changes;
    private final Path recordings;
    private final TraceDesk traces;
    private final ReplayDesk replays;
    private @Nullable ControlRecording recording;
    private final Optional<StandbyPair> standby;
    private final PredictiveControls predictive;
    private final ControlSettings settings;
    private final Time time;
    private volatile RealTime realTime = RealTime.none();
    private volatile String retained = "";
    private volatile String kept;
    private final List<Thread> threads = new ArrayList<>();
    private final Outputs outputs;
    private final Semaphore watchRoom = new Semaphore(WATCHED_MAX);
    private final AtomicLong programs = new AtomicLong();
    private volatile boolean closing;

    private ControlRuntime(
            ControlProject project,
            Loaded loaded,
            SignalTable signals,
            ControlSettings settings,
            Outputs outputs,
            Path folder,
            Time time)
            throws IOException {
        this.project = project;
        this.recordings = folder.resolve("recording");
        this.replays = new ReplayDesk(recordings, time::monotonicNanos);
        this.outputs = outputs;
        this.settings = settings;
        this.plc = new VirtualPlc(new RealPace(settings.realTime() ? SPIN_NANOS : 0), loaded, 0, 0, outputs.lease());
        this.watchdog = new Watchdog(plc, new RealPace(0));
        this.time = time;
        var audit = new Audit(folder.resolve("audit.jsonl"));
        this.forces = new ForceBook(plc, audit, new ForceFile(folder.resolve("forces")), time);
        this.retain =
                new RetainMemory(folder.resolve("retain"), settings.start().kept());
        if (settings.start() != ControlSettings.Start.COLD) {
            restore(loaded);
        }
        this.kept = forces.restore(loaded);
        retain.open(loaded);
        this.changes = new ChangeDesk(plc, signals, project, audit, time);
        this.traces = new TraceDesk(plc, time::monotonicNanos);
        this.standby = settings.standby().map(s -> new StandbyPair(s, this, loaded, outputs.lease()));
        this.predictive = new PredictiveControls(plc, this::leads);
    }

    /// Starts to scan.
    ///
    /// @param signals where the drivers put values: see [ControlIntake]
    /// @param connections which connection a signal is written through
    /// @param device writes outputs
    /// @param folder where it keeps what must survive
    /// @throws UsageError if the project cannot be run; the message says why
    public static ControlRuntime start(
            ControlProject project,
            SignalTable signals,
            java.util.function.Function<SignalName, String> connections,
            OutputWriter.Device device,
            ControlSettings settings,
            Path folder,
            Time time)
            throws IOException {
        var rehearsal = ControlRecording.rehearse();
        try {
            var loaded = Loaded.of(project.project(), project.program(), signals, new JvmBackend());
            var lease = settings.standby().isEmpty() ? Lease.always() : new Lease(System::nanoTime);
            var outputs = new Outputs(signals, connections, device, lease, settings::hurry);
            var runtime = new ControlRuntime(project, loaded, signals, settings, outputs, folder, time);
            try {
                runtime.begin(loaded, rehearsal);
                return runtime;
            } catch (UsageError | IOException e) {
                runtime.close();
                throw e;
            }
        } catch (ProjectError e) {
            throw new UsageError(String.valueOf(e.getMessage()));
        }
    }

    private void restore(Loaded loaded) {
        RetainMemory.Restored restored = retain.restore(loaded);
        if (!restored.problem().isEmpty() || !restored.lost().isEmpty()) {
            LOG.warn("not all that was retained came back: {}", restored.text());
        }
        restored.lost().forEach(lost -> LOG.warn("not restored: {}", lost));
        retained = restored.text();
    }

    private void scans() {
        realTime = settings.hurryAll();
        plc.serve();
    }

    private void watch() {
        settings.hurryBeside();
        watchdog.serve();
    }

    /// Lets what is retained, written and forced be that of another program, when one runs.
    private void changed(Loaded loaded) {
        programs.incrementAndGet();
        Thread.ofVirtual().name("plc retain").start(() -> retain(loaded));
        Thread.ofVirtual().name("plc change").start(() -> {
            outputs.serve(loaded);
            forces.follow(changes.renamed(loaded));
            predictive.follow();
        });
    }

    private void retain(Loaded loaded) {
        try {
            retain.open(loaded);
        } catch (IOException e) {
            LOG.warn("what is retained is that of the program before: {}", e.getMessage());
        }
    }

    /// What is recorded of it.
    ControlRecording recording() {
        return Objects.requireNonNull(recording);
    }

    /// Traces of every scan.
    TraceDesk traces() {
        return traces;
    }

    /// Replays of what was recorded.
    ReplayDesk replays() {
        return replays;
    }

    /// For how many variables there is room that somebody watches.
    Semaphore watchRoom() {
        return watchRoom;
    }

    /// How often another program has begun to run.
    long programs() {
        return programs.get();
    }

    ChangeDesk changes() {
        return changes;
    }

    /// Which process models stand in the place of devices, for people; empty where devices do.
    String simulated() {
        return settings.simulated();
    }

    /// What the operating system granted.
    RealTime realTime() {
        return realTime;
    }

    /// What became of what was forced in an earlier run, for people; empty where nothing was.
    String kept() {
        return kept;
    }

    /// What came back of an earlier run, for people; empty where nothing was asked for.
    String retained() {
        return retained;
    }

    private void begin(Loaded first, CompletableFuture<Void> rehearsal) throws IOException {
        if (settings.realTime()) {
            Thread.ofPlatform().name("plc cores").daemon().start(keeper::serve);
        }
        outputs.serve(first);
        threads.add(Thread.ofPlatform().name("plc").daemon().start(this::scans));
        threads.add(Thread.ofPlatform().name("plc watchdog").daemon().start(this::watch));
        threads.add(Thread.ofVirtual().name("plc care").start(this::care));
        plc.observe(retain).join();
        plc.observe(new AfterChanges(first, this::changed)).join();
        rehearsal.join();
        recording = ControlRecording.start(plc, settings.recording(), recordings, standby.isPresent());
        if (standby.isPresent()) {
            standby.get().start();
        } else {
            plc.enter(Mode.RUNNING).join();
        }
        predictive.follow();
    }

    private boolean leads() {
        return standby.map(StandbyPair::leads).orElse(true);
    }

    /// The predictive controllers beside the programs.
    PredictiveControls predictive() {
        return predictive;
    }

    /// What brings outputs to their devices.
    Outputs writers() {
        return outputs;
    }

    ControlSettings settings() {
        return settings;
    }

    /// Another PLC says now what is forced.
    void standBy() {
        forces.forget();
        kept = "";
    }

    /// This PLC, to be told something: one that stands by does what the other one does, and nothing else.
    ///
    /// @throws IllegalArgumentException if it stands by
    ControlRuntime led() {
        standby.filter(pair -> !pair.leads()).ifPresent(pair -> {
            throw new IllegalArgumentException(
                    "this PLC stands by for that at " + pair.partner() + ": ask the node of that one");
        });
        return this;
    }

    /// The other PLC of two.
    Optional<StandbyPair> standby() {
        return standby;
    }

    /// What is to be done now and then.
    private void care() {
        long lookedAt = time.monotonicNanos();
        while (!closing) {
            forces.expire();
            standby.ifPresent(StandbyPair::look);
            if (time.monotonicNanos() - lookedAt >= TIMING_NANOS) {
                lookedAt = time.monotonicNanos();
                traces.forgetIdle();
                var _ = plc.tasks()
                        .thenAcceptAsync(tasks -> tasks.forEach(
                                task -> task.timing().look(plc.pace().nowNanos())));
            }
            try {
                retain.sync();
                Thread.sleep(CARE_MILLIS);
            } catch (IOException e) {
                LOG.warn("what is retained would not survive a power cut: {}", e.getMessage());
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    public VirtualPlc plc() {
        return plc;
    }

    Time time() {
        return time;
    }

    ForceBook forces() {
        return forces;
    }

    ControlProject project() {
        return project;
    }

    /// The program that runs now.
    Loaded loaded() {
        return plc.between(l -> l).join();
    }

    /// An input as it is now; of a PLC that stands by, as it was delivered last.
    record InputState(String variable, SignalName signal, Quality quality) {}

    CompletableFuture<List<InputState>> inputs() {
        return plc.between(l -> l.inputs().stream().map(this::state).toList());
    }

    private InputState state(InputPoint point) {
        Quality quality = leads() ? point.quality() : point.received();
        return new InputState(point.binding().variable(), point.binding().signal(), quality);
    }

    List<Outputs.State> outputs() {
        return outputs.states();
    }

    /// Ends the scans; outputs take their safe values, which are written before this returns if the devices
    /// take them.
    @Override
    public void close() {
        closing = true;
        // Where another PLC is ready it goes on from here, and no safe values come in between.
        standby.ifPresent(StandbyPair::close);
        predictive.close();
        replays.close();
        plc.close();
        watchdog.close();
        try {
            joinScans();
            if (recording != null) {
                recording.close();
            }
            outputs.close(PATIENCE);
            for (Thread thread : threads) {
                thread.join(PATIENCE);
            }
            retain.close();
        } catch (IOException e) {
            LOG.warn("what is retained would not survive a power cut: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            keeper.close();
        }
    }

    private void joinScans() throws InterruptedException {
        for (Thread thread : threads) {
            if (!thread.isVirtual() && !thread.join(PATIENCE)) {
                plc.endScan();
                thread.join(PATIENCE);
            }
        }
    }
}
