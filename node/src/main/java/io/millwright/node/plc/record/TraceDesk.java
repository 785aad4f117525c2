package io.millwright.node.plc.record;

import io.millwright.iec61131.machine.Slot;
import io.millwright.plc.Loaded;
import io.millwright.plc.Mode;
import io.millwright.plc.VirtualPlc;
import io.millwright.plc.trace.Oscilloscope;
import io.millwright.plc.trace.Trace;
import io.millwright.plc.trace.Trigger;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Traces of the PLC of a node: variables after every scan of a task, with a trigger. So many at once; one that
/// nobody asks for is given up.
public final class TraceDesk {
    private static final int TRACES_MOST = 8;
    private static final int VARIABLES_MOST = 100;
    /// Values of one trace, and of all together, with number and time of each scan among them: they are kept in memory.
    private static final long VALUES_MOST = 1_000_000;

    private static final long ALL_VALUES_MOST = 2_000_000;
    /// After which time that nobody asked for a trace it is given up.
    private static final long IDLE_NANOS = 120_000_000_000L;

    private final VirtualPlc plc;
    private final LongSupplier nanoClock;
    private final Map<String, Taking> traces = new LinkedHashMap<>();

    /// @param nanoClock one that is never set
    public TraceDesk(VirtualPlc plc, LongSupplier nanoClock) {
        this.plc = plc;
        this.nanoClock = nanoClock;
    }

    /// What is to be traced.
    ///
    /// @param paths of numbers and truth values; of an instance, structure or array all in it
    /// @param trigger as [Triggers] says; nothing for at once
    /// @param pre how many scans before the trigger; 0 if absent
    /// @param seconds how long from the trigger on; 1 if absent
    public record TraceRequest(
            List<String> paths,
            @Nullable String trigger,
            @Nullable Integer pre,
            @Nullable Double seconds) {}

    /// A trace that is taken, or was.
    ///
    /// @param state waiting (for the trigger), taking or ready
    /// @param task of whose scans it is
    /// @param trace null until it is ready
    public record TakenView(
            String id,
            String state,
            String task,
            List<String> paths,
            @Nullable TraceView trace) {}

    /// What was traced.
    ///
    /// @param trigger the place of the scan in which the trigger fired
    ///     It is shorter than asked where the PLC stopped meanwhile.
    /// @param scans the number of each scan
    /// @param millis the time that the program saw in it, since the PLC was started
    /// @param values of each variable in each scan; TRUE is 1, times are nanoseconds, null is no number
    public record TraceView(int trigger, long[] scans, double[] millis, Map<String, List<@Nullable Double>> values) {
        static TraceView of(Trace trace) {
            Map<String, List<@Nullable Double>> values = new LinkedHashMap<>();
            for (int i = 0; i < trace.names().size(); i++) {
                values.put(trace.names().get(i), new Line(trace.values()[i]));
            }
            double[] millis = new double[trace.length()];
            for (int i = 0; i < millis.length; i++) {
                millis[i] = trace.nanos()[i] / 1e6;
            }
            return new TraceView(trace.trigger(), trace.scans(), millis, values);
        }
    }

    /// The values of one variable, of which most are never looked at one by one.
    private static final class Line extends AbstractList<@Nullable Double> {
        private final double[] values;

        Line(double[] values) {
            this.values = values;
        }

        @Override
        public @Nullable Double get(int place) {
            double value = values[place];
            return Double.isFinite(value) ? value : null;
        }

        @Override
        public int size() {
            return values.length;
        }
    }

    private static final class Taking {
        final String task;
        final List<String> paths;
        final long values;

        /// Null once it has taken all.
        @Nullable
        Oscilloscope scope;

        @Nullable
        TraceView taken;

        long askedNanos;

        Taking(String task, List<String> paths, long values, Oscilloscope scope, long askedNanos) {
            this.task = task;
            this.paths = paths;
            this.values = values;
            this.scope = scope;
            this.askedNanos = askedNanos;
        }
    }

    /// Begins to take a trace.
    ///
    /// @throws IllegalArgumentException if it cannot be taken; the message says what would be right
    public synchronized TakenView begin(TraceRequest request) {
        forgetIdle();
        if (traces.size() >= TRACES_MOST) {
            throw new IllegalArgumentException(
                    TRACES_MOST + " traces are taken already; end one, or wait until they are given up");
        }
        if (plc.mode() != Mode.RUNNING) {
            throw new IllegalArgumentException("the PLC does not run, so there are no scans to trace");
        }
        Loaded program = plc.between(l -> l).join();
        List<String> paths = new ArrayList<>(paths(program, request.paths()));
        Trigger trigger = Triggers.read(program, request.trigger(), paths);
        int task = task(program, paths.getFirst());
        int pre = request.pre() == null ? 0 : request.pre();
        int length = length(program, task, pre, request.seconds() == null ? 1 : request.seconds(), paths.size());
        long values = values(paths.size(), length);
        checkRoom(values);
        var setting = new Oscilloscope.Setting(
                paths, task, length, (double) pre / length, trigger, Oscilloscope.Sweep.SINGLE);
        var scope = new Oscilloscope(setting);
        plc.observe(scope).join();
        String id = UUID.randomUUID().toString();
        String name = program.tasks().get(task).setting().name();
        traces.put(id, new Taking(name, List.copyOf(paths), values, scope, nanoClock.getAsLong()));
        return view(id);
    }

