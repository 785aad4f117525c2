package io.millwright.network.schedule;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/// Pairs of ways of a redundant stream. On its two ways to a listener lie no link and no node twice, but those
/// that nobody can avoid: the only link of the talker or of the listener, and the node at the far end of that.
///
/// To one listener the pair is the one that takes least time together. To several, nodes are put in an order
/// (Itai and Rodeh, The multi-tree approach to reliability in distributed networks, 1988): two paths lead from
/// those that have their place in it to the next listener, one from a lower and one from a higher node, and
/// what lies on them comes between. Then one way leads upwards to each node, the other downwards, and they have
/// only the node itself in common.
final class DisjointWays {

    private static final int CHOICE = 4;
    private static final int ATTEMPTS = 6;

    private final Topology topology;
    private final Map<Integer, Integer> reverse = new HashMap<>();

    /// Two trees, each of links with parents before children.
    record Pair(List<Integer> one, List<Integer> other) {

        private IntStream all() {
            return IntStream.concat(
                    one.stream().mapToInt(Integer::intValue), other.stream().mapToInt(Integer::intValue));
        }
    }

    /// Where the two ways to a listener may part and where they must meet.
    ///
    /// @param first the only link of the talker; -1 if it has several
    /// @param last the only link of the listener; -1 if it has several, or if this is the talker's
    /// @param from the place where they part
    /// @param to the place where they meet; the same where there is nothing between
    private record Ends(int first, int last, int from, int to) {}

    DisjointWays(Topology topology) {
        this.topology = topology;
        var links = new HashMap<List<Integer>, Integer>();
        for (int i = 0; i < topology.links().size(); i++) {
            links.put(List.of(topology.origin(i), topology.target(i)), i);
        }
        links.forEach((ends, link) -> {
            var back = links.get(ends.reversed());
            if (back != null) {
                reverse.put(link, back);
            }
        });
    }

    private Ends ends(Stream stream, int listener) {
        int source = topology.place(stream.source());
        int there = topology.place(listener);
        int first = only(topology.leaving(source));
        int last = only(topology.entering(there));
        int from = first < 0 ? source : topology.target(first);
        if (first >= 0 && (first == last || from == there)) {
            return new Ends(first, -1, from, from);
        }
        return new Ends(first, last, from, last < 0 ? there : topology.origin(last));
    }

    private static int only(List<Integer> links) {
        return links.size() == 1 ? links.getFirst() : -1;
    }

    /// Pairs of ways, other ones by and by; none where none were found. To one listener the first takes least
    /// time together, and there are none only where there is none.
    ///
    /// @param open the links that they may lead over
    List<Pair> of(Stream stream, IntPredicate open) {
        if (stream.destinations().size() == 1) {
            return pairs(stream, open);
        }
        // what lies on a path may have to be passed the other way
        var found = pairs(stream, l -> open.test(l) && open.test(reverse.getOrDefault(l, l)));
        return found.isEmpty() ? pairs(stream, open) : found;
    }

    private List<Pair> pairs(Stream stream, IntPredicate open) {
        var slower = new double[topology.links().size()];
        var found = new ArrayList<Pair>();
        for (int i = 0; i < ATTEMPTS && found.size() < CHOICE; i++) {
            var pair = pair(stream, nanos(stream, slower, open));
            if (pair.isEmpty()) {
                break;
            }
            boolean may = pair.get().all().allMatch(open) && areApart(stream, pair.get().one, pair.get().other);
            if (may && !found.contains(pair.get())) {
                found.add(pair.get());
            }
            pair.get().one.forEach(l -> slower[l] += 0.6);
            pair.get().other.forEach(l -> slower[l] += 0.6);
        }
        return found;
    }

    /// How long each link takes; negative for those that are not open.
    private double[] nanos(Stream stream, double[] slower, IntPredicate open) {
        var nanos = new double[slower.length];
        Arrays.setAll(nanos, l -> {
            if (!open.test(l)) {
                return -1;
            }
            var link = topology.links().get(l);
            boolean arrives =
                    stream.destinations().size() == 1 && stream.destinations().getFirst() == link.to();
            long hop = arrives ? link.propagationNanos() : link.hopNanos();
            return (link.transmissionNanos(stream.octets()) + hop) * (1 + slower[l]);
        });
        return nanos;
    }

    private Optional<Pair> pair(Stream stream, double[] nanos) {
        var order = new Order(topology.place(stream.source()), nanos);
        if (stream.destinations().size() > 1) {
            // what lies on a path may have to be passed the other way
            for (int link = 0; link < nanos.length; link++) {
                nanos[link] = reverse.containsKey(link) ? nanos[link] : -1;
            }
        }
        for (int listener : stream.destinations()) {
            var ends = ends(stream, listener);
            order.begin(ends.from);
            if (!order.include(ends.to)) {
                return Optional.empty();
            }
        }
        return Optional.of(new Pair(tree(stream, order.lower), tree(stream, order.higher)));
    }

    /// @param by for each place the link that leads there
    private List<Integer> tree(Stream stream, Map<Integer, Integer> by) {
        var tree = new ArrayList<Integer>();
        var joined = new HashSet<Integer>();
        for (int listener : stream.destinations()) {
            var ends = ends(stream, listener);
            var branch = new ArrayList<Integer>();
            if (ends.last >= 0) {
                branch.add(ends.last);
            }
            for (int at = ends.to; at != ends.from; at = topology.origin(by.getOrDefault(at, -1))) {
                branch.add(by.getOrDefault(at, -1));
            }
            if (ends.first >= 0) {
                branch.add(ends.first);
            }
            branch.reversed().stream().filter(joined::add).forEach(tree::add);
        }
        return tree;
    }

