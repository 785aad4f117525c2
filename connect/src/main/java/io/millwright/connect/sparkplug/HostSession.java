package io.millwright.connect.sparkplug;

import io.millwright.model.PointAddress;
import io.millwright.model.Quality;
import io.millwright.model.Signal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The host application's side of Sparkplug 3.0.0, without I/O: messages and the time go in, [HostEffects] come out.
/// Not safe for use by several threads.
final class HostSession {

    private static final int EDGE_NODES_MAX = 4096;

    private final String group;
    private final HostTimings timings;
    private final Map<String, Map<String, Map<String, WantedMetric>>> wanted = new HashMap<>();
    private final Map<String, EdgeNodeView> edgeNodes = new TreeMap<>();

    /// @param signals signals whose points are of this group
    HostSession(String group, HostTimings timings, List<Signal> signals) {
        this.group = group;
        this.timings = timings;
        for (Signal signal : signals) {
            SparkplugPoint point =
                    SparkplugPoint.parse(signal.from().map(PointAddress::point).orElseThrow());
            wanted.computeIfAbsent(point.edgeNode(), _ -> new HashMap<>())
                    .computeIfAbsent(point.device(), _ -> new HashMap<>())
                    .computeIfAbsent(point.metric(), _ -> new WantedMetric(point))
                    .add(signal.name());
        }
        wanted.keySet().forEach(this::edgeNode);
    }

    /// The broker is there: every edge node that feeds a signal is asked for its birth.
    void connected(Moment now, HostEffects out) {
        edgeNodes.values().forEach(node -> node.expect(now, out));
    }

    /// The broker is gone: every signal is bad.
    void disconnected(Quality why, Moment now, HostEffects out) {
        edgeNodes.values().forEach(node -> node.lost(why, now, out));
    }

    /// A message arrived. What is not Sparkplug, or of another group, is passed over.
    void received(String topic, byte[] bytes, Moment now, HostEffects out) {
        Optional<SparkplugTopic> parsed =
                SparkplugTopic.parse(topic).filter(t -> t.group().equals(group) && !t.isCommand());
        if (parsed.isEmpty()) {
            return;
        }
        EdgeNodeView node = edgeNode(parsed.get().edgeNode());
        if (node == null) {
            return;
        }
        PayloadCodec.decode(bytes)
                .ifPresentOrElse(
                        payload -> node.received(parsed.get(), payload, now, out),
                        () -> node.unreadable(parsed.get(), now, out));
    }

    /// Asks one edge node for its birth, known or not.
    void expect(String edgeNode, Moment now, HostEffects out) {
        EdgeNodeView node = edgeNode(edgeNode);
        if (node != null) {
            node.expect(now, out);
        }
    }

    private @Nullable EdgeNodeView edgeNode(String name) {
        EdgeNodeView known = edgeNodes.get(name);
        if (known == null && edgeNodes.size() < EDGE_NODES_MAX) {
            known = new EdgeNodeView(name, timings, wanted.getOrDefault(name, Map.of()));
            edgeNodes.put(name, known);
        }
        return known;
    }

    /// The edge nodes heard of, by name.
    Map<String, EdgeNodeView> edgeNodes() {
        return edgeNodes;
    }

    /// A metric that has been born.
    Optional<MetricView> metric(SparkplugPoint point) {
        return Optional.ofNullable(edgeNodes.get(point.edgeNode()))
                .flatMap(node -> Optional.ofNullable(node.metric(point.device(), point.metric())));
    }

    /// When [#elapsed] is to be called, by the monotonic clock.
    OptionalLong deadline() {
        return edgeNodes.values().stream()
                .mapToLong(EdgeNodeView::deadline)
                .filter(d -> d != Long.MAX_VALUE)
                .min();
    }

    /// Time has passed.
    void elapsed(Moment now, HostEffects out) {
        edgeNodes.values().forEach(node -> node.elapsed(now, out));
    }
}
