package io.millwright.network.schedule;

import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/// Looks for a schedule: strategies are tried in turn, each with repairs, until all streams have their place or
/// time is up.
public final class Scheduler {

    private static final int PATIENCE = 300;
    private static final int PATIENCE_BY_STREAM = 4;
    private static final double NOISE = 0.3;

    /// Which part of the time is for finding out who is in conflict.
    private static final int FILTER_SHARE = 8;

    private final Problem problem;
    private final Courses courses;
    private final LongSupplier nanoTime;
    private final long seed;
    private final BitSet promised = new BitSet();
    private final Map<Integer, Placement> told = new HashMap<>();

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
        this.problem = problem;
        this.nanoTime = nanoTime;
        this.seed = seed;
        courses = new Courses(problem, ways);
        table = new Timetable(problem);
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
        if (promised.get(stream) || place.isEmpty()) {
            return false;
        }
        table.put(stream, place.get());
        promised.set(stream);
        told.put(stream, placement);
        return true;
    }

    /// Looks for a schedule.
    ///
    /// @param time how long at most
    public Outcome run(Duration time) {
        long began = nanoTime.getAsLong();
        long nanos = time.toNanos();
        var members = IntStream.range(0, problem.streams().size())
                .filter(s -> !promised.get(s))
                .boxed()
                .toList();
        var hopeless = new Proofs(problem, courses).deadlines(members);
        if (!hopeless.isEmpty()) {
            return new Outcome.Impossible(hopeless);
        }
        Search best = null;
        for (int attempt = 0; best == null || !isOver(began, nanos - nanos / FILTER_SHARE); attempt++) {
            var search = search(members, attempt, began, nanos - nanos / FILTER_SHARE);
            if (search.homeless().isEmpty()) {
                return new Outcome.Scheduled(schedule());
            }
            if (attempt == 0) {
                var reasons = new ArrayList<>(new Proofs(problem, courses).overloads());
                reasons.addAll(new Proofs(problem, courses).collisions());
                if (!reasons.isEmpty()) {
                    return new Outcome.Impossible(reasons);
                }
            }
            search.repair(PATIENCE + PATIENCE_BY_STREAM * members.size());
            if (search.homeless().isEmpty()) {
                return new Outcome.Scheduled(schedule());
            }
            if (best == null || search.homeless().size() < best.homeless().size()) {
                best = search;
            }
        }
        return notFound(best, began, nanos);
    }

    private boolean isOver(long began, long nanos) {
        return nanoTime.getAsLong() - began >= nanos;
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
        var search = new Search(problem, courses, table, promised, random, () -> isOver(began, nanos));
        search.place(strategy.sorted(members, problem, courses, noise, random), strategy.manner());
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
        var placement = told.get(stream);
        return placement != null ? placement : Timetable.placement(Objects.requireNonNull(table.place(stream)));
    }

    private Outcome notFound(Search best, long began, long nanos) {
        var missing = best.homeless().stream().sorted().toList();
        var filter = new ConflictFilter(
                problem, courses, members -> finds(members, began, nanos), () -> isOver(began, nanos));
        return new Outcome.NotFound(
                problem.streams().size() - missing.size(),
                ids(missing),
                promised.isEmpty() ? ids(filter.conflicting(missing)) : List.of());
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
        return streams.stream().map(s -> problem.streams().get(s).id()).sorted().toList();
    }
}
