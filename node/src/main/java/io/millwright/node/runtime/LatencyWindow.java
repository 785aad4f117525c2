package io.millwright.node.runtime;

import io.millwright.model.Time;
import java.time.Duration;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/// How long samples took, over about the last minute: six slices of ten seconds, the oldest of which is dropped as
/// a new one begins.
final class LatencyWindow {

    private static final int SLICES = 6;
    private static final long SLICE_NANOS = Duration.ofSeconds(10).toNanos();
    /// A source clock that runs ahead gives negative latencies; they count as nothing. More than an hour counts as
    /// an hour.
    private static final long HIGHEST_MICROS = Duration.ofHours(1).toNanos() / 1000;

    private static final int DIGITS = 2;

    private final Recorder recorder = new Recorder(HIGHEST_MICROS, DIGITS);
    private final Histogram[] slices = new Histogram[SLICES];
    private final Time time;
    private int current;
    private volatile long currentBegan;

    LatencyWindow(Time time) {
        this.time = time;
        for (int i = 0; i < SLICES; i++) {
            slices[i] = new Histogram(HIGHEST_MICROS, DIGITS);
        }
        currentBegan = time.monotonicNanos();
    }

    /// Safe for use by many threads.
    void record(long nanos) {
        recorder.recordValue(Math.clamp(nanos / 1000, 0, HIGHEST_MICROS));
        // Also when nobody asks for a long time, or all of it would be counted to one slice.
        if (time.monotonicNanos() - currentBegan >= SLICE_NANOS) {
            advance();
        }
    }

    /// The percentiles over the window in milliseconds, [Double#NaN] where nothing was recorded.
    synchronized double[] percentilesMillis(double... percentiles) {
        advance();
        var sum = new Histogram(HIGHEST_MICROS, DIGITS);
        for (var slice : slices) {
            sum.add(slice);
        }
        var result = new double[percentiles.length];
        for (int i = 0; i < percentiles.length; i++) {
            result[i] = sum.getTotalCount() == 0 ? Double.NaN : sum.getValueAtPercentile(percentiles[i]) / 1000.0;
        }
        return result;
    }

    private synchronized void advance() {
        slices[current].add(recorder.getIntervalHistogram());
        long began = currentBegan;
        for (long now = time.monotonicNanos(); now - began >= SLICE_NANOS; began += SLICE_NANOS) {
            current = (current + 1) % SLICES;
            slices[current].reset();
        }
        currentBegan = began;
    }
}
