package io.millwright.network.schedule;

import io.millwright.network.schedule.PeriodicModel.Result;
import io.millwright.network.schedule.Timetable.Place;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;

/// Large-neighbourhood search by constraint programming: a stream without a place and some others that use the
/// links of its way get places together, all others keep theirs.
///
/// Where a neighbourhood is proved to have no room, the next one is larger, up to all streams; where it was not
/// decided with some effort, the next one is smaller, and later the effort is greater.
final class Neighbourhoods {

    private static final int LEAST = 8;
    private static final int FIRST = 16;
    private static final int MOST = 120;
    private static final int MOST_PAIRS = 60_000;
    private static final double EFFORT = 0.02;
    private static final double MOST_EFFORT = 0.5;

    /// After so many rounds without fewer homeless another attempt may do better.
    private static final int PATIENCE = 40;

    private final Problem problem;
    private final Courses courses;
    private final Timetable table;
    private final List<Integer> members;
    private final SplittableRandom random;
    private final LongSupplier left;
    private int size = FIRST;
    private double effort = EFFORT;

    /// @param members the streams that may be moved
    /// @param left how many nanoseconds are left
    Neighbourhoods(
            Problem problem,
            Courses courses,
            Timetable table,
            List<Integer> members,
            SplittableRandom random,
            LongSupplier left) {
        this.problem = problem;
        this.courses = courses;
        this.table = table;
        this.members = members;
        this.random = random;
        this.left = left;
    }

    /// Finds places for the homeless, as long as there is time.
    ///
    /// @param homeless all members without a place; those that get one are removed
    /// @return whether all have a place
    boolean improve(List<Integer> homeless) {
        for (int round = 0; round < PATIENCE && !homeless.isEmpty() && left.getAsLong() > 0; round++) {
            int stream = homeless.get(random.nextInt(homeless.size()));
            var free = neighbours(stream);
            var result = move(stream, free, homeless);
            if (result == Result.SOLVED) {
                round = 0;
            } else if (result == Result.NONE) {
                if (free.size() >= members.size() - homeless.size()) {
                    return false;
                }
                size = Math.min(MOST, size + size / 2);
            } else if (size <= LEAST) {
                effort = Math.min(MOST_EFFORT, 2 * effort);
                size = FIRST;
            } else {
                effort = Math.min(MOST_EFFORT, effort * 1.2);
                size = Math.max(LEAST, size - size / 3);
            }
        }
        return homeless.isEmpty();
    }

    /// Streams that have their places, those first that use most of the links of the way.
    private List<Integer> neighbours(int stream) {
        var ways = courses.of(stream);
        var links = new HashSet<Integer>();
        for (int link : ways.get(random.nextInt(ways.size())).links) {
            links.add(link);
        }
        var keys = new HashMap<Integer, Double>();
        for (int member : members) {
            var place = table.place(member);
            if (place != null && member != stream) {
                int shared = 0;
                for (int link : place.course().links) {
                    shared += links.contains(link) ? 1 : 0;
                }
                keys.put(member, -random.nextDouble() * (shared + 0.01));
            }
        }
        return keys.keySet().stream()
                .sorted(Comparator.comparingDouble((Integer m) -> Objects.requireNonNull(keys.get(m)))
                        .thenComparingInt(m -> m))
                .limit(size)
                .toList();
    }

    private Result move(int stream, List<Integer> free, List<Integer> homeless) {
        var before = new HashMap<Integer, Place>();
        for (int other : free) {
            before.put(other, Objects.requireNonNull(table.place(other)));
            table.remove(other);
        }
        var model = new PlacementModel(problem, courses, table);
        var result = Result.NONE;
        if (model.add(stream, null)) {
            boolean small = true;
            for (int other : free) {
                small = small && model.add(other, before.get(other)) && model.pairs() <= MOST_PAIRS;
            }
            result = small ? model.solve(effort, Math.max(1, left.getAsLong()), random.nextLong()) : Result.UNKNOWN;
        }
        if (result == Result.SOLVED) {
            var refused = model.put();
            if (refused.isEmpty()) {
                homeless.removeIf(s -> s == stream);
                return result;
            }
            free.forEach(table::remove);
            table.remove(stream);
        }
        before.forEach(table::put);
        return result == Result.SOLVED ? Result.UNKNOWN : result;
    }
}
