package io.millwright.connect.sparkplug;

import io.millwright.model.Quality;
import io.millwright.model.Sample;
import io.millwright.model.SignalName;
import io.millwright.model.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The signals that one metric feeds, and what they were last told.
final class WantedMetric {

    /// A device clock may run ahead by so much before its times are no longer followed.
    private static final long AHEAD_NANOS_MAX = 60_000_000_000L;

    final SparkplugPoint point;
    private final List<SignalName> signals = new ArrayList<>(1);
    private long latestSourceNanos = Long.MIN_VALUE;
    private @Nullable Quality bad;

    WantedMetric(SparkplugPoint point) {
        this.point = point;
    }

    void add(SignalName signal) {
        signals.add(signal);
    }

    /// A value arrived.
    ///
    /// @param historical whether it tells of the past only
    void sample(
            Value value, Quality quality, long sourceNanos, long receivedNanos, boolean historical, HostEffects out) {
        for (SignalName signal : signals) {
            out.samples().add(new Sample(signal, value, quality, sourceNanos, receivedNanos));
        }
        if (!historical) {
            bad = null;
            if (sourceNanos - receivedNanos < AHEAD_NANOS_MAX) {
                latestSourceNanos = Math.max(latestSourceNanos, sourceNanos);
            }
        }
    }

    /// The signals are bad, once for each reason in a row. The sample never lies before the last value: a device
    /// clock that runs ahead must not hide the death.
    void bad(Quality why, long sinceNanos, long nowNanos, HostEffects out) {
        if (why.equals(bad)) {
            return;
        }
        bad = why;
        long since = Math.max(sinceNanos, latestSourceNanos + 1);
        for (SignalName signal : signals) {
            out.samples().add(new Sample(signal, Value.missing(), why, since, nowNanos));
        }
    }
}
