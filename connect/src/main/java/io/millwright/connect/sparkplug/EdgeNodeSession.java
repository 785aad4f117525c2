package io.millwright.connect.sparkplug;

import io.millwright.connect.mqtt.MqttPublication;
import io.millwright.connect.sparkplug.EdgeDeviceState.MetricState;
import io.millwright.connect.sparkplug.SparkplugTopic.Type;
import io.millwright.model.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload.Metric;
import org.jspecify.annotations.Nullable;

/// The edge node's side of Sparkplug 3.0.0, without I/O: what happens and the time go in, [EdgeEffects] come out. Not
/// safe for use by several threads.
final class EdgeNodeSession {

    private static final String REBIRTH = "Node Control/Rebirth";
    private static final String BD_SEQ = "bdSeq";
    private static final int HISTORICAL_PER_MESSAGE = 500;

    private record Kept(String device, MetricUpdate update) {}

    private final EdgeNodeSettings settings;
    private final Map<String, EdgeDeviceState> devices = new LinkedHashMap<>();
    private final Map<Long, EdgeEffects.Command> commandable = new HashMap<>();
    private final ArrayDeque<Kept> kept = new ArrayDeque<>();
    private boolean connected;
    private boolean born;
    private Optional<PrimaryHostState> host = Optional.empty();
    private int bdSeq = -1;
    private int seq;

    EdgeNodeSession(EdgeNodeSettings settings, List<EdgeDevice> definitions) {
        this.settings = settings;
        devices.put(EdgeDevice.NODE, new EdgeDeviceState(new EdgeDevice(EdgeDevice.NODE, List.of()), 0));
        long alias = 1;
        for (EdgeDevice definition : definitions) {
            var device = new EdgeDeviceState(definition, alias);
            devices.put(definition.name(), device);
            alias += definition.metrics().size();
            for (MetricState metric : device.metrics.values()) {
                commandable.put(
                        metric.alias, new EdgeEffects.Command(device.name, metric.definition.name(), Value.missing()));
            }
        }
    }

    boolean isBorn() {
        return born;
    }

    /// The will for the next connection (6.4.19, NDEATH), with a birth and death sequence number of its own.
    MqttPublication will(long nowMillis) {
        bdSeq = (bdSeq + 1) % SparkplugPayload.SEQ_COUNT;
        return death(nowMillis);
    }

    /// The death of the present connection.
    MqttPublication death(long nowMillis) {
        var payload = Payload.newBuilder().setTimestamp(nowMillis).addMetrics(bdSeqMetric(nowMillis));
        return new MqttPublication(
                topic(Type.NDEATH, "").toString(), payload.build().toByteArray(), 1, false);
    }

    private Metric.Builder bdSeqMetric(long nowMillis) {
        return Metric.newBuilder()
                .setName(BD_SEQ)
                .setTimestamp(nowMillis)
                .setDatatype(SparkplugType.INT64.number())
                .setLongValue(bdSeq);
    }

    private SparkplugTopic topic(Type type, String device) {
        return new SparkplugTopic(settings.group(), type, settings.edgeNode(), device);
    }

    /// The topics to subscribe to before anything is published.
    List<String> filters() {
        var filters = new ArrayList<String>();
        filters.add(topic(Type.NCMD, "").toString());
        filters.add(topic(Type.DCMD, "+").toString());
        settings.primaryHost().map(SparkplugTopic::state).ifPresent(filters::add);
        return filters;
    }

    void connected(long nowMillis, EdgeEffects out) {
        connected = true;
        host = Optional.empty();
        if (settings.primaryHost().isEmpty()) {
            births(nowMillis, out);
        }
    }

    void disconnected() {
        connected = false;
        born = false;
    }

    void received(String topic, byte[] bytes, long nowMillis, EdgeEffects out) {
        if (settings.primaryHost()
                .map(SparkplugTopic::state)
                .filter(topic::equals)
                .isPresent()) {
            PrimaryHostState.parse(bytes).ifPresent(state -> hostIs(state, nowMillis, out));
            return;
        }
        SparkplugTopic.parse(topic)
                .filter(t -> t.group().equals(settings.group()) && t.edgeNode().equals(settings.edgeNode()))
                .filter(SparkplugTopic::isCommand)
                .ifPresent(t -> PayloadCodec.decode(bytes)
                        .ifPresent(payload -> commanded(t.device(), payload, nowMillis, out)));
    }

    /// A state older than the one known is the will of an earlier connection of the host (5.5).
    private void hostIs(PrimaryHostState state, long nowMillis, EdgeEffects out) {
        if (host.isPresent() && state.millis() < host.get().millis()) {
            return;
        }
        host = Optional.of(state);
        if (state.online() && !born && connected) {
            births(nowMillis, out);
        } else if (!state.online() && born) {
            born = false;
            out.publications.add(death(nowMillis));
            out.leave = true;
        }
    }

