package io.millwright.certificate.schedule;

import static io.millwright.certificate.schedule.Rule.where;

import io.millwright.certificate.Edge;
import io.millwright.certificate.Violations;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;

/// Holds the two members of a redundant stream (IEEE 802.1CB-2017) against each other, listener by listener,
/// once all frames were received.
record Redundancy(Plan plan, Violations violations) {

    void judge(Flow one, Flow other) {
        for (var hop : one.hops) {
            for (var same : other.hops) {
                if (hop.listener && same.listener && hop.to().equals(same.to())) {
                    judgeWays(hop, same);
                    judgeRecovery(hop, same);
                }
            }
        }
    }

    /// Nothing lies on both ways but what follows from talker or listener having a single link.
    private void judgeWays(Hop one, Hop other) {
        var shared = way(one);
        shared.retainAll(way(other));
        spare(shared, one.flow.stream.source(), Edge::from);
        spare(shared, one.to(), Edge::to);
        if (!shared.isEmpty()) {
            violations.add(() -> Rule.APART.at(
                    where("stream", one.flow.stream.id(), "listener", one.to()), "both ways pass " + shared));
        }
    }

    /// The links, by their ends in any order, and the nodes on the way to a listener.
    private static Set<Object> way(Hop last) {
        var way = new HashSet<Object>();
        for (var hop = last; hop != null; hop = hop.before) {
            way.add(Set.of(hop.port.link.edge().from(), hop.to()));
            way.add(hop.port.link.edge().from());
        }
        way.remove(last.flow.stream.source());
        return way;
    }

    private void spare(Set<Object> shared, String station, Function<Edge, String> end) {
        var edges = plan.ports().stream().map(p -> p.link.edge());
        var only = edges.filter(e -> end.apply(e).equals(station)).toList();
        if (only.size() == 1) {
            var ends = Set.of(only.getFirst().from(), only.getFirst().to());
            shared.remove(ends);
            shared.removeAll(ends);
        }
    }

    /// When one way is back while the other is late, its numbers are ahead by the periods between them and one;
    /// one that is ahead or behind by the length of the history is refused (7.4.3.4). And when one way fails,
    /// the next frame must come before the history is reset.
    private void judgeRecovery(Hop one, Hop other) {
        long period = one.flow.stream.period();
        long apart = Math.max(one.phaseMost, other.phaseMost) - Math.min(one.phaseLeast, other.phaseLeast);
        var window = other.flow.windows.getOrDefault(one.to(), new Tables.Window(0, 0));
        if (window.history() < apart / period + 2 || window.resetMillis() * 1_000_000 <= apart + period) {
            violations.add(() -> Rule.RECOVERY.at(
                    where("stream", one.flow.stream.id(), "listener", one.to()),
                    "frames come up to %d apart, every %d: RECOVERY.csv has a history of %d and a reset after %d ms"
                            .formatted(apart, period, window.history(), window.resetMillis())));
        }
    }
}
