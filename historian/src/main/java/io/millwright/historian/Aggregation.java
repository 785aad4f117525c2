package io.millwright.historian;

import io.millwright.historian.series.SampleCursor;
import io.millwright.model.Quality;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Sums up samples in intervals of equal length.
final class Aggregation {

    private final long from;
    private final long to;
    private final int buckets;
    private final List<Bucket> done = new ArrayList<>();
    private long count;
    private long good;
    private long bad;
    private long usable;
    private double min;
    private double max;
    private double sum;
    private double first;
    private double last;

    Aggregation(long from, long to, int buckets) {
        this.from = from;
        this.to = to;
        this.buckets = buckets;
        clear();
    }

    List<Bucket> of(SampleCursor samples) throws IOException {
        while (samples.next()) {
            while (samples.sourceNanos() >= boundary(done.size() + 1)) {
                finish();
            }
            add(samples);
        }
        while (done.size() < buckets) {
            finish();
        }
        return done;
    }

    /// Where an interval begins; computed so that nothing overflows and the last one ends exactly at the end.
    private long boundary(int index) {
        long span = to - from;
        return from + span / buckets * index + span % buckets * index / buckets;
    }

    private void add(SampleCursor sample) {
        count++;
        Quality.Severity severity = sample.quality().severity();
        good += severity == Quality.Severity.GOOD ? 1 : 0;
        bad += severity == Quality.Severity.BAD ? 1 : 0;
        double number = sample.value().asDouble();
        if (severity == Quality.Severity.BAD || Double.isNaN(number)) {
            return;
        }
        first = usable == 0 ? number : first;
        min = usable == 0 ? number : Math.min(min, number);
        max = usable == 0 ? number : Math.max(max, number);
        last = number;
        sum += number;
        usable++;
    }

    private void finish() {
        int index = done.size();
        double mean = usable == 0 ? Double.NaN : sum / usable;
        done.add(new Bucket(boundary(index), boundary(index + 1), count, good, bad, min, max, mean, first, last));
        clear();
    }

    private void clear() {
        count = 0;
        good = 0;
        bad = 0;
        usable = 0;
        sum = 0;
        min = Double.NaN;
        max = Double.NaN;
        first = Double.NaN;
        last = Double.NaN;
    }
}
