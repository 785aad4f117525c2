package io.millwright.network.schedule;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongFunction;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;

/// Changes that may resolve a conflict, the smallest first. Those of numbers were tried on the streams in
/// conflict alone, where these are in conflict by themselves.
final class Remedies {

    /// How many streams of a conflict are looked at.
    private static final int MOST_STREAMS = 8;

    /// How many stations to move and pairs of switches to link are proposed.
    private static final int MOST_PLACES = 40;

    private static final int STEPS = 12;
    private static final long LEAST_NANOS = 100;
    private static final int PART = 50;

    /// The shortest frame of Ethernet.
    private static final int SHORTEST_FRAME = 64;

    private final Trials trials;
    private final Problem problem;
    private final Conflict conflict;
    private final Courses courses;
    private final boolean whole;
    private final Map<Integer, Set<Integer>> neighbours = new LinkedHashMap<>();

    Remedies(Trials trials, Problem problem, Conflict conflict) {
        this.trials = trials;
        this.problem = problem;
        this.conflict = conflict;
        courses = new Courses(problem, Map.of());
        whole = trials.small(Trials.only(problem, conflict.streams())).isPresent();
        for (var link : problem.topology().links()) {
            neighbours.computeIfAbsent(link.from(), _ -> new LinkedHashSet<>()).add(link.to());
            neighbours.computeIfAbsent(link.to(), _ -> new LinkedHashSet<>()).add(link.from());
        }
    }

    /// A kind of change.
    enum Kind {
        RELAX,
        SHORTEN,
        LENGTHEN,
        MOVE,
        LINK,
        DROP
    }

    /// Changes of a kind.
    List<Change> of(Kind kind) {
        return switch (kind) {
            case RELAX -> relaxed();
            case SHORTEN -> shortened();
            case LENGTHEN -> lengthened();
            case MOVE -> moved();
            case LINK -> linked();
            case DROP -> dropped();
        };
    }

    /// One stream less, the most demanding first. To drop the last one is no repair.
    private List<Change> dropped() {
        if (problem.count() == 1) {
            return List.of();
        }
        return streams(conflict.streams()).stream()
                .sorted(Comparator.comparingDouble(s -> -(double) s.octets() / s.periodNanos()))
                .<Change>map(s -> new Change.Drop(s.id()))
                .toList();
    }

    private List<Stream> streams(List<Integer> ids) {
        return problem.streams().stream()
                .filter(s -> ids.contains(s.id()) && s.member() < 2)
                .limit(MOST_STREAMS)
                .toList();
    }

    /// Whether these streams are in conflict only together with others, so that changes are tried on all.
    boolean whole() {
        return whole;
    }

    /// A schedule of the streams in conflict, or of all, with a change; nothing where none was found.
    Optional<Schedule> with(Change change) {
        return whole
                ? trials.schedule(change.in(problem))
                : trials.small(change.in(Trials.only(problem, conflict.streams())));
    }

    private List<Change> relaxed() {
        var changes = new ArrayList<Change.RelaxDeadline>();
        for (var stream : streams(conflict.deadlines())) {
            long least = Math.max(
                    stream.deadlineNanos() + 1,
                    courses.fastest(problem.streams().indexOf(stream)).latency);
            LongFunction<Change.RelaxDeadline> change =
                    to -> new Change.RelaxDeadline(stream.id(), stream.deadlineNanos(), to);
            long found = least(
                    least,
                    ConflictFinder.longest(problem, stream),
                    stream.deadlineNanos(),
                    LEAST_NANOS,
                    to -> with(change.apply(to)).isPresent());
            if (found >= 0) {
                changes.add(change.apply(found));
            }
        }
        changes.sort(Comparator.comparingLong(c -> c.toNanos() - c.fromNanos()));
        return List.copyOf(changes);
    }

    private List<Change> shortened() {
        var changes = new ArrayList<Change.ShortenFrames>();
        for (var stream : streams(conflict.streams())) {
            int least = stream.octets() > SHORTEST_FRAME ? SHORTEST_FRAME : 1;
            LongFunction<Change.ShortenFrames> change =
                    by -> new Change.ShortenFrames(stream.id(), stream.octets(), (int) (stream.octets() - by));
            long found = least(
                    1,
                    stream.octets() - least,
                    0,
                    1,
                    by -> with(change.apply(by)).isPresent());
            if (found > 0) {
                changes.add(change.apply(found));
            }
        }
        changes.sort(Comparator.comparingDouble(c -> -(double) c.toOctets() / c.fromOctets()));
        return List.copyOf(changes);
    }

