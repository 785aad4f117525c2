package io.millwright.plc.standby;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongPredicate;
import java.util.function.LongSupplier;

/// Whether this node tells outputs. Asked by the thread that scans just before it tells them, without waiting.
///
/// Alone, it does while its epoch is the highest. With a standby that is ready to take over, it does as long as
/// the standby answered lately: it counts from when the message was *sent* that was answered, while the standby
/// counts from when it answered, and longer. Both count by clocks that nobody sets.
///
/// A value goes to a device when the scan that told it is on its way to the standby: so who takes over has done that
/// scan, and does not do it again. It is announced before and after: who gives up the lease waits for it.
///
/// ```java
/// Value value = cell.value();
/// if (lease.awaitTold(lease.telling()) && lease.enter(epoch)) {
///     try {
///         device.write(value);
///     } finally {
///         lease.leave();
///     }
/// }
/// ```
public final class Lease implements BooleanSupplier, LongPredicate {
    /// Tells nothing.
    private static final long NEVER = Long.MIN_VALUE;
    /// What a value waits for takes some 0.1 ms. If it does not come, though the standby answers, the value goes out:
    /// an output that stands still is worse than a scan that may be done again.
    private static final long WAIT_MOST_NANOS = 20_000_000;

    private static final long LOOK_NANOS = 1_000_000;

    private final LongSupplier nanoClock;
    private final long originNanos;
    private final AtomicInteger underWay = new AtomicInteger();
    private volatile long untilNanos = NEVER;
    private volatile long epoch;
    private volatile boolean shared;
    private volatile long telling;
    private volatile long logged;
    private volatile long told;
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile Thread[] waiters = {};

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

    /// Whether the outputs of a scan are told. By the thread that scans, just before it tells them.
    @Override
    public boolean test(long scan) {
        telling = scan;
        return getAsBoolean();
    }

    /// The scan whose outputs were told last, or are being told. A value that was read before is of this scan or an
    /// earlier one.
    public long telling() {
        return telling;
    }

    /// A scan has ended, well or not, and is in the log that goes to the standby. By the thread that scans.
    public void logged(long scan) {
        logged = scan;
    }

    /// The last scan that is in the log.
    long logged() {
        return logged;
    }

    /// What was logged up to a scan was handed to the system, for the standby. By the thread of the link.
    void told(long scan) {
        told = scan;
        if (waiting.get() > 0) {
            for (Thread waiter : waiters) {
                LockSupport.unpark(waiter);
            }
        }
    }

    /// Lets this thread be woken while it waits in [#awaitTold]; once for each thread.
    public synchronized void wake(Thread thread) {
        Thread[] more = Arrays.copyOf(waiters, waiters.length + 1);
        more[waiters.length] = thread;
        waiters = more;
    }

    private boolean isTold(long scan) {
        return !shared || told >= scan;
    }

    /// Waits until a standby that may take over has been told of a scan; without one not at all.
    ///
    /// @return false where outputs are not told any more
    public boolean awaitTold(long scan) {
        if (isTold(scan)) {
            return true;
        }
        // Counted before it is looked again: whoever tells and then counts misses nobody who waits.
        waiting.incrementAndGet();
        try {
            long end = System.nanoTime() + WAIT_MOST_NANOS;
            while (!isTold(scan) && System.nanoTime() - end < 0) {
                if (!getAsBoolean()) {
                    return false;
                }
                LockSupport.parkNanos(this, LOOK_NANOS);
            }
            return true;
        } finally {
            waiting.decrementAndGet();
        }
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
        shared = false;
        untilNanos = Long.MAX_VALUE;
    }

    /// From now on it needs a standby that answers.
    void share(long untilNanoTime) {
        shared = true;
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
