package io.millwright.network.failure;

import io.millwright.network.failure.Failure.Kind;
import io.millwright.network.failure.Failure.Part;
import io.millwright.network.schedule.Names;
import io.millwright.network.schedule.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// The failures of a network.
public final class Failures {

    /// So often as many pairs are drawn as are asked for, at most.
    private static final int ATTEMPTS = 20;

    private Failures() {}

    /// Each link, then each bridge, then each station alone, of a network in which nodes are numbers.
    public static List<Failure> single(Problem problem) {
        return single(problem, new Names());
    }

    /// The same of a network in which nodes have names: what has one name fails as one.
    public static List<Failure> single(Problem problem, Names names) {
        var called = new HashMap<String, TreeSet<Integer>>();
        for (var link : problem.topology().links()) {
            for (int node : new int[] {link.from(), link.to()}) {
                called.computeIfAbsent(names.node(node), _ -> new TreeSet<>()).add(node);
            }
        }
        var whole = new HashMap<Integer, TreeSet<Integer>>();
        called.values().forEach(numbers -> numbers.forEach(n -> whole.put(n, numbers)));
        var neighbours = new TreeMap<Integer, Set<Integer>>();
        var parts = new LinkedHashSet<Part>();
        for (var link : problem.topology().links()) {
            var from = whole.getOrDefault(link.from(), new TreeSet<>());
            var to = whole.getOrDefault(link.to(), new TreeSet<>());
            neighbours.computeIfAbsent(from.first(), _ -> new TreeSet<>()).add(to.first());
            neighbours.computeIfAbsent(to.first(), _ -> new TreeSet<>()).add(from.first());
            boolean rising = from.first() < to.first();
            parts.add(new Part(
                    Kind.LINK,
                    Stream.concat((rising ? from : to).stream(), (rising ? to : from).stream())
                            .toList()));
        }
        var ends = new HashSet<Integer>();
        for (var stream : problem.streams()) {
            ends.add(stream.source());
            ends.addAll(stream.destinations());
        }
        var stations = new ArrayList<Part>();
        neighbours.forEach((node, others) -> {
            var numbers = List.copyOf(whole.getOrDefault(node, new TreeSet<>()));
            if (numbers.stream().anyMatch(ends::contains) || others.size() == 1) {
                stations.add(new Part(Kind.STATION, numbers));
            } else {
                parts.add(new Part(Kind.BRIDGE, numbers));
            }
        });
        parts.addAll(stations);
        return parts.stream().map(p -> new Failure(List.of(p))).toList();
    }

    /// Pairs of failures, drawn by lot, none twice; none in which one part is the end of the other anyway.
    ///
    /// @param count how many; there are fewer where no more are found
    public static List<Failure> pairs(List<Failure> single, int count, long seed) {
        var random = new SplittableRandom(seed);
        var seen = new HashSet<List<Integer>>();
        var pairs = new ArrayList<Failure>();
        for (long i = 0; i < (long) ATTEMPTS * count && pairs.size() < count && single.size() > 1; i++) {
            int a = random.nextInt(single.size());
            int b = random.nextInt(single.size());
            if (a < b && seen.add(List.of(a, b))) {
                var one = single.get(a).parts().getFirst();
                var other = single.get(b).parts().getFirst();
                if (!other.includes(one)) {
                    pairs.add(new Failure(List.of(one, other)));
                }
            }
        }
        return List.copyOf(pairs);
    }
}
