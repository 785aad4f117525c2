package io.millwright.network.schedule;

import java.time.Duration;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Looks for a schedule: strategies are tried in turn, each with repairs, until all streams have their place or
/// time is up.
public final class Scheduler {

    private static final int PATIENCE = 300;
    private static final int PATIENCE_BY_STREAM = 4;
    private static final double NOISE = 0.3;

    /// How often patience is doubled.
    private static final int MOST_DOUBLED = 3;

    /// Which part of the time is for finding out who is in conflict.
    private static final int FILTER_SHARE = 8;

    private final Problem problem;
    private final Courses courses;
    private final LongSupplier nanoTime;
    private final long seed;
    private final BitSet promised = new BitSet();
    private final Map<Integer, Placement> kept = new HashMap<>();

    /// By stream, how often it found no place in attempts so far; the last ones count most.
    private final int[] weights;

    private final BitSet boundless;
    private IntConsumer told = _ -> {};

    /// By stream, the places when fewest streams were without one.
    private Map<Integer, Placement> best = Map.of();

    /// The promised streams, and those that the last attempt placed.
    private final Timetable table;

    /// @param nanoTime a clock that only goes forward, in nanoseconds
    /// @param seed of all lots that are drawn
    public Scheduler(Problem problem, LongSupplier nanoTime, long seed) {
        this(problem, Map.of(), nanoTime, seed);
    }

    /// The same where ways are given.
    ///
    /// @param ways for indexes of streams their links, as indexes of the topology, parents before children
    public Scheduler(Problem problem, Map<Integer, List<Integer>> ways, LongSupplier nanoTime, long seed) {
        this(problem, ways, new BitSet(), nanoTime, seed);
    }

    /// The same where some links have room for all at once.
    ///
    /// @param boundless indexes of these links
    Scheduler(Problem problem, Map<Integer, List<Integer>> ways, BitSet boundless, LongSupplier nanoTime, long seed) {
        this.problem = problem;
        this.boundless = boundless;
        this.nanoTime = nanoTime;
        this.seed = seed;
        courses = new Courses(problem, ways);
        table = new Timetable(problem, boundless);
        weights = new int[problem.streams().size()];
    }

    /// Promises streams that they have these places in every schedule that is found.
    ///
    /// @param placements for indexes of streams
    /// @return the streams to which nothing is promised: what is told is no place, or another stream is in the
    ///     way
    public List<Integer> keep(Map<Integer, Placement> placements) {
        return placements.keySet().stream()
                .sorted(Comparator.comparingLong(
                                (Integer s) -> problem.streams().get(s).periodNanos())
                        .thenComparingInt(s -> s))
                .filter(s -> !keep(s, Objects.requireNonNull(placements.get(s))))
                .sorted()
                .toList();
    }

    boolean keep(int stream, Placement placement) {
        var place = table.place(problem.streams().get(stream), placement);
        if (promised.get(stream) || place.isEmpty() || !agrees(stream, placement, place.get())) {
            return false;
        }
        if (courses.twin(stream) >= 0) {
            courses.fix(stream, placement.links());
        }
        table.put(stream, place.get());
        promised.set(stream);
        kept.put(stream, placement);
        return true;
    }

    /// Whether a member of a redundant stream is apart from the other one in its way, and not in time.
    private boolean agrees(int stream, Placement placement, Timetable.Place place) {
        int twin = courses.twin(stream);
        var other = twin < 0 ? null : kept.get(twin);
        var s = problem.streams().get(stream);
        return other == null
                || courses.areApart(s, placement.links(), other.links())
                        && Redundancy.areTogether(table, s, place, Objects.requireNonNull(table.place(twin)));
    }

    /// Tells how many streams have no place in the best attempt so far, whenever there are fewer.
    public void tell(IntConsumer missing) {
        told = missing;
    }

    /// Looks for a schedule.
    ///
    /// @param time how long at most
    public Outcome run(Duration time) {
        long began = nanoTime.getAsLong();
        long nanos = time.toNanos();
        var outcome = look(began, nanos - nanos / FILTER_SHARE, Integer.MAX_VALUE);
        return outcome instanceof Outcome.NotFound(int placed, var missing, var _) && promised.isEmpty()
                ? new Outcome.NotFound(placed, missing, conflicting(missing, began, nanos))
                : outcome;
    }

    /// Looks for a schedule with so many attempts at most, and for proofs of the opposite first; for nobody in
    /// conflict where there is none.
    Outcome attempt(Duration time, int attempts) {
        if (boundless.isEmpty()) {
            var reasons = new Proofs(problem, courses).fullLinks();
            if (!reasons.isEmpty()) {
                return impossible(reasons);
            }
        }
        return look(nanoTime.getAsLong(), time.toNanos(), attempts);
    }

