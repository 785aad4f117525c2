package io.millwright.node.plc.record;

import io.millwright.iec61131.machine.Slot;
import io.millwright.node.plc.ProgramVariables;
import io.millwright.plc.Loaded;
import io.millwright.plc.Mode;
import io.millwright.plc.VirtualPlc;
import io.millwright.plc.trace.Oscilloscope;
import io.millwright.plc.trace.Trace;
import io.millwright.plc.trace.Trigger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Traces of the PLC of a node: variables after every scan of a task, with a trigger. So many at once; one that
/// nobody asks for is given up.
public final class TraceDesk {
    private static final int TRACES_MOST = 8;
    private static final int VARIABLES_MOST = 100;
    private static final long VALUES_MOST = 2_000_000;
    /// After which time that nobody asked for a trace it is given up.
    private static final long IDLE_NANOS = 120_000_000_000L;

    private static final Pattern TRIGGER = Pattern.compile(
            "\\s*([^<>=\\s]+)\\s*(>|<|=|\\s+(?:rises|falls)\\s+)\\s*(\\S+)\\s*", Pattern.CASE_INSENSITIVE);
    private static final Pattern CHANGE = Pattern.compile("\\s*(\\S+)\\s+changes\\s*", Pattern.CASE_INSENSITIVE);

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
    /// @param trigger `X > 1`, `X < 1`, `X = 1`, `X rises 1`, `X falls 1`, `X changes`, `X`; nothing for at
    ///     once
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
    /// @param scans the number of each scan
    /// @param millis the time that the program saw in it, since the PLC was started
    /// @param values of each variable in each scan; TRUE is 1, times are nanoseconds, null is no number
    public record TraceView(int trigger, long[] scans, double[] millis, Map<String, List<@Nullable Double>> values) {
        static TraceView of(Trace trace) {
            Map<String, List<@Nullable Double>> values = new LinkedHashMap<>();
            for (int i = 0; i < trace.names().size(); i++) {
                List<@Nullable Double> line = new ArrayList<>();
                for (double value : trace.values()[i]) {
                    line.add(Double.isFinite(value) ? value : null);
                }
                values.put(trace.names().get(i), line);
            }
            double[] millis = new double[trace.length()];
            for (int i = 0; i < millis.length; i++) {
                millis[i] = trace.nanos()[i] / 1e6;
            }
            return new TraceView(trace.trigger(), trace.scans(), millis, values);
        }
    }

    private static final class Taking {
        final String task;
        final List<String> paths;
        final Oscilloscope scope;

        @Nullable
        TraceView taken;

        long askedNanos;

        Taking(String task, List<String> paths, Oscilloscope scope, long askedNanos) {
            this.task = task;
            this.paths = paths;
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
        Trigger trigger = trigger(program, request.trigger(), paths);
        int task = task(program, paths.getFirst());
        int pre = request.pre() == null ? 0 : request.pre();
        int length = length(program, task, pre, request.seconds() == null ? 1 : request.seconds(), paths.size());
        var setting = new Oscilloscope.Setting(
                paths, task, length, (double) pre / length, trigger, Oscilloscope.Sweep.SINGLE);
        var scope = new Oscilloscope(setting);
        plc.observe(scope).join();
        String id = UUID.randomUUID().toString();
        String name = program.tasks().get(task).setting().name();
        traces.put(id, new Taking(name, List.copyOf(paths), scope, nanoClock.getAsLong()));
        return view(id);
    }

    private static List<String> paths(Loaded program, List<String> asked) {
        List<String> paths = new ArrayList<>();
        for (String path : asked) {
            List<Slot> slots = program.run()
                    .slot(path)
                    .map(List::of)
                    .orElseGet(() -> path.isBlank() ? List.of() : ProgramVariables.under(program, path));
            if (slots.isEmpty()) {
                throw new IllegalArgumentException("there is no variable " + path);
            }
            slots.stream()
                    .filter(s -> slots.size() == 1 || !s.isText())
                    .map(TraceDesk::numeric)
                    .forEach(paths::add);
        }
        if (paths.isEmpty() || paths.size() > VARIABLES_MOST) {
            throw new IllegalArgumentException(
                    "a trace has 1 to " + VARIABLES_MOST + " variables, not " + paths.size());
        }
        return paths;
    }

