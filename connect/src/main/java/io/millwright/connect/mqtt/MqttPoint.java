package io.millwright.connect.mqtt;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.core.JsonPointer;

/// A point of the protocol `mqtt`: `topic` for payloads that are one value, `topic#/json/pointer` for one member of a
/// JSON payload (RFC 6901).
///
/// @param topic a topic, without wildcards
/// @param pointer which member; empty for a payload that is one value
record MqttPoint(String topic, Optional<JsonPointer> pointer) {

    private static final int TOPIC_BYTES_MAX = 65_535;

    /// @throws IllegalArgumentException if the text is not a point; the message says what would be right
    static MqttPoint parse(String text) {
        int hash = text.indexOf('#');
        String topic = hash < 0 ? text : text.substring(0, hash);
        if (topic.isEmpty() || topic.indexOf('+') >= 0 || topic.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("\"" + text
                    + "\" is not a point; write the topic, without wildcards, or topic#/member for a member of JSON");
        }
        if (topic.getBytes(StandardCharsets.UTF_8).length > TOPIC_BYTES_MAX) {
            throw new IllegalArgumentException("the topic is longer than " + TOPIC_BYTES_MAX + " bytes");
        }
        return new MqttPoint(topic, hash < 0 ? Optional.empty() : Optional.of(pointer(text.substring(hash + 1))));
    }

    /// Reads a JSON pointer that names a member.
    ///
    /// @throws IllegalArgumentException if it is none
    static JsonPointer pointer(String text) {
        if (!text.startsWith("/")) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is not a JSON pointer; write e.g. /motor/speed, with / before each member");
        }
        return JsonPointer.compile(text);
    }

    @Override
    public String toString() {
        return topic + pointer.map(p -> "#" + p).orElse("");
    }
}
