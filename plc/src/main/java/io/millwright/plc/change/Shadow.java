package io.millwright.plc.change;

import io.millwright.iec61131.machine.Machine;
import io.millwright.iec61131.machine.PreparedForces;
import io.millwright.iec61131.machine.Slot;
import io.millwright.iec61131.machine.Trap;
import io.millwright.iec61131.syntax.Name;
import io.millwright.iec61131.type.Value;
import io.millwright.iec61131.type.Variable;
import io.millwright.model.Told;
import io.millwright.plc.Loaded;
import io.millwright.plc.TrapTold;
import io.millwright.plc.change.ShadowReport.Difference;
import io.millwright.plc.image.InputPoint;
import io.millwright.plc.image.OutputPoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Runs a program on what another one is given, scan by scan, and compares what both would tell. Its own
/// outputs are not told to anybody. It has a thread of its own; whatever it does, the running program is not
/// held up.
final class Shadow {
    /// How long it waits for the next scan before it looks whether it is to end.
    private static final long WAIT_NANOS = 5_000_000;

    /// How often it is told what was seen so far.
    private static final long TELL_NANOS = 100_000_000;

    private static final int REHEARSED_MAX = 30_000;
    private static final long REHEARSED_STEP_NANOS = 10_000_000;

    private final Loaded program;
    private final Migration migration;
    private final Map<String, String> names;
    private final LongSupplier clock;
    private final Tape tape;
    private final List<Compared> compared = new ArrayList<>();
    private final Variable[][] tasks;
    private final List<OwnTask> ownTasks = new ArrayList<>();
    private final long[] executions = new long[1 << 16];
    private long scans;
    private final Bounds bounds;
    private volatile long scanSinceNanos = Long.MAX_VALUE;
    private volatile @Nullable Told failure;
    private volatile boolean done;
    private volatile long followed;
    private volatile @Nullable ShadowReport seen;
    private long toldNanos;

    /// How far it follows.
    ///
    /// @param scans for how many
    /// @param room how many it may be behind
    /// @param differenceMax how far an output may be from that of the running program
    /// @param diverged called once where it is farther
    /// @param rehearsalNanos for how long at most it runs on afterwards, for its code to be compiled
    record Bounds(long scans, int room, double differenceMax, Consumer<Difference> diverged, long rehearsalNanos) {}

    /// An output or a chosen variable of both programs.
    private static final class Compared {
        private final String name;
        private final boolean output;
        private final Slot running;
        private final Slot shadow;
        private long first;
        private double runningFirst;
        private double shadowFirst;
        private double runningNow;
        private double shadowNow;
        private double most;
        private long count;

        Compared(String name, boolean output, Slot running, Slot shadow) {
            this.name = name;
            this.output = output;
            this.running = running;
            this.shadow = shadow;
        }

        void look(long scan, long bits) {
            double there = Values.number(running, bits);
            double here = Values.number(shadow, shadow.bits());
            runningNow = there;
            shadowNow = here;
            if (Double.compare(there, here) == 0) {
                return;
            }
            if (count++ == 0) {
                first = scan;
                runningFirst = there;
                shadowFirst = here;
            }
            most = Math.max(most, Math.abs(there - here));
        }

        Difference difference() {
            return new Difference(name, output, first, runningFirst, shadowFirst, runningNow, shadowNow, most, count);
        }
    }

    /// A task that the running program does not have.
    private static final class OwnTask {
        private final long intervalNanos;
        private final Variable[] instances;
        private long dueNanos = Long.MIN_VALUE;

        OwnTask(Loaded.LoadedTask task) {
            this.intervalNanos = task.setting().intervalNanos();
            this.instances = task.instances().toArray(Variable[]::new);
        }
    }

