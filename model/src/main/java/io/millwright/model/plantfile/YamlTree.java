package io.millwright.model.plantfile;

import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/// YAML 1.2 text as a tree of nodes with their places, within limits.
final class YamlTree {

    /// The largest file, in characters.
    static final int MAX_CHARACTERS = 64 << 20;
    /// How deep collections may nest; a plant file needs six levels.
    static final int MAX_DEPTH = 50;

    private static final int MAX_ALIASES = 1000;

    /// What composing a text leads to.
    sealed interface Result {
        /// A tree.
        record Composed(Node root) implements Result {}

        /// A text that is no YAML, or too much of it.
        record Malformed(Problem problem) implements Result {}
    }

    private YamlTree() {}

    static Result compose(String text, String file) {
        if (text.length() > MAX_CHARACTERS) {
            return malformed(file, 1, 1, "the file has more than 64 Mi characters", Optional.empty());
        }
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setSchema(new CoreSchema())
                .setCodePointLimit(MAX_CHARACTERS)
                .setMaxAliasesForCollections(MAX_ALIASES)
                .setAllowDuplicateKeys(true)
                .build();
        try {
            var parser = new ShallowParser(new ParserImpl(settings, new StreamReader(settings, text)));
            Optional<Node> root = new Composer(settings, parser).getSingleNode();
            return root.<Result>map(Result.Composed::new)
                    .orElseGet(() -> malformed(file, 1, 1, "the file is empty", Optional.of("begin with plant: NAME")));
        } catch (TooDeep e) {
            return malformed(file, e.mark, "collections nest deeper than " + MAX_DEPTH + " levels", Optional.empty());
        } catch (MarkedYamlEngineException e) {
            return malformed(e, file);
        } catch (ReaderException e) {
            return unprintable(e, text, file);
        } catch (YamlEngineException e) {
            return malformed(file, 1, 1, String.valueOf(e.getMessage()), Optional.empty());
        }
    }

    private static Result malformed(MarkedYamlEngineException e, String file) {
        Optional<Mark> mark = e.getProblemMark().or(e::getContextMark);
        String problem = Optional.ofNullable(e.getProblem()).orElse("this is not YAML");
        if (problem.contains("\\t(TAB)")) {
            return malformed(file, mark, "a tab cannot indent", Optional.of("use spaces"));
        }
        String context = Optional.ofNullable(e.getContext()).map(c -> c + ": ").orElse("");
        return malformed(file, mark, "YAML: " + (context + problem).strip(), hint(problem));
    }

    private static Optional<String> hint(String problem) {
        if (problem.contains("mapping values are not allowed here")) {
            return Optional.of("check the indentation, and put texts with \": \" in quotes");
        }
        if (problem.contains("cannot start any token")) {
            return Optional.of("put the text in quotes");
        }
        if (problem.contains("expected <block end>")) {
            return Optional.of("check the indentation of this line");
        }
        return Optional.empty();
    }

    /// A character that YAML 1.2, section 5.1, does not let stand in a file.
    private static Result unprintable(ReaderException e, String text, String file) {
        int at = 0;
        int line = 1;
        int column = 1;
        while (at < text.length() && StreamReader.isPrintable(text.codePointAt(at))) {
            int c = text.codePointAt(at);
            boolean ends = c == '\n' || c == '\r' && !text.startsWith("\n", at + 1);
            line += ends ? 1 : 0;
            column = ends ? 1 : column + 1;
            at += Character.charCount(c);
        }
        String message = "the character U+%04X cannot stand in a file".formatted(e.getCodePoint());
        return malformed(file, line, column, message, Optional.of("remove it"));
    }

    private static Result malformed(String file, Optional<Mark> mark, String message, Optional<String> suggestion) {
        int line = mark.map(Mark::getLine).orElse(0) + 1;
        int column = mark.map(Mark::getColumn).orElse(0) + 1;
        return malformed(file, line, column, message, suggestion);
    }

    private static Result malformed(String file, int line, int column, String message, Optional<String> suggestion) {
        return new Result.Malformed(new Problem(file, line, column, message, suggestion));
    }

    private static final class TooDeep extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient Optional<Mark> mark;

        TooDeep(Optional<Mark> mark) {
            this.mark = mark;
        }
    }

    /// Stops before the composer, which calls itself for each level, runs out of stack.
    private static final class ShallowParser implements Parser {
        private final Parser parser;
        private int depth;

        ShallowParser(Parser parser) {
            this.parser = parser;
        }

        @Override
        public boolean hasNext() {
            return parser.hasNext();
        }

        @Override
        public boolean checkEvent(Event.ID id) {
            return parser.checkEvent(id);
        }

        @Override
        public Event peekEvent() {
            return parser.peekEvent();
        }

        @Override
        public Event next() {
            Event event = parser.next();
            switch (event.getEventId()) {
                case MappingStart, SequenceStart -> depth++;
                case MappingEnd, SequenceEnd -> depth--;
                default -> {}
            }
            if (depth > MAX_DEPTH) {
                throw new TooDeep(event.getStartMark());
            }
            return event;
        }
    }
}
