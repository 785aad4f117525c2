package io.millwright.network.schedule;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/// Which links streams cannot avoid if they are to be in time, and what they occupy there in every schedule,
/// whatever its ways and waits.
final class Unavoidable {

    /// For how many talkers and links the times of all nodes are remembered.
    private static final int REMEMBERED = 4000;

    private static final long NEVER = Long.MAX_VALUE / 4;

    private final Problem problem;
    private final Topology topology;
    private final Courses courses;
    private final Reach reach;
    private final Guards guards;
    private final Map<Cut, Boolean> cuts = new HashMap<>();
    private final Map<Detour, long[]> detours = new HashMap<>();

    private record Cut(int link, int source, int listener) {}

    private record Detour(int without, int source, int octets) {}

    /// What a stream to which no jitter is permitted occupies in every period, on a link that it cannot avoid.
    ///
    /// @param link as index of the topology
    /// @param arrives whether it is the listener's only link
    /// @param lead from the stream's offset until it is surely sent; where it arrives, from that and all waiting
    /// @param length for how long it is; below zero where that may be over when it begins
    /// @param guard for how long the link is its own before and after that, as clocks are wrong
    record Part(int link, boolean arrives, long lead, long length, long guard) {

        /// For how long it has the link for itself.
        ///
        /// @param most the largest sync error that is counted, four times
        long needs(long most) {
            return Math.max(0, length + Math.min(most, 2 * guard));
        }
    }

    Unavoidable(Problem problem, Courses courses) {
        this.problem = problem;
        this.courses = courses;
        topology = problem.topology();
        reach = new Reach(topology);
        guards = new Guards(problem);
    }

    /// Whether all ways in time of a stream to some listener pass a link.
    boolean isNeeded(int index, int link) {
        var stream = problem.streams().get(index);
        for (var way : courses.of(index)) {
            if (Arrays.stream(way.links).noneMatch(l -> l == link)) {
                return false;
            }
        }
        return stream.destinations().stream()
                .anyMatch(d -> isCut(stream, link, d) || earliest(stream, link, d) > stream.deadlineNanos());
    }

    /// Whether all ways of a stream to some listener pass a link, be they in time or not.
    boolean isCut(Stream stream, int link) {
        return stream.destinations().stream().anyMatch(d -> isCut(stream, link, d));
    }

    private boolean isCut(Stream stream, int link, int listener) {
        return cuts.computeIfAbsent(
                new Cut(link, stream.source(), listener), c -> !reach.reachesWithout(c.link, c.source, c.listener));
    }

    /// The least delay of a stream's frames to a listener on any way.
    long earliest(Stream stream, int listener) {
        return earliest(stream, -1, listener);
    }

    /// Whether frames wait for a gate on all ways of a stream to a listener, as they come to some port earlier or
    /// later.
    boolean mustWait(Stream stream, int listener) {
        var steady = reach.flood(
                topology.place(stream.source()), l -> topology.links().get(l).earlyNanos(stream.octets()) == 0);
        return topology.entering(topology.place(listener)).stream().noneMatch(l -> steady.get(topology.origin(l)));
    }

    /// By how much the ages of a frame differ at least behind a gate that holds it back, as clocks are wrong.
    long apartNanos(Stream stream) {
        return guards.apartNanos(stream);
    }

    /// How much of each period a stream has a link for itself, on average and at least, in nanoseconds.
    ///
    /// @param most the largest sync error that is counted, four times
    double share(Stream stream, int link, long most) {
        long fastest = stream.destinations().stream()
                .mapToLong(d -> earliest(stream, d))
                .min()
                .orElse(0);
        return guards.share(stream, link, fastest, most);
    }

    /// The same without one link.
    private long earliest(Stream stream, int without, int listener) {
        if (detours.size() >= REMEMBERED) {
            detours.clear();
        }
        var nanos = detours.computeIfAbsent(new Detour(without, stream.source(), stream.octets()), this::times);
        return topology.entering(topology.place(listener)).stream()
                .filter(l -> l != without)
                .mapToLong(l -> nanos[topology.origin(l)]
                        + topology.links().get(l).transmissionNanos(stream.octets())
                        + topology.links().get(l).propagationNanos())
                .min()
                .orElse(NEVER);
    }

    private record Reached(int place, long nanos) {}

    /// From the start at the talker until a frame can be sent on, by place of a node.
    private long[] times(Detour detour) {
        var nanos = new long[topology.nodes()];
        Arrays.fill(nanos, NEVER);
        int source = topology.place(detour.source);
        nanos[source] = 0;
        var next = new PriorityQueue<Reached>(Comparator.comparingLong(Reached::nanos));
        next.add(new Reached(source, 0));
        while (!next.isEmpty()) {
            var here = next.remove();
            for (int link : here.nanos > nanos[here.place] ? List.<Integer>of() : topology.leaving(here.place)) {
                var l = topology.links().get(link);
                long there = here.nanos + l.transmissionNanos(detour.octets) + l.hopNanos();
                if (link != detour.without && there < nanos[topology.target(link)]) {
                    nanos[topology.target(link)] = there;
                    next.add(new Reached(topology.target(link), there));
                }
            }
        }
        return nanos;
    }

    /// What a stream occupies in every period; nothing where some jitter is permitted to it.
    ///
    /// All its frames start at the same offset and arrive after the same delay. So a talker's only link, and a
    /// listener's only one, are occupied strictly periodically. On a link in between a frame is sent no earlier
    /// than on the fastest way, and no later than the deadline leaves time for the rest of it: where these two are
    /// closer than a transmission is long, the link is occupied for what remains of it. Where clocks are wrong the
    /// link is its own for longer ([Guards]), behind the talker.
    List<Part> parts(int index) {
        var stream = problem.streams().get(index);
        var way = courses.fastest(index);
        long slack = stream.deadlineNanos() - way.latency;
        if (stream.jitterNanos() > 0 || slack < 0) {
            return List.of();
        }
        var parts = new ArrayList<Part>();
        long guard = apartNanos(stream) / 2;
        if (topology.leaving(topology.place(stream.source())).size() == 1) {
            parts.add(new Part(way.links[0], false, 0, way.length[0], 0));
        }
        int last = stream.destinations().size() == 1 ? way.size() - 1 : 0;
        for (int i = 1; i < last; i++) {
            if (way.length[i] + 2 * guard > slack && isNeeded(index, way.links[i])) {
                parts.add(new Part(way.links[i], false, way.lead[i] + slack, way.length[i] - slack, guard));
            }
        }
        int listener = topology.place(stream.destinations().getFirst());
        if (last > 0 && topology.entering(listener).size() == 1) {
            parts.add(new Part(way.links[last], true, way.lead[last], way.length[last], guard));
        }
        return parts;
    }
}
