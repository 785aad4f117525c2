package io.millwright.connect.sparkplug;

import io.millwright.connect.Settings;
import io.millwright.connect.mqtt.BrokerSettings;
import io.millwright.model.Connection;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a connection of the protocol `sparkplug` says.
///
/// @param broker how to connect
/// @param group the Sparkplug group
/// @param hostId who we are as a primary host application; empty for a host that nobody waits for
/// @param timings how long to wait
record SparkplugSettings(BrokerSettings broker, String group, Optional<String> hostId, HostTimings timings) {

    static final List<String> SCHEMES = List.of("sparkplug", "sparkplugs");

    private static final List<String> ENDPOINTS = List.of("mqtt", "mqtts", "sparkplug", "sparkplugs");
    private static final Set<String> OWN = Set.of("group", "host-id", "reorder-timeout");

    /// Reads a connection; what is wrong is noted in the settings.
    ///
    /// @param usualClientId the client id where the connection gives none
    static SparkplugSettings read(Connection connection, Settings settings, String usualClientId) {
        var known = new HashSet<>(BrokerSettings.KEYS);
        known.addAll(OWN);
        settings.allow(known);
        String group = connection.setting("group").orElse("");
        requireLevel(settings, "group", group);
        connection.setting("host-id").ifPresent(id -> requireLevel(settings, "host-id", id));
        Duration usual = Duration.ofNanos(HostTimings.USUAL.reorderNanos());
        Duration reorder = settings.duration("reorder-timeout", Duration.ZERO, Duration.ofMinutes(1), usual);
        return new SparkplugSettings(
                BrokerSettings.read(connection, settings, ENDPOINTS, usualClientId),
                group,
                connection.setting("host-id"),
                new HostTimings(reorder.toNanos(), HostTimings.USUAL.birthNanos(), HostTimings.USUAL.rebirthNanos()));
    }

    private static void requireLevel(Settings settings, String key, String text) {
        try {
            SparkplugTopic.requireLevel(key, text);
        } catch (IllegalArgumentException e) {
            settings.problem(key, String.valueOf(e.getMessage()));
        }
    }

    /// The same for a visit: under another client id, and without claiming to be the primary host.
    SparkplugSettings visitor() {
        return new SparkplugSettings(broker.visitor(), group, Optional.empty(), timings);
    }
}
