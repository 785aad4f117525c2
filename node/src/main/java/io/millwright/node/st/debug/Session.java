package io.millwright.node.st.debug;

import io.millwright.iec61131.interpret.Call;
import io.millwright.iec61131.interpret.CallStack;
import io.millwright.iec61131.interpret.Observer;
import io.millwright.iec61131.machine.Trap;
import io.millwright.iec61131.machine.TrapSignal;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A program that runs on a thread of its own, and stands still where it shall.
final class Session implements Observer {
    private final boolean debug;
    private final Watches watches;
    private final Events events;
    private volatile @Nullable Course course;
    private volatile Map<Lines.Place, Breakpoint> breakpoints = Map.of();
    private volatile Set<String> filters = Set.of();
    private volatile Step step = new Step.Far();
    private volatile boolean pausing;
    private volatile boolean ended;
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

    /// @param debug whether breakpoints and traps hold it up
    /// @param stopOnEntry whether it stands still before its first instruction
    Session(boolean debug, boolean stopOnEntry, Watches watches, Events events) {
        this.debug = debug;
        this.watches = watches;
        this.events = events;
        if (stopOnEntry && debug) {
            step = new Step.First();
        }
    }

    /// Says what it runs. Before it starts.
    void follow(Course what) {
        course = what;
    }

    Course course() {
        return Objects.requireNonNull(course);
    }

    Events events() {
        return events;
    }

    void start() {
        Thread.ofPlatform().daemon().name("st-program").start(this::run);
    }

    private void run() {
        int status = 1;
        try {
            status = course().run();
        } catch (Trap happened) {
            if (!ended) {
                events.output("stderr", happened.getMessage() + "\n");
                happened.stack().stream().skip(1).forEach(p -> events.output("stderr", "    called from " + p + "\n"));
            }
        } finally {
            events.ended(status);
        }
    }

    /// Waits until a moment of the monotonic clock, or its end.
    ///
    /// @return the clock
    synchronized long waitUntil(long due) {
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
        return now;
    }

    @Override
    public void reached(CallStack calls) {
        if (ended) {
            throw new TrapSignal(Trap.Kind.STOPPED, "");
        }
        Call call = calls.innermost();
        if (!debug || !Lines.isShown(call.at())) {
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

    /// Whether it stands still at a trap of this kind.
    boolean holds(Trap happened) {
        boolean assertion = happened.kind() == Trap.Kind.ASSERTION;
        boolean turns = happened.kind() == Trap.Kind.STOPPED && step instanceof Step.Back;
        return debug && !ended && !turns && filters.contains(assertion ? "assertion" : "trap");
    }

    @Override
    public void trapped(CallStack calls, Trap happened) {
        if (holds(happened) && calls.depth() > 0) {
            synchronized (this) {
                trap = happened;
                try {
                    stand(calls, "exception", Watches.told(happened), 0);
                } finally {
                    trap = null;
                }
            }
        }
    }

    /// Stands still until it shall go on.
    ///
    /// @param reason as the protocol names it
    /// @param text more about it, or empty
    /// @param breakpoint its id, or 0
    synchronized void stand(CallStack calls, String reason, String text, int breakpoint) {
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
        if (step instanceof Step.Back) {
            throw new TrapSignal(Trap.Kind.STOPPED, "");
        }
    }

    /// Whether a breakpoint would hold it here, if it were run for the first time: its id, or 0. Nothing is
    /// counted and nothing is logged.
    int breakpointAt(Call call) {
        Breakpoint breakpoint = breakpoints.get(Lines.Place.of(call.at()));
        try {
            return breakpoint != null && breakpoint.stands(call, watches) ? breakpoint.id() : 0;
        } catch (IllegalArgumentException _) {
            return 0;
        }
    }

    /// Lets it stand still at its next instruction.
    void enter() {
        step = new Step.First();
    }

    /// How far it shall go.
    Step step() {
        return step;
    }

    boolean isEnded() {
        return ended;
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
        Course running = course;
        if (running != null) {
            running.stop();
        }
        notifyAll();
    }
}
