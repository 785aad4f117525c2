package io.millwright.testkit;

import io.millwright.model.Time;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// Clocks that stand still until a test moves them.
public final class ManualTime implements Time {

    private final AtomicLong epoch;
    private final AtomicLong monotonic = new AtomicLong();

    /// @param epochNanos what the wall clock shows at first, nanoseconds since the epoch
    public ManualTime(long epochNanos) {
        epoch = new AtomicLong(epochNanos);
    }

    /// Lets time pass: both clocks go forward.
    public void advance(Duration step) {
        epoch.addAndGet(step.toNanos());
        monotonic.addAndGet(step.toNanos());
    }

    /// Sets the wall clock forward or back, as an operator or NTP does; the monotonic clock does not notice.
    public void stepWallClock(Duration step) {
        epoch.addAndGet(step.toNanos());
    }

    @Override
    public long epochNanos() {
        return epoch.get();
    }

    @Override
    public long monotonicNanos() {
        return monotonic.get();
    }
}
