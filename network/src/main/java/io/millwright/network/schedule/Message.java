package io.millwright.network.schedule;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Something to be told to people, in which streams and nodes are numbers: [Names] say what these are called.
///
/// @param code by which programs know it, and those who say it in another language
/// @param words in English; arguments stand in them by their names, as `{stream}`
/// @param arguments what it is about
public record Message(String code, String words, Map<String, Argument> arguments) {

    /// What a message is about.
    public sealed interface Argument {}

    /// A stream.
    record OfStream(int id) implements Argument {}

    /// A node.
    record OfNode(int node) implements Argument {}

    /// A link, in one direction.
    record OfLink(int from, int to) implements Argument {}

    /// A time.
    record Nanos(long nanos) implements Argument {}

    /// A number, or what is the same in any language.
    record Figure(Object value) implements Argument {}

    /// Several of them.
    ///
    /// @param more how many there are beside
    record Several(List<Argument> some, int more) implements Argument {}

    /// A part that has arguments of its own.
    record Part(Message message) implements Argument {}

    public Message {
        arguments = Map.copyOf(arguments);
    }

    /// One without arguments so far.
    public static Message of(String code, String words) {
        return new Message(code, words, Map.of());
    }

    private Message with(String name, Argument argument) {
        var all = new LinkedHashMap<>(arguments);
        all.put(name, argument);
        return new Message(code, words, all);
    }

    /// The same about a stream.
    public Message stream(String name, int id) {
        return with(name, new OfStream(id));
    }

    /// The same about a node.
    public Message node(String name, int node) {
        return with(name, new OfNode(node));
    }

    /// The same about a link.
    public Message link(String name, int from, int to) {
        return with(name, new OfLink(from, to));
    }

    /// The same with a time.
    public Message nanos(String name, long nanos) {
        return with(name, new Nanos(nanos));
    }

    /// The same with a number, or with a text that is the same in any language.
    public Message figure(String name, Object value) {
        return with(name, new Figure(value));
    }

    /// The same about several streams.
    ///
    /// @param most so many are named
    public Message streams(String name, List<Integer> ids, int most) {
        return several(name, ids.stream().<Argument>map(OfStream::new).toList(), most);
    }

    /// The same about several nodes.
    ///
    /// @param most so many are named
    public Message nodes(String name, List<Integer> nodes, int most) {
        return several(name, nodes.stream().<Argument>map(OfNode::new).toList(), most);
    }

    /// The same with several parts.
    ///
    /// @param most so many are told
    public Message parts(String name, List<Message> parts, int most) {
        return several(name, parts.stream().<Argument>map(Part::new).toList(), most);
    }

    private Message several(String name, List<Argument> all, int most) {
        var some = all.subList(0, Math.min(most, all.size()));
        return with(name, new Several(List.copyOf(some), all.size() - some.size()));
    }

    /// What it says, in English and in names.
    public String in(Names names) {
        var text = new StringBuilder();
        int from = 0;
        for (int open = words.indexOf('{'); open >= 0; open = words.indexOf('{', from)) {
            int close = words.indexOf('}', open);
            text.append(words, from, open).append(text(argument(words.substring(open + 1, close)), names));
            from = close + 1;
        }
        return text.append(words, from, words.length()).toString();
    }

    private Argument argument(String name) {
        var argument = arguments.get(name);
        if (argument == null) {
            throw new IllegalStateException("message " + code + " has no " + name);
        }
        return argument;
    }

    private static String text(Argument argument, Names names) {
        return switch (argument) {
            case OfStream(int id) -> names.stream(id);
            case OfNode(int node) -> names.node(node);
            case OfLink(int from, int to) -> "(" + names.node(from) + ", " + names.node(to) + ")";
            case Nanos(long nanos) -> Nanoseconds.text(nanos);
            case Figure(var value) -> value.toString();
            case Part(var message) -> message.in(names);
            case Several(var some, int more) ->
                some.stream().map(a -> text(a, names)).collect(Collectors.joining(", "))
                        + (more == 0 ? "" : " and " + more + " more");
        };
    }

    /// The arguments in names, for programs: a stream or a node as its name, a link as `link` with its two
    /// ends, a time as `nanos`, several as `some` and `more`, a part as its `code` and `arguments`; numbers as
    /// they are.
    public Map<String, Object> arguments(Names names) {
        var all = new LinkedHashMap<String, Object>();
        arguments.forEach((name, argument) -> all.put(name, value(argument, names)));
        return all;
    }

    private static Object value(Argument argument, Names names) {
        return switch (argument) {
            case OfStream(int id) -> names.stream(id);
            case OfNode(int node) -> names.node(node);
            case OfLink(int from, int to) -> Map.of("link", List.of(names.node(from), names.node(to)));
            case Nanos(long nanos) -> Map.of("nanos", nanos);
            case Figure(var value) -> value instanceof Number ? value : value.toString();
            case Part(var message) -> Map.of("code", message.code, "arguments", message.arguments(names));
            case Several(var some, int more) ->
                Map.of("some", some.stream().map(a -> value(a, names)).toList(), "more", more);
        };
    }

    private Stream<Argument> all() {
        return arguments.values().stream().flatMap(Message::all);
    }

    private static Stream<Argument> all(Argument argument) {
        return switch (argument) {
            case Part(var message) -> message.all();
            case Several(var some, int _) -> some.stream().flatMap(Message::all);
            default -> Stream.of(argument);
        };
    }

    /// The streams that it speaks of, by their names.
    public Set<String> streams(Names names) {
        return all().flatMap(a -> a instanceof OfStream(int id) ? Stream.of(names.stream(id)) : Stream.of())
                .collect(Collectors.toSet());
    }

    /// The links that it speaks of, each with its two ends.
    public Collection<List<String>> links(Names names) {
        return all().flatMap(a -> a instanceof OfLink(int from, int to)
                        ? Stream.of(List.of(names.node(from), names.node(to)))
                        : Stream.of())
                .collect(Collectors.toSet());
    }

    /// What it says, in numbers.
    @Override
    public String toString() {
        return in(new Names());
    }
}
