package io.millwright.connect.sparkplug;

import io.millwright.model.Quality;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// A device behind an edge node, or the edge node's own metrics, as its last birth announced it.
final class DeviceView {

    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long SOON_NANOS = 60_000_000_000L;

    final String name;
    final Map<String, MetricView> metrics = new HashMap<>();
    private final Map<String, WantedMetric> wanted;
    boolean online;
    /// When the signals turn bad if no birth comes, by the monotonic clock.
    long birthDeadline = Long.MAX_VALUE;

    DeviceView(String name, Map<String, WantedMetric> wanted) {
        this.name = name;
        this.wanted = wanted;
    }

    /// The device is there, with these metrics and no others.
    void born(SparkplugPayload payload, Moment now, HostEffects out) {
        online = true;
        birthDeadline = Long.MAX_VALUE;
        metrics.clear();
        for (SparkplugMetric metric : payload.metrics()) {
            if (!metric.name().isEmpty() && metric.type().isPresent() && metrics.size() < PayloadCodec.METRICS_MAX) {
                var view = new MetricView(name, metric, metric.type().get(), wanted.get(metric.name()));
                metrics.put(metric.name(), view);
                view.update(metric, payload.millis(), now, out);
            }
        }
        for (WantedMetric metric : wanted.values()) {
            if (!metrics.containsKey(metric.point.metric())) {
                metric.bad(Quality.BAD_NODE_ID_UNKNOWN, now.epochNanos(), now.epochNanos(), out);
            }
        }
    }

    /// The device is gone.
    ///
    /// @param sinceMillis when it went, if the message can be believed; else now
    void died(Quality why, OptionalLong sinceMillis, Moment now, HostEffects out) {
        online = false;
        birthDeadline = Long.MAX_VALUE;
        long since = now.epochNanos();
        if (sinceMillis.isPresent()) {
            long told = sinceMillis.getAsLong() * NANOS_PER_MILLI;
            since = Math.abs(told - since) < SOON_NANOS ? told : since;
        }
        for (WantedMetric metric : wanted.values()) {
            metric.bad(why, since, now.epochNanos(), out);
        }
    }

    @Nullable
    MetricView metric(String metric) {
        return metrics.get(metric);
    }
}
