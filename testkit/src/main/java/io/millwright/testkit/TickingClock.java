package io.millwright.testkit;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// A clock on which time passes by looking at it: a search with a time limit does the same on every machine.
public final class TickingClock {

    private TickingClock() {}

    /// A clock, in nanoseconds, that begins near 0.
    ///
    /// @param look how much time a look at it takes
    public static LongSupplier every(Duration look) {
        long step = look.toNanos();
        var now = new AtomicLong();
        return () -> now.addAndGet(step);
    }
}
