package io.millwright.model.plantfile;

import io.millwright.model.text.JsonString;
import java.util.Iterator;
import java.util.Map;

/// Writes maps, lists, texts, numbers and truth values as JSON (RFC 8259), indented by two spaces.
final class JsonText {

    private final StringBuilder text = new StringBuilder();

    private JsonText() {}

    static String write(Object value) {
        var json = new JsonText();
        json.value(value, "\n");
        return json.text.append('\n').toString();
    }

    private void value(Object value, String indent) {
        switch (value) {
            case Map<?, ?> map -> object(map.entrySet().iterator(), indent);
            case Iterable<?> list -> array(list.iterator(), indent);
            case String string -> JsonString.append(text, string);
            case Number number -> text.append(number);
            case Boolean truth -> text.append(truth);
            default -> throw new IllegalArgumentException("JSON has no " + value.getClass());
        }
    }

    private void object(Iterator<? extends Map.Entry<?, ?>> entries, String indent) {
        text.append('{');
        String separator = "";
        while (entries.hasNext()) {
            Map.Entry<?, ?> entry = entries.next();
            text.append(separator).append(indent).append("  ");
            JsonString.append(text, String.valueOf(entry.getKey()));
            text.append(": ");
            value(entry.getValue(), indent + "  ");
            separator = ",";
        }
        text.append(separator.isEmpty() ? "}" : indent + "}");
    }

    private void array(Iterator<?> items, String indent) {
        text.append('[');
        String separator = "";
        while (items.hasNext()) {
            text.append(separator).append(separator.isEmpty() ? "" : " ");
            value(items.next(), indent + "  ");
            separator = ",";
        }
        text.append(']');
    }
}
