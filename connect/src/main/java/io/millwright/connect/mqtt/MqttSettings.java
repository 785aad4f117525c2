package io.millwright.connect.mqtt;

import io.millwright.connect.Settings;
import io.millwright.model.Connection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JsonPointer;

/// What a connection of the protocol `mqtt` says.
///
/// @param broker how to connect
/// @param qos the quality of service of subscriptions, 0 to 2
/// @param sessionExpirySeconds how long the broker keeps messages for us
/// @param sourceTime where JSON payloads say their time
record MqttSettings(BrokerSettings broker, int qos, int sessionExpirySeconds, Optional<SourceTime> sourceTime) {

    private static final Set<String> OWN = Set.of("qos", "session-expiry", "receive-maximum", "time", "time-unit");
    private static final int WEEK_SECONDS = 7 * 24 * 3600;
    private static final int RECEIVE_MAXIMUM = 8192;

    /// Reads a connection; what is wrong is noted in the settings.
    ///
    /// @param usualClientId the client id where the connection gives none
    static MqttSettings read(Connection connection, Settings settings, String usualClientId) {
        var known = new HashSet<>(BrokerSettings.KEYS);
        known.addAll(OWN);
        settings.allow(known);
        BrokerSettings broker = BrokerSettings.read(connection, settings, BrokerAddress.SCHEMES, usualClientId);
        int expiry = settings.integer("session-expiry", 0, Integer.MAX_VALUE, WEEK_SECONDS);
        int receiveMaximum = settings.integer("receive-maximum", 1, 65_535, RECEIVE_MAXIMUM);
        String unit = settings.choice("time-unit", List.of("s", "ms", "us", "ns"), "ms");
        Optional<SourceTime> sourceTime = connection.setting("time").flatMap(text -> sourceTime(text, unit, settings));
        return new MqttSettings(
                broker.lasting(expiry, receiveMaximum), settings.integer("qos", 0, 2, 1), expiry, sourceTime);
    }

    private static Optional<SourceTime> sourceTime(String text, String unit, Settings settings) {
        try {
            JsonPointer pointer = MqttPoint.pointer(text);
            return SourceTime.unit(unit).map((TimeUnit u) -> new SourceTime(pointer, u));
        } catch (IllegalArgumentException e) {
            settings.problem("time", String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }
}
