package io.millwright.plc.pace;

import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The clock of the machine. It sleeps until shortly before the moment and spins the rest, so that the time the
/// operating system takes to wake a thread up does not make it late.
public final class RealPace implements Pace {
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final long spinNanos;
    private volatile @Nullable Thread waiting;
    private volatile boolean woken;

    /// @param spinNanos how long before the moment it stops sleeping, e.g. 100 000; 0 leaves all to the system
    public RealPace(long spinNanos) {
        if (spinNanos < 0 || spinNanos > 10_000_000) {
            throw new IllegalArgumentException("spinning lasts from 0 to 10 ms, not " + spinNanos + " ns");
        }
        this.spinNanos = spinNanos;
    }

    @Override
    public long nowNanos() {
        return System.nanoTime();
    }

    @Override
    public long epochNanos() {
        Instant now = Instant.now();
        return now.getEpochSecond() * NANOS_PER_SECOND + now.getNano();
    }

    @Override
    public void await(long dueNanos) {
        waiting = Thread.currentThread();
        long left = left(dueNanos);
        while (left > spinNanos && !woken) {
            LockSupport.parkNanos(this, left - spinNanos);
            left = left(dueNanos);
        }
        waiting = null;
        while (left > 0 && !woken) {
            Thread.onSpinWait();
            left = left(dueNanos);
        }
        woken = false;
    }

    private static long left(long dueNanos) {
        return dueNanos == Long.MAX_VALUE ? dueNanos : dueNanos - System.nanoTime();
    }

    @Override
    public void wake() {
        woken = true;
        LockSupport.unpark(waiting);
    }
}
