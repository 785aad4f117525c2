package io.millwright.node.data;

import io.millwright.model.Sample;
import io.millwright.model.Signal;
import io.millwright.model.SignalName;
import io.millwright.model.Value;
import java.util.Arrays;
import java.util.Optional;

/// Judges a signal's samples, handed over by source time. Takes 8 bytes a sample, to know the median interval.
final class Trust {

    /// A distance of more than so many intervals is a gap.
    private static final int GAP = 3;
    /// So many samples of one and the same number or text are a stuck value.
    private static final int STUCK = 60;

    /// What was found. Gaps are distances of more than three intervals; late samples were received after a sample
    /// of later source time; stuck are stretches of at least 60 equal good samples, truth values excepted.
    record Report(
            String signal,
            long samples,
            double goodPercent,
            double uncertainPercent,
            double badPercent,
            double intervalSeconds,
            long gaps,
            double longestGapSeconds,
            long late,
            long stuck,
            long outOfRange) {}

    private final SignalName name;
    private final Optional<Signal> described;
    private long[] distances = new long[1024];
    private int count;
    private long good;
    private long bad;
    private long late;
    private long stuck;
    private long outside;
    private int same;
    private long lastSource;
    private long lastReceived;
    private Value lastValue = Value.missing();

    Trust(SignalName name, Optional<Signal> described) {
        this.name = name;
        this.described = described;
    }

    void add(Sample sample) {
        if (count > 0) {
            distances = count > distances.length ? Arrays.copyOf(distances, count * 2) : distances;
            distances[count - 1] = sample.sourceNanos() - lastSource;
            late += sample.receivedNanos() < lastReceived ? 1 : 0;
        }
        count++;
        good += sample.quality().isGood() ? 1 : 0;
        bad += sample.quality().isBad() ? 1 : 0;
        boolean counts = sample.quality().isGood() && !(sample.value() instanceof Value.Bool);
        same = !counts ? 0 : sample.value().equals(lastValue) ? same + 1 : 1;
        stuck += same == STUCK ? 1 : 0;
        double number = sample.value().asDouble();
        outside += !sample.quality().isBad()
                        && described
                                .flatMap(Signal::range)
                                .filter(r -> number < r.min() || number > r.max())
                                .isPresent()
                ? 1
                : 0;
        lastSource = sample.sourceNanos();
        lastReceived = sample.receivedNanos();
        lastValue = sample.value();
    }

    Report report() {
        int n = Math.max(count - 1, 0);
        Arrays.sort(distances, 0, n);
        long median = n == 0 ? 0 : distances[n / 2];
        long interval = described.map(s -> s.every().toNanos()).orElse(median);
        long gaps =
                Arrays.stream(distances, 0, n).filter(d -> d / GAP > interval).count();
        return new Report(
                name.toString(),
                count,
                percent(good),
                percent(count - good - bad),
                percent(bad),
                interval / 1e9,
                gaps,
                gaps == 0 ? 0 : distances[n - 1] / 1e9,
                late,
                stuck,
                outside);
    }

    private double percent(long part) {
        return count == 0 ? 0 : 100.0 * part / count;
    }
}
