package io.millwright.connect.mqtt;

import io.millwright.connect.LinkException;
import io.millwright.connect.LinkTold;
import io.millwright.model.Quality;
import io.millwright.model.Told;
import io.millwright.model.Value;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/// Writes payloads.
final class Payloads {

    private Payloads() {}

    /// The payload that gives a point this value: the value in text, or a JSON document that holds the member alone.
    static byte[] write(MqttPoint point, Value value) throws LinkException {
        if (value instanceof Value.Missing) {
            throw new LinkException(
                    Quality.BAD_TYPE_MISMATCH,
                    LinkTold.unfit(point, Told.of("value-none", "there is no value to write")));
        }
        if (point.pointer().isEmpty()) {
            return value.toString().getBytes(StandardCharsets.UTF_8);
        }
        return JsonMapper.shared().writeValueAsBytes(wrap(point.pointer().get(), node(value)));
    }

    private static JsonNode wrap(JsonPointer pointer, JsonNode leaf) {
        if (pointer.matches()) {
            return leaf;
        }
        return JsonNodeFactory.instance.objectNode().set(pointer.getMatchingProperty(), wrap(pointer.tail(), leaf));
    }

    private static JsonNode node(Value value) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (value) {
            case Value.Bool(boolean b) -> nodes.booleanNode(b);
            case Value.Int(long i) -> nodes.numberNode(i);
            case Value.Real(double r) -> nodes.numberNode(r);
            case Value.Text(String t) -> nodes.stringNode(t);
            case Value.Missing _ -> nodes.nullNode();
        };
    }
}
