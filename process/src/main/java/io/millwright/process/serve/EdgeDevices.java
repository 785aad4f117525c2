package io.millwright.process.serve;

import io.millwright.connect.sparkplug.EdgeDevice;
import io.millwright.connect.sparkplug.EdgeMetric;
import io.millwright.connect.sparkplug.EdgeNodeSettings;
import io.millwright.connect.sparkplug.MetricUpdate;
import io.millwright.connect.sparkplug.SparkplugEdgeNode;
import io.millwright.connect.sparkplug.SparkplugType;
import io.millwright.model.Time;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Points published by a Sparkplug B edge node: each device's points are its metrics, under their names.
public final class EdgeDevices implements AutoCloseable {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final SparkplugEdgeNode node;
    private final String edgeNode;
    private final Map<String, List<Point>> devices;
    private final Set<String> gone = new HashSet<>();
    private final Ledger ledger;

    private EdgeDevices(SparkplugEdgeNode node, String edgeNode, Map<String, List<Point>> devices, Ledger ledger) {
        this.node = node;
        this.edgeNode = edgeNode;
        this.devices = devices;
        this.ledger = ledger;
    }

    /// Starts the edge node; returns at once.
    ///
    /// @param broker `mqtt://host:port`
    /// @param primaryHost the host application it waits for; empty to be born at once
    public static EdgeDevices start(
            String broker,
            String group,
            String edgeNode,
            Optional<String> primaryHost,
            Map<String, List<Point>> devices,
            Ledger ledger,
            Time time) {
        var born = new ArrayList<EdgeDevice>();
        devices.forEach((name, points) -> born.add(
                new EdgeDevice(name, points.stream().map(EdgeDevices::metric).toList())));
        var settings = EdgeNodeSettings.of(broker, group, edgeNode, primaryHost);
        var node = SparkplugEdgeNode.start(settings, born, (_, _, _) -> {}, time);
        return new EdgeDevices(node, edgeNode, new LinkedHashMap<>(devices), ledger);
    }

    private static EdgeMetric metric(Point point) {
        var type = switch (point.kind()) {
            case REAL -> SparkplugType.DOUBLE;
            case BOOL -> SparkplugType.BOOLEAN;
            case TEXT -> SparkplugType.STRING;
        };
        return new EdgeMetric(point.name(), type, point.unit(), false);
    }

    /// Whether the broker has its birth.
    public boolean online() {
        return node.online();
    }

    /// Publishes what every device has now, save those that are gone.
    public synchronized void publish() {
        devices.keySet().forEach(this::publish);
    }

    /// Publishes what a device has now, unless it is gone.
    public synchronized void publish(String device) {
        var points = devices.getOrDefault(device, List.of());
        if (!gone.contains(device) && !points.isEmpty()) {
            node.publish(device, points.stream().map(p -> update(device, p)).toList());
        }
    }

    private MetricUpdate update(String device, Point point) {
        var reading = point.reading();
        long millis = reading.sourceNanos() / NANOS_PER_MILLI;
        ledger.enter(edgeNode + "/" + device + "/" + point.name(), millis * NANOS_PER_MILLI);
        return new MetricUpdate(point.name(), reading.value(), reading.quality(), reading.sourceNanos());
    }

    /// Lets a device die or come back.
    public synchronized void present(String device, boolean present) {
        if (present && gone.remove(device)) {
            node.deviceBack(device);
        } else if (!present && gone.add(device)) {
            node.deviceGone(device);
        }
    }

    @Override
    public void close() {
        node.close();
    }
}
