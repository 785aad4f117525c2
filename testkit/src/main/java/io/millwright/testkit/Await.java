package io.millwright.testkit;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/// Waits for a condition that another thread, process or device brings about.
public final class Await {

    /// How long a test waits for what should happen soon; generous, for slow machines.
    public static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final long LOOK_NANOS = 5_000_000;

    private Await() {}

    /// Waits until the condition holds.
    ///
    /// @param what the condition in words, for the failure
    public static void until(String what, Callable<Boolean> condition) {
        until(() -> what, condition);
    }

    /// Waits until the condition holds.
    ///
    /// @param what the condition and what is seen instead, asked for when it fails
    public static void until(Supplier<String> what, Callable<Boolean> condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (!condition.call()) {
                if (System.nanoTime() - deadline > 0) {
                    throw new AssertionError("not within " + PATIENCE.toSeconds() + " s: " + what.get());
                }
                LockSupport.parkNanos(LOOK_NANOS);
            }
        } catch (AssertionError | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(what.get(), e);
        }
    }
}
