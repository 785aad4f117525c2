package io.millwright.connect.sparkplug;

import io.millwright.connect.mqtt.MqttPublication;
import io.millwright.connect.sparkplug.SparkplugTopic.Type;
import io.millwright.model.Value;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload.Metric;

/// The commands of a host (Sparkplug 3.0.0, 6.4.23 and 6.4.24): QoS 0, not retained, without a sequence number.
///
/// @param group the Sparkplug group
record HostCommands(String group) {

    private static final String REBIRTH = "Node Control/Rebirth";

    /// Asks an edge node to be born again. Always by name: at this moment nobody is sure of the aliases.
    MqttPublication rebirth(String edgeNode, long nowMillis) {
        var metric = Metric.newBuilder()
                .setName(REBIRTH)
                .setTimestamp(nowMillis)
                .setDatatype(SparkplugType.BOOLEAN.number())
                .setBooleanValue(true);
        return publication(new SparkplugTopic(group, Type.NCMD, edgeNode, ""), metric, nowMillis);
    }

    /// Commands a metric, by its alias where its birth gave one.
    ///
    /// @throws Misfit if the value does not fit the metric's type
    MqttPublication write(SparkplugPoint point, MetricView known, Value value, long nowMillis) {
        var metric = Metric.newBuilder().setTimestamp(nowMillis);
        known.alias.ifPresentOrElse(metric::setAlias, () -> metric.setName(known.name));
        MetricValues.write(metric, known.type, value);
        Type type = point.device().isEmpty() ? Type.NCMD : Type.DCMD;
        return publication(new SparkplugTopic(group, type, point.edgeNode(), point.device()), metric, nowMillis);
    }

    private static MqttPublication publication(SparkplugTopic topic, Metric.Builder metric, long nowMillis) {
        byte[] payload = Payload.newBuilder()
                .setTimestamp(nowMillis)
                .addMetrics(metric)
                .build()
                .toByteArray();
        return new MqttPublication(topic.toString(), payload, 0, false);
    }
}
