package io.millwright.connect.sparkplug;

/// A point of the protocol `sparkplug`: `EDGE/DEVICE/METRIC`, or `EDGE//METRIC` for a metric of the edge node itself.
/// Names of metrics may contain slashes.
///
/// @param edgeNode the edge node
/// @param device the device; empty for the edge node itself
/// @param metric the metric's name
record SparkplugPoint(String edgeNode, String device, String metric) {

    /// @throws IllegalArgumentException if the text is not a point; the message says what would be right
    static SparkplugPoint parse(String text) {
        String[] parts = text.split("/", 3);
        if (parts.length < 3 || parts[0].isEmpty() || parts[2].isEmpty()) {
            throw new IllegalArgumentException("\"" + text
                    + "\" is not a point; write edge-node/device/metric, or edge-node//metric for the edge node's own");
        }
        SparkplugTopic.requireLevel("edge node", parts[0]);
        SparkplugTopic.requireLevelOrEmpty("device", parts[1]);
        return new SparkplugPoint(parts[0], parts[1], parts[2]);
    }

    @Override
    public String toString() {
        return edgeNode + "/" + device + "/" + metric;
    }
}
