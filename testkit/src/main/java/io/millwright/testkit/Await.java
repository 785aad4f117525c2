package io.millwright.testkit;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/// Waits in tests until something holds, looking again and again; fails when it does not hold in time.
public final class Await {

    private static final Duration USUAL_PATIENCE = Duration.ofSeconds(20);
    private static final long PAUSE_NANOS = 5_000_000;

    private Await() {}

    /// Waits up to twenty seconds.
    ///
    /// @param what what is waited for, for the message of the failure
    public static void until(String what, Callable<Boolean> condition) {
        until(what, USUAL_PATIENCE, condition);
    }

    /// Waits.
    ///
    /// @param what what is waited for, for the message of the failure
    /// @param patience how long at most
    public static void until(String what, Duration patience, Callable<Boolean> condition) {
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            while (!condition.call()) {
                if (System.nanoTime() > deadline) {
                    throw new AssertionError("waited %d s in vain until %s".formatted(patience.toSeconds(), what));
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        } catch (Exception e) {
            throw new AssertionError("while waiting until " + what, e);
        }
    }
}
