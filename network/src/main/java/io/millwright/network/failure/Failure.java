package io.millwright.network.failure;

import io.millwright.network.schedule.Link;
import io.millwright.network.schedule.Names;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/// What fails at the same time: one part of a network, or several.
public record Failure(List<Part> parts) {

    /// In octets.
    private static final int LONGEST_FILE_NAME = 200;

    /// What may fail.
    public enum Kind {
        /// Both directions between two nodes.
        LINK,
        /// A node that only passes frames on, with all its links.
        BRIDGE,
        /// A node where streams begin or end, or with one neighbour, with all its links.
        STATION;

        /// As messages have it.
        public String word() {
            return switch (this) {
                case LINK -> "link";
                case BRIDGE -> "bridge";
                case STATION -> "station";
            };
        }
    }

    /// One part of a network.
    ///
    /// @param nodes the two ends of a link, the lower one first; or the one node. An end that sends under one
    ///     number and receives under another has both ([Names#part])
    public record Part(Kind kind, List<Integer> nodes) {

        public Part {
            nodes = List.copyOf(nodes);
        }

        /// Whether this is the end of all that the other is: it is its node.
        boolean includes(Part other) {
            return kind != Kind.LINK && other.nodes.containsAll(nodes);
        }

        private boolean takes(Link link) {
            return kind == Kind.LINK
                    ? nodes.contains(link.from()) && nodes.contains(link.to())
                    : nodes.contains(link.from()) || nodes.contains(link.to());
        }

        /// What its nodes are called, each once: numbers as they stand, names in their order.
        public List<String> names(Names names) {
            var called = nodes.stream().map(names::node).distinct();
            return (names.areNumbers() ? called : called.sorted()).toList();
        }

        private String joined(String before, Names names) {
            var called = names(names);
            boolean numbers = nodes.stream().map(String::valueOf).toList().equals(called);
            return kind.word() + before + String.join(numbers ? "-" : ",", called);
        }
    }

    public Failure {
        parts = List.copyOf(parts);
    }

    /// Whether a node is gone.
    public boolean takes(int node) {
        for (var part : parts) {
            if (part.kind != Kind.LINK && part.nodes.contains(node)) {
                return true;
            }
        }
        return false;
    }

    /// Whether a link is gone, by itself or with one of its ends.
    public boolean takes(Link link) {
        for (var part : parts) {
            if (part.takes(link)) {
                return true;
            }
        }
        return false;
    }

    /// As a name of a folder: `link-0-1`, `link-0-1+bridge-3`, with names `link-sw-1,sw-2`; by numbers where names
    /// are too long for a folder.
    public String fileName(Names names) {
        var called = parts.stream().map(p -> p.joined("-", names)).collect(Collectors.joining("+"));
        return called.getBytes(StandardCharsets.UTF_8).length <= LONGEST_FILE_NAME ? called : fileName(new Names());
    }

    /// As people read it: `link 0-1`, `link 0-1 and bridge 3`, with names `link sw-1,sw-2`.
    public String in(Names names) {
        return parts.stream().map(p -> p.joined(" ", names)).collect(Collectors.joining(" and "));
    }

    /// The same in numbers.
    @Override
    public String toString() {
        return in(new Names());
    }
}
