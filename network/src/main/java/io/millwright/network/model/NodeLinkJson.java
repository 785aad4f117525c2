package io.millwright.network.model;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Node-link JSON as networkx writes it: `{"nodes": [{"id": "a"}, …], "edges": [{"source": "a", "target": "b"},
/// …]}`, where edges are called `links` by its older versions.
final class NodeLinkJson {

    private final TopologyFile file;

    NodeLinkJson(TopologyFile file) {
        this.file = file;
    }

    void read(String text) {
        var root = tree(text);
        if (root == null || !root.isObject()) {
            throw file.mistake("", "it must hold an object with \"nodes\" and \"edges\"");
        }
        int i = 0;
        for (var node : list(root, "nodes", "nodes")) {
            var where = "nodes[" + i++ + "]";
            file.node(where, text(node, "id", where), attributes(node));
        }
        var edges = root.has("edges") ? "edges" : "links";
        i = 0;
        for (var edge : list(root, edges, "edges")) {
            var where = edges + "[" + i++ + "]";
            file.edge(where, text(edge, "source", where), text(edge, "target", where), attributes(edge));
        }
    }

    private @Nullable JsonNode tree(String text) {
        try {
            return JsonMapper.shared().readTree(text);
        } catch (JacksonException e) {
            var at = e.getLocation();
            var where = at == null ? "" : at.getLineNr() + ":" + at.getColumnNr();
            throw file.mistake(
                    where,
                    "not JSON: "
                            + e.getOriginalMessage()
                                    .lines()
                                    .findFirst()
                                    .orElse("")
                                    .replaceFirst(" \\(start marker.*", ""));
        }
    }

    private JsonNode list(JsonNode root, String key, String wanted) {
        var list = root.get(key);
        if (list == null || !list.isArray()) {
            throw file.mistake("", "there is no \"" + wanted + "\": a list in brackets");
        }
        return list;
    }

    private String text(JsonNode node, String key, String where) {
        var value = node.get(key);
        if (value == null || !value.isString() && !value.isIntegralNumber()) {
            throw file.mistake(where, "there is no \"" + key + "\": a name or a whole number");
        }
        return value.asString();
    }

    private static Map<String, String> attributes(JsonNode node) {
        var attributes = new HashMap<String, String>();
        node.properties().forEach(entry -> {
            if (entry.getValue().isValueNode()) {
                attributes.put(entry.getKey(), entry.getValue().asString());
            }
        });
        return attributes;
    }
}
