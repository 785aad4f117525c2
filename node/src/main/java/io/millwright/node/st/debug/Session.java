package io.millwright.node.st.debug;

import io.millwright.iec61131.Run;
import io.millwright.iec61131.check.Checked;
import io.millwright.iec61131.interpret.Call;
import io.millwright.iec61131.interpret.CallStack;
import io.millwright.iec61131.interpret.InterpretBackend;
import io.millwright.iec61131.interpret.Observer;
import io.millwright.iec61131.ir.Program;
import io.millwright.iec61131.machine.Machine;
import io.millwright.iec61131.machine.Trap;
import io.millwright.iec61131.machine.TrapSignal;
import io.millwright.iec61131.test.TestResult;
import io.millwright.iec61131.test.TestRun;
import io.millwright.iec61131.test.TestRunner;
import io.millwright.iec61131.type.Variable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A program that runs on a thread of its own, and stands still where it shall.
final class Session implements Observer {
    private final Launch launch;
    private final Checked checked;
    private final Program program;
    private final Watches watches;
    private final Events events;
    private volatile Map<Lines.Place, Breakpoint> breakpoints = Map.of();
    private volatile Set<String> filters = Set.of();
    private volatile Step step = new Step.Far();
    private volatile boolean pausing;
    private volatile boolean ended;
    private volatile @Nullable Machine machine;
    private volatile long scan;
    private @Nullable CallStack standing;
    private @Nullable Trap trap;

    /// What a session tells.
    interface Events {
        /// It stands still.
        ///
        /// @param reason as the protocol names it
        /// @param text more about it, or empty
        /// @param breakpoint its id, or 0
        void stopped(String reason, String text, int breakpoint);

        /// The program, or a breakpoint, has written something.
        ///
        /// @param category as the protocol names it
        void output(String category, String text);

        /// It has ended.
        void ended(int status);
    }

    /// @param program what was compiled of `checked`
    Session(Launch launch, Checked checked, Program program, Watches watches, Events events) {
        this.launch = launch;
        this.checked = checked;
        this.program = program;
        this.watches = watches;
        this.events = events;
        if (launch.stopOnEntry() && launch.debug()) {
            step = new Step.First();
        }
    }

    /// Says what cannot be started, by an [IllegalArgumentException].
    void check() {
        if (launch.test().isEmpty()) {
            instance(Run.start(program, new InterpretBackend()));
        } else {
            test();
        }
    }

    private Variable instance(Run run) {
        List<Variable> all = run.instances();
        String names = all.stream().map(Variable::name).collect(Collectors.joining(", "));
        if (launch.program().isEmpty()) {
            if (all.size() == 1) {
                return all.getFirst();
            }
            throw new IllegalArgumentException(
                    all.isEmpty() ? "there is no PROGRAM in these files" : "\"program\": write one of " + names);
        }
        return run.instance(launch.program())
                .orElseThrow(() -> new IllegalArgumentException(
                        "\"program\": there is no " + launch.program() + "; there are " + names));
    }

