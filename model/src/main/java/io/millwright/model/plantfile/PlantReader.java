package io.millwright.model.plantfile;

import io.millwright.model.PointAddress;
import io.millwright.model.plantfile.Problem.Place;
import io.millwright.model.plantfile.Reference.Kind;
import io.millwright.model.text.Phrase;
import io.millwright.model.text.Phrase.Term;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/// What is known while a file is read: its problems so far, the names it declares, and what is to be checked when
/// all names are known.
final class PlantReader {

    /// How many problems of one file are kept.
    static final int MAX_PROBLEMS = 1000;

    /// A key and its value.
    record Entry(String key, Node keyNode, Node valueNode) {}

    /// A name that something declared elsewhere should have.
    record Mention(Reference reference, String name, Node node, Optional<Place> place) {}

    /// A point that a signal is read from or written to.
    record Point(PointAddress address, Node node, boolean written, String signal) {}

    private final String file;
    private final ProtocolRules rules;
    private final Set<Problem> problems = new LinkedHashSet<>();
    private final Map<Kind, String> enclosing = new EnumMap<>(Kind.class);
    private final Deque<Kind> inside = new ArrayDeque<>();
    private final Deque<String> keys = new ArrayDeque<>();
    private String key = "";
    private final Map<Kind, Map<String, Node>> declared = new EnumMap<>(Kind.class);
    private final List<Mention> mentions = new ArrayList<>();
    private final List<Point> points = new ArrayList<>();
    private final Map<String, String> protocols = new HashMap<>();

    PlantReader(String file, ProtocolRules rules) {
        this.file = file;
        this.rules = rules;
        for (Kind kind : Kind.values()) {
            declared.put(kind, new LinkedHashMap<>());
        }
    }

    ProtocolRules rules() {
        return rules;
    }

    /// Every problem, in the order of the file.
    List<Problem> problems() {
        return problems.stream()
                .sorted(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column))
                .toList();
    }

    /// Reports a mistake of the thing that is being read.
    void report(Node node, Phrase what, Optional<Phrase> remedy) {
        report(place(), node, what, remedy);
    }

    /// The same in English only.
    void report(Node node, String message, Optional<String> suggestion) {
        report(node, Phrase.plain(message), suggestion.map(Phrase::plain));
    }

    /// Reports a mistake of a thing that has been read.
    void report(Optional<Place> place, Node node, Phrase what, Optional<Phrase> remedy) {
        if (problems.size() >= MAX_PROBLEMS) {
            return;
        }
        int line = node.getStartMark().map(Mark::getLine).orElse(0) + 1;
        int column = node.getStartMark().map(Mark::getColumn).orElse(0) + 1;
        problems.add(new Problem(file, line, column, place, what, remedy));
    }

    /// Reports a value that is not of the kind that belongs there.
    void reportKind(Node node, Node owner, String what, String emptyForm) {
        if (isEmpty(node)) {
            var remedy = Phrase.of("empty-form", "write {form} if that is meant", "form", emptyForm);
            report(owner, nothing(what), Optional.of(remedy));
            return;
        }
        Object found = switch (node) {
            case MappingNode _ -> new Term("a mapping");
            case SequenceNode _ -> new Term("a list");
            case ScalarNode scalar -> "\"" + shortened(scalar.getValue()) + "\"";
            default -> new Term("something else");
        };
        report(node, expected(what, found), Optional.empty());
    }

    private static Phrase nothing(String what) {
        return Phrase.of("nothing-here", "nothing stands here; expected {what}", "what", new Term(what));
    }

    /// Something else stands where one thing is expected.
    static Phrase expected(String what, Object found) {
        return Phrase.of("expected", "expected {what}, found {found}", "what", new Term(what), "found", found);
    }

    private static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, text.offsetByCodePoints(0, 30)) + "…";
    }

    private static boolean isEmpty(Node node) {
        return node.getTag().equals(Tag.NULL);
    }

    /// The node as a scalar; null when it is none or empty, and then that has been reported.
    @Nullable
    ScalarNode scalar(Node node, Node owner, String what) {
        if (isEmpty(node)) {
            report(owner, nothing(what), Optional.empty());
            return null;
        }
        if (node instanceof ScalarNode scalar) {
            if (scalar.getValue().length() > Notation.MAX_LENGTH) {
                var tooLong = Phrase.of("too-long", "text of more than {most} characters", "most", Notation.MAX_LENGTH);
                report(node, tooLong, Optional.empty());
                return null;
            }
            return scalar;
        }
        reportKind(node, owner, what, "a value");
        return null;
    }

    /// The entries of a mapping; keys that are given twice or are no text have been reported and are left out.
    List<Entry> entries(MappingNode mapping) {
        var seen = new HashMap<String, Node>();
        var entries = new ArrayList<Entry>();
        for (NodeTuple tuple : mapping.getValue()) {
            Node keyNode = tuple.getKeyNode();
            if (!(keyNode instanceof ScalarNode key) || key.getValue().length() > Notation.MAX_LENGTH) {
                report(keyNode, "a key must be a short text", Optional.empty());
                continue;
            }
            Node first = seen.putIfAbsent(key.getValue(), keyNode);
            if (first == null) {
                entries.add(new Entry(key.getValue(), keyNode, tuple.getValueNode()));
            } else {
                int line = first.getStartMark().map(Mark::getLine).orElse(0) + 1;
                report(
                        keyNode,
                        "\"" + key.getValue() + "\" is given twice",
                        Optional.of("the first is in line " + line + "; rename or remove one"));
            }
        }
        return entries;
    }

    /// Begins to read what stands under a name.
    void enter(Kind kind, String name, Node node) {
        enclosing.put(kind, name);
        inside.push(kind);
        keys.push(key);
        key = "";
        String whole = kind == Kind.SIGNAL ? name(Kind.ASSET) + "/" + name : name;
        names(kind).put(whole, node);
    }

    void leave(Kind kind) {
        enclosing.remove(kind);
        inside.pop();
        key = keys.pop();
    }

    /// Reads, or reports, what stands under a key of the thing that is being read.
    void at(String under, Runnable reading) {
        var before = key;
        key = under;
        reading.run();
        key = before;
    }

    private Optional<Place> place() {
        return inside.isEmpty()
                ? Optional.empty()
                : Optional.of(new Place(inside.element().noun(), name(inside.element()), key));
    }

    /// The name of the enclosing thing of this kind.
    String name(Kind kind) {
        return enclosing.getOrDefault(kind, "");
    }

    /// The names declared so far, and where.
    Map<String, Node> names(Kind kind) {
        return declared.getOrDefault(kind, Map.of());
    }

    void refer(Reference reference, String name, Node node) {
        mentions.add(new Mention(reference, name, node, place()));
    }

    List<Mention> mentions() {
        return mentions;
    }

    void point(Point point) {
        points.add(point);
    }

    List<Point> points() {
        return points;
    }

    /// Notes which protocol a connection speaks.
    void speaks(String connection, String protocol) {
        protocols.put(connection, protocol);
    }

    Optional<String> protocolOf(String connection) {
        return Optional.ofNullable(protocols.get(connection));
    }
}
