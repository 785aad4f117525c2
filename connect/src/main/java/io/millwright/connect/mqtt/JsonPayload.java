package io.millwright.connect.mqtt;

import io.millwright.model.Quality;
import io.millwright.model.Value;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonPointer;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads members of JSON payloads (RFC 8259), with NaN and the infinities, which many devices write although the
/// standard has none.
final class JsonPayload {

    private static final int DEPTH_MAX = 64;

    private final JsonMapper mapper = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEPTH_MAX)
                            .maxStringLength(BrokerSettings.MAX_MESSAGE_BYTES)
                            .build())
                    .build())
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    /// A member's value and how far it can be trusted.
    record Member(Value value, Quality quality) {}

    /// The document; empty when the payload is not JSON.
    Optional<JsonNode> parse(byte[] payload) {
        try {
            JsonNode document = mapper.readTree(payload);
            return document == null || document.isMissingNode() ? Optional.empty() : Optional.of(document);
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /// One member; empty when the document does not have it, which says nothing about the signal: many devices send
    /// only what changed.
    static Optional<Member> member(JsonNode document, JsonPointer pointer) {
        JsonNode node = document.at(pointer);
        if (node.isMissingNode()) {
            return Optional.empty();
        }
        if (node.isNull()) {
            return Optional.of(new Member(Value.missing(), Quality.BAD));
        }
        Value value = value(node);
        boolean tooLong = value instanceof Value.Text(String text) && text.length() > PlainPayload.TEXT_BYTES_MAX;
        return Optional.of(
                tooLong ? new Member(Value.missing(), Quality.BAD_DECODING_ERROR) : new Member(value, Quality.GOOD));
    }

    private static Value value(JsonNode node) {
        if (node.isBoolean()) {
            return Value.of(node.booleanValue());
        }
        if (node.isIntegralNumber()) {
            return node.canConvertToLong() ? Value.of(node.longValue()) : Value.of(node.doubleValue());
        }
        if (node.isNumber()) {
            return Value.of(node.doubleValue());
        }
        return Value.of(node.isString() ? node.stringValue() : node.toString());
    }
}