    private void commanded(String device, SparkplugPayload payload, long nowMillis, EdgeEffects out) {
        for (SparkplugMetric metric : payload.metrics()) {
            boolean ofNode = device.isEmpty();
            if (ofNode && metric.name().equals(REBIRTH) && metric.content().getBooleanValue()) {
                if (born) {
                    births(nowMillis, out);
                }
            } else {
                MetricState state = find(device, metric);
                if (state != null && state.definition.writable()) {
                    Value value = metric.as(state.definition.type()).value();
                    if (!(value instanceof Value.Missing)) {
                        out.commands.add(new EdgeEffects.Command(device, state.definition.name(), value));
                    }
                }
            }
        }
    }

    private @Nullable MetricState find(String device, SparkplugMetric metric) {
        EdgeDeviceState state = devices.get(device);
        if (state == null) {
            return null;
        }
        String name = metric.name();
        if (name.isEmpty() && metric.alias().isPresent()) {
            EdgeEffects.Command target = commandable.get(metric.alias().getAsLong());
            name = target != null && target.device().equals(device) ? target.metric() : "";
        }
        return state.metrics.get(name);
    }

    /// NBIRTH, the DBIRTH of every device that is there, and what was kept meanwhile.
    private void births(long nowMillis, EdgeEffects out) {
        born = true;
        seq = 0;
        var node = Payload.newBuilder().setTimestamp(nowMillis).addMetrics(bdSeqMetric(nowMillis));
        node.addMetrics(Metric.newBuilder()
                .setName(REBIRTH)
                .setTimestamp(nowMillis)
                .setDatatype(SparkplugType.BOOLEAN.number())
                .setBooleanValue(false));
        device(EdgeDevice.NODE).birth(node, nowMillis);
        send(Type.NBIRTH, EdgeDevice.NODE, node, out);
        for (EdgeDeviceState device : devices.values()) {
            if (!device.name.isEmpty() && !device.gone) {
                deviceBirth(device, nowMillis, out);
            }
        }
        sendKept(nowMillis, out);
    }

    private void deviceBirth(EdgeDeviceState device, long nowMillis, EdgeEffects out) {
        var payload = Payload.newBuilder().setTimestamp(nowMillis);
        device.birth(payload, nowMillis);
        send(Type.DBIRTH, device.name, payload, out);
    }

    private void sendKept(long nowMillis, EdgeEffects out) {
        while (!kept.isEmpty()) {
            EdgeDeviceState device = device(kept.getFirst().device());
            var payload = Payload.newBuilder().setTimestamp(nowMillis);
            while (!kept.isEmpty()
                    && kept.getFirst().device().equals(device.name)
                    && payload.getMetricsCount() < HISTORICAL_PER_MESSAGE) {
                device.change(payload, kept.removeFirst().update(), true, nowMillis);
            }
            if (!device.gone) {
                send(device.name.isEmpty() ? Type.NDATA : Type.DDATA, device.name, payload, out);
            }
        }
    }

    /// @throws IllegalArgumentException if there is no such device or metric, or a value does not fit
    void require(String deviceName, List<MetricUpdate> updates) {
        updates.forEach(device(deviceName)::require);
    }

    private EdgeDeviceState device(String name) {
        EdgeDeviceState device = devices.get(name);
        if (device == null) {
            throw new IllegalArgumentException("there is no device \"" + name + "\"; there are " + devices.keySet());
        }
        return device;
    }

    void publish(String deviceName, List<MetricUpdate> updates, long nowMillis, EdgeEffects out) {
        EdgeDeviceState device = device(deviceName);
        var payload = Payload.newBuilder().setTimestamp(nowMillis);
        for (MetricUpdate update : updates) {
            MetricState metric = device.metrics.get(update.metric());
            if (metric != null) {
                metric.last = update;
            }
            if (born && !device.gone) {
                device.change(payload, update, false, nowMillis);
            } else if (!born && settings.keptUpdates() > 0) {
                keep(new Kept(deviceName, update));
            }
        }
        if (payload.getMetricsCount() > 0) {
            send(deviceName.isEmpty() ? Type.NDATA : Type.DDATA, deviceName, payload, out);
        }
    }

    private void keep(Kept update) {
        if (kept.size() >= settings.keptUpdates()) {
            kept.removeFirst();
        }
        kept.addLast(update);
    }

    void deviceGone(String deviceName, long nowMillis, EdgeEffects out) {
        EdgeDeviceState device = device(deviceName);
        if (!device.gone && !deviceName.isEmpty()) {
            device.gone = true;
            if (born) {
                send(Type.DDEATH, deviceName, Payload.newBuilder().setTimestamp(nowMillis), out);
            }
        }
    }

    void deviceBack(String deviceName, long nowMillis, EdgeEffects out) {
        EdgeDeviceState device = device(deviceName);
        if (device.gone) {
            device.gone = false;
            if (born) {
                deviceBirth(device, nowMillis, out);
            }
        }
    }

    /// Numbers the message and has it published, at QoS 0 and not retained as the specification asks.
    private void send(Type type, String device, Payload.Builder payload, EdgeEffects out) {
        payload.setSeq(seq);
        seq = (seq + 1) % SparkplugPayload.SEQ_COUNT;
        out.publications.add(new MqttPublication(
                topic(type, device).toString(), payload.build().toByteArray(), 0, false));
    }
}
