package io.millwright.plc;

import io.millwright.iec61131.machine.Machine;
import io.millwright.iec61131.machine.PreparedForces;
import io.millwright.iec61131.machine.Slot;
import io.millwright.iec61131.machine.Trap;
import io.millwright.iec61131.type.Value;
import io.millwright.model.Told;
import io.millwright.plc.image.InputPoint;
import io.millwright.plc.image.OutputPoint;
import io.millwright.plc.pace.Pace;
import io.millwright.plc.pace.ScanEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/// A virtual PLC: scans its tasks when they are due, one after the other, and between scans does what others
/// ask of it.
///
/// One thread owns it: the one that calls [#serve] or [#step]. All others use [#between] and what is built on
/// it.
///
/// A scan reads all inputs, runs the programs of one task and tells all outputs. Time stands still in it. A
/// task that is late is run once; the scans that it missed are counted and left out. What a program must not
/// do, and inputs without which it must not run, end in [Mode#FAULT] with safe outputs.
public final class VirtualPlc {
    /// How long a task that runs whenever nothing else is due leaves the machine to others.
    private static final long FREEWHEELING_PAUSE_NANOS = 1_000_000;
    /// How often it is looked whether an event has started a task.
    private static final long EVENT_INTERVAL_NANOS = 1_000_000;

    private final Pace pace;
    private final ConcurrentLinkedQueue<Runnable> requests = new ConcurrentLinkedQueue<>();
    private long originNanos;
    private final LongPredicate mayTell;
    private volatile ScanObserver[] observers = {};
    private Loaded loaded;
    private InputPoint[] inputs;
    private OutputPoint[] outputs;
    private Schedule schedule;
    private volatile Mode mode = Mode.STOPPED;
    private volatile @Nullable Fault fault;
    private volatile boolean closing;
    private final ScanLimit limit = new ScanLimit();
    private @Nullable Trial trial;
    private long scans;

    /// @param pace its clock
    /// @param loaded what it runs, once [#enter] says so
    public VirtualPlc(Pace pace, Loaded loaded) {
        this(pace, loaded, 0, 0, _ -> true);
    }

    /// One that goes on where another one ended.
    ///
    /// @param scansBefore how many scans there were
    /// @param nanosBefore how much time has passed for the program until now
    /// @param mayTell whether the outputs of the scan of a number are told, asked just before; does not allocate or
    ///     wait
    public VirtualPlc(Pace pace, Loaded loaded, long scansBefore, long nanosBefore, LongPredicate mayTell) {
        this.pace = pace;
        this.originNanos = pace.nowNanos() - nanosBefore;
        this.scans = scansBefore;
        this.mayTell = mayTell;
        this.loaded = loaded;
        this.inputs = loaded.inputs().toArray(InputPoint[]::new);
        this.outputs = loaded.outputs().toArray(OutputPoint[]::new);
        this.schedule = new Schedule(loaded.tasks(), List.of());
        limit.of(loaded.tasks(), 0);
    }

    /// Does what is due until it is closed.
    public void serve() {
        while (!closing) {
            step(Long.MAX_VALUE);
        }
        enterNow(Mode.STOPPED);
        answer();
    }

    /// Answers requests, then waits for what is due next and does it.
    ///
    /// @param untilNanos when to stop waiting, by the pace
    public void step(long untilNanos) {
        answer();
        long due = mode == Mode.RUNNING ? Math.min(untilNanos, schedule.nextDue()) : untilNanos;
        pace.await(due);
        if (mode != Mode.RUNNING || !requests.isEmpty()) {
            return;
        }
        schedule.events(EVENT_INTERVAL_NANOS, pace.nowNanos());
        Schedule.Entry next = schedule.mostUrgent(pace.nowNanos());
        if (next != null) {
            scan(next);
        }
    }

    private void answer() {
        Runnable request = requests.poll();
        while (request != null) {
            request.run();
            request = requests.poll();
        }
    }

