package io.millwright.model.plantfile;

import io.millwright.model.text.Nearest;
import io.millwright.model.text.Phrase;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/// One of a few words.
///
/// @param noun what the words are, e.g. `tier`
/// @param words the words; some choices depend on which protocols there are
/// @param value what a word stands for
record Choice<T>(String noun, Function<ProtocolRules, List<String>> words, Function<String, T> value)
        implements Shape<T> {

    /// The constants of an enum, as words in small letters with dashes.
    static <T extends Enum<T>> Choice<T> of(String noun, T[] constants) {
        var byWord = new LinkedHashMap<String, T>();
        for (T constant : constants) {
            byWord.put(constant.name().toLowerCase(Locale.ROOT).replace('_', '-'), constant);
        }
        return new Choice<>(noun, _ -> List.copyOf(byWord.keySet()), word -> Objects.requireNonNull(byWord.get(word)));
    }

    @Override
    public @Nullable T read(Node node, Node owner, PlantReader reader) {
        ScalarNode scalar = reader.scalar(node, owner, what());
        if (scalar == null) {
            return null;
        }
        List<String> known = words.apply(reader.rules());
        String text = scalar.getValue();
        if (known.contains(text)) {
            return value.apply(text);
        }
        var remedy = Nearest.of(text, known)
                .map(Phrase::meant)
                .or(() -> Optional.of(Phrase.of("one-of", "write one of {words}", "words", String.join(", ", known))));
        reader.report(node, CrossCheck.unknown(noun, text), remedy);
        return null;
    }

    @Override
    public Map<String, Object> schema(ProtocolRules rules) {
        var schema = new LinkedHashMap<String, Object>();
        schema.put("type", "string");
        schema.put("enum", words.apply(rules));
        return schema;
    }

    @Override
    public String what() {
        return "a " + noun;
    }
}
