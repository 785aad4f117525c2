package io.millwright.identity.door;

import io.millwright.identity.wire.Octets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// JSON (RFC 8259), read with limits: whoever sends it is not trusted.
final class Json {

    private static final int DEPTH_MAX = 32;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEPTH_MAX)
                            .maxNumberLength(32)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    static JsonNode read(Octets content) throws RefusedException {
        try {
            return MAPPER.readTree(content.toByteArray());
        } catch (JacksonException e) {
            var place = e.getLocation();
            throw new RefusedException("the content is no JSON that can be read"
                    + (place == null ? "" : "; see line " + place.getLineNr() + ", column " + place.getColumnNr()));
        }
    }

    static JsonNode text(String text) {
        return JsonNodeFactory.instance.stringNode(text);
    }

    static JsonNode flag(boolean set) {
        return JsonNodeFactory.instance.booleanNode(set);
    }

    static Octets octets(JsonNode json) {
        return Octets.of(MAPPER.writeValueAsBytes(json));
    }
}
