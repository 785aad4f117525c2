package io.millwright.connect.sparkplug;

import io.millwright.model.Quality;
import io.millwright.model.Time;
import io.millwright.model.Unit;
import io.millwright.model.Value;
import java.util.List;
import java.util.Optional;

/// An edge node as a process of its own, to be killed.
final class EdgeNodeProcess {

    private EdgeNodeProcess() {}

    static SparkplugEdgeNode start(String endpoint, Optional<String> primaryHost) {
        var speed = new EdgeMetric("Motor/Speed", SparkplugType.DOUBLE, new Unit("/min"), true);
        var starts = new EdgeMetric("Motor/Starts", SparkplugType.UINT32, Unit.ONE, false);
        var load = new EdgeMetric("Load", SparkplugType.FLOAT, new Unit("%"), false);
        var node = new SparkplugEdgeNode[1];
        node[0] = SparkplugEdgeNode.start(
                EdgeNodeSettings.of(endpoint, "g", "edge", primaryHost),
                List.of(new EdgeDevice("pump", List.of(speed, starts)), new EdgeDevice(EdgeDevice.NODE, List.of(load))),
                (device, metric, value) ->
                        node[0].publish(device, List.of(new MetricUpdate(metric, value, Quality.GOOD, now()))),
                Time.system());
        node[0].publish(
                "pump",
                List.of(
                        new MetricUpdate("Motor/Speed", Value.of(1480.0), Quality.GOOD, now()),
                        new MetricUpdate("Motor/Starts", Value.of(4_000_000_000L), Quality.GOOD, now())));
        node[0].publish("", List.of(new MetricUpdate("Load", Value.of(0.5), Quality.GOOD, now())));
        return node[0];
    }

    static long now() {
        return Time.system().epochNanos();
    }

    public static void main(String[] args) throws InterruptedException {
        start(args[0], Optional.empty());
        Thread.currentThread().join();
    }
}
