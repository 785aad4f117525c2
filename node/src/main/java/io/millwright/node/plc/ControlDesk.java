package io.millwright.node.plc;

import io.millwright.iec61131.machine.Slot;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.type.Value;
import io.millwright.model.SignalName;
import io.millwright.node.command.UsageError;
import io.millwright.node.plc.PredictiveView.CourseView;
import io.millwright.node.plc.record.ReplayDesk;
import io.millwright.node.plc.record.TraceDesk;
import io.millwright.node.st.Dump;
import io.millwright.node.st.Setting;
import io.millwright.plc.Loaded;
import io.millwright.plc.Mode;
import io.millwright.plc.TaskState;
import io.millwright.plc.pace.Timing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// What others may see of the virtual PLC of a node and ask of it: by the API, the console and `mw plc`.
///
/// Whatever is asked of it wrongly is an [IllegalArgumentException] whose message says what would be right.
public final class ControlDesk {
    /// How many variables are listed at once.
    private static final int VARIABLES_MAX = ProgramVariables.MOST;

    private static final int REASON_MAX = 200;
    private static final double NANOS_PER_MICRO = 1000;
    private static final double NANOS_PER_MILLI = 1_000_000;

    private final ControlRuntime control;

    public ControlDesk(ControlRuntime control) {
        this.control = control;
    }

    /// The PLC at a glance.
    ///
    /// @param simulated which process models stand in the place of devices; empty where devices do
    /// @param realTime what the operating system grants its thread
    /// @param retained what came back of an earlier run
    /// @param recording what is recorded of it
    /// @param forced what became of what was forced in an earlier run
    /// @param programs how often another program has begun to run: what is known of it is old then
    /// @param change how far the last change of the program is, as [ChangeView] says
    /// @param fault why it stopped by itself; null otherwise
    /// @param standby how it is one of two; null where it is not
    /// @param predictive the predictive controllers beside the programs
    public record StatusView(
            String project,
            Mode mode,
            String simulated,
            String realTime,
            String retained,
            ControlRecording.RecorderView recording,
            String forced,
            long programs,
            String change,
            @Nullable FaultView fault,
            @Nullable StandbyView standby,
            List<TaskView> tasks,
            List<InputView> inputs,
            List<OutputView> outputs,
            List<ForceView> forces,
            List<PredictiveView> predictive) {}

    /// A task and how punctual it was.
    ///
    /// @param everyMillis its interval; 0 where it has none
    /// @param skipped scans that were left out because it was late
    public record TaskView(
            String name,
            double everyMillis,
            int priority,
            List<String> programs,
            long scans,
            long skipped,
            FiguresView lateness,
            FiguresView execution,
            FiguresView jitter) {}

    /// Times in microseconds.
    public record FiguresView(PercentilesView sinceStart, PercentilesView lastMinute) {
        static FiguresView of(Timing.Figures figures) {
            return new FiguresView(PercentilesView.of(figures.sinceStart()), PercentilesView.of(figures.lastMinute()));
        }
    }

    /// Percentiles in microseconds, and how many values they are of.
    public record PercentilesView(long count, double p50, double p99, double p999, double max) {
        static PercentilesView of(Histogram h) {
            return new PercentilesView(
                    h.getTotalCount(),
                    h.getValueAtPercentile(50) / NANOS_PER_MICRO,
                    h.getValueAtPercentile(99) / NANOS_PER_MICRO,
                    h.getValueAtPercentile(99.9) / NANOS_PER_MICRO,
                    h.getMaxValue() / NANOS_PER_MICRO);
        }
    }

    /// An input with the quality of its signal.
    public record InputView(String variable, String signal, String quality) {}

    /// A forced variable, who forces it, why, and for how long still.
    public record ForceView(
            String path,
            String type,
            @Nullable Object value,
            String owner,
            String reason,
            long sinceEpochMillis,
            double secondsLeft) {}

    /// A variable. `value` is a number, a truth value or a text as a program would write it.
    public record VariableView(
            String path, String type, @Nullable Object value) {
        /// As it is now.
        public static VariableView of(Slot slot) {
            return new VariableView(slot.name(), slot.type().name(), Dump.shown(slot.type(), slot.value()));
        }
    }

    /// What somebody wants to be forced. `value` is written as in a program: 5, 16#FF, TRUE, T#20ms, 'text'.
    ///
    /// @param seconds how long; an hour if absent
    public record ForceRequest(
            String path,
            String value,
            @Nullable String owner,
            @Nullable String reason,
            @Nullable Double seconds) {}

