package io.millwright.network.failure;

import io.millwright.network.failure.Failure.Kind;
import io.millwright.network.failure.Failure.Part;
import io.millwright.network.schedule.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/// The failures of a network.
public final class Failures {

    /// So often as many pairs are drawn as are asked for, at most.
    private static final int ATTEMPTS = 20;

    private Failures() {}

    /// Each link, then each bridge, then each station alone.
    public static List<Failure> single(Problem problem) {
        var neighbours = new TreeMap<Integer, Set<Integer>>();
        var parts = new LinkedHashSet<Part>();
        for (var link : problem.topology().links()) {
            neighbours.computeIfAbsent(link.from(), _ -> new TreeSet<>()).add(link.to());
            neighbours.computeIfAbsent(link.to(), _ -> new TreeSet<>()).add(link.from());
            parts.add(new Part(Kind.LINK, List.of(Math.min(link.from(), link.to()), Math.max(link.from(), link.to()))));
        }
        var ends = new HashSet<Integer>();
        for (var stream : problem.streams()) {
            ends.add(stream.source());
            ends.addAll(stream.destinations());
        }
        var stations = new ArrayList<Part>();
        neighbours.forEach((node, others) -> {
            if (ends.contains(node) || others.size() == 1) {
                stations.add(new Part(Kind.STATION, List.of(node)));
            } else {
                parts.add(new Part(Kind.BRIDGE, List.of(node)));
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
