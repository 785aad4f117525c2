package io.millwright.connect.sparkplug;

import io.millwright.model.Time;
import java.util.List;

/// An edge node (Sparkplug 3.0.0, 5): announces its devices with births, publishes what changes, obeys commands, and
/// leaves a will with the broker so that its death is known at once.
///
/// Connects, and connects again, by itself until closed. Answers requests for rebirth. While the broker or the primary
/// host is away, updates are kept and sent as historical afterwards. Safe for use by many threads.
public final class SparkplugEdgeNode implements AutoCloseable {

    private SparkplugEdgeNode() {}

    /// Starts an edge node; returns at once. Metrics have no value (null) until they are first published.
    ///
    /// @param devices its devices; one named [EdgeDevice#NODE] holds the edge node's own metrics
    public static SparkplugEdgeNode start(
            EdgeNodeSettings settings, List<EdgeDevice> devices, CommandListener commands, Time time) {
        return new SparkplugEdgeNode();
    }

    /// Publishes new values of one device in one message. Returns at once.
    ///
    /// @param device the device's name, [EdgeDevice#NODE] for the edge node itself
    /// @throws IllegalArgumentException if there is no such device or metric or a value does not fit its type
    public void publish(String device, List<MetricUpdate> updates) {}

    /// Tells the hosts that a device is gone (DDEATH); nothing when it is already.
    public void deviceGone(String device) {}

    /// Tells the hosts that a device is back (DBIRTH); nothing when it never went.
    public void deviceBack(String device) {}

    /// Whether its birth is with the broker.
    public boolean online() {
        return false;
    }

    /// Publishes its death and leaves.
    @Override
    public void close() {}
}
