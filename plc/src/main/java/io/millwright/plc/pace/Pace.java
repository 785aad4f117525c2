package io.millwright.plc.pace;

/// The clock of a virtual PLC: the one place where it learns the time and waits.
public interface Pace {
    /// Nanoseconds that never go back, since any fixed moment. Setting the clock of the machine does not change
    /// them.
    long nowNanos();

    /// Nanoseconds since 1970-01-01T00:00:00Z; goes back when the clock of the machine is set back.
    long epochNanos();

    /// Waits until a moment of [#nowNanos], or until [#wake] is called, whichever is first. Returns at once
    /// where the moment has passed. May return early for no reason.
    void await(long dueNanos);

    /// Ends the waiting of another thread.
    void wake();
}