    /// A new value of a variable.
    public record WriteRequest(String path, String value) {}

    /// What the PLC is to do: `running`, `stopped` or `paused`.
    public record ModeRequest(String mode) {}

    /// An instance of a program, function block or class.
    ///
    /// @param units what it is an instance of, and then what that extends
    /// @param source the text in which this is declared
    /// @param line where, from 1
    public record InstanceView(String path, List<String> units, String source, int line) {}

    /// A text of the program that runs.
    public record SourceView(String name, String text) {
        /// As a program has it.
        public static SourceView of(Source source) {
            return new SourceView(source.name(), source.text());
        }
    }

    /// What it is doing now.
    public record ModeView(Mode mode) {}

    /// Whether there was something to release.
    public record ReleasedView(String path, boolean released) {}

    public StatusView status() {
        var plc = control.plc();
        List<TaskView> tasks = joined(plc.tasks()).stream().map(this::task).toList();
        List<InputView> inputs = joined(control.inputs()).stream()
                .map(i -> new InputView(
                        i.variable(), i.signal().toString(), i.quality().name()))
                .toList();
        Map<SignalName, String> variables = control.loaded().outputs().stream()
                .collect(Collectors.toMap(
                        o -> o.binding().signal(), o -> o.binding().variable(), (a, _) -> a));
        List<OutputView> outputs = control.outputs().stream()
                .filter(o -> variables.containsKey(o.signal()))
                .map(o -> OutputView.of(variables.getOrDefault(o.signal(), ""), o))
                .toList();
        return new StatusView(
                control.project().project().name(),
                plc.mode(),
                control.simulated(),
                control.realTime().text(),
                control.retained(),
                control.recording().view(),
                control.kept(),
                control.programs(),
                control.changes().state().state(),
                FaultView.of(plc.fault()),
                control.standby().map(StandbyPair::view).orElse(null),
                tasks,
                inputs,
                outputs,
                forces(),
                control.predictive().views());
    }

    private TaskView task(TaskState state) {
        long now = control.plc().pace().nowNanos();
        return new TaskView(
                state.setting().name(),
                state.setting().intervalNanos() / NANOS_PER_MILLI,
                state.setting().priority(),
                state.setting().instances(),
                state.scans(),
                state.skipped(),
                FiguresView.of(state.timing().figures(Timing.Kind.LATENESS, now)),
                FiguresView.of(state.timing().figures(Timing.Kind.EXECUTION, now)),
                FiguresView.of(state.timing().figures(Timing.Kind.JITTER, now)));
    }

    /// The histograms of a task.
    public TaskTiming timing(String task) {
        List<TaskState> tasks = joined(control.plc().tasks());
        return tasks.stream()
                .filter(t -> t.setting().name().equals(task))
                .findFirst()
                .map(t -> TaskTiming.of(task, t.timing(), control.plc().pace().nowNanos()))
                .orElseThrow(() -> new IllegalArgumentException("there is no task " + task + "; there is "
                        + tasks.stream().map(t -> t.setting().name()).collect(Collectors.joining(", "))));
    }

    /// What predictive controllers saw, plan and expect.
    public List<CourseView> predictive() {
        return control.predictive().courses();
    }

    /// The instances of the program that runs, at most [InstanceTree#INSTANCES_MAX].
    public List<InstanceView> instances() {
        return InstanceTree.of(control.loaded().program().globals());
    }

    /// What is forced now.
    public List<ForceView> forces() {
        long now = control.time().monotonicNanos();
        return control.forces().list().stream()
                .map(f -> new ForceView(
                        f.path(),
                        f.type().name(),
                        f.value(),
                        f.owner(),
                        f.reason(),
                        f.sinceEpochMillis(),
                        Math.max(0, f.untilNanos() - now) / 1e9))
                .toList();
    }

    /// The variables beneath a path, or all, with their values now; at most [#VARIABLES_MAX].
    public List<VariableView> variables(String under) {
        // Names are no values: they are not looked for by the thread that scans.
        return ProgramVariables.now(control.plc(), ProgramVariables.under(control.loaded(), under));
    }

    /// The values of some variables now.
    public List<VariableView> values(List<String> paths) {
        if (paths.size() > VARIABLES_MAX) {
            throw new IllegalArgumentException("at most " + VARIABLES_MAX + " variables are told at once");
        }
        Loaded now = control.loaded();
        List<Slot> slots = paths.stream().map(p -> slot(now, p)).toList();
        return ProgramVariables.now(control.plc(), slots);
    }

