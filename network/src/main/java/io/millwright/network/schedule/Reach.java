package io.millwright.network.schedule;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntPredicate;

/// Which nodes can be reached from which.
final class Reach {

    private final Topology topology;
    /// How many nodes' reach is remembered.
    private static final int REMEMBERED = 1000;

    private final Map<Integer, BitSet> known = new HashMap<>();
    private final boolean everywhere;

    Reach(Topology topology) {
        this.topology = topology;
        everywhere = flood(0, -1, true).cardinality() == topology.nodes()
                && flood(0, -1, false).cardinality() == topology.nodes();
    }

    boolean reaches(int from, int to) {
        if (everywhere) {
            return true;
        }
        if (known.size() == REMEMBERED) {
            known.clear();
        }
        return known.computeIfAbsent(from, n -> flood(topology.place(n), -1, true))
                .get(topology.place(to));
    }

    /// Whether a node is reached without using one link.
    boolean reachesWithout(int link, int from, int to) {
        return flood(topology.place(from), link, true).get(topology.place(to));
    }

    /// The places that are reached from one over some links.
    BitSet flood(int place, IntPredicate over) {
        return flood(place, over, true);
    }

    private BitSet flood(int place, int without, boolean forward) {
        return flood(place, l -> l != without, forward);
    }

    private BitSet flood(int place, IntPredicate over, boolean forward) {
        var seen = new BitSet(topology.nodes());
        seen.set(place);
        var next = new ArrayDeque<Integer>();
        next.add(place);
        while (!next.isEmpty()) {
            int here = next.remove();
            for (int link : forward ? topology.leaving(here) : topology.entering(here)) {
                int there = forward ? topology.target(link) : topology.origin(link);
                if (!seen.get(there) && over.test(link)) {
                    seen.set(there);
                    next.add(there);
                }
            }
        }
        return seen;
    }
}
