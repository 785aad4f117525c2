package io.millwright.plc;

import org.jspecify.annotations.Nullable;

/// Watches over a program that was put in the place of another one a short while ago, and knows what to go on
/// with where it fails. Called by the thread that scans; what it gives back has the state to go on with.
public interface Trial {
    /// How long a scan may take before it is ended.
    ///
    /// @return nanoseconds; 0 for any time
    long limitNanos();

    /// A scan begins: nothing has changed yet. Allocates nothing.
    void beginning();

    /// A scan could not be ended, for what the program did.
    ///
    /// @return the program that does the scan instead; null for none
    @Nullable
    Loaded failed(Fault fault);

    /// A scan has ended well, its outputs are told. Allocates nothing.
    ///
    /// @return the program to go on with; null for this one
    @Nullable
    Loaded ended(long executionNanos);
}
