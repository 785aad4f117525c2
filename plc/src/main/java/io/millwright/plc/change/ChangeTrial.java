package io.millwright.plc.change;

import io.millwright.plc.Fault;
import io.millwright.plc.Loaded;
import io.millwright.plc.Trial;
import io.millwright.plc.VirtualPlc;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Brings the old program back where the new one traps, takes too long or diverges. The scan that failed is
/// done by the old program, with the state that there was before it: no scan is left out.
final class ChangeTrial implements Trial {
    private static final int WARM_MAX = 20_000;
    private static final long WARM_NANOS = 200_000_000;

    private final VirtualPlc plc;
    private final Loaded before;
    private final Loaded after;
    private final Planned planned;
    private final Migration back;
    private final long limitNanos;
    private final int overrunsMax;
    private volatile long scansLeft;
    private int overruns;
    private @Nullable Tape follower;
    private volatile Progress progress = new Progress.Swapped(0);

    ChangeTrial(
            VirtualPlc plc,
            Loaded before,
            Loaded after,
            Planned planned,
            OnlineChange.Settings settings,
            long limitNanos) {
        this.plc = plc;
        this.before = before;
        this.after = after;
        this.planned = planned;
        this.back = planned.back(after, before);
        this.limitNanos = limitNanos;
        this.overrunsMax = settings.limits().overrunsMax();
        this.scansLeft = settings.limits().trialScans();
    }

    Progress progress() {
        return progress;
    }

    /// For how many scans the new program is still on trial.
    long scansLeft() {
        return Math.max(0, scansLeft);
    }

    /// Takes the state of the new program, which does not run yet, often enough for the JVM to have compiled
    /// that: on trial it is done before each scan.
    void warm(LongSupplier clock) {
        long start = clock.getAsLong();
        for (int i = 0; i < WARM_MAX && clock.getAsLong() - start < WARM_NANOS; i++) {
            back.take();
        }
    }

    /// Says who hands the scans over to the old program, which follows.
    void followed(Tape tape) {
        follower = tape;
    }

    /// The new program runs from the next scan on.
    void begin() {
        Tape tape = follower;
        if (tape != null) {
            var _ = plc.observe(tape);
        }
    }

    @Override
    public long limitNanos() {
        return limitNanos;
    }

    @Override
    public void beginning() {
        back.take();
    }

    @Override
    public Loaded failed(Fault fault) {
        return old(fault.message()
                + fault.stack().stream().findFirst().map(p -> " at " + p).orElse(""));
    }

    @Override
    public @Nullable Loaded ended(long executionNanos) {
        if (limitNanos > 0 && executionNanos > limitNanos && ++overruns > overrunsMax) {
            back.take();
            return old(overruns + " scans took longer than " + limitNanos / 1e6 + " ms");
        }
        long left = scansLeft - 1;
        scansLeft = left;
        if (left <= 0) {
            plc.endTrial();
            ended(new Progress.Settled());
        }
        return null;
    }

    private Loaded old(String reason) {
        back.put();
        planned.force(after, before, true);
        ended(new Progress.RolledBack(reason));
        return before;
    }

    private void ended(Progress how) {
        progress = how;
        Tape tape = follower;
        if (tape != null) {
            tape.end();
            var _ = plc.forget(tape);
        }
    }

    /// Brings the old program back for another reason.
    ///
    /// @return whether the new one was still there
    @SuppressWarnings("ReferenceEquality") // that very program
    CompletableFuture<Boolean> rollBack(String reason) {
        return plc.between(running -> {
            boolean there = running == after;
            if (there) {
                back.take();
                plc.swap(old(reason));
            }
            return there;
        });
    }
}
