package io.millwright.certificate.schedule;

import static io.millwright.certificate.schedule.Rule.where;

import io.millwright.certificate.Edge;
import io.millwright.certificate.Violations;
import io.millwright.certificate.schedule.Tables.Frame;
import io.millwright.certificate.schedule.Tables.Passage;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Makes the tree of a stream of the links it is routed over.
record Tree(Flow flow, Set<Edge> edges, Tables tables, Map<Edge, Port> ports, Violations violations) {

    /// A node that was reached.
    ///
    /// @param by the hop that leads there; none leads to the talker
    /// @param age how old a frame is there if it waits nowhere
    private record Reached(String node, @Nullable Hop by, long age) {}

    /// Adds the hops to the flow.
    ///
    /// @param number of the first hop
    void grow(int number) {
        var listeners = Set.copyOf(flow.stream.destinations());
        var outgoing = edges.stream().collect(Collectors.groupingBy(Edge::from));
        var seen = new HashSet<String>();
        seen.add(flow.stream.source());
        var open = new ArrayDeque<Reached>();
        open.add(new Reached(flow.stream.source(), null, 0));
        int used = 0;
        while (!open.isEmpty()) {
            var at = open.remove();
            var further = outgoing.getOrDefault(at.node, List.of());
            if (further.isEmpty() && !listeners.contains(at.node)) {
                wrong("the route ends at node %s, which does not listen".formatted(at.node));
            }
            for (var edge : further) {
                used++;
                var port = ports.get(edge);
                if (port == null) {
                    wrong("there is no link %s".formatted(edge));
                } else if (!seen.add(edge.to())) {
                    wrong("link %s leads back to a node that is reached already: not a tree".formatted(edge));
                } else {
                    var hop = hop(number + flow.hops.size(), port, at.by, listeners.contains(edge.to()));
                    if (at.by != null) {
                        at.by.next.add(hop);
                    }
                    reach(open, hop, edge, at.age);
                }
            }
        }
        if (used < edges.size()) {
            wrong("%d of its links are not reached from talker %s"
                    .formatted(edges.size() - used, flow.stream.source()));
        }
        for (var listener : flow.stream.destinations()) {
            if (!seen.contains(listener)) {
                wrong("the route does not reach listener %s".formatted(listener));
            }
        }
    }

    private void reach(ArrayDeque<Reached> open, Hop hop, Edge edge, long age) {
        if (age + hop.reception.most() > flow.stream.deadline()) {
            violations.add(() -> Rule.DEADLINE.at(
                    where("stream", flow.stream.id(), "link", edge),
                    "even without waiting the last bit is through after %d, deadline %d"
                            .formatted(age + hop.reception.most(), flow.stream.deadline())));
        } else {
            open.add(new Reached(edge.to(), hop, age + hop.transit.most()));
        }
    }

    private void wrong(String what) {
        violations.add(() -> Rule.ROUTE.at(where("stream", flow.stream.id()), what));
    }

    private Hop hop(int number, Port port, @Nullable Hop before, boolean listener) {
        var edge = port.link.edge();
        var hop = new Hop(number, flow, port, before, listener);
        flow.hops.add(hop);
        for (int frame = 0; frame < flow.frames(); frame++) {
            var queue = tables.queues().get(new Passage(new Frame(flow.stream.id(), frame), edge));
            int shown = frame;
            if (queue == null || queue < 0 || queue >= port.gates.length) {
                var what = queue == null
                        ? "QUEUE.csv has no queue for it"
                        : "there is no queue %d, only 0 … %d".formatted(queue, port.gates.length - 1);
                violations.add(() -> Rule.QUEUE.at(place(hop, shown), what));
            } else {
                hop.queues[frame] = queue;
                check(hop, frame);
            }
        }
        return hop;
    }

    /// A bridge sends scheduled frames through gates; and a gate must be open for a whole frame.
    private void check(Hop hop, int frame) {
        var gate = hop.port.gates[hop.queues[frame]];
        if (gate == Gate.ALWAYS && !hop.first && !hop.port.hasGates) {
            violations.add(() -> Rule.GATE.at(place(hop, frame), "GCL.csv has no entries for this link"));
        } else if (gate.longest() < hop.transmission) {
            violations.add(() -> Rule.GATE.at(
                    place(hop, frame),
                    "the gate of queue %d is open for at most %d at a time, the frame takes %d"
                            .formatted(hop.queues[frame], gate.longest(), hop.transmission)));
        }
    }

    private Map<String, String> place(Hop hop, int frame) {
        return where("stream", flow.stream.id(), "frame", frame, "link", hop.port.link.edge());
    }
}
