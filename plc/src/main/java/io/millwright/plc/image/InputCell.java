package io.millwright.plc.image;

import io.millwright.model.Quality;
import io.millwright.model.Value;
import org.jspecify.annotations.Nullable;

/// The newest value of a signal, on its way from a driver to the scans. One writer, one reader; neither waits.
public final class InputCell {
    /// A value and when it came.
    ///
    /// @param atNanos by [io.millwright.plc.pace.Pace#nowNanos]
    public record Arrival(Value value, Quality quality, long atNanos) {}

    private volatile @Nullable Arrival newest;

    public void offer(Value value, Quality quality, long atNanos) {
        newest = new Arrival(value, quality, atNanos);
    }

    /// The newest value, or null where none came yet.
    public @Nullable Arrival newest() {
        return newest;
    }
}