    /// The least number with which a trial succeeds, as far as halving finds it.
    ///
    /// @param origin from where small is counted
    /// @return -1 if it does not succeed with the most
    private long least(long from, long most, long origin, long grain, LongPredicate succeeds) {
        if (from > most || trials.isOver() || !succeeds.test(most)) {
            return -1;
        }
        if (succeeds.test(from)) {
            return from;
        }
        long low = from;
        long high = most;
        for (int i = 0;
                i < STEPS * 3 && high - low > Math.max(grain, (high - origin) / PART) && !trials.isOver();
                i++) {
            long middle = low + (high - low) / 2;
            if (succeeds.test(middle)) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return high;
    }

    private List<Change> lengthened() {
        var known = new TreeSet<Long>();
        problem.streams().forEach(s -> known.add(s.periodNanos()));
        var changes = new ArrayList<Change.LengthenPeriod>();
        for (var stream : streams(conflict.streams())) {
            LongStream.concat(
                            known.stream().mapToLong(Long::longValue),
                            LongStream.of(2, 3, 4, 8).map(f -> f * stream.periodNanos()))
                    .filter(p -> p > stream.periodNanos())
                    .distinct()
                    .sorted()
                    .mapToObj(p -> new Change.LengthenPeriod(stream.id(), stream.periodNanos(), p))
                    .filter(c -> !trials.isOver() && isBounded(c.in(problem)) && with(c).isPresent())
                    .findFirst()
                    .ifPresent(changes::add);
        }
        changes.sort(Comparator.comparingDouble(c -> (double) c.toNanos() / c.fromNanos()));
        return List.copyOf(changes);
    }

    /// Whether its hyperperiod has few enough frames.
    static boolean isBounded(Problem problem) {
        return Periods.isBounded(
                Problem.MOST_FRAMES,
                problem.streams().stream().mapToLong(Stream::periodNanos).toArray());
    }

    /// Talkers and listeners of the streams in conflict at other switches, the nearest first.
    private List<Change> moved() {
        var stations = new LinkedHashSet<Integer>();
        for (var stream : streams(conflict.streams())) {
            stations.add(stream.source());
            stations.addAll(stream.destinations());
        }
        var distance = new LinkedHashMap<Change, Integer>();
        for (int station : stations) {
            var at = neighbours.getOrDefault(station, Set.of());
            if (at.size() == 1) {
                int here = at.iterator().next();
                distances(here).forEach((there, hops) -> {
                    if (hops > 0 && isSwitch(there) && there != station) {
                        distance.put(new Change.MoveStation(station, here, there), hops);
                    }
                });
            }
        }
        return nearest(distance);
    }

    private static List<Change> nearest(Map<Change, Integer> distances) {
        return distances.entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .limit(MOST_PLACES)
                .map(Map.Entry::getKey)
                .toList();
    }

    private boolean isSwitch(int node) {
        return neighbours.getOrDefault(node, Set.of()).size() > 1;
    }

    private Map<Integer, Integer> distances(int from) {
        var distances = new LinkedHashMap<>(Map.of(from, 0));
        var next = new ArrayList<>(List.of(from));
        for (int i = 0; i < next.size(); i++) {
            int here = next.get(i);
            for (int there : neighbours.getOrDefault(here, Set.of())) {
                if (distances.putIfAbsent(there, distances.getOrDefault(here, 0) + 1) == null) {
                    next.add(there);
                }
            }
        }
        return distances;
    }

    /// Links between switches on the ways of streams in conflict, those that spare most hops first, and past a
    /// link that is too narrow where there is one.
    private List<Change> linked() {
        var spared = new LinkedHashMap<Change, Integer>();
        for (var stream : streams(conflict.streams())) {
            var way = courses.fastest(problem.streams().indexOf(stream));
            var links = Arrays.stream(way.links)
                    .mapToObj(problem.topology().links()::get)
                    .toList();
            for (int i = 1; i < links.size(); i++) {
                for (int j = i; j < links.size(); j++) {
                    int one = links.get(i).from();
                    int other = links.get(j).to();
                    boolean past = conflict.links().isEmpty()
                            || links.subList(i, j + 1).stream().anyMatch(conflict.links()::contains);
                    if (past && one != other && areApart(one, other)) {
                        var change = new Change.AddLink(Math.min(one, other), Math.max(one, other), links.get(i));
                        spared.merge(change, i - j - 1, Integer::sum);
                    }
                }
            }
        }
        return nearest(spared);
    }

    private boolean areApart(int one, int other) {
        return isSwitch(one)
                && isSwitch(other)
                && !neighbours.getOrDefault(one, Set.of()).contains(other);
    }
}
