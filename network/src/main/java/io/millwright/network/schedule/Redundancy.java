package io.millwright.network.schedule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What the devices of a redundant stream are told (IEEE 802.1CB-2017): its talker sends every frame twice,
/// each listener eliminates what it has already.
///
/// @param stream its first member
/// @param other its second member
/// @param eliminations one for each listener
public record Redundancy(Stream stream, Stream other, List<Elimination> eliminations) {

    private static final long MILLI = 1_000_000;

    public Redundancy {
        eliminations = List.copyOf(eliminations);
    }

    /// The sequence recovery function of a listener (7.4.3).
    ///
    /// @param listener its node
    /// @param apartNanos how long after a frame the other one of the same period arrives, at most, by any
    ///     clocks
    /// @param historyLength how many sequence numbers are remembered (frerSeqRcvyHistoryLength, 10.4.1.6)
    /// @param resetMillis after how long without a frame they are forgotten (frerSeqRcvyResetMSec, 10.4.1.7)
    /// @param links that both ways share, in the direction of the frames, as nobody can avoid them
    /// @param nodes that both ways share between talker and listener
    public record Elimination(
            int listener,
            long apartNanos,
            long historyLength,
            long resetMillis,
            List<Link> links,
            List<Integer> nodes) {
        public Elimination {
            links = List.copyOf(links);
            nodes = List.copyOf(nodes);
        }
    }

    /// The pair of ways of a redundant stream that takes least time together, each as indexes of links with
    /// parents before children; none where there are no two ways that share only what nobody can avoid.
    public static List<List<Integer>> ways(Topology topology, Stream stream) {
        return new DisjointWays(topology)
                .of(stream, _ -> true).stream()
                        .findFirst()
                        .map(p -> List.of(p.one(), p.other()))
                        .orElse(List.of());
    }

    /// Of all redundant streams that have both members in a schedule.
    public static List<Redundancy> of(Schedule schedule) {
        var first = new HashMap<Stream, Integer>();
        var found = new ArrayList<Redundancy>();
        var streams = schedule.problem().streams();
        for (int i = 0; i < streams.size(); i++) {
            var one = first.putIfAbsent(streams.get(i).members().getFirst(), i);
            if (one != null) {
                found.add(of(schedule, one, i));
            }
        }
        return found;
    }

    private static Redundancy of(Schedule schedule, int one, int other) {
        var stream = schedule.problem().streams().get(one);
        var ways = new Way[] {new Way(schedule, one), new Way(schedule, other)};
        return new Redundancy(
                stream,
                schedule.problem().streams().get(other),
                stream.destinations().stream()
                        .map(l -> elimination(stream, l, ways[0], ways[1]))
                        .toList());
    }

    private static Elimination elimination(Stream stream, int listener, Way one, Way other) {
        // each may be earlier or later by the sync error
        long apart = Math.max(one.latest(listener), other.latest(listener))
                - Math.min(one.earliest(listener), other.earliest(listener))
                + Math.max(one.guard, other.guard);
        var links = one.to(listener);
        links.retainAll(other.to(listener));
        var nodes = one.between(listener);
        nodes.retainAll(other.between(listener));
        return new Elimination(
                listener,
                apart,
                historyLength(apart, stream.periodNanos()),
                resetMillis(apart, stream.periodNanos()),
                links,
                nodes);
    }

    /// When one way is back while the other is behind by `apart`, it brings a frame whose number is higher than
    /// the last by as many periods as lie between and one more; a number that is higher or lower by the length
    /// of the history is refused (7.4.3.4). The least length is 2.
    private static long historyLength(long apart, long period) {
        return apart / period + 2;
    }

    /// When the earlier way fails, the next frame comes a period and `apart` after the last, and is not the
    /// first of a new sequence.
    private static long resetMillis(long apart, long period) {
        return (apart + period) / MILLI + 1;
    }

    /// One member's tree.
    private static final class Way {
        private final Map<Integer, Link> by = new HashMap<>();
        private final Map<Integer, Long> arrivals = new HashMap<>();
        private final int source;
        private final long guard;

        Way(Schedule schedule, int index) {
            var stream = schedule.problem().streams().get(index);
            var placement = schedule.placements().get(index);
            source = stream.source();
            guard = schedule.problem().guardNanos(placement.links());
            for (int i = 0; i < placement.links().size(); i++) {
                var link = schedule.problem()
                        .topology()
                        .links()
                        .get(placement.links().get(i));
                by.put(link.to(), link);
                arrivals.put(
                        link.to(),
                        placement.startsNanos().get(i)
                                + link.transmissionNanos(stream.octets())
                                + link.propagationNanos());
            }
        }

        long latest(int listener) {
            return arrivals.getOrDefault(listener, 0L);
        }

        long earliest(int listener) {
            var last = by.get(listener);
            return latest(listener) - (last == null ? 0 : last.earlyArrivalNanos());
        }

        /// The links to a listener, from the talker on.
        List<Link> to(int listener) {
            var links = new ArrayList<Link>();
            for (var link = by.get(listener); link != null; link = link.from() == source ? null : by.get(link.from())) {
                links.addFirst(link);
            }
            return links;
        }

        /// The nodes between talker and listener.
        List<Integer> between(int listener) {
            var nodes = new ArrayList<Integer>();
            to(listener).stream().skip(1).forEach(l -> nodes.add(l.from()));
            return nodes;
        }
    }

    /// Whether both members are in time, as counted from the earlier of their offsets.
    static boolean areTogether(Timetable table, Stream stream, Timetable.Place one, Timetable.Place other) {
        long lag = one.starts()[0] - other.starts()[0];
        return table.isSound(stream.within(stream.deadlineNanos() - Math.max(0, lag)), one)
                && table.isSound(stream.within(stream.deadlineNanos() - Math.max(0, -lag)), other);
    }
}