    private static String numeric(Slot slot) {
        if (slot.isText()) {
            throw new IllegalArgumentException(slot.name() + " is a text; a trace has numbers and truth values");
        }
        return slot.name();
    }

    /// Reads a trigger; what it looks at is traced as well.
    private static Trigger trigger(Loaded program, @Nullable String text, List<String> paths) {
        if (text == null || text.isBlank()) {
            return new Trigger(0, Trigger.Kind.ALWAYS, 0);
        }
        Matcher compared = TRIGGER.matcher(text);
        Matcher changed = CHANGE.matcher(text);
        if (compared.matches()) {
            Trigger.Kind kind = switch (compared.group(2).strip().toLowerCase(Locale.ROOT)) {
                case ">" -> Trigger.Kind.ABOVE;
                case "<" -> Trigger.Kind.BELOW;
                case "rises" -> Trigger.Kind.RISING;
                case "falls" -> Trigger.Kind.FALLING;
                default -> Trigger.Kind.EQUAL;
            };
            return new Trigger(channel(program, compared.group(1), paths), kind, level(text, compared.group(3)));
        }
        if (changed.matches()) {
            return new Trigger(channel(program, changed.group(1), paths), Trigger.Kind.CHANGE, 0);
        }
        if (text.strip().contains(" ")) {
            throw new IllegalArgumentException("\"" + text + "\" is no trigger; write e.g. X > 1, X < 1, X = 1, X rises"
                    + " 1, X falls 1, X changes, or X alone");
        }
        return new Trigger(channel(program, text.strip(), paths), Trigger.Kind.EQUAL, 1);
    }

    private static int channel(Loaded program, String path, List<String> paths) {
        String name = program.run()
                .slot(path)
                .map(TraceDesk::numeric)
                .orElseThrow(() -> new IllegalArgumentException("the trigger's variable " + path + " is none"));
        if (!paths.contains(name)) {
            paths.add(name);
        }
        return paths.indexOf(name);
    }

    private static double level(String text, String written) {
        try {
            return switch (written.toUpperCase(Locale.ROOT)) {
                case "TRUE" -> 1;
                case "FALSE" -> 0;
                default -> Double.parseDouble(written);
            };
        } catch (NumberFormatException _) {
            throw new IllegalArgumentException("\"" + text + "\" is no trigger: " + written + " is no number");
        }
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
        double after = Math.ceil(seconds * 1e9 / interval);
        if (!(seconds > 0) || pre < 0 || (pre + after) * variables > VALUES_MOST) {
            throw new IllegalArgumentException("a trace has up to " + VALUES_MOST / variables + " scans of " + variables
                    + " variables; give fewer scans before the trigger, or less time");
        }
        return Math.max(2, pre + (int) after);
    }

    /// How far a trace is.
    public synchronized TakenView view(String id) {
        forgetIdle();
        Taking taking = known(id);
        taking.askedNanos = nanoClock.getAsLong();
        if (taking.taken == null) {
            taking.taken = taking.scope.read().map(TraceView::of).orElse(null);
            if (taking.taken != null) {
                var _ = plc.forget(taking.scope);
            }
        }
        String state = taking.taken != null
                ? "ready"
                : taking.scope.state() == Oscilloscope.State.WAITING ? "waiting" : "taking";
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
        if (gone != null && gone.taken == null) {
            var _ = plc.forget(gone.scope);
        }
    }

    private void forgetIdle() {
        long now = nanoClock.getAsLong();
        traces.entrySet().stream()
                .filter(e -> now - e.getValue().askedNanos > IDLE_NANOS)
                .map(Map.Entry::getKey)
                .toList()
                .forEach(this::forget);
    }
}