    /// Changes a variable once.
    public VariableView write(WriteRequest request) {
        Slot slot = slot(control.led().loaded(), request.path());
        Value value = value(slot, request.value());
        Value held = joined(control.plc().write(request.path(), value));
        return new VariableView(slot.name(), slot.type().name(), Dump.shown(slot.type(), held));
    }

    /// Forces a variable until its time is over or it is released.
    public ForceView force(ForceRequest request) {
        Slot slot = slot(control.led().loaded(), request.path());
        Value value = value(slot, request.value());
        Duration life =
                request.seconds() == null ? ForceBook.USUAL_LIFE : Duration.ofMillis((long) (request.seconds() * 1000));
        if (life.compareTo(Duration.ZERO) <= 0 || life.compareTo(ForceBook.LIFE_MAX) > 0) {
            throw new IllegalArgumentException("a force lasts from a moment to " + ForceBook.LIFE_MAX.toDays()
                    + " days, not " + request.seconds() + " s");
        }
        var _ = control.forces()
                .force(request.path(), slot.type(), value, text(request.owner()), text(request.reason()), life);
        return forces().stream()
                .filter(f -> f.path().equals(request.path()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(request.path() + " was released at once"));
    }

    private static String text(@Nullable String given) {
        String text = given == null ? "" : given.strip();
        if (text.length() > REASON_MAX) {
            throw new IllegalArgumentException("owner and reason have at most " + REASON_MAX + " characters");
        }
        return text;
    }

    private static Value value(Slot slot, String written) {
        try {
            return Setting.value("value of", slot.type(), written, slot.name());
        } catch (UsageError e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /// Releases a variable.
    ///
    /// @param owner who does
    public ReleasedView release(String path, String owner, String reason) {
        return new ReleasedView(path, control.led().forces().release(path, text(owner), text(reason)));
    }

    /// Lets it run, stop or pause.
    public ModeView enter(ModeRequest request) {
        Map<String, Mode> modes = Map.of("running", Mode.RUNNING, "stopped", Mode.STOPPED, "paused", Mode.PAUSED);
        Mode mode = modes.get(request.mode());
        if (mode == null) {
            throw new IllegalArgumentException("mode is running, stopped or paused, not " + request.mode());
        }
        return new ModeView(joined(control.led().plc().enter(mode)));
    }

    /// Traces of every scan.
    public TraceDesk traces() {
        return control.traces();
    }

    /// Replays of what was recorded.
    public ReplayDesk replays() {
        return control.replays();
    }

    /// The texts of the program that runs.
    public List<SourceView> sources() {
        return control.loaded().project().sources().stream().map(SourceView::of).toList();
    }

    /// The last change, to look at.
    public ChangeDesk changes() {
        return control.changes();
    }

    /// Where the program is changed.
    ///
    /// @throws IllegalArgumentException if this PLC stands by for another one
    public ChangeDesk decisions() {
        return control.led().changes();
    }

    private static <T> T joined(java.util.concurrent.CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof IllegalArgumentException wrong) {
                throw wrong;
            }
            throw e;
        }
    }

    /// Watches variables.
    ///
    /// @param under all beneath these paths as well
    /// @param everyNanos how often at most
    public WatchedVariables watch(List<String> paths, List<String> under, long everyNanos) {
        List<String> all = new ArrayList<>(paths);
        for (String path : under) {
            // Names are no values: they are not looked for by the thread that scans.
            List<String> within = control.loaded().run().slots(path, VARIABLES_MAX + 1).stream()
                    .map(Slot::name)
                    .toList();
            if (within.isEmpty()) {
                throw new IllegalArgumentException("there is no variable " + path);
            }
            if (within.size() > VARIABLES_MAX) {
                throw new IllegalArgumentException("there are more than " + VARIABLES_MAX + " variables beneath " + path
                        + ", and so many are watched at once: name a part of it");
            }
            all.addAll(within);
        }
        if (all.isEmpty() || all.size() > VARIABLES_MAX) {
            throw new IllegalArgumentException("name 1 to " + VARIABLES_MAX + " variables to watch, not " + all.size());
        }
        return WatchedVariables.of(control.plc(), all, everyNanos, control.watchRoom());
    }

    private static Slot slot(Loaded program, String path) {
        return program.run()
                .slot(path)
                .orElseThrow(() -> new IllegalArgumentException("there is no variable " + path
                        + " of an elementary type; write e.g. Program.Variable or %IW4"));
    }
}
