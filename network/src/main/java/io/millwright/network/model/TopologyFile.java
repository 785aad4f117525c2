package io.millwright.network.model;

import io.millwright.model.text.BitRates;
import io.millwright.model.text.Durations;
import io.millwright.model.text.NotationException;
import io.millwright.network.curve.Rate;
import io.millwright.network.curve.Time;
import io.millwright.network.schedule.Names;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads topologies that other tools write: GraphML and the node-link JSON of networkx.
///
/// Attributes of nodes: `kind`, which is `switch` or `station`, and `processing` of a switch, e.g. `2us`. Where
/// no node has a kind, those with a single link are stations. Attributes of edges: `rate`, e.g. `100Mbps`, and
/// `delay`, e.g. `500ns`. What is not there is 1 Gbit/s, no propagation, and 2 µs of processing; other
/// attributes are not looked at.
public final class TopologyFile {

    /// How many nodes and edges there may be together.
    static final int MOST = 100_000;

    private static final Rate USUAL_RATE = Rate.of(1_000_000_000);
    private static final Duration USUAL_PROCESSING = Duration.ofNanos(2000);
    private static final Set<String> SWITCHES = Set.of("switch", "bridge", "router");
    private static final Set<String> STATIONS = Set.of("station", "host", "end-station", "end_station", "es");
    private static final int QUEUES = 8;

    private final String name;
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final List<Edge> edges = new ArrayList<>();

    /// What came of reading: a network without streams, or what is wrong.
    public sealed interface Reading {}

    /// The file is right.
    public record Right(NetworkModel network) implements Reading {}

    /// It is not.
    ///
    /// @param mistake file and place, what is wrong and what would be right
    public record Wrong(String mistake) implements Reading {}

    /// A mistake of the file: thrown within this package only.
    static final class Mistake extends RuntimeException {
        private static final long serialVersionUID = 1;

        Mistake(String message) {
            super(message);
        }
    }

    /// A node and its attributes.
    private record Node(String where, Map<String, String> attributes) {}

    /// An edge and its attributes.
    private record Edge(String where, String one, String other, Map<String, String> attributes) {}

    TopologyFile(String name) {
        this.name = name;
    }

    /// Reads a file: GraphML if it begins with `<`, else node-link JSON.
    ///
    /// @param name what messages call it
    public static Reading read(String name, String text) {
        var file = new TopologyFile(name);
        try {
            var start = text.startsWith("\uFEFF") ? text.substring(1) : text;
            if (start.stripLeading().startsWith("<")) {
                new GraphMl(file).read(start);
            } else {
                new NodeLinkJson(file).read(start);
            }
            return new Right(file.network());
        } catch (Mistake e) {
            return new Wrong(String.valueOf(e.getMessage()));
        }
    }

    Mistake mistake(String where, String what) {
        return new Mistake(name + (where.isEmpty() ? "" : ":" + where) + ": " + what);
    }

    /// Notes a node.
    ///
    /// @param where the place in the file, e.g. a line
    void node(String where, String id, Map<String, String> attributes) {
        if (!id.matches(Names.PATTERN)) {
            throw mistake(
                    where,
                    "node '%s' has no name that tables can hold; letters, digits, - _ and . would be right"
                            .formatted(id.length() > 40 ? id.substring(0, 40) + "…" : id));
        }
        if (nodes.put(id, new Node(where, attributes)) != null) {
            throw mistake(where, "node %s is there twice; names must differ".formatted(id));
        }
        grow(where);
    }

    /// Notes an edge. That both directions of a link are there is all right.
    void edge(String where, String one, String other, Map<String, String> attributes) {
        edges.add(new Edge(where, one, other, attributes));
        grow(where);
    }

    private void grow(String where) {
        if (nodes.size() + edges.size() > MOST) {
            throw mistake(where, "there are more than %d nodes and edges; divide the network".formatted(MOST));
        }
    }

    private NetworkModel network() {
        var links = links();
        var ends = new HashMap<String, Integer>();
        for (var link : links) {
            ends.merge(link.one(), 1, Integer::sum);
            ends.merge(link.other(), 1, Integer::sum);
        }
        boolean said = nodes.values().stream().anyMatch(n -> n.attributes.containsKey("kind"));
        var bridges = new ArrayList<NetworkModel.Bridge>();
        var stations = new ArrayList<NetworkModel.Station>();
        nodes.forEach((id, node) -> {
            if (said ? isSwitch(id, node) : ends.getOrDefault(id, 0) > 1) {
                var processing = time(node.where, "processing of " + id, node.attributes.get("processing"));
                bridges.add(new NetworkModel.Bridge(
                        id, TimeRange.exactly(processing == null ? Nanos.of(USUAL_PROCESSING) : processing), QUEUES));
            } else {
                stations.add(new NetworkModel.Station(id));
            }
        });
        return new NetworkModel(bridges, stations, links, List.of());
    }

    private boolean isSwitch(String id, Node node) {
        var kind = node.attributes.getOrDefault("kind", "");
        if (!SWITCHES.contains(kind) && !STATIONS.contains(kind)) {
            throw mistake(node.where, "kind of node %s is '%s'; switch or station would be right".formatted(id, kind));
        }
        return SWITCHES.contains(kind);
    }

    private List<NetworkModel.Link> links() {
        var links = new ArrayList<NetworkModel.Link>();
        var directions = new HashSet<List<String>>();
        for (var edge : edges) {
            for (var end : List.of(edge.one, edge.other)) {
                if (!nodes.containsKey(end)) {
                    throw mistake(edge.where, "an edge names %s, which is no node".formatted(end));
                }
            }
            if (edge.one.equals(edge.other)) {
                throw mistake(edge.where, "an edge leads from %s to itself".formatted(edge.one));
            }
            if (!directions.add(List.of(edge.one, edge.other))) {
                throw mistake(
                        edge.where,
                        "%s and %s are joined twice; one link between two nodes would be right"
                                .formatted(edge.one, edge.other));
            }
            if (!directions.contains(List.of(edge.other, edge.one))) {
                links.add(link(edge));
            }
        }
        return links;
    }

    private NetworkModel.Link link(Edge edge) {
        var ends = edge.one + "–" + edge.other;
        var rate = edge.attributes.get("rate");
        var delay = time(edge.where, "delay of " + ends, edge.attributes.get("delay"));
        return new NetworkModel.Link(
                edge.one,
                edge.other,
                rate == null ? USUAL_RATE : rate(edge.where, "rate of " + ends, rate),
                TimeRange.exactly(delay == null ? Time.ZERO : delay));
    }

    private Rate rate(String where, String what, String text) {
        try {
            long rate = BitRates.parse(text);
            if (rate > 0) {
                return Rate.of(rate);
            }
            throw mistake(where, what + " is '" + text + "'; nothing would ever arrive");
        } catch (NotationException e) {
            throw mistake(where, what + ": " + e.getMessage());
        }
    }

    private @Nullable Time time(String where, String what, @Nullable String text) {
        try {
            return text == null ? null : Nanos.of(Durations.parse(text));
        } catch (NotationException e) {
            throw mistake(where, what + ": " + e.getMessage());
        }
    }
}
