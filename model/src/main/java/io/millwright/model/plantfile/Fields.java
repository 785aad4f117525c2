package io.millwright.model.plantfile;

import io.millwright.model.plantfile.Reference.Kind;
import io.millwright.model.text.Phrase;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/// The values of one object of the file, and where they stand.
final class Fields {

    private final PlantReader reader;
    private final Node owner;
    private final Map<String, Object> values = new HashMap<>();
    private final Map<String, Node> nodes = new HashMap<>();
    private final Map<String, String> settings = new LinkedHashMap<>();
    private boolean complete = true;

    Fields(PlantReader reader, Node owner) {
        this.reader = reader;
        this.owner = owner;
    }

    <T> void put(Field<T> field, Node node, @Nullable T value) {
        nodes.put(field.key(), node);
        if (value == null) {
            complete = false;
        } else {
            values.put(field.key(), value);
        }
    }

    void putSetting(String key, Node node, @Nullable String value) {
        nodes.put(key, node);
        if (value == null) {
            complete = false;
        } else {
            settings.put(key, value);
        }
    }

    /// Notes that a key was meant, though another was written: it does not count as missing.
    void misspelt(String key, Node keyNode) {
        nodes.put(key, keyNode);
        complete = false;
    }

    void missing(Field<?> field) {
        complete = false;
        var what = Phrase.of("missing", "\"{key}\" is missing", "key", field.key());
        reader.report(owner, what, Optional.of(hint(field)));
    }

    private static Phrase hint(Field<?> field) {
        return field.shape() instanceof Notation<?> notation
                        && !notation.examples().isEmpty()
                ? Phrase.of(
                        "add-like",
                        "add {key}: {example}",
                        "key",
                        field.key(),
                        "example",
                        quoted(notation.examples().getFirst()))
                : Phrase.of(
                        "add-with",
                        "add {key}: with {what}",
                        "key",
                        field.key(),
                        "what",
                        new Phrase.Term(field.shape().what()));
    }

    private static String quoted(String example) {
        return example.matches("[A-Za-z0-9./-]+") ? example : "\"" + example + "\"";
    }

    /// Whether every key that must be there is there and every value is right.
    boolean complete() {
        return complete;
    }

    /// Whether the key is there, rightly or wrongly.
    boolean has(Field<?> field) {
        return nodes.containsKey(field.key());
    }

    /// The value; null when it is missing or wrong.
    @SuppressWarnings("unchecked") // put() takes no other type for a field
    <T> @Nullable T get(Field<T> field) {
        return (T) values.get(field.key());
    }

    /// The value of a key that must be there; only to be asked when all is complete.
    <T> T require(Field<T> field) {
        T value = get(field);
        if (value == null) {
            throw new IllegalStateException(field.key() + " was asked for before it was read");
        }
        return value;
    }

    <T> Optional<T> optional(Field<T> field) {
        return Optional.ofNullable(get(field));
    }

    <T> T or(Field<T> field, T fallback) {
        T value = get(field);
        return value == null ? fallback : value;
    }

    /// The keys that the shape leaves open, and their values.
    Map<String, String> settings() {
        return settings;
    }

    /// The name under which the enclosing thing of this kind stands.
    String name(Kind kind) {
        return reader.name(kind);
    }

    PlantReader reader() {
        return reader;
    }

    /// The value of a key; the object's own name where the key is not there.
    Node node(String key) {
        return nodes.getOrDefault(key, owner);
    }

    /// The same in English only.
    void report(String key, String message, Optional<String> suggestion) {
        report(key, Phrase.plain(message), suggestion.map(Phrase::plain));
    }

    /// Reports a mistake at the value of a key.
    void report(String key, Phrase what, Optional<Phrase> remedy) {
        complete = false;
        reader.at(key, () -> reader.report(node(key), what, remedy));
    }
}