    /// Nodes in order, each with a link from a lower and one from a higher one. Where the ways begin is lower
    /// and higher than all.
    private final class Order {
        private final double[] nanos;
        private final Map<Integer, Integer> lower = new HashMap<>();
        private final Map<Integer, Integer> higher = new HashMap<>();
        private final List<Integer> places = new ArrayList<>();
        private final Map<Integer, Double> age = new LinkedHashMap<>();
        private int start;

        private Order(int start, double[] nanos) {
            this.start = start;
            this.nanos = nanos;
        }

        private void begin(int place) {
            start = place;
            age.putIfAbsent(place, 0.0);
        }

        /// @return whether two ways lead there
        private boolean include(int place) {
            if (age.containsKey(place)) {
                return true;
            }
            var found = new TwoPaths(topology, age, start, place, nanos).find();
            found.ifPresent(paths -> put(paths.getFirst(), paths.getLast()));
            return found.isPresent();
        }

        /// @param one a path to a place, from a place that is there
        /// @param other another to the same
        private void put(List<Integer> one, List<Integer> other) {
            int from = topology.origin(one.getFirst());
            int otherFrom = topology.origin(other.getFirst());
            boolean upwards = otherFrom == start || from != start && places.indexOf(from) < places.indexOf(otherFrom);
            if (upwards) {
                insert(from, one, other);
            } else {
                insert(otherFrom, other, one);
            }
        }

        /// @param up from a lower place
        /// @param down from a higher place to the same
        private void insert(int from, List<Integer> up, List<Integer> down) {
            int at = places.indexOf(from) + 1;
            double nanosUp = age.getOrDefault(from, 0.0);
            for (int link : up) {
                nanosUp += nanos[link];
                places.add(at++, topology.target(link));
                age.put(topology.target(link), nanosUp);
                lower.put(topology.target(link), link);
            }
            // from the meeting place on the way leads against the other path, and the same the other way round
            for (int link : down.reversed()) {
                higher.put(topology.target(link), link);
                if (link != down.getFirst()) {
                    int next = topology.origin(link);
                    places.add(at++, next);
                    lower.put(next, reverse.getOrDefault(link, -1));
                }
            }
            for (int i = up.size() - 1; i > 0; i--) {
                higher.put(topology.origin(up.get(i)), reverse.getOrDefault(up.get(i), -1));
            }
            double nanosDown = age.getOrDefault(topology.origin(down.getFirst()), 0.0);
            for (int link : down.subList(0, down.size() - 1)) {
                nanosDown += nanos[link];
                age.put(topology.target(link), nanosDown);
            }
        }
    }

    /// Whether two ways of a stream have nothing in common to any listener but what they must.
    boolean areApart(Stream stream, List<Integer> one, List<Integer> other) {
        return stream.destinations().stream().allMatch(listener -> {
            var shared = shared(stream, listener, one, other);
            var ends = ends(stream, listener);
            shared.removeAll(List.of(point(ends.first), point(ends.last)));
            shared.removeIf(p ->
                    p.link < 0 && (ends.first >= 0 && p.place == ends.from || ends.last >= 0 && p.place == ends.to));
            return shared.isEmpty();
        });
    }

    /// A link in either direction.
    private Point point(int link) {
        return new Point(Math.min(link, reverse.getOrDefault(link, link)), -1);
    }

    /// A link or a place that both ways pass; the other of which is -1.
    record Point(int link, int place) {}

    /// What both ways to a listener pass: links, in either direction, and nodes between.
    Set<Point> shared(Stream stream, int listener, List<Integer> one, List<Integer> other) {
        var shared = points(stream, listener, one);
        shared.retainAll(points(stream, listener, other));
        return shared;
    }

    private Set<Point> points(Stream stream, int listener, List<Integer> way) {
        var by = new HashMap<Integer, Integer>();
        way.forEach(link -> by.put(topology.target(link), link));
        var points = new HashSet<Point>();
        int source = topology.place(stream.source());
        for (int at = topology.place(listener); at != source; ) {
            int link = by.getOrDefault(at, -1);
            points.add(point(link));
            at = topology.origin(link);
            if (at != source) {
                points.add(new Point(-1, at));
            }
        }
        return points;
    }

    /// What all ways to some listener pass between its ends; nothing where two ways lead to each.
    ///
    /// @param open the links that they may lead over
    Optional<Barrier> barrier(Stream stream, IntPredicate open) {
        for (int listener : stream.destinations()) {
            var ends = ends(stream, listener);
            if (ends.from != ends.to) {
                var paths = new TwoPaths(
                        topology,
                        Map.of(ends.from, 0.0),
                        ends.from,
                        ends.to,
                        nanos(stream, new double[topology.links().size()], open));
                if (paths.find().isEmpty()) {
                    return paths.barrier().map(b -> new Barrier(listener, b));
                }
            }
        }
        return Optional.empty();
    }

    /// What all ways to a listener pass.
    record Barrier(int listener, TwoPaths.Barrier at) {}
}
