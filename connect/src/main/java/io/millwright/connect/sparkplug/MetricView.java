package io.millwright.connect.sparkplug;

import io.millwright.model.Quality;
import io.millwright.model.Reading;
import io.millwright.model.Value;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// One metric as its birth announced it, with its last value.
final class MetricView {

    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long MILLIS_MAX = Long.MAX_VALUE / NANOS_PER_MILLI;

    final String device;
    final String name;
    final OptionalLong alias;
    final SparkplugType type;
    private final @Nullable WantedMetric wanted;
    private Reading last = new Reading(Value.missing(), Quality.BAD_WAITING_FOR_INITIAL_DATA, 0);
    private long updates;

    MetricView(String device, SparkplugMetric birth, SparkplugType type, @Nullable WantedMetric wanted) {
        this.device = device;
        name = birth.name();
        alias = birth.alias();
        this.type = type;
        this.wanted = wanted;
    }

    Reading last() {
        return last;
    }

    /// How many values came so far.
    long updates() {
        return updates;
    }

    /// Takes a value. Its time is the metric's, else the message's, else the time of receipt; a time that cannot be
    /// makes it uncertain.
    void update(SparkplugMetric metric, OptionalLong messageMillis, Moment now, HostEffects out) {
        SparkplugMetric.Read read = metric.as(type);
        OptionalLong millis = metric.millis().isPresent() ? metric.millis() : messageMillis;
        boolean readable = millis.isPresent() && millis.getAsLong() > 0 && millis.getAsLong() <= MILLIS_MAX;
        long sourceNanos = readable ? millis.getAsLong() * NANOS_PER_MILLI : now.epochNanos();
        boolean doubtful = millis.isPresent() && !readable && read.quality().isGood();
        Quality quality = doubtful ? Quality.UNCERTAIN : read.quality();
        if (!metric.historical()) {
            last = new Reading(read.value(), quality, sourceNanos);
            updates++;
        }
        if (wanted != null) {
            wanted.sample(read.value(), quality, sourceNanos, now.epochNanos(), metric.historical(), out);
        }
    }
}
