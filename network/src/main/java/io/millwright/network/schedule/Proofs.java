package io.millwright.network.schedule;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Why there can be no schedule, whatever the method.
final class Proofs {

    /// How many reasons are told.
    private static final int MOST = 10;

    /// How many streams of an overloaded link are named.
    private static final int NAMED = 8;

    private final Problem problem;
    private final Courses courses;

    Proofs(Problem problem, Courses courses) {
        this.problem = problem;
        this.courses = courses;
    }

    /// Deadlines that are shorter than the fastest way.
    List<String> deadlines(List<Integer> members) {
        var reasons = new ArrayList<String>();
        for (int member : members) {
            if (reasons.size() < MOST && courses.of(member).isEmpty()) {
                var stream = problem.streams().get(member);
                var fastest = courses.fastest(member);
                if (fastest.latency > stream.deadlineNanos()) {
                    reasons.add(("stream %d: its deadline is %d ns, and its fastest way of %d links takes %d ns"
                                    + " without any waiting")
                            .formatted(stream.id(), stream.deadlineNanos(), fastest.size(), fastest.latency));
                }
            }
        }
        return reasons;
    }

    /// Links that streams cannot avoid and that they need for more than all of the time.
    List<String> overloads() {
        var users = new TreeMap<Integer, List<Stream>>();
        var reach = new Reach(problem.topology());
        var known = new HashMap<List<Integer>, Boolean>();
        for (int i = 0; i < problem.streams().size(); i++) {
            var stream = problem.streams().get(i);
            var ways = courses.of(i);
            var way = ways.isEmpty() ? courses.fastest(i) : ways.getFirst();
            for (int link : way.links) {
                if (needs(stream, link, reach, known)) {
                    users.computeIfAbsent(link, _ -> new ArrayList<>()).add(stream);
                }
            }
        }
        return users.entrySet().stream()
                .filter(e -> load(e.getKey(), e.getValue()) > 1 + 1e-9)
                .limit(MOST)
                .map(e -> overload(e.getKey(), e.getValue()))
                .toList();
    }

    /// Pairs of streams that no jitter is permitted to and that meet on a link wherever they start.
    ///
    /// A talker's only link is used at the same offset in every period then, and a listener's only link at the
    /// same time after it. Two such streams of periods `p` and `q` that occupy it for `m` and `n` come apart
    /// only if `m + n ≤ gcd(p, q)` (see [Timeline]).
    List<String> collisions() {
        var users = new TreeMap<Integer, List<Stream>>();
        for (var stream : problem.streams()) {
            if (stream.jitterNanos() == 0) {
                only(problem.topology().leaving(problem.topology().place(stream.source())), stream, users);
                if (stream.destinations().size() == 1) {
                    int listener =
                            problem.topology().place(stream.destinations().getFirst());
                    only(problem.topology().entering(listener), stream, users);
                }
            }
        }
        var reasons = new ArrayList<String>();
        users.forEach((link, streams) -> {
            var longest = longest(streams);
            var l = problem.topology().links().get(link);
            for (int i = 0; i < longest.size() && reasons.size() < MOST; i++) {
                for (int j = 0; j < i && reasons.size() < MOST; j++) {
                    collision(l, longest.get(j), longest.get(i)).ifPresent(reasons::add);
                }
            }
        });
        return reasons;
    }

    /// The two streams with the longest frames of each period: if these come apart, so do all others.
    private static List<Stream> longest(List<Stream> streams) {
        var byPeriod = new TreeMap<Long, List<Stream>>();
        streams.stream()
                .sorted(Comparator.comparingInt(Stream::octets).reversed())
                .forEach(s -> {
                    var first = byPeriod.computeIfAbsent(s.periodNanos(), _ -> new ArrayList<>());
                    if (first.size() < 2) {
                        first.add(s);
                    }
                });
        return byPeriod.values().stream().flatMap(List::stream).toList();
    }

    private static void only(List<Integer> links, Stream stream, Map<Integer, List<Stream>> users) {
        if (links.size() == 1) {
            users.computeIfAbsent(links.getFirst(), _ -> new ArrayList<>()).add(stream);
        }
    }

    private static Optional<String> collision(Link link, Stream a, Stream b) {
        long common = Periods.gcd(a.periodNanos(), b.periodNanos());
        long together = link.transmissionNanos(a.octets()) + link.transmissionNanos(b.octets());
        return together <= common
                ? Optional.empty()
                : Optional.of(("link %s: stream %d (every %d ns) and stream %d (every %d ns) have a jitter of 0 and"
                                + " need %d ns together; their periods have only %d ns in common, so they meet"
                                + " wherever they start")
                        .formatted(link, a.id(), a.periodNanos(), b.id(), b.periodNanos(), together, common));
    }

    private boolean needs(Stream stream, int link, Reach reach, Map<List<Integer>, Boolean> known) {
        return stream.destinations().stream()
                .anyMatch(d -> known.computeIfAbsent(
                        List.of(link, stream.source(), d), _ -> !reach.reachesWithout(link, stream.source(), d)));
    }

    private double load(int link, List<Stream> users) {
        var l = problem.topology().links().get(link);
        return users.stream()
                .mapToDouble(s -> (double) l.transmissionNanos(s.octets()) / s.periodNanos())
                .sum();
    }

    private String overload(int link, List<Stream> users) {
        var l = problem.topology().links().get(link);
        return "link %s: %d streams have no way but over it, and need %.1f %% of its time: %s"
                .formatted(
                        l,
                        users.size(),
                        100 * load(link, users),
                        users.stream()
                                        .limit(NAMED)
                                        .map(s -> "stream %d %d ns of %d ns"
                                                .formatted(s.id(), l.transmissionNanos(s.octets()), s.periodNanos()))
                                        .collect(Collectors.joining(", "))
                                + (users.size() > NAMED ? ", …" : ""));
    }
}
