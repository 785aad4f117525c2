package io.millwright.connect.sparkplug;

import java.nio.file.Path;
import java.util.Optional;

/// How an edge node reaches its broker, and who it is.
///
/// @param endpoint the broker, `mqtt://host:1883` or `mqtts://host:8883`
/// @param group the Sparkplug group, one topic level
/// @param edgeNode the edge node's name within the group, one topic level
/// @param primaryHost the host application whose presence it waits for, keeping what changes meanwhile; where it is
///     empty the edge node is born as soon as it has a broker
/// @param user the user name for the broker
/// @param passwordFile a file whose first line is the password
/// @param caFile certificates (PEM) that sign the broker's; the JDK's where it is empty
/// @param keptUpdates how many updates are kept while the broker or the primary host is away, the oldest dropped first;
///     they are sent as historical after the next birth; 0 keeps none
public record EdgeNodeSettings(
        String endpoint,
        String group,
        String edgeNode,
        Optional<String> primaryHost,
        Optional<String> user,
        Optional<Path> passwordFile,
        Optional<Path> caFile,
        int keptUpdates) {

    public EdgeNodeSettings {
        SparkplugTopic.requireLevel("group", group);
        SparkplugTopic.requireLevel("edge node", edgeNode);
        primaryHost.ifPresent(host -> SparkplugTopic.requireLevel("primary host", host));
    }

    /// An edge node without user, password and certificates, that keeps ten thousand updates.
    public static EdgeNodeSettings of(String endpoint, String group, String edgeNode, Optional<String> primaryHost) {
        return new EdgeNodeSettings(
                endpoint, group, edgeNode, primaryHost, Optional.empty(), Optional.empty(), Optional.empty(), 10_000);
    }
}
