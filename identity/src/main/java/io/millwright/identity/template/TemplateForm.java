package io.millwright.identity.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Templates as they are kept: JSON, without what is empty.
final class TemplateForm {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private TemplateForm() {}

    static ObjectNode write(Template template) {
        var json = NODES.objectNode();
        json.put("code", template.code());
        text(json, "name", template.name());
        text(json, "description", template.description());
        text(json, "standard", template.standard());
        text(json, "group", template.group());
        var industry = template.industry();
        json.putArray("industry")
                .add(industry.category())
                .add(industry.specific())
                .add(industry.trade())
                .add(industry.subclass());
        flag(json, "carrier", template.carrier());
        json.put("state", template.state().toString());
        flag(json, "restricted", template.restricted());
        json.put("created", template.createdSeconds());
        var items = json.putArray("items");
        template.items().forEach(item -> items.add(write(item)));
        return json;
    }

    private static ObjectNode write(TemplateItem item) {
        var json = NODES.objectNode().put("index", item.index());
        text(json, "code", item.code());
        json.put("type", item.englishName()).put("name", item.chineseName());
        text(json, "definition", item.definition());
        text(json, "comment", item.comment());
        flag(json, "required", item.required());
        flag(json, "unique", item.unique());
        flag(json, "disabled", !item.enabled());
        switch (item.type()) {
            case ItemType.Text(int min, int max) ->
                json.put("data", "string").put("min", min).put("max", max);
            case ItemType.Decimal(int min, int max, int accuracy) ->
                json.put("data", "number").put("min", min).put("max", max).put("accuracy", accuracy);
            case ItemType.Moment(var format) -> json.put("data", "date").put("format", format);
        }
        return json;
    }

    private static void text(ObjectNode json, String name, String text) {
        if (!text.isEmpty()) {
            json.put(name, text);
        }
    }

    private static void flag(ObjectNode json, String name, boolean set) {
        if (set) {
            json.put(name, true);
        }
    }

    static Template read(JsonNode json) {
        var industry = json.path("industry");
        List<TemplateItem> items = new ArrayList<>();
        json.path("items").forEach(item -> items.add(item(item)));
        return new Template(
                json.path("code").asString(""),
                json.path("name").asString(""),
                json.path("description").asString(""),
                json.path("standard").asString(""),
                json.path("group").asString(""),
                new Industry(
                        industry.path(0).asString(""),
                        industry.path(1).asString(""),
                        industry.path(2).asString(""),
                        industry.path(3).asString("")),
                json.path("carrier").asBoolean(false),
                TemplateState.valueOf(json.path("state").asString("").toUpperCase(Locale.ROOT)),
                json.path("restricted").asBoolean(false),
                json.path("created").asLong(0),
                items);
    }

    private static TemplateItem item(JsonNode json) {
        return new TemplateItem(
                json.path("index").asInt(0),
                json.path("code").asString(""),
                json.path("type").asString(""),
                json.path("name").asString(""),
                json.path("definition").asString(""),
                json.path("comment").asString(""),
                json.path("required").asBoolean(false),
                json.path("unique").asBoolean(false),
                !json.path("disabled").asBoolean(false),
                type(json));
    }

    private static ItemType type(JsonNode json) {
        int min = json.path("min").asInt(0);
        int max = json.path("max").asInt(0);
        return switch (json.path("data").asString("")) {
            case "string" -> new ItemType.Text(min, max);
            case "number" ->
                new ItemType.Decimal(min, max, json.path("accuracy").asInt(0));
            case "date" -> new ItemType.Moment(json.path("format").asString(""));
            default -> throw new IllegalArgumentException("an item's data is string, number or date");
        };
    }
}
