package io.millwright.network.schedule;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/// The ways that a stream may take: the fastest, and others that share little with it.
///
/// Each is a tree of fastest ways; after each, its links are made to seem slower, so that the next avoids them
/// where there is another way. Ways that take longer than the deadline are left out. A member of a redundant
/// stream has one way at a time, which is apart from that of the other ([DisjointWays]).
final class Courses {

    /// How many ways a stream has to choose from.
    private static final int CHOICE = 4;

    private static final int ATTEMPTS = 7;

    /// How much slower a link seems that is to be avoided.
    private static final double AVOIDED = 1e6;

    /// For how many streams the ways are remembered.
    private static final int REMEMBERED = 20_000;

    private final Problem problem;
    private final boolean uniform;
    private final Map<Integer, List<Integer>> fixed;
    private final DisjointWays disjoint;
    private final Carriers carriers;
    /// By index of a stream the other member of the same; -1 for a stream by itself.
    private final int[] twins;

    private final Map<Relation, List<List<Integer>>> ways = new HashMap<>();
    private final Map<Relation, List<DisjointWays.Pair>> pairs = new HashMap<>();
    private int turn;
    private final Map<Integer, List<Course>> courses = new HashMap<>();

    private record Relation(int source, List<Integer> destinations, int octets, long periodNanos) {}

    /// @param fixed ways that are given, for indexes of streams: links with parents first
    Courses(Problem problem, Map<Integer, List<Integer>> fixed) {
        this.problem = problem;
        uniform = problem.topology().links().stream()
                        .mapToLong(Link::megabitsPerSecond)
                        .distinct()
                        .count()
                == 1;
        this.fixed = new HashMap<>(fixed);
        disjoint = new DisjointWays(problem.topology());
        carriers = new Carriers(problem);
        twins = new int[problem.streams().size()];
        Arrays.fill(twins, -1);
        var first = new HashMap<Stream, Integer>();
        for (int i = 0; i < twins.length; i++) {
            var other = first.putIfAbsent(problem.streams().get(i).members().getFirst(), i);
            if (other != null) {
                twins[i] = other;
                twins[other] = i;
            }
        }
    }

    /// The other member of the same redundant stream; -1 for a stream by itself.
    int twin(int stream) {
        return twins[stream];
    }

    /// Whether two members of a stream may have these ways.
    boolean areApart(Stream stream, List<Integer> one, List<Integer> other) {
        return disjoint.areApart(stream, one, other);
    }

    /// What all ways of a stream pass, so that it cannot be redundant.
    ///
    /// @param able whether only those past ports that can send it count
    Optional<DisjointWays.Barrier> barrier(Stream stream, boolean able) {
        return disjoint.barrier(stream, l -> !able || canSend(stream, l));
    }

    /// The pair of ways of a redundant stream that takes least time together; nothing where none was found.
    ///
    /// @param able whether only those past ports that can send it count
    Optional<DisjointWays.Pair> fastestPair(Stream stream, boolean able) {
        return disjoint.of(stream, l -> !able || canSend(stream, l)).stream().findFirst();
    }

    /// Whether a port can send a stream, if it is alone.
    private boolean canSend(Stream stream, int link) {
        return carriers.refusal(stream, link).isEmpty();
    }

    /// From now on a member of a stream has this way.
    void fix(int stream, List<Integer> way) {
        fixed.put(stream, way);
        courses.clear();
    }

    /// From now on redundant streams have the pair of ways of this turn.
    void turn(int number) {
        turn = number;
        for (int i = 0; i < twins.length; i++) {
            if (twins[i] >= 0) {
                courses.remove(i);
            }
        }
    }

