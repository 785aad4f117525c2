package io.millwright.node.api;

import io.millwright.historian.Bucket;
import io.millwright.model.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// Turns the historian's buckets into the columns of the API.
final class HistoryBuckets {

    private HistoryBuckets() {}

    static Views.BucketsView view(Signal signal, long from, long to, int asked, List<Bucket> all) {
        var buckets = all.stream().filter(b -> b.count() > 0).toList();
        return new Views.BucketsView(
                "buckets",
                signal.name().toString(),
                signal.unit().code(),
                Views.millis(from),
                Views.millis(to),
                Views.millis(to - from) / asked,
                buckets.stream().mapToDouble(b -> Views.millis(b.fromNanos())).toArray(),
                buckets.stream().mapToLong(Bucket::count).toArray(),
                buckets.stream().mapToLong(Bucket::good).toArray(),
                buckets.stream().mapToLong(Bucket::bad).toArray(),
                column(buckets, Bucket::min),
                column(buckets, Bucket::max),
                column(buckets, Bucket::mean),
                column(buckets, Bucket::first),
                column(buckets, Bucket::last));
    }

    private static List<@Nullable Double> column(List<Bucket> buckets, ToDoubleFunction<Bucket> member) {
        var column = new ArrayList<@Nullable Double>(buckets.size());
        for (var bucket : buckets) {
            double value = member.applyAsDouble(bucket);
            column.add(Double.isFinite(value) ? value : null);
        }
        return column;
    }
}