    private Outcome look(long began, long nanos, int attempts) {
        var members = IntStream.range(0, problem.streams().size())
                .filter(s -> !promised.get(s))
                .boxed()
                .toList();
        var proofs = new Proofs(problem, courses);
        var hopeless = proofs.hopeless(members);
        if (!hopeless.isEmpty()) {
            return impossible(hopeless);
        }
        var refinement = new Refinement(problem, courses, table, members, nanoTime, nanos, seed);
        var fewest = ids(members);
        var left = new TreeMap<Integer, Integer>();
        for (int attempt = 0; attempt < Math.min(attempts, Strategy.PORTFOLIO.size()); attempt++) {
            var search = search(members, attempt, began, nanos);
            if (search.homeless().isEmpty()) {
                return new Outcome.Scheduled(schedule());
            }
            if (attempt == 0 && boundless.isEmpty()) {
                var reasons = proofs.fullLinks();
                if (!reasons.isEmpty()) {
                    return impossible(reasons);
                }
            }
            fewest = fewer(fewest, search);
            left.put(attempt, search.homeless().size());
            if (isOver(began, nanos)) {
                break;
            }
        }
        var order = left.keySet().stream()
                .sorted(Comparator.comparingInt(a -> left.getOrDefault(a, 0)))
                .toList();
        for (int turn = 0; turn < attempts && !isOver(began, nanos); turn++) {
            int attempt = turn < order.size() ? order.get(turn) : turn;
            var search = search(members, attempt, began, nanos);
            if (search.repair(patience(attempt, members.size()))) {
                return new Outcome.Scheduled(schedule());
            }
            if (boundless.isEmpty() && refinement.isDue()) {
                var reason = refinement.impossible();
                if (reason.isPresent()) {
                    return new Outcome.Impossible(List.of(reason.get()));
                }
                if (refinement.improve(search.homeless(), new SplittableRandom(seed + attempt))) {
                    return new Outcome.Scheduled(schedule());
                }
            }
            fewest = fewer(fewest, search);
        }
        return new Outcome.NotFound(problem.count() - fewest.size(), fewest, List.of());
    }

    /// Those without a place after a search, where they are fewer; tells so then.
    private List<Integer> fewer(List<Integer> fewest, Search search) {
        var missing = ids(search.homeless());
        if (missing.size() >= fewest.size()) {
            return fewest;
        }
        best = whole(missing);
        told.accept(missing.size());
        return missing;
    }

    /// The places of all but some streams.
    private Map<Integer, Placement> whole(List<Integer> missing) {
        var without = new HashSet<>(missing);
        return IntStream.range(0, problem.streams().size())
                .filter(s -> !without.contains(problem.streams().get(s).id()))
                .boxed()
                .collect(Collectors.toMap(s -> s, this::placement));
    }

    /// After a search that found no places for all: the schedule of those that had one when fewest were without,
    /// as if these were all streams. A redundant stream is in it with both members, or not at all.
    ///
    /// @return nothing if no stream ever had a place
    public Optional<Schedule> best() {
        var placed = best.keySet().stream().sorted().toList();
        return placed.isEmpty()
                ? Optional.empty()
                : Optional.of(new Schedule(
                        new Problem(
                                problem.topology(),
                                placed.stream().map(problem.streams()::get).toList(),
                                problem.limits()),
                        placed.stream()
                                .map(s -> Objects.requireNonNull(best.get(s)))
                                .toList()));
    }

    private static Outcome impossible(List<Proofs.Reason> reasons) {
        return new Outcome.Impossible(
                reasons.stream().map(Proofs.Reason::message).toList());
    }

    private boolean isOver(long began, long nanos) {
        return nanoTime.getAsLong() - began >= nanos;
    }

    /// For how many rounds an attempt goes on without fewer homeless: later ones have more patience.
    private static int patience(int attempt, int members) {
        int doubled = Math.min(MOST_DOUBLED, attempt / Strategy.PORTFOLIO.size());
        return (PATIENCE + PATIENCE_BY_STREAM * members) << doubled;
    }

    /// Places streams by one strategy, without repairs.
    private Search search(List<Integer> members, int attempt, long began, long nanos) {
        var random = new SplittableRandom(seed + attempt);
        var strategy = Strategy.PORTFOLIO.get(attempt % Strategy.PORTFOLIO.size());
        double noise = attempt < Strategy.PORTFOLIO.size() ? 0 : NOISE;
        for (int stream = 0; stream < problem.streams().size(); stream++) {
            if (!promised.get(stream)) {
                table.remove(stream);
            }
        }
        courses.turn(attempt);
        var search = new Search(problem, courses, table, promised, weights, random, () -> isOver(began, nanos));
        var learned = noise > 0 && random.nextBoolean() ? weights.clone() : new int[weights.length];
        search.place(strategy.sorted(members, problem, courses, noise, learned, random), strategy.manner());
        Arrays.setAll(weights, i -> weights[i] / 2);
        return search;
    }

    private Schedule schedule() {
        return new Schedule(
                problem,
                IntStream.range(0, problem.streams().size())
                        .mapToObj(this::placement)
                        .toList());
    }

    private Placement placement(int stream) {
        var placement = kept.get(stream);
        return placement != null ? placement : Placement.of(Objects.requireNonNull(table.place(stream)));
    }

    private List<Integer> conflicting(List<Integer> missing, long began, long nanos) {
        int first = IntStream.range(0, problem.streams().size())
                .filter(s -> missing.contains(problem.streams().get(s).id()))
                .findFirst()
                .orElseThrow();
        var filter = new ConflictFilter(
                problem, courses, members -> finds(members, began, nanos), () -> isOver(began, nanos));
        return ids(filter.conflicting(first));
    }

    /// Whether a short search finds places for these streams alone.
    private boolean finds(List<Integer> members, long began, long nanos) {
        for (int attempt = 0; attempt < Strategy.PORTFOLIO.size(); attempt++) {
            var search = search(members, attempt, began, nanos);
            if (search.homeless().isEmpty() || search.repair(PATIENCE)) {
                return true;
            }
        }
        return false;
    }

    private List<Integer> ids(List<Integer> streams) {
        return streams.stream()
                .map(s -> problem.streams().get(s).id())
                .distinct()
                .sorted()
                .toList();
    }
}