    /// The ways in time of a stream, the fastest first; none where the fastest is too slow.
    List<Course> of(int stream) {
        var known = courses.get(stream);
        if (known == null) {
            forget();
            var s = problem.streams().get(stream);
            var given = fixed.get(stream);
            known = inTime(s, given != null ? List.of(given) : twins[stream] < 0 ? trees(s) : apart(stream));
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
        if (pairs.size() >= REMEMBERED) {
            pairs.clear();
        }
    }

    /// The way of one member of a redundant stream: that of this turn, or one beside the other's where that is
    /// fixed.
    private List<List<Integer>> apart(int stream) {
        var s = problem.streams().get(stream);
        var other = fixed.get(twins[stream]);
        if (other != null) {
            return beside(s, other);
        }
        var choice = pairs(s).stream()
                .filter(p -> inTime(s, List.of(p.one(), p.other())).size() == 2)
                .toList();
        if (choice.isEmpty()) {
            return List.of();
        }
        var pair = choice.get(turn == 0 ? 0 : new SplittableRandom(turn * 1_000_003L + s.id()).nextInt(choice.size()));
        return List.of(stream < twins[stream] ? pair.one() : pair.other());
    }

    /// Pairs of ways of a redundant stream past ports that can send it, whatever their time.
    private List<DisjointWays.Pair> pairs(Stream stream) {
        return pairs.computeIfAbsent(relation(stream), _ -> disjoint.of(stream, l -> carriers.take(stream, l)));
    }

    private List<List<Integer>> beside(Stream stream, List<Integer> other) {
        var slower = new double[problem.topology().links().size()];
        var passed = new BitSet();
        other.forEach(l -> passed.set(problem.topology().target(l)));
        for (int link = 0; link < slower.length; link++) {
            slower[link] = passed.get(problem.topology().target(link)) ? AVOIDED : 0;
        }
        var way = tree(stream, slower, l -> carriers.take(stream, l));
        return areApart(stream, way, other) ? List.of(way) : List.of();
    }

    /// The way with the least delay, past ports that can send it where there is one; or the one that is given.
    Course fastest(int stream) {
        var s = problem.streams().get(stream);
        var given = fixed.get(stream);
        return Course.of(
                problem.topology(),
                s,
                given != null
                        ? given
                        : tree(s, new double[problem.topology().links().size()], l -> canSend(s, l)));
    }

    private Relation relation(Stream stream) {
        return new Relation(
                stream.source(),
                stream.destinations(),
                uniform && !carriers.differ() ? 0 : stream.octets(),
                carriers.differ() ? stream.periodNanos() : 0);
    }

    private List<Course> inTime(Stream stream, List<List<Integer>> trees) {
        return trees.stream()
                .map(t -> Course.of(problem.topology(), stream, t))
                .filter(c -> c.latency <= stream.deadlineNanos() && fits(stream, c))
                .sorted(Comparator.comparingLong(c -> c.latency))
                .toList();
    }

    /// Whether ports of a way can send a stream, also where it must wait as it may come earlier or later, and it
    /// arrives at moments that differ by no more than they may.
    private boolean fits(Stream stream, Course course) {
        boolean held = IntStream.range(0, course.size())
                .filter(i -> course.early[i] > 0)
                .allMatch(i -> problem.topology().links().get(course.links[i]).queues() > 1
                        && course.early[i] + course.length[i] <= stream.periodNanos());
        return held
                && course.spread <= stream.jitterNanos()
                && Arrays.stream(course.links).allMatch(l -> carriers.take(stream, l));
    }

    /// Why no way leads past ports that can send a stream: the first in the way on the fastest; nothing where
    /// one does.
    Optional<Carriers.Refusal> barred(int stream) {
        var s = problem.streams().get(stream);
        var way = fastest(stream);
        return Arrays.stream(way.links)
                .mapToObj(l -> carriers.refusal(s, l))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private List<List<Integer>> trees(Stream stream) {
        return ways.computeIfAbsent(relation(stream), _ -> differentTrees(stream));
    }

    private List<List<Integer>> differentTrees(Stream stream) {
        var slower = new double[problem.topology().links().size()];
        var found = new ArrayList<List<Integer>>();
        for (int i = 0; i < ATTEMPTS && found.size() < CHOICE; i++) {
            var tree = tree(stream, slower, l -> carriers.take(stream, l));
            if (!found.contains(tree)) {
                found.add(tree);
            }
            tree.forEach(l -> slower[l] += 0.6);
        }
        return found;
    }

    /// A place that was reached, with the time it took.
    private record Reached(int place, double nanos) {}

    /// The tree of fastest ways to all listeners; over any links where these do not suffice.
    ///
    /// @param slower for each link, by what share of its time it seems slower than it is
    /// @param open links that it should lead over
    private List<Integer> tree(Stream stream, double[] slower, IntPredicate open) {
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
                if (!open.test(link)) {
                    continue;
                }
                var l = topology.links().get(link);
                int there = topology.target(link);
                boolean last = wanted.get(there) && stream.destinations().size() == 1;
                long after = last ? l.propagationNanos() : l.hopNanos();
                double cost = (l.transmissionNanos(stream.octets()) + after) * (1 + slower[link]);
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
        return missing > 0 ? tree(stream, slower, _ -> true) : collected(stream, by, source);
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
