package io.millwright.connect;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long a link pauses between tries: exponential with jitter, so that a thousand links do not knock at a returned
/// device in the same moment, and capped, so that a device that returns is found soon.
///
/// The pause doubles from [#FIRST] to [#LONGEST]; each is drawn evenly from the upper half of that, so two pauses are
/// never less than half as long as the schedule says. Not safe for use by several threads.
public final class RetrySchedule {

    /// The upper bound of the first pause.
    public static final Duration FIRST = Duration.ofMillis(250);

    /// The upper bound of every pause.
    public static final Duration LONGEST = Duration.ofSeconds(5);

    /// The pause after a refusal, which only a person mends.
    public static final Duration AFTER_REFUSAL = Duration.ofSeconds(10);

    private final RandomGenerator random;
    private long boundNanos = FIRST.toNanos();

    /// @param random draws the jitter
    public RetrySchedule(RandomGenerator random) {
        this.random = random;
    }

    /// The pause before the next try.
    public Duration next() {
        long bound = boundNanos;
        boundNanos = Math.min(2 * bound, LONGEST.toNanos());
        return jittered(bound);
    }

    /// The pause before the next try when the device refused us.
    public Duration afterRefusal() {
        return jittered(AFTER_REFUSAL.toNanos());
    }

    /// The device answered: the next failure starts from the shortest pause again.
    public void succeeded() {
        boundNanos = FIRST.toNanos();
    }

    private Duration jittered(long bound) {
        return Duration.ofNanos(bound / 2 + random.nextLong(bound / 2 + 1));
    }
}
