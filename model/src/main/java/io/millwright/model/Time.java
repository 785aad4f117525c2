package io.millwright.model;

/// The clocks of a node. Everything that needs the time is handed one, so that tests can step it.
public interface Time {

    /// Nanoseconds since 1970-01-01T00:00:00Z by the node's wall clock, which may be set and may jump.
    long epochNanos();

    /// Nanoseconds since some fixed moment, never going back; for durations and timeouts only.
    long monotonicNanos();

    /// The clocks of the machine.
    static Time system() {
        return SystemTime.CLOCKS;
    }
}
