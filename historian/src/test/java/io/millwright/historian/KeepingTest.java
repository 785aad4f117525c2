package io.millwright.historian;

import static io.millwright.historian.Folders.LEVEL;
import static io.millwright.historian.Folders.SMALL;
import static io.millwright.historian.Folders.all;
import static io.millwright.historian.Folders.keep;
import static io.millwright.historian.Folders.sample;
import static io.millwright.historian.Folders.still;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.model.Quality;
import io.millwright.model.Sample;
import io.millwright.model.Time;
import io.millwright.model.Value;
import io.millwright.testkit.ManualTime;
import io.millwright.testkit.Property;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeepingTest {

    private static final long HOUR = Duration.ofHours(1).toNanos();

    @TempDir
    private Path folder;

    /// Through memory, journal, segment and restart: the bits that came are the bits that are served.
    @Test
    void everyValueIsKeptExactly() throws IOException {
        var values = List.of(
                Value.of(Double.NaN),
                Value.of(Double.POSITIVE_INFINITY),
                Value.of(Double.NEGATIVE_INFINITY),
                Value.of(-0.0),
                Value.of(0.0),
                Value.of(Double.MIN_VALUE),
                Value.of(Double.MAX_VALUE),
                Value.of(Long.MAX_VALUE),
                Value.of(Long.MIN_VALUE),
                Value.of((1L << 53) + 1),
                Value.of(true),
                Value.of(""),
                Value.of("汽轮机 \uD83D\uDE80 e\u0301 \u0000 \"\n"),
                Value.of("x".repeat(Historian.TEXT_MAX)),
                Value.missing());
        var samples = new ArrayList<Sample>();
        for (int i = 0; i < values.size(); i++) {
            samples.add(new Sample(LEVEL, values.get(i), new Quality(0x8000_0000 >>> i % 2 | i), i * 1_000L - 3, -i));
        }
        try (var historian = still(folder)) {
            keep(historian, samples);
            assertEquals(samples, all(historian, LEVEL), "memory");
        }
        try (var historian = still(folder)) {
            assertEquals(samples, all(historian, LEVEL), "journal");
            historian.segmentStep();
            assertTrue(historian.state().segmentBytes() > 0);
            assertEquals(samples, all(historian, LEVEL), "segment");
        }
        try (var historian = still(folder)) {
            assertEquals(samples, all(historian, LEVEL), "after a restart");
        }
    }

    /// decisions/0010: signal and source time identify a sample; the one journaled later replaces the other; repetition
    /// is counted. The reference is a map. Source times jump by an hour either way, as when a clock is set.
    @Test
    void lateRepeatedAndCorrectedSamplesAreKeptOncePerSourceTime() {
        Property.check(20, random -> {
            Path place = Files.createTempDirectory(folder, "late");
            var expected = new TreeMap<Long, Sample>();
            var latest = new LatestOracle();
            long clock = 10 * HOUR;
            try (var historian = still(place)) {
                for (int batch = 0; batch < 40; batch++) {
                    clock += random.nextInt(8) == 0 ? (random.nextBoolean() ? HOUR : -HOUR) : 0;
                    var samples = new ArrayList<Sample>();
                    for (int i = 0; i < 20; i++) {
                        clock += random.nextInt(3) - 1;
                        samples.add(sample(LEVEL, clock, random.nextInt(3)));
                    }
                    keep(historian, samples);
                    samples.forEach(s -> expected.put(s.sourceNanos(), s));
                    samples.forEach(s -> latest.add(s, true));
                    latest.check(historian.latest(LEVEL), true);
                    if (random.nextInt(6) == 0) {
                        historian.segmentStep();
                    }
                }
                assertEquals(List.copyOf(expected.values()), all(historian, LEVEL));
            }
            try (var historian = still(place)) {
                latest.check(historian.latest(LEVEL), true);
                assertEquals(List.copyOf(expected.values()), all(historian, LEVEL));
            }
        });
    }

    /// Each bucket against a plain walk over the samples between its own bounds; the bounds against their definition.
    @Test
    void bucketsAreWhatAPlainWalkFinds() {
        Property.check(30, random -> {
            var samples = new TreeMap<Long, Sample>();
            for (int i = 0; i < 300; i++) {
                long at = random.nextLong(-5_000, 5_000);
                double value = random.nextInt(10) == 0 ? Double.NaN : random.nextInt(-50, 50);
                var quality =
                        List.of(Quality.GOOD, Quality.UNCERTAIN, Quality.BAD).get(random.nextInt(3));
                samples.put(at, new Sample(LEVEL, Value.of(value), quality, at, at));
            }
            long from = random.nextLong(-6_000, 0);
            long to = from + random.nextLong(1, 9_000);
            int count = random.nextInt(1, 50);
            try (var historian = still(Files.createTempDirectory(folder, "buckets"))) {
                keep(historian, List.copyOf(samples.values()));
                var buckets = historian.aggregate(LEVEL, from, to, count);
                assertEquals(count, buckets.size());
                assertEquals(from, buckets.getFirst().fromNanos());
                assertEquals(to, buckets.getLast().toNanos());
                for (Bucket bucket : buckets) {
                    assertBucket(
                            bucket,
                            samples.subMap(bucket.fromNanos(), bucket.toNanos()).values());
                }
            }
        });
    }

    private static void assertBucket(Bucket bucket, java.util.Collection<Sample> in) {
        var usable = in.stream()
                .filter(s -> !s.quality().isBad())
                .mapToDouble(s -> s.value().asDouble())
                .filter(v -> !Double.isNaN(v))
                .toArray();
        var sums = java.util.Arrays.stream(usable).summaryStatistics();
        assertEquals(in.size(), bucket.count());
        assertEquals(in.stream().filter(s -> s.quality().isGood()).count(), bucket.good());
        assertEquals(in.stream().filter(s -> s.quality().isBad()).count(), bucket.bad());
        boolean none = usable.length == 0;
        assertEquals(none ? Double.NaN : sums.getMin(), bucket.min());
        assertEquals(none ? Double.NaN : sums.getMax(), bucket.max());
        assertEquals(none ? Double.NaN : sums.getAverage(), bucket.mean(), 1e-9);
        assertEquals(none ? Double.NaN : usable[0], bucket.first());
        assertEquals(none ? Double.NaN : usable[usable.length - 1], bucket.last());
    }

    @Test
    void aSubscriberThatHangsHoldsNobodyBackAndTheOtherHearsAllInOrder() throws Exception {
        var hangs = new CountDownLatch(1);
        var heard = new CopyOnWriteArrayList<Long>();
        try (var historian = Historian.open(folder, SMALL, Time.system());
                var _ = historian.subscribe(_ -> await(hangs));
                var _ = historian.subscribe(batch -> batch.forEach(s -> heard.add(s.sourceNanos())))) {
            var sent = new ArrayList<Long>();
            for (long n = 0; n < 1_500; n++) {
                historian.append(List.of(sample(LEVEL, n, n))).join();
                sent.add(n);
                if (n % 100 == 99) {
                    Await.until(() -> heard.size() == sent.size(), "the listener keeps up");
                }
            }
            assertEquals(sent, heard);
        } finally {
            hangs.countDown();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void whatIsOlderThanItsAgeIsDeletedWithItsSegment() throws IOException {
        var time = new ManualTime(100 * HOUR);
        var settings = SMALL.withKeepFor(Duration.ofHours(2));
        try (var historian = still(folder, settings, time)) {
            keep(historian, List.of(sample(LEVEL, 99 * HOUR, 1)));
        }
        try (var historian = still(folder, settings, time)) {
            historian.segmentStep();
            assertEquals(1, all(historian, LEVEL).size(), "an hour old");
            time.advance(Duration.ofHours(2));
            historian.segmentStep();
            assertEquals(List.of(), all(historian, LEVEL), "three hours old");
            assertEquals(0, historian.state().segmentBytes());
        }
    }

    /// One segment for every file, as long as segments do not lag behind.
    @Test
    void theOldestSegmentsGoWhenAllTogetherAreTooLarge() throws IOException {
        var settings = SMALL.withKeepBytes(1);
        for (int n = 0; n < 3; n++) {
            try (var historian = still(folder, settings, Time.system())) {
                historian.segmentStep();
                keep(historian, List.of(sample(LEVEL, n, n)));
            }
        }
        try (var historian = still(folder, settings, Time.system())) {
            historian.segmentStep();
            assertEquals(List.of(sample(LEVEL, 2, 2)), all(historian, LEVEL), "the newest stays in any case");
        }
    }
}
