package io.millwright.model.plantfile;

import io.millwright.model.text.Phrase;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/// A mapping from names, which the file chooses, to things.
///
/// @param declares what kind of thing its keys name; empty when they name nothing that can be referred to
/// @param key what its keys are called, e.g. `asset`
/// @param pattern what its keys look like
/// @param value what stands under each key
record MapOf<T>(Optional<Reference.Kind> declares, String key, String pattern, Shape<T> value)
        implements Shape<Map<String, T>> {

    static <T> MapOf<T> of(Reference.Kind declares, Shape<T> value) {
        return new MapOf<>(Optional.of(declares), declares.noun(), PlantShape.NAME_PATTERN, value);
    }

    @Override
    public @Nullable Map<String, T> read(Node node, Node owner, PlantReader reader) {
        if (!(node instanceof MappingNode mapping)) {
            reader.reportKind(node, owner, what(), "{}");
            return null;
        }
        Pattern form = Pattern.compile(pattern);
        var entries = new LinkedHashMap<String, T>();
        boolean right = true;
        for (PlantReader.Entry entry : reader.entries(mapping)) {
            if (!form.matcher(entry.key()).find()) {
                reader.report(
                        entry.keyNode(),
                        Phrase.of(
                                "no-name",
                                "\"{name}\" cannot name {what}",
                                "name",
                                entry.key(),
                                "what",
                                new Phrase.Term(Reference.withArticle(key))),
                        Optional.of(Phrase.of(
                                "name-form",
                                "write letters, digits, \"-\", \"_\" and \".\", starting with a letter or digit")));
                right = false;
            }
            declares.ifPresent(kind -> reader.enter(kind, readable(entry.key()), entry.keyNode()));
            T read = value.read(entry.valueNode(), entry.keyNode(), reader);
            declares.ifPresent(reader::leave);
            if (read == null) {
                right = false;
            } else {
                entries.put(entry.key(), read);
            }
        }
        return right ? entries : null;
    }

    /// What stands under a name that cannot be one is still checked, so it needs some name meanwhile.
    private static String readable(String key) {
        return key.isEmpty() ? "-" : key.replace('/', '-');
    }

    @Override
    public Map<String, Object> schema(ProtocolRules rules) {
        var schema = new LinkedHashMap<String, Object>();
        schema.put("type", "object");
        schema.put("propertyNames", Map.of("pattern", pattern));
        schema.put("additionalProperties", value.schema(rules));
        return schema;
    }

    @Override
    public String what() {
        return "a mapping from " + key + " names";
    }
}
