package io.millwright.node.plc;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/// When the steps of a take-over were done, for who asks why one was late. For many threads; nothing is allocated
/// and nothing waits, as it is noted while it counts.
final class TakeOverSteps {
    private static final double NANOS_PER_MILLI = 1e6;

    private final long heardNanos;
    private final Map<Step, AtomicLong> done = new EnumMap<>(Step.class);

    /// In their order.
    enum Step {
        /// It was known that the other PLC is gone.
        LOST,
        /// The fence gave the epoch.
        CLAIMED,
        /// Outputs were told to be written anew.
        TOLD,
        /// The program was let run.
        WENT_ON,
        /// Its first scan had ended.
        SCANNED,
        /// A device was asked to take an output.
        ASKED,
        /// It had taken it.
        WRITTEN
    }

    /// @param heardNanos when the last scan was heard of, by the monotonic clock
    TakeOverSteps(long heardNanos) {
        this.heardNanos = heardNanos;
        for (Step step : Step.values()) {
            done.put(step, new AtomicLong());
        }
    }

    private AtomicLong at(Step step) {
        return Objects.requireNonNull(done.get(step));
    }

    /// Only the first time counts.
    void done(Step step, long nanos) {
        AtomicLong at = at(step);
        if (at.get() == 0) {
            at.compareAndSet(0, nanos);
        }
    }

    /// Milliseconds from when the last scan was heard of; 0 for what was not done yet.
    private double millis(Step step) {
        long nanos = at(step).get();
        return nanos == 0 ? 0 : (nanos - heardNanos) / NANOS_PER_MILLI;
    }

    StandbyView.StepsView view() {
        return new StandbyView.StepsView(
                heardNanos,
                millis(Step.LOST),
                millis(Step.CLAIMED),
                millis(Step.TOLD),
                millis(Step.WENT_ON),
                millis(Step.SCANNED),
                millis(Step.ASKED),
                millis(Step.WRITTEN));
    }
}
