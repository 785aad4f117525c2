package io.millwright.plc;

import io.millwright.plc.Loaded.LoadedTask;
import java.util.Collection;

/// How long the scan that runs now may take: told by the thread that scans, asked by a watchdog in another.
final class ScanLimit {
    private static final long NEVER = Long.MAX_VALUE;

    private volatile long startNanos = NEVER;
    private volatile long limitNanos;
    private volatile long shortestNanos = NEVER;
    private volatile Runnable changed = () -> {};

    /// Which scans there may be from now on.
    ///
    /// @param tasks of the program
    /// @param trialNanos what a scan of any task may take besides; 0 for any time
    void of(Collection<LoadedTask> tasks, long trialNanos) {
        shortestNanos = tasks.stream()
                .mapToLong(t -> shorter(t.setting().watchdogNanos(), trialNanos))
                .filter(limit -> limit > 0)
                .min()
                .orElse(NEVER);
        changed.run();
    }

    /// Lets somebody know when other scans may come.
    void whenChanged(Runnable told) {
        changed = told;
    }

    /// @param limitNanos how long it may take; 0 for any time
    void begin(long now, long limitNanos) {
        this.limitNanos = limitNanos;
        startNanos = now;
    }

    void end() {
        startNanos = NEVER;
    }

    /// Of the scan that runs or ran last; 0 for any time.
    long nanos() {
        return limitNanos;
    }

    /// Whether the scan that runs now has taken too long.
    boolean isOver(long now) {
        return left(now) < 0;
    }

    /// For how long from now on no scan can take too long, neither the one that runs nor one that is yet to begin.
    long calmNanos(long now) {
        return Math.min(left(now), shortestNanos);
    }

    private long left(long now) {
        long start = startNanos;
        long most = limitNanos;
        return start == NEVER || most == 0 ? NEVER : start + most - now;
    }

    /// The shorter of two limits, of which 0 is none.
    static long shorter(long nanos, long others) {
        return nanos == 0 || others == 0 ? nanos + others : Math.min(nanos, others);
    }
}
