package io.millwright.model.plantfile;

import io.millwright.model.text.Phrase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/// A list.
///
/// @param item what it holds
/// @param min the fewest items
/// @param max the most items
/// @param alone whether a single item may stand without a list around it
record ListOf<T>(Shape<T> item, int min, int max, boolean alone) implements Shape<List<ListOf.Item<T>>> {

    /// An item and where it stands.
    record Item<T>(T value, Node node) {}

    static <T> ListOf<T> any(Shape<T> item) {
        return new ListOf<>(item, 0, Integer.MAX_VALUE, false);
    }

    @Override
    public @Nullable List<Item<T>> read(Node node, Node owner, PlantReader reader) {
        if (alone && node instanceof ScalarNode) {
            T single = item.read(node, owner, reader);
            return single == null ? null : List.of(new Item<>(single, node));
        }
        if (!(node instanceof SequenceNode sequence)) {
            reader.reportKind(node, owner, what(), "[]");
            return null;
        }
        int size = sequence.getValue().size();
        if (size < min || size > max) {
            var expected = min == max
                    ? Phrase.of("exactly", "write exactly {count}", "count", min)
                    : Phrase.of("at-least", "write at least {least}", "least", min);
            reader.report(node, Phrase.of("items", "found {count} items", "count", size), Optional.of(expected));
            return null;
        }
        var items = new ArrayList<Item<T>>();
        for (Node element : sequence.getValue()) {
            T value = item.read(element, element, reader);
            if (value != null) {
                items.add(new Item<>(value, element));
            }
        }
        return items.size() == size ? items : null;
    }

    @Override
    public Map<String, Object> schema(ProtocolRules rules) {
        var schema = new LinkedHashMap<String, Object>();
        schema.put("type", "array");
        schema.put("items", item.schema(rules));
        if (min > 0) {
            schema.put("minItems", min);
        }
        if (max < Integer.MAX_VALUE) {
            schema.put("maxItems", max);
        }
        return alone ? Map.of("anyOf", List.of(item.schema(rules), schema)) : schema;
    }

    @Override
    public String what() {
        String items = min == max ? "a list of " + min + ", each " : "a list, each item ";
        return (alone ? item.what() + " or " : "") + items + item.what();
    }
}
