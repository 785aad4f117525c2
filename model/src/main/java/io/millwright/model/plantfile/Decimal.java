package io.millwright.model.plantfile;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/// A finite number.
record Decimal() implements Shape<Double> {

    private static final String FORM = "[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+)?";

    @Override
    public @Nullable Double read(Node node, Node owner, PlantReader reader) {
        ScalarNode scalar = reader.scalar(node, owner, what());
        if (scalar == null) {
            return null;
        }
        String text = scalar.getValue();
        boolean isNumber = text.matches(FORM) && Double.isFinite(Double.parseDouble(text));
        if (isNumber && !scalar.getTag().equals(Tag.STR)) {
            return Double.parseDouble(text);
        }
        Optional<String> suggestion = isNumber ? Optional.of("remove the quotes") : Optional.empty();
        reader.report(node, "expected " + what() + ", found \"" + text + "\"", suggestion);
        return null;
    }

    @Override
    public Map<String, Object> schema(ProtocolRules rules) {
        return Map.of("type", "number");
    }

    @Override
    public String what() {
        return "a number";
    }
}
