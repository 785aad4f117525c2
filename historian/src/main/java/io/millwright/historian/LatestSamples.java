package io.millwright.historian;

import io.millwright.model.Sample;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// The latest durable sample of every signal: by source time; of two with the same, the one journaled later; and after
/// a clock was set back, of those since then ([ClockSteps]). One thread offers, many read.
final class LatestSamples {

    private volatile AtomicReferenceArray<@Nullable Sample> samples = new AtomicReferenceArray<>(1024);

    @Nullable
    Sample of(int signal) {
        AtomicReferenceArray<@Nullable Sample> now = samples;
        return signal >= 0 && signal < now.length() ? now.get(signal) : null;
    }

    /// Takes a sample that is journaled after all before.
    ///
    /// @param stepBack whether it takes the place of the latest one although its source time is earlier
    /// @return whether it only repeats the latest: same source time, value and quality
    boolean offer(int signal, Sample sample, boolean stepBack) {
        if (signal >= samples.length()) {
            grow(signal);
        }
        Sample latest = samples.getPlain(signal);
        if (latest != null) {
            if (latest.sourceNanos() > sample.sourceNanos() && !stepBack) {
                return false;
            }
            if (latest.sourceNanos() == sample.sourceNanos()
                    && latest.quality().equals(sample.quality())
                    && latest.value().equals(sample.value())) {
                return true;
            }
        }
        samples.setRelease(signal, sample);
        return false;
    }

    private void grow(int signal) {
        var larger = new AtomicReferenceArray<@Nullable Sample>(Math.max(signal + 1, samples.length() * 2));
        for (int i = 0; i < samples.length(); i++) {
            larger.setPlain(i, samples.getPlain(i));
        }
        samples = larger;
    }
}
