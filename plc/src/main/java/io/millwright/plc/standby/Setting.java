package io.millwright.plc.standby;

import java.time.Duration;

/// How two PLCs stand by for each other. The key is the same for both; of lease and margin the longer count.
///
/// @param key which both share, 16 bytes or more
/// @param lease how long after the last answer the one that tells outputs goes on. Shorter than two cycles of
///     its task, the other continues within three
/// @param margin how much longer the other waits; more than the clocks of two machines go apart within the
///     lease
public record Setting(byte[] key, Duration lease, Duration margin) {
    private static final Duration LONGEST = Duration.ofMinutes(1);

    public Setting {
        key = key.clone();
        if (lease.compareTo(Duration.ofMillis(1)) < 0 || lease.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a lease lasts from 1 ms to a minute, not " + lease);
        }
        if (margin.isNegative() || margin.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a margin lasts up to a minute, not " + margin);
        }
    }

    /// Lease and margin, for the other side.
    byte[] times() {
        return Kind.numbers(lease.toNanos(), margin.toNanos());
    }

    /// This one, or with the lease and margin of the other side where it waits longer by them.
    ///
    /// @throws IllegalArgumentException where they are out of bounds
    Setting orLonger(byte[] times) {
        var other = new Setting(key, Duration.ofNanos(Kind.number(times)), Duration.ofNanos(Kind.second(times)));
        return other.patienceNanos() > patienceNanos() ? other : this;
    }

    /// How long who stands by waits after what it answered last: clocks go apart by a thousandth at most.
    long patienceNanos() {
        return lease.toNanos() + lease.toNanos() / 1000 + margin.toNanos();
    }
}
