package io.millwright.plc.trace;

import io.millwright.iec61131.machine.Slot;
import io.millwright.iec61131.type.Elementary;
import io.millwright.plc.Loaded;
import io.millwright.plc.Mode;
import io.millwright.plc.ScanObserver;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Takes the values of chosen variables after every scan of a task. Allocates nothing meanwhile; what was taken
/// is read by any thread.
///
/// When the trigger fires, so many scans are taken after it that it stands where [Setting#before] says, and the
/// trace is kept until it is read. A variable that a changed program has no more is not a number (NaN). Where the PLC
/// stops or pauses meanwhile, or the task is no more, the trace ends there.
public final class Oscilloscope implements ScanObserver {
    private static final long VALUES_MOST = 100_000_000;

    private final Setting setting;
    private final double[][] values;
    private final long[] nanos;
    private final long[] scans;
    private Channel[] channels = {};
    private int task;
    private @Nullable String taskName;
    private int next;
    private int filled;
    private int left;
    private int idle;
    private double last = Double.NaN;
    private boolean fired;
    private volatile State state = State.WAITING;

    /// One variable of the program that runs now.
    private record Channel(@Nullable Slot slot, boolean real) {
        double value() {
            if (slot == null) {
                return Double.NaN;
            }
            long bits = slot.bits();
            return real ? Double.longBitsToDouble(bits) : bits;
        }
    }

    /// How often it takes a trace.
    public enum Sweep {
        /// Once.
        SINGLE,
        /// Whenever the trigger fires, after the trace before was read.
        NORMAL,
        /// As NORMAL, and without a trigger after as many scans as it holds.
        AUTO
    }

    /// What it does now.
    public enum State {
        /// For the trigger.
        WAITING,
        /// What comes after the trigger.
        TAKING,
        /// There is a trace to be read.
        READY,
        /// Nothing more, as its one trace was read.
        ENDED
    }

    /// @param paths of numbers and truth values
    /// @param task its place; scans of others are not taken
    /// @param length how many scans a trace has
    /// @param before which share of them comes before the trigger, 0 to 1
    public record Setting(List<String> paths, int task, int length, double before, Trigger trigger, Sweep sweep) {
        public Setting {
            paths = List.copyOf(paths);
            if (paths.isEmpty() || length < 2 || (long) paths.size() * length > VALUES_MOST) {
                throw new IllegalArgumentException("a trace has one variable, two scans and at most " + VALUES_MOST
                        + " values, not " + paths.size() + " variables and " + length + " scans");
            }
            if (!(before >= 0 && before <= 1)) {
                throw new IllegalArgumentException("the share before the trigger is from 0 to 1, not " + before);
            }
            if (trigger.channel() < 0 || trigger.channel() >= paths.size()) {
                throw new IllegalArgumentException("there is no variable number " + trigger.channel());
            }
        }

        private int scansBefore() {
            return (int) Math.min(length - 1L, Math.round(before * length));
        }
    }

    public Oscilloscope(Setting setting) {
        this.setting = setting;
        this.task = setting.task();
        this.values = new double[setting.paths().size()][setting.length()];
        this.nanos = new long[setting.length()];
        this.scans = new long[setting.length()];
    }

    @Override
    public void loaded(Loaded program) {
        channels = setting.paths().stream()
                .map(p -> program.run().slot(p).orElse(null))
                .map(Oscilloscope::channel)
                .toArray(Channel[]::new);
        List<String> tasks =
                program.tasks().stream().map(t -> t.setting().name()).toList();
        String name = taskName;
        if (name == null) {
            taskName = task < tasks.size() ? tasks.get(task) : null;
        } else {
            task = tasks.indexOf(name);
        }
        if (task < 0) {
            endEarly();
        }
    }

    @Override
    public void entered(Mode mode) {
        if (mode != Mode.RUNNING) {
            endEarly();
        }
    }

    /// There is nothing more to be taken.
    private void endEarly() {
        if (state == State.TAKING) {
            state = State.READY;
        }
    }

    private static Channel channel(@Nullable Slot slot) {
        Elementary type = slot == null ? null : slot.type().elementary();
        return new Channel(type == null ? null : slot, type != null && type.family() == Elementary.Family.REAL);
    }

    @Override
    public void scanned(long number, int of, long startNanos) {
        State now = state;
        if (of != task || now == State.READY || now == State.ENDED) {
            return;
        }
        nanos[next] = startNanos;
        scans[next] = number;
        for (int i = 0; i < channels.length; i++) {
            values[i][next] = channels[i].value();
        }
        double looked = values[setting.trigger().channel()][next];
        next = next + 1 == setting.length() ? 0 : next + 1;
        filled = Math.min(filled + 1, setting.length());
        if (now == State.TAKING) {
            left--;
        } else {
            look(looked);
        }
        last = looked;
        if (state == State.TAKING && left == 0) {
            state = State.READY;
        }
    }

    /// Begins to take where the trigger fires and there is enough before it, or it does not fire for long.
    private void look(double now) {
        boolean enough = filled > setting.scansBefore();
        fired = enough && setting.trigger().fires(last, now);
        idle++;
        boolean anyway = setting.sweep() == Sweep.AUTO && idle >= 2 * setting.length();
        if (fired) {
            left = setting.length() - setting.scansBefore() - 1;
            state = State.TAKING;
        } else if (anyway) {
            left = 0;
            state = State.TAKING;
        }
    }

    /// What it does now. By any thread.
    public State state() {
        return state;
    }

    /// Takes the trace away, where there is one; but for [Sweep#SINGLE] it then waits for the next. By one
    /// thread at a time.
    public Optional<Trace> read() {
        if (state != State.READY) {
            return Optional.empty();
        }
        int length = filled;
        int oldest = filled < setting.length() ? 0 : next;
        var copies = new double[values.length][length];
        for (int i = 0; i < values.length; i++) {
            System.arraycopy(values[i], oldest, copies[i], 0, length - oldest);
            System.arraycopy(values[i], 0, copies[i], length - oldest, oldest);
        }
        var times = new long[length];
        var numbers = new long[length];
        for (int i = 0; i < length; i++) {
            times[i] = nanos[(oldest + i) % length];
            numbers[i] = scans[(oldest + i) % length];
        }
        int taken = setting.length() - setting.scansBefore() - left;
        var trace = new Trace(setting.paths(), times, numbers, copies, fired ? length - taken : -1);
        again();
        return Optional.of(trace);
    }

    private void again() {
        next = 0;
        filled = 0;
        idle = 0;
        last = Double.NaN;
        state = setting.sweep() == Sweep.SINGLE ? State.ENDED : State.WAITING;
    }
}