    /// @param program that follows, fresh
    /// @param migration into it
    /// @param names what variables of the running program are called in this one
    /// @param watched paths of variables of the running program
    Shadow(
            Loaded running,
            Loaded program,
            Migration migration,
            Map<String, String> names,
            List<String> watched,
            Bounds bounds,
            LongSupplier clock) {
        this.program = program;
        this.migration = migration;
        this.names = names;
        this.bounds = bounds;
        this.clock = clock;
        for (OutputPoint output : running.outputs()) {
            program.outputs().stream()
                    .filter(o -> o.binding().signal().equals(output.binding().signal()))
                    .forEach(o ->
                            compared.add(new Compared(o.binding().signal().toString(), true, output.slot(), o.slot())));
        }
        for (String path : watched) {
            Optional<Slot> there = running.run().slot(path).filter(s -> !s.isText());
            Optional<Slot> here = program.run().slot(name(path)).filter(s -> !s.isText());
            if (there.isPresent() && here.isPresent()) {
                compared.add(new Compared(path, false, there.get(), here.get()));
            }
        }
        this.tape = tape(running, bounds.room());
        this.tasks = new Variable[running.tasks().size()][];
        tasks(running);
    }

    private Tape tape(Loaded running, int room) {
        int count = program.inputs().size();
        var inputs = new InputPoint[count];
        var decided = new boolean[count];
        for (int i = 0; i < count; i++) {
            InputPoint own = program.inputs().get(i);
            Optional<InputPoint> same = running.inputs().stream()
                    .filter(p -> p.binding().signal().equals(own.binding().signal())
                            && p.binding().onBad().equals(own.binding().onBad())
                            && p.binding().ageMax().equals(own.binding().ageMax())
                            && p.slot().type().elementary() == own.slot().type().elementary())
                    .findFirst();
            inputs[i] = same.orElse(own);
            decided[i] = same.isEmpty();
        }
        Slot[] told = compared.stream().map(c -> c.running).toArray(Slot[]::new);
        return new Tape(inputs, decided, told, room, _ -> migration.take());
    }

    private void tasks(Loaded running) {
        List<String> known = new ArrayList<>();
        for (int i = 0; i < tasks.length; i++) {
            String name = running.tasks().get(i).setting().name();
            known.add(name);
            tasks[i] = program.tasks().stream()
                    .filter(t -> t.setting().name().equals(name))
                    .flatMap(t -> t.instances().stream())
                    .toArray(Variable[]::new);
        }
        program.tasks().stream()
                .filter(t -> !known.contains(t.setting().name()) && t.single().isEmpty())
                .forEach(t -> ownTasks.add(new OwnTask(t)));
    }

    private String name(String running) {
        return names.getOrDefault(Name.key(running), running);
    }

    /// What is to observe the running program.
    Tape tape() {
        return tape;
    }

    /// Follows until as many scans are done as it is to follow, it fails, or is told to end.
    void serve() {
        try {
            serveTape();
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
            failure = Told.of("shadow-broken", "the program could not be run{: reason}")
                    .with("reason", e);
        } finally {
            tape.end();
            done = true;
        }
    }

    private void serveTape() {
        boolean begun = false;
        while (scans < bounds.scans() && failure == null) {
            long[] record = tape.await(WAIT_NANOS);
            if (record == null) {
                if (tape.isEnded()) {
                    break;
                }
                continue;
            }
            if (!begun) {
                migration.put();
                begun = true;
            }
            if (tape.event() instanceof Tape.Event event) {
                apply(event);
            } else {
                follow(record);
            }
            tape.done();
        }
        if (tape.isLost() && failure == null) {
            failure = Told.of("shadow-slow", "it was too slow to follow the running program");
        }
        tape.end();
        if (begun && failure == null) {
            rehearse();
        }
    }

    /// Runs on with the last inputs, in a time of its own, so that the JVM compiles what will run: the first
    /// scans after the swap are then as fast as others. What the program makes of that has no meaning.
    private void rehearse() {
        Machine machine = program.run().machine();
        long start = clock.getAsLong();
        try {
            for (int i = 0; i < REHEARSED_MAX && clock.getAsLong() - start < bounds.rehearsalNanos(); i++) {
                scanSinceNanos = clock.getAsLong();
                machine.advance(REHEARSED_STEP_NANOS);
                machine.enforce();
                for (Loaded.LoadedTask task : program.tasks()) {
                    for (Variable instance : task.instances()) {
                        machine.run(instance);
                    }
                }
            }
        } catch (Trap _) {
            // Nothing that the plant has asked for.
        } finally {
            scanSinceNanos = Long.MAX_VALUE;
        }
    }

