package io.millwright.iec61131.machine;

/// Puts the values of many variables at once, between scans: the other way round of [Sampler].
public interface Placer {
    /// Gives each variable the value that [Sampler#take] wrote; texts stay as they are.
    void put(long[] bits);
}
