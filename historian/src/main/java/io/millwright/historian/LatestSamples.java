package io.millwright.historian;

import io.millwright.model.Sample;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// The latest durable sample of every signal. One thread offers, many read.
///
/// Late samples must not take the place of a newer one, so source time decides, and of two with the same the one
/// journaled later. But clocks are set: one that ran an hour ahead would otherwise hold its last value for an hour. So
/// a
/// source time ahead of our own clock counts as the time of receipt, and a sample that comes long after the latest, or
/// with our own clock set back since, takes its place whatever its source time.
final class LatestSamples {

    /// How long the latest sample stands against samples of earlier source time.
    private static final long STANDS_NANOS = 10_000_000_000L;

    /// How far a device's clock may be ahead of ours before it is not believed.
    private static final long SKEW_NANOS = 1_000_000_000L;

    private volatile AtomicReferenceArray<@Nullable Sample> samples = new AtomicReferenceArray<>(1024);

    @Nullable
    Sample of(int signal) {
        AtomicReferenceArray<@Nullable Sample> now = samples;
        return signal >= 0 && signal < now.length() ? now.get(signal) : null;
    }

    /// Takes a sample that is journaled after all before.
    ///
    /// @return whether it only repeats the latest: same source time, value and quality
    boolean offer(int signal, Sample sample) {
        if (signal >= samples.length()) {
            grow(signal);
        }
        Sample latest = samples.getPlain(signal);
        if (latest != null) {
            if (latest.sourceNanos() == sample.sourceNanos()
                    && latest.quality().equals(sample.quality())
                    && latest.value().equals(sample.value())) {
                return true;
            }
            if (!supersedes(sample, latest)) {
                return false;
            }
        }
        samples.setRelease(signal, sample);
        return false;
    }

    private static boolean supersedes(Sample sample, Sample latest) {
        long between = sample.receivedNanos() - latest.receivedNanos();
        return credible(sample) >= credible(latest) || between > STANDS_NANOS || between < -STANDS_NANOS;
    }

    /// The source time, unless it is further ahead of our own clock than clocks that are kept in step are.
    private static long credible(Sample sample) {
        boolean ahead = sample.sourceNanos() - sample.receivedNanos() > SKEW_NANOS;
        return ahead ? sample.receivedNanos() : sample.sourceNanos();
    }

    private void grow(int signal) {
        var larger = new AtomicReferenceArray<@Nullable Sample>(Math.max(signal + 1, samples.length() * 2));
        for (int i = 0; i < samples.length(); i++) {
            larger.setPlain(i, samples.getPlain(i));
        }
        samples = larger;
    }
}
