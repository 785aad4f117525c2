package io.millwright.historian.series;

import java.io.IOException;

/// A place that holds samples of one signal and is opened only when its turn comes.
///
/// @param earliestNanos no sample of it is earlier
/// @param opener opens it
public record Source(long earliestNanos, Opener opener) {

    /// Opens a place.
    @FunctionalInterface
    public interface Opener {
        SampleCursor open() throws IOException;
    }
}
