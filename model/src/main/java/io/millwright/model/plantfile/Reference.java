package io.millwright.model.plantfile;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/// The name of something described elsewhere in the file. Whether it exists is checked when all is read.
///
/// @param kinds what it may name
record Reference(Set<Kind> kinds) implements Shape<String> {

    /// What has a name in a plant file.
    enum Kind {
        ASSET("asset"),
        SIGNAL("signal"),
        CONNECTION("connection"),
        PROGRAM("program"),
        PREDICTIVE("predictive controller"),
        SIMULATION("simulated process"),
        DOMAIN("domain"),
        SWITCH("switch"),
        STATION("station"),
        STREAM("stream"),
        COMPUTE("compute node"),
        APP("app"),
        ZONE("zone");

        private final String noun;

        Kind(String noun) {
            this.noun = noun;
        }

        String noun() {
            return noun;
        }
    }

    static Reference to(Kind first, Kind... others) {
        return new Reference(EnumSet.of(first, others));
    }

    @Override
    public @Nullable String read(Node node, Node owner, PlantReader reader) {
        ScalarNode scalar = reader.scalar(node, owner, what());
        if (scalar == null) {
            return null;
        }
        String text = scalar.getValue();
        if (isSignal() && !text.matches("[^/]+/[^/]+")) {
            reader.report(node, "\"" + text + "\" is not a signal", Optional.of("write asset/signal"));
            return null;
        }
        reader.refer(this, text, node);
        return text;
    }

    private boolean isSignal() {
        return kinds.contains(Kind.SIGNAL);
    }

    /// What it may name, e.g. `station or switch`.
    String noun() {
        List<String> nouns = kinds.stream().map(Kind::noun).toList();
        return nouns.size() == 1
                ? nouns.getFirst()
                : nouns.stream().limit(nouns.size() - 1L).collect(Collectors.joining(", ")) + " or " + nouns.getLast();
    }

    static String withArticle(String noun) {
        return ("aeiouAEIOU".indexOf(noun.charAt(0)) >= 0 ? "an " : "a ") + noun;
    }

    @Override
    public Map<String, Object> schema(ProtocolRules rules) {
        var schema = new LinkedHashMap<String, Object>();
        schema.put("type", "string");
        schema.put("pattern", isSignal() ? "^[^/]+/[^/]+$" : PlantShape.NAME_PATTERN);
        if (isSignal()) {
            schema.put("examples", List.of("tank-1/level"));
        }
        return schema;
    }

    @Override
    public String what() {
        return "the name of " + withArticle(noun());
    }
}
