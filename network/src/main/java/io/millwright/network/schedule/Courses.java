package io.millwright.network.schedule;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/// The ways that a stream may take: the fastest, and others that share little with it.
///
/// Each is a tree of fastest ways; after each, its links are made to seem slower, so that the next avoids them
/// where there is another way. Ways that take longer than the deadline are left out.
final class Courses {

    /// How many ways a stream has to choose from.
    private static final int CHOICE = 4;

    private static final int ATTEMPTS = 7;

    /// For how many streams the ways are remembered.
    private static final int REMEMBERED = 20_000;

    private final Problem problem;
    private final boolean uniform;
    private final Map<Integer, List<Integer>> fixed;
    private final Map<Relation, List<List<Integer>>> ways = new HashMap<>();
    private final Map<Integer, List<Course>> courses = new HashMap<>();

    private record Relation(int source, List<Integer> destinations, int octets) {}

    /// @param fixed ways that are given, for indexes of streams: links with parents first
    Courses(Problem problem, Map<Integer, List<Integer>> fixed) {
        this.problem = problem;
        uniform = problem.topology().links().stream()
                        .mapToLong(Link::megabitsPerSecond)
                        .distinct()
                        .count()
                == 1;
        this.fixed = fixed;
    }

    /// The ways in time of a stream, the fastest first; none where the fastest is too slow.
    List<Course> of(int stream) {
        var known = courses.get(stream);
        if (known == null) {
            forget();
            var s = problem.streams().get(stream);
            var given = fixed.get(stream);
            known = inTime(s, given != null ? List.of(given) : ways.computeIfAbsent(relation(s), _ -> trees(s)));
            courses.put(stream, known);
        }
        return known;
    }

    private void forget() {
        if (courses.size() >= REMEMBERED) {
            courses.clear();
        }
        if (ways.size() >= REMEMBERED) {
            ways.clear();
        }
    }

    /// The way with the least delay, or the one that is given.
    Course fastest(int stream) {
        var s = problem.streams().get(stream);
        var given = fixed.get(stream);
        return Course.of(
                problem.topology(),
                s,
                given != null
                        ? given
                        : tree(s, new double[problem.topology().links().size()]));
    }

    private Relation relation(Stream stream) {
        return new Relation(stream.source(), stream.destinations(), uniform ? 0 : stream.octets());
    }

    private List<Course> inTime(Stream stream, List<List<Integer>> trees) {
        return trees.stream()
                .map(t -> Course.of(problem.topology(), stream, t))
                .filter(c -> c.latency <= stream.deadlineNanos())
                .sorted(Comparator.comparingLong(c -> c.latency))
                .toList();
    }

    private List<List<Integer>> trees(Stream stream) {
        var slower = new double[problem.topology().links().size()];
        var found = new ArrayList<List<Integer>>();
        for (int i = 0; i < ATTEMPTS && found.size() < CHOICE; i++) {
            var tree = tree(stream, slower);
            if (!found.contains(tree)) {
                found.add(tree);
            }
            tree.forEach(l -> slower[l] += 0.6);
        }
        return found;
    }

    /// A place that was reached, with the time it took.
    private record Reached(int place, double nanos) {}

    /// The tree of fastest ways to all listeners.
    ///
    /// @param slower for each link, by what share of its time it seems slower than it is
    private List<Integer> tree(Stream stream, double[] slower) {
        var topology = problem.topology();
        var nanos = new double[topology.nodes()];
        Arrays.fill(nanos, Double.POSITIVE_INFINITY);
        var by = new int[nanos.length];
        int source = topology.place(stream.source());
        nanos[source] = 0;
        var next = new PriorityQueue<Reached>(
                Comparator.comparingDouble(Reached::nanos).thenComparingInt(Reached::place));
        next.add(new Reached(source, 0));
        var wanted = new BitSet();
        stream.destinations().forEach(d -> wanted.set(topology.place(d)));
        int missing = wanted.cardinality();
        while (missing > 0 && !next.isEmpty()) {
            var here = next.remove();
            if (here.nanos > nanos[here.place]) {
                continue;
            }
            for (int link : topology.leaving(here.place)) {
                var l = topology.links().get(link);
                double cost = (l.transmissionNanos(stream.octets()) + l.hopNanos()) * (1 + slower[link]);
                int there = topology.target(link);
                if (here.nanos + cost < nanos[there]) {
                    nanos[there] = here.nanos + cost;
                    by[there] = link;
                    next.add(new Reached(there, nanos[there]));
                }
            }
            if (wanted.get(here.place)) {
                missing--;
            }
        }
        return collected(stream, by, source);
    }

    private List<Integer> collected(Stream stream, int[] by, int source) {
        var topology = problem.topology();
        var tree = new ArrayList<Integer>();
        var joined = new boolean[topology.nodes()];
        joined[source] = true;
        for (int destination : stream.destinations()) {
            var branch = new ArrayList<Integer>();
            int place = topology.place(destination);
            while (!joined[place]) {
                joined[place] = true;
                branch.add(by[place]);
                place = topology.origin(by[place]);
            }
            tree.addAll(branch.reversed());
        }
        return tree;
    }
}
