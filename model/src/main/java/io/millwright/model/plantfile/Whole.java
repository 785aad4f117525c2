package io.millwright.model.plantfile;

import io.millwright.model.text.Phrase;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/// A whole number.
///
/// @param min the least
/// @param max the greatest
record Whole(int min, int max) implements Shape<Integer> {

    @Override
    public @Nullable Integer read(Node node, Node owner, PlantReader reader) {
        ScalarNode scalar = reader.scalar(node, owner, what());
        if (scalar == null) {
            return null;
        }
        String text = scalar.getValue();
        boolean isNumber = text.matches("[+-]?[0-9]+");
        if (!isNumber || !scalar.getTag().equals(Tag.INT)) {
            var remedy = isNumber ? Optional.of(Phrase.of("no-quotes", "remove the quotes")) : Optional.<Phrase>empty();
            reader.report(node, PlantReader.expected(what(), "\"" + text + "\""), remedy);
            return null;
        }
        double value = Double.parseDouble(text);
        if (value < min || value > max) {
            var nearest = value < min
                    ? Phrase.of("at-least", "write at least {least}", "least", min)
                    : Phrase.of("at-most", "write at most {most}", "most", max);
            reader.report(node, Phrase.of("range", "{number} is out of range", "number", text), Optional.of(nearest));
            return null;
        }
        return (int) value;
    }

    @Override
    public Map<String, Object> schema(ProtocolRules rules) {
        var schema = new LinkedHashMap<String, Object>();
        schema.put("type", "integer");
        schema.put("minimum", min);
        schema.put("maximum", max);
        return schema;
    }

    @Override
    public String what() {
        return "a whole number";
    }
}
