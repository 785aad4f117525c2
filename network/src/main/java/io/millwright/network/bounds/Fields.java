package io.millwright.network.bounds;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// What the files of this module have in common: names, numbers and lists in JSON objects.
public final class Fields {
    private Fields() {}

    /// The name of an object.
    ///
    /// @param where the place of the object in the file, for messages
    /// @throws Mistake when it has none
    public static String id(JsonNode node, String where) {
        var id = node.get("id");
        if (id == null || !id.isString() || id.stringValue().isBlank()) {
            throw new Mistake(where + " has no \"id\": a name in quotes");
        }
        return id.stringValue();
    }

    /// A number, as it stands there: as a JSON number, or in quotes.
    ///
    /// @throws Mistake when there is none
    public static String value(JsonNode node, String key, String where) {
        var value = node.get(key);
        if (value == null || !(value.isString() || value.isNumber())) {
            throw new Mistake("%s has no \"%s\": a number, or one with its unit in quotes".formatted(where, key));
        }
        return value.isString() ? value.stringValue().strip() : value.asString();
    }

    /// A list.
    ///
    /// @throws Mistake when there is none
    public static JsonNode list(JsonNode node, String key, String where) {
        var list = node.get(key);
        if (list == null || !list.isArray()) {
            throw new Mistake("%s has no \"%s\": a list in brackets".formatted(where, key));
        }
        return list;
    }

    /// Why a text is no JSON, and where.
    public static String notJson(JacksonException e) {
        var at = e.getLocation();
        return "not JSON%s: %s"
                .formatted(
                        at == null ? "" : " at line %d, column %d".formatted(at.getLineNr(), at.getColumnNr()),
                        e.getOriginalMessage().replaceFirst(" \\(start marker at .*", ""));
    }
}