    private void scan(Schedule.Entry task) {
        var event = new ScanEvent();
        event.begin();
        long due = task.dueNanos();
        long start = pace.nowNanos();
        scans++;
        boolean well = run(task, start);
        if (!well && task != schedule.entry(task.setting().name())) {
            // Another program was put in the place of the one that failed, and does its work.
            Schedule.Entry again = schedule.entry(task.setting().name());
            task = again == null ? task : again;
            well = mode == Mode.RUNNING && again != null && run(task, start);
        }
        long end = pace.nowNanos();
        task.ended(start, end, FREEWHEELING_PAUSE_NANOS);
        if (well) {
            for (ScanObserver observer : observers) {
                observer.scanned(scans, task.place(), start - originNanos);
            }
        }
        for (ScanObserver observer : observers) {
            observer.held(task.place(), end - start);
        }
        task.timing().scan(due, start, end, task.setting().intervalNanos());
        judge(end - start);
        event.end();
        if (event.shouldCommit()) {
            event.task = task.setting().name();
            event.number = scans;
            event.lateness = start - due;
            event.skipped = task.skipped();
            event.commit();
        }
    }

    private void judge(long executionNanos) {
        Trial now = trial;
        Loaded other = now == null || mode != Mode.RUNNING ? null : now.ended(executionNanos);
        if (other != null) {
            swap(other);
        }
    }

    private boolean run(Schedule.Entry task, long startNanos) {
        Trial now = trial;
        if (now != null) {
            now.beginning();
        }
        for (InputPoint input : inputs) {
            if (!input.decide(startNanos)) {
                fail(task, startNanos, Fault.told(input), null);
                return false;
            }
        }
        limit.begin(
                pace.nowNanos(), ScanLimit.shorter(task.setting().watchdogNanos(), now == null ? 0 : now.limitNanos()));
        try {
            loaded.scan(task.place(), startNanos - originNanos);
        } catch (Trap trap) {
            trapped(task, startNanos, trap);
            return false;
        } finally {
            limit.end();
        }
        if (mayTell.test(scans)) {
            for (OutputPoint output : outputs) {
                output.tell();
            }
        }
        return true;
    }

    private void trapped(Schedule.Entry task, long startNanos, Trap trap) {
        Told why = Fault.told(trap, limit.nanos());
        Trial now = trial;
        Loaded other = now == null ? null : now.failed(fault(task, why, trap.stack()));
        if (other == null) {
            fail(task, startNanos, why, trap);
        } else {
            swap(other);
        }
    }

    private Fault fault(Schedule.Entry task, Told told, List<Trap.Position> stack) {
        return new Fault(pace.epochNanos(), task.setting().name(), scans, told, stack);
    }

    private void fail(Schedule.Entry task, long startNanos, Told told, @Nullable Trap trap) {
        Fault news = fault(task, told, trap == null ? List.of() : trap.stack());
        fault = news;
        tell(o -> o.faulted(scans, task.place(), startNanos - originNanos, news, trap == null ? null : trap.kind()));
        enterNow(Mode.FAULT);
    }

    private void tell(Consumer<ScanObserver> news) {
        for (ScanObserver observer : observers) {
            news.accept(observer);
        }
    }

    private void enterNow(Mode next) {
        if (next != Mode.RUNNING && next != Mode.PAUSED && mayTell.test(scans)) {
            for (OutputPoint output : outputs) {
                output.tellSafe();
            }
        }
        if (next == Mode.RUNNING && mode != Mode.RUNNING) {
            schedule.start(pace.nowNanos());
            fault = null;
        }
        if (mode != next) {
            mode = next;
            // No lambdas here nor in goOn: where they are linked for the first time, a thread that is on time may
            // have to wait for one that is not.
            for (ScanObserver observer : observers) {
                observer.entered(next);
            }
        }
    }

    /// Goes on where another one ended. Between scans.
    public void goOn(long scansBefore, long nanosBefore) {
        originNanos = pace.nowNanos() - nanosBefore;
        scans = scansBefore;
        for (ScanObserver observer : observers) {
            observer.tookOver(loaded, scansBefore);
        }
    }

    /// Lets work be done between two scans, by the thread that owns the PLC.
    ///
    /// @param work short, as the next scan waits for it
    public <T> CompletableFuture<T> between(Function<Loaded, T> work) {
        var done = new CompletableFuture<T>();
        requests.add(() -> {
            try {
                done.complete(work.apply(loaded));
            } catch (RuntimeException e) {
                done.completeExceptionally(e);
            }
        });
        pace.wake();
        return done;
    }

