package io.millwright.node.plc;

import io.millwright.model.Predictive;
import io.millwright.plc.Loaded;
import io.millwright.plc.Mode;
import io.millwright.plc.VirtualPlc;
import io.millwright.plc.mpc.MpcStep;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A predictive controller of the plant file at work beside the programs, in a thread of its own: it reads variables
/// between two scans, plans while scans go on, and writes inputs between two others. What it writes is recorded and
/// sent to a PLC that stands by as what people write is, so that neither a replay nor that one needs it. Whoever
/// takes over begins where the process is.
final class PredictiveControl implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PredictiveControl.class);
    private static final double NANOS_PER_MILLI = 1_000_000;
    /// How often a period it is looked whether it is time for a step.
    private static final int LOOKS = 10;

    private static final long LOOK_NANOS_MIN = 1_000_000;
    private static final int OFF = 0;

    private final Predictive said;
    private final VirtualPlc plc;
    private final BooleanSupplier leads;
    private final Thread thread;
    private final AtomicLong plans = new AtomicLong();
    private final PredictiveCourse course;
    private Loaded known;
    private MpcStep step;
    private volatile boolean closing;
    private volatile long longestNanos;
    private volatile int outcome = OFF;
    private volatile String problem = "";

    /// Begins to work.
    ///
    /// @param first the program that runs; it has the controller
    /// @param step of that program
    /// @param leads whether this PLC is the one that controls
    PredictiveControl(Predictive said, VirtualPlc plc, Loaded first, MpcStep step, BooleanSupplier leads) {
        this.said = said;
        this.plc = plc;
        this.leads = leads;
        this.known = first;
        this.step = step;
        this.course = new PredictiveCourse(said, step.settings());
        this.thread = Thread.ofPlatform()
                .name("plc predictive " + said.name())
                .daemon()
                .start(this::serve);
    }

    Predictive said() {
        return said;
    }

    PredictiveView view() {
        return new PredictiveView(
                said.name(),
                said.every().toNanos() / NANOS_PER_MILLI,
                switch (outcome) {
                    case 1 -> "best";
                    case 2 -> "shifted";
                    case 3 -> "held";
                    case 4 -> "no-number";
                    default -> "off";
                },
                plans.get(),
                longestNanos / NANOS_PER_MILLI,
                problem);
    }

    PredictiveView.CourseView course() {
        return course.view();
    }

    private void serve() {
        long look = Math.max(LOOK_NANOS_MIN, said.every().toNanos() / LOOKS);
        while (!closing) {
            LockSupport.parkNanos(this, look);
            if (!closing) {
                look();
            }
        }
    }

    private void look() {
        try {
            Optional<MpcStep.Reading> now = plc.between(this::read).join();
            if (now.isEmpty()) {
                off();
                return;
            }
            MpcStep.Plan plan = planned(now.get());
            if (plan != null) {
                plc.between(l -> write(l, plan)).join();
            }
            problem = "";
        } catch (CompletionException e) {
            fail(e.getCause() instanceof RuntimeException cause ? cause : e);
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    private void fail(RuntimeException e) {
        String why = String.valueOf(e.getMessage());
        if (!why.equals(problem)) {
            LOG.warn("predictive.{} does not work: {}", said.name(), why);
        }
        problem = why;
        off();
    }

    private void off() {
        outcome = OFF;
        step.forget();
        course.forget();
    }

    /// Between two scans.
    private Optional<MpcStep.Reading> read(Loaded loaded) {
        return works() && follows(loaded)
                ? Optional.of(step.read(loaded.run().machine().nowNanos()))
                : Optional.empty();
    }

    private boolean works() {
        return plc.mode() == Mode.RUNNING && leads.getAsBoolean();
    }

    /// Where another program runs, it goes on with the variables of that one.
    ///
    /// @return whether that one has this controller
    @SuppressWarnings("ReferenceEquality") // that very program
    private boolean follows(Loaded loaded) {
        if (loaded != known) {
            if (!loaded.project().predictive().contains(said)) {
                return false;
            }
            step = step.in(loaded.run());
            known = loaded;
        }
        return true;
    }

    private MpcStep.@Nullable Plan planned(MpcStep.Reading now) {
        long began = System.nanoTime();
        MpcStep.Plan plan = step.plan(now);
        if (plan == null) {
            return null;
        }
        if (plan.course() == null) {
            course.forget();
        } else {
            plans.incrementAndGet();
            longestNanos = Math.max(longestNanos, System.nanoTime() - began);
            course.planned(now, plan.course());
        }
        return plan;
    }

    /// Between two scans. What was planned for another program, or is no longer wanted, is not written.
    @SuppressWarnings("ReferenceEquality") // that very program
    private boolean write(Loaded loaded, MpcStep.Plan plan) {
        boolean moves = plan.inputs().length > 0;
        boolean wanted = moves ? step.isEnabled() : plan.outcome() != outcome;
        if (loaded != known || !wanted || !works()) {
            return false;
        }
        outcome = plan.outcome();
        plc.writeNow(loaded, step.values(plan));
        return true;
    }

    /// Ends it before the scans end.
    @Override
    public void close() {
        closing = true;
        LockSupport.unpark(thread);
        try {
            thread.join(Duration.ofSeconds(1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
