package io.millwright.connect.sparkplug;

import io.millwright.connect.mqtt.MqttPublication;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a host application says of itself on its STATE topic (Sparkplug 3.0.0, 6.4.27): JSON, retained, QoS 1.
///
/// @param online whether it is there
/// @param millis when it came, milliseconds since the epoch; a message older than one heard before means nothing
record PrimaryHostState(boolean online, long millis) {

    private static final int BYTES_MAX = 4096;

    /// Reads a payload; empty when it is none.
    static Optional<PrimaryHostState> parse(byte[] payload) {
        if (payload.length > BYTES_MAX) {
            return Optional.empty();
        }
        try {
            JsonNode document = JsonMapper.shared().readTree(payload);
            JsonNode online = document.path("online");
            JsonNode timestamp = document.path("timestamp");
            return online.isBoolean() && timestamp.canConvertToLong()
                    ? Optional.of(new PrimaryHostState(online.booleanValue(), timestamp.longValue()))
                    : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    MqttPublication publication(String host) {
        String json = "{\"online\":%s,\"timestamp\":%d}".formatted(online, millis);
        return new MqttPublication(SparkplugTopic.state(host), json.getBytes(StandardCharsets.UTF_8), 1, true);
    }
}