    /// Lets it do something else.
    public CompletableFuture<Mode> enter(Mode next) {
        return between(_ -> {
            enterNow(next);
            return mode;
        });
    }

    /// Changes a variable between two scans.
    public CompletableFuture<Value> write(String path, Value value) {
        return between(l -> {
            Slot slot = slot(l, path);
            writeNow(l, Map.of(slot, value));
            return slot.value();
        });
    }

    /// As [#write], for work that is itself done between two scans.
    public void writeNow(Loaded program, Map<Slot, Value> values) {
        values.forEach(Slot::set);
        program.run().machine().enforce();
        values.forEach((slot, value) -> tell(o -> o.written(slot, value)));
    }

    /// Forces a variable from the next scan on, with what its machine has made ready for that.
    public CompletableFuture<Value> force(String path, Value value, PreparedForces prepared) {
        return between(l -> {
            Slot slot = slot(l, path);
            l.run().machine().force(slot, value, prepared);
            tell(o -> o.forced(slot, value));
            return slot.value();
        });
    }

    /// Releases a variable, with what its machine has made ready for that.
    ///
    /// @return whether it was forced
    public CompletableFuture<Boolean> release(String path, PreparedForces prepared) {
        return between(l -> {
            boolean there = l.run().machine().release(path, prepared);
            if (there) {
                tell(o -> o.released(path));
            }
            return there;
        });
    }

    private static Slot slot(Loaded program, String path) {
        return program.run().slot(path).orElseThrow(() -> new IllegalArgumentException("there is no variable " + path));
    }

    /// Puts another program in the place of this one, between two scans.
    ///
    /// @param next made ready, its state as it is to go on
    public CompletableFuture<Loaded> load(Loaded next) {
        return between(_ -> {
            swap(next);
            return next;
        });
    }

    /// As [#load], for work that is itself done between two scans.
    public void swap(Loaded next) {
        swap(next, null);
    }

    /// As [#swap(Loaded)], with somebody who watches over the new program until [#endTrial] or the next one.
    public void swap(Loaded next, @Nullable Trial watching) {
        Machine machine = next.run().machine();
        machine.advance(loaded.run().machine().nowNanos() - machine.nowNanos());
        next.takeOverInputs(inputs);
        trial = watching;
        limit.of(next.tasks(), watching == null ? 0 : watching.limitNanos());
        loaded = next;
        inputs = next.inputs().toArray(InputPoint[]::new);
        outputs = next.outputs().toArray(OutputPoint[]::new);
        schedule = new Schedule(next.tasks(), schedule.entries());
        schedule.goOn(pace.nowNanos());
        tell(o -> o.loaded(next));
    }

    /// Ends the watching over the program that runs. Between scans.
    public void endTrial() {
        trial = null;
        limit.of(loaded.tasks(), 0);
    }

    /// Lets somebody see every scan from the next on.
    public CompletableFuture<Loaded> observe(ScanObserver observer) {
        return between(l -> {
            observer.loaded(l);
            List<ScanObserver> all = new ArrayList<>(List.of(observers));
            all.add(observer);
            observers = all.toArray(ScanObserver[]::new);
            return l;
        });
    }

    /// Ends the observing.
    public CompletableFuture<Boolean> forget(ScanObserver observer) {
        return between(_ -> {
            List<ScanObserver> all = new ArrayList<>(List.of(observers));
            boolean there = all.remove(observer);
            observers = all.toArray(ScanObserver[]::new);
            return there;
        });
    }

    public Mode mode() {
        return mode;
    }

    /// Why it stopped, if it stopped by itself.
    public Optional<Fault> fault() {
        return Optional.ofNullable(fault);
    }

    public Pace pace() {
        return pace;
    }

    /// What its tasks did so far.
    public CompletableFuture<List<TaskState>> tasks() {
        return between(_ -> schedule.states());
    }

    /// How long scans may take.
    ScanLimit scanLimit() {
        return limit;
    }

    /// Ends the scan that runs now. By any thread.
    public void endScan() {
        loaded.run().machine().stop();
    }

    /// Ends [#serve], after the scan that runs now. By any thread.
    public void close() {
        closing = true;
        pace.wake();
    }
}
