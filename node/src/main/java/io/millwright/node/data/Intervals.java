package io.millwright.node.data;

import io.millwright.model.Sample;
import io.millwright.model.SignalName;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;

/// What a signal did in equal intervals. Mean, minimum and maximum are over the numbers whose quality is not bad.
final class Intervals {

    /// One interval that has samples.
    record Row(String from, long count, long good, long bad, Double min, Double mean, Double max) {}

    private Intervals() {}

    /// Where no range is given, it begins with the first sample and ends with the last.
    static List<Row> of(History history, SignalName signal, long fromNanos, long toNanos, int buckets) {
        var ends = new long[] {Long.MAX_VALUE, Long.MIN_VALUE};
        history.read(signal, fromNanos, toNanos, Long.MAX_VALUE, s -> {
            ends[0] = Math.min(ends[0], s.sourceNanos());
            ends[1] = Math.max(ends[1], s.sourceNanos());
        });
        long from = fromNanos == Long.MIN_VALUE ? ends[0] : fromNanos;
        long to = toNanos == Long.MAX_VALUE ? ends[1] + 1 : toNanos;
        double width = ((double) to - from) / buckets;
        var sums = new DoubleSummaryStatistics[buckets];
        var counts = new long[buckets][3];
        history.read(signal, from, to, Long.MAX_VALUE, s -> {
            int i = Math.min(buckets - 1, (int) ((s.sourceNanos() - from) / width));
            sums[i] = sums[i] == null ? new DoubleSummaryStatistics() : sums[i];
            add(s, counts[i], sums[i]);
        });
        var rows = new ArrayList<Row>();
        for (int i = 0; i < buckets; i++) {
            if (counts[i][0] > 0) {
                rows.add(row(from + (long) (i * width), counts[i], sums[i]));
            }
        }
        return rows;
    }

    private static void add(Sample sample, long[] counts, DoubleSummaryStatistics sums) {
        counts[0]++;
        counts[1] += sample.quality().isGood() ? 1 : 0;
        counts[2] += sample.quality().isBad() ? 1 : 0;
        double number = sample.value().asDouble();
        if (!sample.quality().isBad() && !Double.isNaN(number)) {
            sums.accept(number);
        }
    }

    private static Row row(long from, long[] counts, DoubleSummaryStatistics sums) {
        boolean none = sums.getCount() == 0;
        return new Row(
                HistoryArgument.time(from),
                counts[0],
                counts[1],
                counts[2],
                none ? Double.NaN : sums.getMin(),
                none ? Double.NaN : sums.getAverage(),
                none ? Double.NaN : sums.getMax());
    }

    static String text(List<Row> rows) {
        var text = new StringBuilder(
                "%-30s %9s %9s %9s %14s %14s %14s".formatted("from", "samples", "good", "bad", "min", "mean", "max"));
        for (Row r : rows) {
            text.append("%n%-30s %9d %9d %9d %14.6g %14.6g %14.6g"
                    .formatted(r.from(), r.count(), r.good(), r.bad(), r.min(), r.mean(), r.max()));
        }
        return text.toString();
    }
}
