package io.millwright.connect.sparkplug;

import com.google.protobuf.ByteString;
import io.millwright.model.Quality;
import io.millwright.model.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload.Metric;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload.PropertySet;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload.PropertyValue;

/// One device of an edge node with the last value of each metric, from which births are made.
final class EdgeDeviceState {

    private static final long NANOS_PER_MILLI = 1_000_000;

    /// A metric with the alias that stands for its name in data messages.
    static final class MetricState {
        final EdgeMetric definition;
        final long alias;
        MetricUpdate last;

        MetricState(EdgeMetric definition, long alias) {
            this.definition = definition;
            this.alias = alias;
            last = new MetricUpdate(definition.name(), Value.missing(), Quality.GOOD, 0);
        }
    }

    final String name;
    final Map<String, MetricState> metrics = new LinkedHashMap<>();
    boolean gone;

    /// @param firstAlias the alias of the first metric; the others follow
    EdgeDeviceState(EdgeDevice device, long firstAlias) {
        name = device.name();
        long alias = firstAlias;
        for (EdgeMetric metric : device.metrics()) {
            metrics.put(metric.name(), new MetricState(metric, alias++));
        }
    }

    /// @throws IllegalArgumentException if there is no such metric or the value does not fit
    void require(MetricUpdate update) {
        MetricState metric = metrics.get(update.metric());
        if (metric == null) {
            throw new IllegalArgumentException(
                    "device \"" + name + "\" has no metric " + update.metric() + "; it has " + metrics.keySet());
        }
        if (!(update.value() instanceof Value.Missing)) {
            MetricValues.write(Metric.newBuilder(), metric.definition.type(), update.value());
        }
    }

    /// Adds every metric with name, alias, type and unit.
    void birth(Payload.Builder payload, long nowMillis) {
        for (MetricState metric : metrics.values()) {
            Metric.Builder built = content(metric.definition.type(), metric.last, nowMillis);
            built.setName(metric.definition.name()).setAlias(metric.alias);
            String unit = metric.definition.unit().code();
            PropertySet.Builder properties = built.getPropertiesBuilder();
            properties
                    .addKeys("engUnit")
                    .addValues(PropertyValue.newBuilder()
                            .setType(SparkplugType.STRING.number())
                            .setStringValue(unit));
            payload.addMetrics(built);
        }
    }

    /// Adds one changed metric, by its alias.
    void change(Payload.Builder payload, MetricUpdate update, boolean historical, long nowMillis) {
        MetricState metric = metrics.get(update.metric());
        if (metric != null) {
            Metric.Builder built =
                    content(metric.definition.type(), update, nowMillis).setAlias(metric.alias);
            payload.addMetrics(historical ? built.setIsHistorical(true) : built);
        }
    }

    private static Metric.Builder content(SparkplugType type, MetricUpdate update, long nowMillis) {
        var metric = Metric.newBuilder();
        metric.setTimestamp(update.sourceNanos() == 0 ? nowMillis : update.sourceNanos() / NANOS_PER_MILLI);
        if (update.value() instanceof Value.Missing) {
            metric.setDatatype(type.number()).setIsNull(true);
        } else {
            MetricValues.write(metric, type, update.value());
        }
        if (!update.quality().isGood()) {
            metric.setProperties(PropertySet.newBuilder()
                    .addKeysBytes(ByteString.copyFromUtf8("Quality"))
                    .addValues(PropertyValue.newBuilder()
                            .setType(SparkplugType.INT32.number())
                            .setIntValue(PayloadCodec.number(update.quality()))));
        }
        return metric;
    }
}
