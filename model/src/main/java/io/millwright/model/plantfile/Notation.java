package io.millwright.model.plantfile;

import io.millwright.model.text.NotationException;
import io.millwright.model.text.Phrase;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/// A scalar in a notation of its own: a name, a duration, a unit.
///
/// @param what what it is called, e.g. `a duration`
/// @param types the JSON types it takes; where `string` is the only one, an unquoted number is a mistake
/// @param pattern a regular expression of all right texts; empty where none is simple enough
/// @param examples right ones
/// @param parse turns the text into the value; throws [IllegalArgumentException] with a message for people
record Notation<T>(
        String what, List<String> types, Optional<Pattern> pattern, List<String> examples, Function<String, T> parse)
        implements Shape<T> {

    /// The longest scalar, in characters.
    static final int MAX_LENGTH = 4096;

    private static final List<String> STRING = List.of("string");

    /// A text without rules.
    static Notation<String> text(String... examples) {
        return new Notation<>(
                "text", STRING, Optional.of(Pattern.compile("\\S")), List.of(examples), Function.identity());
    }

    /// A text in a notation that a regular expression describes.
    static <T> Notation<T> of(String what, String pattern, Function<String, T> parse, String... examples) {
        return new Notation<>(what, STRING, Optional.of(Pattern.compile(pattern)), List.of(examples), parse);
    }

    /// Any scalar, kept as it is written.
    static Notation<String> anyScalar() {
        return new Notation<>(
                "text, a number or a truth value",
                List.of("string", "number", "boolean"),
                Optional.empty(),
                List.of(),
                Function.identity());
    }

    @Override
    public @Nullable T read(Node node, Node owner, PlantReader reader) {
        ScalarNode scalar = reader.scalar(node, owner, what);
        if (scalar == null) {
            return null;
        }
        String text = scalar.getValue();
        if (types.equals(STRING) && !scalar.getTag().equals(Tag.STR) && matches(text)) {
            reader.report(
                    node,
                    Phrase.of(
                            "expected-text",
                            "expected {what}, found the {noun} {text}",
                            "what",
                            new Phrase.Term(what),
                            "noun",
                            new Phrase.Term(noun(scalar.getTag())),
                            "text",
                            text),
                    Optional.of(Phrase.of("quotes", "put it in quotes: \"{text}\"", "text", text)));
            return null;
        }
        try {
            T value = parse.apply(text);
            if (!matches(text)) {
                throw new NotationException(
                        Phrase.of("is-not", "\"{text}\" is not {what}", "text", text, "what", new Phrase.Term(what)),
                        example());
            }
            return value;
        } catch (NotationException e) {
            reader.report(node, e.what(), e.remedy().map(this::like));
        } catch (IllegalArgumentException e) {
            reader.report(node, String.valueOf(e.getMessage()), Optional.empty());
        }
        return null;
    }

    private boolean matches(String text) {
        return pattern.isEmpty() || pattern.get().matcher(text).find();
    }

    private Optional<Phrase> example() {
        return examples.stream().findFirst().map(e -> Phrase.of("like", "write it like {example}", "example", e));
    }

    /// A remedy with an example of what is wanted just here, where it has one.
    private Phrase like(Phrase remedy) {
        return examples.isEmpty() ? remedy : remedy.instead("example", examples.getFirst());
    }

    private static String noun(Tag tag) {
        return tag.equals(Tag.BOOL) ? "truth value" : "number";
    }

    @Override
    public Map<String, Object> schema(ProtocolRules rules) {
        var schema = new LinkedHashMap<String, Object>();
        schema.put("type", types.size() == 1 ? types.getFirst() : types);
        pattern.ifPresent(p -> schema.put("pattern", p.pattern()));
        if (!examples.isEmpty()) {
            schema.put("examples", examples);
        }
        return schema;
    }
}
