package io.millwright.connect.mqtt;

import io.millwright.connect.PointDescription;
import io.millwright.model.Value;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/// Lists topics and the members of JSON payloads as messages bring them, each once.
///
/// Levels of topics and of JSON count alike. Brokers hold no list of topics, so what nobody publishes while we look,
/// and what the broker does not keep, is not seen.
final class TopicTree {

    private static final int POINTS_MAX = 1_000_000;

    private final String from;
    private final int depth;
    private final Consumer<PointDescription> each;
    private final JsonPayload json = new JsonPayload();
    private final Set<String> listed = new HashSet<>();

    /// @param from a topic or the beginning of one; empty for all
    /// @param depth how many levels to list
    TopicTree(String from, int depth, Consumer<PointDescription> each) {
        this.from = from.endsWith("/") ? from.substring(0, from.length() - 1) : from;
        this.depth = depth;
        this.each = each;
    }

    String filter() {
        return from.isEmpty() ? "#" : from + "/#";
    }

    boolean isFull() {
        return listed.size() >= POINTS_MAX;
    }

    void add(MqttMessage message) {
        String topic = message.topic();
        int at = from.isEmpty() ? 0 : Math.min(topic.length(), from.length() + 1);
        int level = 0;
        for (int slash = topic.indexOf('/', at); slash >= 0; slash = topic.indexOf('/', slash + 1)) {
            folder(topic.substring(0, slash), topic.substring(at, slash), level++);
            at = slash + 1;
        }
        String name = topic.substring(Math.min(at, topic.length()));
        Optional<JsonNode> document =
                looksLikeJson(message.payload()) ? json.parse(message.payload()) : Optional.empty();
        if (document.isPresent() && document.get().isContainer()) {
            folder(topic, name, level);
            members(topic + "#", document.get(), level + 1);
        } else {
            String type =
                    PlainPayload.read(message.payload()).map(TopicTree::type).orElse("bytes");
            point(topic, name, type, level);
        }
    }

    private static boolean looksLikeJson(byte[] payload) {
        for (byte b : payload) {
            if (b == '{' || b == '[') {
                return true;
            }
            if (b != ' ' && b != '\t' && b != '\r' && b != '\n') {
                return false;
            }
        }
        return false;
    }

    private void members(String prefix, JsonNode node, int level) {
        if (node.isObject()) {
            for (Map.Entry<String, JsonNode> member : node.properties()) {
                member(prefix, member.getKey(), member.getValue(), level);
            }
        } else {
            int index = 0;
            for (JsonNode element : node) {
                member(prefix, Integer.toString(index++), element, level);
            }
        }
    }

    private void member(String prefix, String name, JsonNode node, int level) {
        String path = prefix + "/" + name.replace("~", "~0").replace("/", "~1");
        if (node.isContainer()) {
            folder(path, name, level);
            members(path, node, level + 1);
        } else {
            String type = node.isNumber() ? "number" : node.isBoolean() ? "bool" : node.isNull() ? "null" : "text";
            point(path, name, type, level);
        }
    }

    private static String type(Value value) {
        return switch (value) {
            case Value.Bool _ -> "bool";
            case Value.Int _, Value.Real _ -> "number";
            case Value.Text _, Value.Missing _ -> "text";
        };
    }

    private void folder(String point, String name, int level) {
        list("/" + point, new PointDescription(point, name, "", level, false, false));
    }

    private void point(String point, String name, String type, int level) {
        list(point, new PointDescription(point, name, type, level, true, true));
    }

    private void list(String key, PointDescription description) {
        if (description.depth() < depth && !isFull() && listed.add(key)) {
            each.accept(description);
        }
    }
}
