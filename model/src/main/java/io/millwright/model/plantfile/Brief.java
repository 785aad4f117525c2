package io.millwright.model.plantfile;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/// A thing that is written briefly where nothing special is to be said of it, and as a mapping elsewhere.
///
/// @param brief the brief form
/// @param meaning what the brief form stands for
/// @param whole the mapping
record Brief<S, T>(Shape<S> brief, Function<S, T> meaning, ObjectOf<T> whole) implements Shape<T> {

    @Override
    public @Nullable T read(Node node, Node owner, PlantReader reader) {
        if (node instanceof MappingNode) {
            return whole.read(node, owner, reader);
        }
        S read = brief.read(node, owner, reader);
        return read == null ? null : meaning.apply(read);
    }

    @Override
    public Map<String, Object> schema(ProtocolRules rules) {
        return Map.of("anyOf", List.of(brief.schema(rules), whole.schema(rules)));
    }

    @Override
    public String what() {
        return brief.what() + " or " + whole.what();
    }
}
