package io.millwright.node.plc;

import io.millwright.plc.pace.Timing;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/// The whole histograms of a task, as they are drawn.
public record TaskTiming(String task, Series lateness, Series execution, Series jitter) {
    /// How many buckets a power of ten has: each is about 1.6 times as long as the one before.
    static final int PER_DECADE = 5;

    private static final double NANOS_PER_MICRO = 1000;

    /// @param nowNanos for the last minute
    static TaskTiming of(String task, Timing timing, long nowNanos) {
        return new TaskTiming(
                task,
                Series.of(timing.figures(Timing.Kind.LATENESS, nowNanos)),
                Series.of(timing.figures(Timing.Kind.EXECUTION, nowNanos)),
                Series.of(timing.figures(Timing.Kind.JITTER, nowNanos)));
    }

    /// One kind of time since the start and in the last minute.
    public record Series(List<Bucket> sinceStart, List<Bucket> lastMinute) {
        static Series of(Timing.Figures figures) {
            return new Series(buckets(figures.sinceStart()), buckets(figures.lastMinute()));
        }
    }

    /// How many scans took so long.
    ///
    /// @param fromMicros in microseconds; the least bucket begins at 0
    /// @param toMicros in microseconds, the first that no longer belongs to it
    public record Bucket(double fromMicros, double toMicros, long count) {}

    /// Buckets without gaps, from the first to the last that has something in it.
    static List<Bucket> buckets(Histogram histogram) {
        List<Bucket> buckets = new ArrayList<>();
        for (HistogramIterationValue value : histogram.recordedValues()) {
            long nanos = histogram.medianEquivalentValue(value.getValueIteratedTo());
            int place = placeOf(nanos);
            while (!buckets.isEmpty() && buckets.getLast().toMicros() < edge(place)) {
                int next = placeOf(Math.round(buckets.getLast().toMicros() * NANOS_PER_MICRO));
                buckets.add(new Bucket(edge(next), edge(next + 1), 0));
            }
            long count = value.getCountAtValueIteratedTo();
            if (!buckets.isEmpty() && buckets.getLast().fromMicros() == edge(place)) {
                count += buckets.removeLast().count();
            }
            buckets.add(new Bucket(edge(place), edge(place + 1), count));
        }
        return buckets;
    }

    /// Below a microsecond all are one bucket.
    private static int placeOf(long nanos) {
        int place = 0;
        while (nanos >= edgeNanos(place + 1)) {
            place++;
        }
        return place;
    }

    /// Whole nanoseconds, so that no rounding puts a time on the wrong side.
    private static long edgeNanos(int place) {
        return place == 0 ? 0 : Math.round(NANOS_PER_MICRO * Math.pow(10, (place - 1) / (double) PER_DECADE));
    }

    private static double edge(int place) {
        return edgeNanos(place) / NANOS_PER_MICRO;
    }
}