    private Checked.Test test() {
        return checked.tests().stream()
                .filter(t -> t.title().equals(launch.test()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("\"test\": there is no TEST '" + launch.test() + "'"));
    }

    void start() {
        Thread.ofPlatform().daemon().name("st-program").start(this::run);
    }

    private void run() {
        int status = 1;
        try {
            status = launch.test().isEmpty() ? scans() : tested();
        } catch (Trap happened) {
            if (!ended) {
                events.output("stderr", happened.getMessage() + "\n");
                happened.stack().stream().skip(1).forEach(p -> events.output("stderr", "    called from " + p + "\n"));
            }
        } finally {
            events.ended(status);
        }
    }

    private int scans() {
        Run run = Run.start(program, new InterpretBackend(this));
        started(run.machine());
        Variable instance = instance(run);
        long begin = System.nanoTime();
        for (long i = 1; !ended && (launch.scans() == 0 || i <= launch.scans()); i++) {
            scan = i;
            run.scan(instance, launch.cycle().toNanos());
            if (launch.scans() == 0) {
                begin = waitFor(begin);
            }
        }
        return ended ? 1 : 0;
    }

    /// Waits until the next scan is due; a program that stood still does not catch up.
    private synchronized long waitFor(long begin) {
        long due = begin + launch.cycle().toNanos();
        long now = System.nanoTime();
        try {
            while (!ended && now < due) {
                TimeUnit.NANOSECONDS.timedWait(this, Math.max(1, due - now));
                now = System.nanoTime();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            ended = true;
        }
        return Math.max(due, now - Duration.ofSeconds(1).toNanos());
    }

    private int tested() {
        Checked one = new Checked(
                checked.program(), checked.diagnostics(), checked.scope(), checked.usages(), List.of(test()));
        TestRun run = new TestRunner(new InterpretBackend(this), System::nanoTime, this::started).run(one, false);
        for (TestResult result : run.results()) {
            events.output(
                    result.passed() ? "stdout" : "stderr",
                    (result.passed() ? "pass  " : "FAIL  ") + result.title()
                            + (result.message().isEmpty() ? "" : ": " + result.message()) + "\n");
        }
        return run.passed() ? 0 : 1;
    }

    private void started(Machine running) {
        running.output(text -> events.output("stdout", text));
        machine = running;
    }

    @Override
    public void reached(CallStack calls) {
        if (ended) {
            throw new TrapSignal(Trap.Kind.STOPPED, "");
        }
        Call call = calls.innermost();
        if (!launch.debug() || !Lines.isShown(call.at())) {
            return;
        }
        if (pausing) {
            stand(calls, "pause", "", 0);
            return;
        }
        Breakpoint breakpoint = breakpoints.get(Lines.Place.of(call.at()));
        if (breakpoint != null && takesEffect(breakpoint, call)) {
            stand(calls, "breakpoint", "", breakpoint.id());
        } else if (step.isDone(calls)) {
            stand(calls, step instanceof Step.First ? "entry" : "step", "", 0);
        }
    }

    private boolean takesEffect(Breakpoint breakpoint, Call call) {
        try {
            if (!breakpoint.isHit(call, watches)) {
                return false;
            }
            if (breakpoint.logs()) {
                events.output("console", breakpoint.message(call, watches) + "\n");
            }
            return !breakpoint.logs();
        } catch (IllegalArgumentException e) {
            events.output("stderr", "the condition " + breakpoint.condition() + ": " + e.getMessage() + "\n");
            return true;
        }
    }

    @Override
    public void trapped(CallStack calls, Trap happened) {
        boolean assertion = happened.kind() == Trap.Kind.ASSERTION;
        boolean asked = filters.contains(assertion ? "assertion" : "trap");
        if (launch.debug() && asked && !ended && calls.depth() > 0) {
            synchronized (this) {
                trap = happened;
                stand(calls, "exception", Watches.told(happened), 0);
                trap = null;
            }
        }
    }

    private synchronized void stand(CallStack calls, String reason, String text, int breakpoint) {
        pausing = false;
        standing = calls;
        events.stopped(reason, text, breakpoint);
        try {
            while (standing != null && !ended) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            ended = true;
        }
        standing = null;
    }

    /// Lets the program go on.
    ///
    /// @param how given where it stands, how far
    synchronized void resume(Function<CallStack, Step> how) {
        if (standing != null) {
            step = how.apply(standing);
            standing = null;
            notifyAll();
        }
    }

    /// Looks at the program, which must stand still.
    synchronized <T> T look(Function<CallStack, T> question) {
        if (standing == null) {
            throw new IllegalArgumentException("the program runs; pause it first");
        }
        return question.apply(standing);
    }

    /// The trap at which it stands, or null.
    synchronized @Nullable Trap trap() {
        return trap;
    }

    /// Virtual time, in nanoseconds.
    long nowNanos() {
        return Objects.requireNonNull(machine).nowNanos();
    }

    /// The number of this scan, from 1; 0 in a test.
    long scan() {
        return scan;
    }

    Program program() {
        return program;
    }

    void pause() {
        pausing = true;
    }

    void breakAt(Map<Lines.Place, Breakpoint> places) {
        breakpoints = Map.copyOf(places);
    }

    void stopAtTraps(Set<String> kinds) {
        filters = Set.copyOf(kinds);
    }

    synchronized void end() {
        ended = true;
        Machine running = machine;
        if (running != null) {
            running.stop();
        }
        notifyAll();
    }
}
