package io.millwright.network.failure;

import io.millwright.network.schedule.Link;
import java.util.List;
import java.util.stream.Collectors;

/// What fails at the same time: one part of a network, or several.
public record Failure(List<Part> parts) {

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
    /// @param nodes the two ends of a link, the lower one first; or the one node
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

        private String joined(String between) {
            return kind.word() + between + nodes.stream().map(String::valueOf).collect(Collectors.joining("-"));
        }
    }

    public Failure {
        parts = List.copyOf(parts);
    }

    /// Whether a node is gone.
    public boolean takes(int node) {
        for (var part : parts) {
            if (part.kind != Kind.LINK && part.nodes.getFirst() == node) {
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

    /// As a name of a folder: `link-0-1`, `link-0-1+bridge-3`.
    public String fileName() {
        return parts.stream().map(p -> p.joined("-")).collect(Collectors.joining("+"));
    }

    /// As people read it: `link 0-1`, `link 0-1 and bridge 3`.
    @Override
    public String toString() {
        return parts.stream().map(p -> p.joined(" ")).collect(Collectors.joining(" and "));
    }
}
