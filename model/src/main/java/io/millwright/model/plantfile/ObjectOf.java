package io.millwright.model.plantfile;

import io.millwright.model.text.Nearest;
import io.millwright.model.text.Phrase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/// A mapping with keys of fixed meaning.
///
/// @param title what it describes, e.g. `Signal`
/// @param fields its keys
/// @param settings what other keys hold; empty where there are none
/// @param build checks what concerns several keys and makes the value; asked even when some keys are wrong, and
///     then answers null
record ObjectOf<T>(
        String title, List<Field<?>> fields, Optional<Field<String>> settings, Function<Fields, @Nullable T> build)
        implements Shape<T> {

    ObjectOf(String title, List<Field<?>> fields, Function<Fields, @Nullable T> build) {
        this(title, fields, Optional.empty(), build);
    }

    @Override
    public @Nullable T read(Node node, Node owner, PlantReader reader) {
        if (!(node instanceof MappingNode mapping)) {
            reader.reportKind(node, owner, what(), "{}");
            return null;
        }
        var values = new Fields(reader, owner);
        var others = new ArrayList<PlantReader.Entry>();
        for (PlantReader.Entry entry : reader.entries(mapping)) {
            fields.stream()
                    .filter(f -> f.key().equals(entry.key()))
                    .findFirst()
                    .ifPresentOrElse(f -> readField(f, entry, values, reader), () -> others.add(entry));
        }
        others.forEach(entry -> readOther(entry, values, reader));
        fields.stream().filter(f -> f.required() && !values.has(f)).forEach(values::missing);
        T built = build.apply(values);
        return values.complete() ? built : null;
    }

    private static <F> void readField(Field<F> field, PlantReader.Entry entry, Fields values, PlantReader reader) {
        var node = entry.valueNode();
        reader.at(field.key(), () -> values.put(field, node, field.shape().read(node, entry.keyNode(), reader)));
    }

    /// A key that is none of the fields: a setting, unless it looks like a required field that is missing.
    private void readOther(PlantReader.Entry entry, Fields values, PlantReader reader) {
        List<String> meant = fields.stream()
                .filter(f -> !values.has(f) && (settings.isEmpty() || f.required()))
                .map(Field::key)
                .toList();
        Optional<String> near = Nearest.of(entry.key(), meant);
        if (near.isEmpty() && settings.isPresent()) {
            Shape<String> shape = settings.get().shape();
            String value = shape.read(entry.valueNode(), entry.keyNode(), reader);
            values.putSetting(entry.key(), entry.valueNode(), value);
            return;
        }
        values.misspelt(near.orElse(entry.key()), entry.keyNode());
        String known = String.join(", ", fields.stream().map(Field::key).toList());
        var remedy =
                near.map(Phrase::meant).orElseGet(() -> Phrase.of("known-keys", "known here: {keys}", "keys", known));
        var what = Phrase.of("unknown-key", "unknown key \"{key}\"", "key", entry.key());
        reader.report(entry.keyNode(), what, Optional.of(remedy));
    }

    @Override
    public Map<String, Object> schema(ProtocolRules rules) {
        var properties = new LinkedHashMap<String, Object>();
        for (Field<?> field : fields) {
            var property = new LinkedHashMap<String, Object>();
            property.put("description", field.description());
            property.putAll(field.shape().schema(rules));
            field.fallback().ifPresent(f -> property.put("default", fallback(property, f)));
            properties.put(field.key(), property);
        }
        var schema = new LinkedHashMap<String, Object>();
        schema.put("title", title);
        schema.put("type", "object");
        schema.put("properties", properties);
        schema.put(
                "required",
                fields.stream().filter(Field::required).map(Field::key).toList());
        schema.put(
                "additionalProperties",
                settings.<Object>map(s -> s.shape().schema(rules)).orElse(false));
        return schema;
    }

    private static Object fallback(Map<String, Object> property, String written) {
        return switch (String.valueOf(property.get("type"))) {
            case "integer" -> Integer.valueOf(written);
            case "boolean" -> Boolean.valueOf(written);
            default -> written;
        };
    }

    @Override
    public String what() {
        return "a mapping with the keys of " + Reference.withArticle(title.toLowerCase(Locale.ROOT));
    }
}