    private void apply(Tape.Event event) {
        Machine machine = program.run().machine();
        Value value = event.value();
        if (value == null) {
            machine.release(name(event.variable()), PreparedForces.NONE);
            return;
        }
        try {
            program.run().slot(name(event.variable())).ifPresent(slot -> {
                if (event.force()) {
                    program.run().force(slot, value);
                } else {
                    slot.set(value);
                    machine.enforce();
                }
            });
        } catch (IllegalArgumentException e) {
            failure = Told.of(
                            "shadow-write", "{variable} was changed to what it cannot be in the new program{: reason}")
                    .with("variable", event.variable())
                    .with("reason", String.valueOf(e.getMessage()));
        }
    }

    private void follow(long[] record) {
        Machine machine = program.run().machine();
        long now = record[Tape.START];
        machine.advance(now - machine.nowNanos());
        for (int i = 0; i < program.inputs().size(); i++) {
            program.inputs().get(i).slot().set(record[Tape.FIRST + i]);
        }
        machine.enforce();
        long start = clock.getAsLong();
        scanSinceNanos = start;
        try {
            for (Variable instance : tasks[(int) record[Tape.TASK]]) {
                machine.run(instance);
            }
            for (OwnTask task : ownTasks) {
                runOwn(task, now);
            }
        } catch (Trap trap) {
            failure = trap.kind() == Trap.Kind.STOPPED
                    ? Told.of("shadow-stuck", "a scan does not end")
                    : TrapTold.of(trap);
            return;
        } finally {
            scanSinceNanos = Long.MAX_VALUE;
        }
        executions[(int) (scans % executions.length)] = clock.getAsLong() - start;
        scans++;
        int at = Tape.FIRST + program.inputs().size();
        for (Compared one : compared) {
            one.look(scans, record[at++]);
        }
        followed = scans;
        judge();
        long told = clock.getAsLong();
        if (told - toldNanos >= TELL_NANOS) {
            toldNanos = told;
            seen = report();
        }
    }

    private void judge() {
        for (Compared one : compared) {
            if (one.output && one.count > 0 && !(one.most <= bounds.differenceMax())) {
                failure = one.difference().told();
                bounds.diverged().accept(one.difference());
                return;
            }
        }
    }

    private void runOwn(OwnTask task, long now) {
        if (now >= task.dueNanos) {
            task.dueNanos = now + task.intervalNanos;
            for (Variable instance : task.instances) {
                program.run().machine().run(instance);
            }
        }
    }

    /// Ends a scan that takes longer than it may. By any thread, from time to time.
    void watch(long limitNanos) {
        long since = scanSinceNanos;
        if (since != Long.MAX_VALUE && clock.getAsLong() - since > limitNanos) {
            program.run().machine().stop();
        }
    }

    boolean isDone() {
        return done;
    }

    /// How many scans were followed so far.
    long followed() {
        return followed;
    }

    /// What was seen up to now; null where nothing was yet. By any thread.
    @Nullable
    ShadowReport seen() {
        return seen;
    }

    /// What was seen. Once it is done.
    ShadowReport report() {
        List<Difference> differences = new ArrayList<>();
        compared.stream().filter(c -> c.count > 0).map(Compared::difference).forEach(differences::add);
        differences.sort((a, b) -> Long.compare(a.firstScan(), b.firstScan()));
        int count = (int) Math.min(scans, executions.length);
        long min = Arrays.stream(executions, count / 2, count).min().orElse(0);
        long max = Arrays.stream(executions, count / 2, count).max().orElse(0);
        long[] sorted = Arrays.stream(executions, 0, count).sorted().toArray();
        return new ShadowReport(
                scans,
                compared.size(),
                differences,
                min,
                count == 0 ? 0 : sorted[count / 2],
                max,
                Optional.ofNullable(failure));
    }
}
