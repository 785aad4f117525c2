package io.millwright.connect.sparkplug;

import java.util.List;

/// A device behind an edge node, or the edge node's own metrics.
///
/// @param name the device's name, one topic level; [#NODE] for the edge node itself
/// @param metrics its metrics, of different names
public record EdgeDevice(String name, List<EdgeMetric> metrics) {

    /// The name under which an edge node's own metrics go.
    public static final String NODE = "";

    public EdgeDevice {
        metrics = List.copyOf(metrics);
        SparkplugTopic.requireLevelOrEmpty("device", name);
        if (metrics.stream().map(EdgeMetric::name).distinct().count() != metrics.size()) {
            throw new IllegalArgumentException("device " + name + " has two metrics of the same name");
        }
    }
}
