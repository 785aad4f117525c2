package io.millwright.network.schedule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// What nodes and streams of a problem are called outside: a number by itself; any other name stands for a
/// number that no file can hold.
public final class Names {

    /// What a name looks like, in any script.
    public static final String PATTERN = "[\\p{L}\\p{N}][\\p{L}\\p{N}._-]{0,127}";

    /// Numbers below are themselves.
    private static final int FIRST = 1_000_000_000;

    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,8}");

    private final Register nodes = new Register();
    private final Register streams = new Register();
    private final Map<String, Integer> listeners = new HashMap<>();

    private static final class Register {
        private final Map<String, Integer> numbers = new HashMap<>();
        private final List<String> names = new ArrayList<>();

        int number(String name) {
            return isNumber(name) ? Integer.parseInt(name) : numbers.computeIfAbsent(name, this::another);
        }

        int another(String name) {
            names.add(name);
            return FIRST + names.size() - 1;
        }

        String name(int number) {
            boolean named = number >= FIRST && number - FIRST < names.size();
            return named ? names.get(number - FIRST) : Integer.toString(number);
        }
    }

    /// Whether a name is the number by which it is known.
    static boolean isNumber(String name) {
        return NUMBER.matcher(name).matches();
    }

    /// Whether all nodes and streams so far are called by their numbers.
    public boolean areNumbers() {
        return nodes.names.isEmpty() && streams.names.isEmpty();
    }

    /// The number of a node.
    public int node(String name) {
        return nodes.number(name);
    }

    /// The number of a node where it is a listener: another one where the node does not forward what it
    /// receives.
    public int listener(String name) {
        var number = listeners.get(name);
        return number == null ? nodes.number(name) : number;
    }

    /// Parts a node in two, one that sends and one that receives, so that no way leads through it.
    public void part(String name) {
        listeners.computeIfAbsent(name, nodes::another);
    }

    /// The name of a node.
    public String node(int number) {
        return nodes.name(number);
    }

    /// The number of a stream.
    public int stream(String name) {
        return streams.number(name);
    }

    /// The name of a stream.
    public String stream(int number) {
        return streams.name(number);
    }

    /// What files call a stream: members of a redundant one are named `5.1` and `5.2`.
    public String stream(Stream stream) {
        return stream(stream.id()) + (stream.member() == 0 ? "" : "." + stream.member());
    }

    /// A link as files name it: `(io-1, sw-1)`.
    public String link(Link link) {
        return "(" + node(link.from()) + ", " + node(link.to()) + ")";
    }
}
