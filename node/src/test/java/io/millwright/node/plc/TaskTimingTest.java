package io.millwright.node.plc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.node.plc.TaskTiming.Bucket;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

/// What is drawn of a task is all that was measured, each time where it belongs.
class TaskTimingTest {
    private static final long SEED = Long.getLong("mw.seed", 20_261_122);

    private static Histogram histogram(long... nanos) {
        var histogram = new Histogram(3_600_000_000_000L, 3);
        for (long value : nanos) {
            histogram.recordValue(value);
        }
        return histogram;
    }

    @Test
    void nothingMeasuredIsNoBucket() {
        assertEquals(List.of(), TaskTiming.buckets(histogram()));
    }

    /// Below a microsecond all are one; a power of ten begins a bucket.
    @Test
    void aTimeStandsInTheBucketThatHoldsIt() {
        assertEquals(List.of(new Bucket(0, 1, 2)), TaskTiming.buckets(histogram(0, 999)));
        Bucket milli = TaskTiming.buckets(histogram(1_000_000)).getFirst();
        assertEquals(1000, milli.fromMicros());
        assertEquals(1584.893, milli.toMicros());
    }

    @Test
    void bucketsHaveNoGapsAndHoldEveryTimeOnce() {
        var random = new Random(SEED);
        long[] nanos = random.longs(5000, 0, 9)
                .map(power -> (long) (Math.pow(10, power) * (1 + random.nextDouble(9))))
                .toArray();
        List<Bucket> buckets = TaskTiming.buckets(histogram(nanos));
        assertEquals(nanos.length, buckets.stream().mapToLong(Bucket::count).sum(), "seed " + SEED);
        for (int i = 1; i < buckets.size(); i++) {
            assertEquals(buckets.get(i - 1).toMicros(), buckets.get(i).fromMicros(), "seed " + SEED);
        }
        assertTrue(buckets.getFirst().count() > 0 && buckets.getLast().count() > 0, "seed " + SEED);
        // Three figures are kept: a time stands at most a thousandth from where it was.
        for (Bucket bucket : buckets.subList(1, buckets.size())) {
            long inner = count(nanos, bucket.fromMicros() * 1.001, bucket.toMicros() / 1.001);
            long outer = count(nanos, bucket.fromMicros() / 1.001, bucket.toMicros() * 1.001);
            assertTrue(inner <= bucket.count() && bucket.count() <= outer, bucket + ", seed " + SEED);
        }
    }

    private static long count(long[] nanos, double fromMicros, double toMicros) {
        return Arrays.stream(nanos)
                .filter(n -> n >= fromMicros * 1000 && n < toMicros * 1000)
                .count();
    }
}