    private static long values(int variables, long scans) {
        return (variables + 2) * scans;
    }

    private void checkRoom(long values) {
        long left = ALL_VALUES_MOST
                - traces.values().stream().mapToLong(t -> t.values).sum();
        if (values > left) {
            throw new IllegalArgumentException("other traces take so much memory that there is room for " + left
                    + " values, not " + values + "; end one, or wait until they are given up");
        }
    }

    private static List<String> paths(Loaded program, List<String> asked) {
        List<String> paths = new ArrayList<>();
        for (String path : asked) {
            List<Slot> slots = path.isBlank() ? List.of() : program.run().slots(path.strip(), VARIABLES_MOST + 1);
            if (slots.isEmpty()) {
                throw new IllegalArgumentException("there is no variable " + path);
            }
            if (slots.size() > VARIABLES_MOST) {
                throw new IllegalArgumentException("there are more than " + VARIABLES_MOST + " variables beneath "
                        + path + ", and so many has a trace at most: name a part of it");
            }
            slots.stream()
                    .filter(s -> slots.size() == 1 || !s.isText())
                    .map(Triggers::numeric)
                    .filter(name -> !paths.contains(name))
                    .forEach(paths::add);
        }
        if (paths.isEmpty() || paths.size() > VARIABLES_MOST) {
            throw new IllegalArgumentException(
                    "a trace has 1 to " + VARIABLES_MOST + " variables, not " + paths.size());
        }
        return paths;
    }

    /// The task of the program in which a variable is, or else the first.
    private static int task(Loaded program, String path) {
        String instance = path.replaceFirst("[.\\[].*", "");
        return IntStream.range(0, program.tasks().size())
                .filter(i ->
                        program.tasks().get(i).setting().instances().stream().anyMatch(instance::equalsIgnoreCase))
                .findFirst()
                .orElse(0);
    }

    private static int length(Loaded program, int task, int pre, double seconds, int variables) {
        long interval = Math.max(1_000_000, program.tasks().get(task).setting().intervalNanos());
        if (!(seconds > 0)) {
            throw new IllegalArgumentException(
                    "a trace takes longer than no time from the trigger on, not " + seconds + " s; write e.g. 2s");
        }
        if (pre < 0) {
            throw new IllegalArgumentException(
                    "so many scans before the trigger as there can be are 0 or more, not " + pre);
        }
        double scans = pre + Math.ceil(seconds * 1e9 / interval);
        if (values(variables, 1) * scans > VALUES_MOST) {
            long most = VALUES_MOST / values(variables, 1);
            throw new IllegalArgumentException("a trace of " + variables
                    + (variables == 1 ? " variable" : " variables") + " has up to " + most + " scans, here "
                    + most * interval / 1_000_000_000
                    + " s; give fewer scans before the trigger, less time or fewer variables");
        }
        return Math.max(2, (int) scans);
    }

    /// How far a trace is.
    public synchronized TakenView view(String id) {
        forgetIdle();
        Taking taking = known(id);
        taking.askedNanos = nanoClock.getAsLong();
        Oscilloscope scope = taking.scope;
        if (scope != null) {
            taking.taken = scope.read().map(TraceView::of).orElse(null);
            if (taking.taken != null) {
                taking.scope = null;
                var _ = plc.forget(scope);
            }
        }
        String state = taking.taken != null
                ? "ready"
                : scope != null && scope.state() == Oscilloscope.State.WAITING ? "waiting" : "taking";
        return new TakenView(id, state, taking.task, taking.paths, taking.taken);
    }

    /// Gives a trace up.
    public synchronized TakenView end(String id) {
        TakenView last = view(id);
        forget(id);
        return last;
    }

    private Taking known(String id) {
        return Optional.ofNullable(traces.get(id))
                .orElseThrow(() -> new IllegalArgumentException(
                        "there is no trace " + id + "; one that nobody asks for is given up after two minutes"));
    }

    private void forget(String id) {
        Taking gone = traces.remove(id);
        if (gone != null && gone.scope != null) {
            var _ = plc.forget(gone.scope);
        }
    }

    /// Gives up what nobody asked for in a while. Now and then.
    public synchronized void forgetIdle() {
        long now = nanoClock.getAsLong();
        traces.entrySet().stream()
                .filter(e -> now - e.getValue().askedNanos > IDLE_NANOS)
                .map(Map.Entry::getKey)
                .toList()
                .forEach(this::forget);
    }
}
