package io.millwright.node.tree;

import io.millwright.identity.recursive.RecursionStatistics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What became of one node's counts, second by second, for two minutes.
final class Course {

    private static final int POINTS = 120;
    private static final int MINUTE = 60;

    private final List<@Nullable Point> points = new ArrayList<>();
    private Optional<Reading> last = Optional.empty();

    /// What a node has counted at a moment.
    ///
    /// @param nanos of the monotonic clock
    /// @param lagMillis of a mirror behind its primary, where it is known
    record Reading(
            RunningNode node,
            long nanos,
            long requests,
            Optional<RecursionStatistics> recursion,
            @Nullable Double lagMillis) {

        private long fromMemory() {
            return recursion
                    .map(r -> r.fresh() + r.negative() + r.stale() + r.coalesced())
                    .orElse(0L);
        }

        private long asked() {
            return fromMemory()
                    + recursion.map(r -> r.fetched() - r.prefetched()).orElse(0L);
        }
    }

    /// What happened between two readings.
    private record Point(
            double requestsPerSecond,
            long fromMemory,
            long asked,
            @Nullable Double lagMillis) {}

    /// @param reading nothing while the node is stopped
    synchronized void add(Optional<Reading> reading) {
        points.add(between(last, reading));
        if (points.size() > POINTS) {
            points.removeFirst();
        }
        last = reading;
    }

    private static @Nullable Point between(Optional<Reading> before, Optional<Reading> after) {
        if (before.isEmpty() || after.isEmpty()) {
            return null;
        }
        var a = before.get();
        var b = after.get();
        if (!a.node().ledger().equals(b.node().ledger())) {
            return null; // it was started again, and counts from 0
        }
        double seconds = Math.max(1e-3, (b.nanos() - a.nanos()) / 1e9);
        return new Point(
                (b.requests() - a.requests()) / seconds,
                b.fromMemory() - a.fromMemory(),
                b.asked() - a.asked(),
                b.lagMillis());
    }

    /// Requests per second, oldest first; null where the node was stopped.
    synchronized List<@Nullable Double> rates() {
        var rates = new ArrayList<@Nullable Double>();
        for (var point : points) {
            rates.add(point == null ? null : rounded(point.requestsPerSecond()));
        }
        return rates;
    }

    /// How far behind its primary it was, milliseconds, oldest first; null where it is not known.
    synchronized List<@Nullable Double> lags() {
        var lags = new ArrayList<@Nullable Double>();
        for (var point : points) {
            lags.add(point == null ? null : point.lagMillis());
        }
        return lags;
    }

    /// The part of the last minute's questions that was answered from memory, 0 to 1; null if nobody asked.
    synchronized @Nullable Double hitRate() {
        long fromMemory = 0;
        long asked = 0;
        for (var point : points.subList(Math.max(0, points.size() - MINUTE), points.size())) {
            if (point != null) {
                fromMemory += point.fromMemory();
                asked += point.asked();
            }
        }
        return asked <= 0 ? null : Math.clamp((double) fromMemory / asked, 0, 1);
    }

    private static double rounded(double rate) {
        return Math.round(rate * 10) / 10.0;
    }
}
