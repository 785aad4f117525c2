package io.millwright.plc.standby;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/// Whether this node tells outputs. Asked by the thread that scans just before it tells them, without waiting.
///
/// Alone, it does while its epoch is the highest. With a standby that is ready to take over, it does as long as
/// the standby answered lately: it counts from when the message was *sent* that was answered, while the standby
/// counts from when it answered, and longer. Both count by clocks that nobody sets.
///
/// A value that is brought to a device is announced before and after: who gives up the lease waits for it.
///
/// ```java
/// if (lease.enter(epoch)) {
///     try {
///         device.write(value);
///     } finally {
///         lease.leave();
///     }
/// }
/// ```
public final class Lease implements BooleanSupplier {
    /// Tells nothing.
    private static final long NEVER = Long.MIN_VALUE;

    private final LongSupplier nanoClock;
    private final long originNanos;
    private final AtomicInteger underWay = new AtomicInteger();
    private volatile long untilNanos = NEVER;
    private volatile long epoch;

    /// @param nanoClock one that is never set and goes on while a process stands still
    public Lease(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        this.originNanos = nanoClock.getAsLong();
    }

    /// One of a node that has no other beside it: always, in epoch 0.
    public static Lease always() {
        var lease = new Lease(System::nanoTime);
        lease.alone(0);
        return lease;
    }

    private long now() {
        return nanoClock.getAsLong() - originNanos;
    }

    @Override
    public boolean getAsBoolean() {
        return now() < untilNanos;
    }

    /// The epoch in which it tells outputs, for an output side that compares epochs.
    public long epoch() {
        return epoch;
    }

    /// Announces a value that is about to be brought to a device.
    ///
    /// @return whether outputs are told now, in this epoch; then [#leave] follows when the device has the value, or
    ///     will not have it any more
    public boolean enter(long itsEpoch) {
        // Counted before it is asked: whoever ends the lease and then counts misses nobody who was told that it holds.
        underWay.incrementAndGet();
        boolean holds = getAsBoolean() && epoch == itsEpoch;
        if (!holds) {
            underWay.decrementAndGet();
        }
        return holds;
    }

    /// The device has the value.
    public void leave() {
        underWay.decrementAndGet();
    }

    /// Whether no value is on its way.
    boolean isQuiet() {
        return underWay.get() == 0;
    }

    /// It is alone, in an epoch that was given to it.
    void alone(long itsEpoch) {
        epoch = itsEpoch;
        untilNanos = Long.MAX_VALUE;
    }

    /// From now on it needs a standby that answers.
    void share(long untilNanoTime) {
        untilNanos = untilNanoTime - originNanos;
    }

    /// A standby answered.
    void extend(long untilNanoTime) {
        untilNanos = Math.max(untilNanos, untilNanoTime - originNanos);
    }

    void end() {
        untilNanos = NEVER;
    }
}
