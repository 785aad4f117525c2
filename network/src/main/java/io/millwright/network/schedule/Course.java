package io.millwright.network.schedule;

import java.util.Arrays;
import java.util.List;

/// The way of a stream, a tree of links with parents before children, and its times when no frame waits.
final class Course {

    /// The links, as indexes of the topology.
    final int[] links;
    /// For each link the place in `links` of the one before it; -1 at the talker.
    final int[] parents;
    /// From the start of the first transmission to the start on each link.
    final long[] lead;
    /// How long each link is occupied.
    final long[] length;
    /// From the start on each link to the last arrival at a listener beyond it.
    final long[] tail;
    /// By how much a frame may be at a port earlier than at the latest, which `lead` counts with. If that is
    /// not 0, the frame waits there for its gate, so that it is sent at the same moment whenever it comes.
    final long[] early;
    /// By how much arrivals at a listener differ.
    final long spread;
    /// From the start of the first transmission to the last arrival.
    final long latency;

    private Course(
            int[] links,
            int[] parents,
            long[] lead,
            long[] length,
            long[] tail,
            long[] early,
            long spread,
            long latency) {
        this.links = links;
        this.parents = parents;
        this.lead = lead;
        this.length = length;
        this.tail = tail;
        this.early = early;
        this.spread = spread;
        this.latency = latency;
    }

    /// @param links parents before children
    static Course of(Topology topology, Stream stream, List<Integer> links) {
        int n = links.size();
        var order = links.stream().mapToInt(Integer::intValue).toArray();
        var parents = new int[n];
        var lead = new long[n];
        var length = new long[n];
        var tail = new long[n];
        var early = new long[n];
        long spread = 0;
        long latency = 0;
        for (int i = 0; i < n; i++) {
            length[i] = topology.links().get(order[i]).transmissionNanos(stream.octets());
            parents[i] = parent(topology, order, i);
            if (parents[i] >= 0) {
                int before = parents[i];
                lead[i] = lead[before]
                        + length[before]
                        + topology.links().get(order[before]).hopNanos();
                early[i] = topology.links().get(order[before]).earlyNanos(stream.octets());
            }
        }
        for (int i = n - 1; i >= 0; i--) {
            var link = topology.links().get(order[i]);
            if (stream.destinations().contains(link.to())) {
                tail[i] = Math.max(tail[i], length[i] + link.propagationNanos());
                spread = Math.max(spread, link.earlyArrivalNanos());
            }
            latency = Math.max(latency, lead[i] + tail[i]);
            if (parents[i] >= 0) {
                tail[parents[i]] = Math.max(tail[parents[i]], lead[i] - lead[parents[i]] + tail[i]);
            }
        }
        return new Course(order, parents, lead, length, tail, early, spread, latency);
    }

    private static int parent(Topology topology, int[] order, int i) {
        for (int j = i - 1; j >= 0; j--) {
            if (topology.target(order[j]) == topology.origin(order[i])) {
                return j;
            }
        }
        return -1;
    }

    int size() {
        return links.length;
    }

    /// Whether a frame must wait somewhere, as it may come earlier or later.
    boolean varies() {
        return Arrays.stream(early).anyMatch(e -> e > 0);
    }

    /// When a frame can be sent on a link at the latest, given when it was on the links before.
    ///
    /// @return -1 for a link at the talker: whenever the talker likes
    long ready(Topology topology, int place, long[] starts) {
        int before = parents[place];
        return before < 0
                ? -1
                : starts[before]
                        + length[before]
                        + topology.links().get(links[before]).hopNanos();
    }
}
