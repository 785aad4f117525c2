package io.millwright.iec61131.machine;

/// Takes the values of many variables at once, between scans.
public interface Sampler {
    /// Writes the value of each variable as [Slot#bits] gives it; of a text nothing.
    void take(long[] bits);
}
