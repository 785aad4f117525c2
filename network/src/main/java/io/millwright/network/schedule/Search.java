package io.millwright.network.schedule;

import io.millwright.network.schedule.Strategy.Manner;
import io.millwright.network.schedule.Timetable.Place;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// One search: streams are placed one by one; then whoever found no place drives out those that cost least, who
/// look for another one (guided ejection: Nagata and Bräysy, 2009).
///
/// A stream costs more each time it found no place. So streams that are hard to place settle, and the easy ones
/// move about them. In between some are moved by lot to other free places, so that those in between change.
final class Search {

    /// How many are moved to other free places when streams were driven out: fewer than this, by lot.
    private static final int SHAKEN = 4;

    /// Up to how many parts a period is looked at for the least remainder.
    private static final int MOST_PARTS = 100;

    /// One of so many is placed in a manner by lot when others were moved.
    private static final int OTHERWISE = 3;

    private static final List<Manner> MANNERS = List.of(Manner.values());

    private final Problem problem;
    private final Courses courses;
    private final Timetable table;
    private final BitSet promised;
    private final SplittableRandom random;
    private final BooleanSupplier over;
    private final long common;
    private final int[] weights;
    private final Proposals proposals;
    private final Residues snug;
    private final List<Integer> homeless = new ArrayList<>();
    private Manner manner = Manner.EARLIEST;

    /// @param table where streams have their places already, perhaps
    /// @param promised the streams that must keep theirs
    /// @param weights by stream, how often it found no place so far; more are counted
    /// @param over whether time is up
    Search(
            Problem problem,
            Courses courses,
            Timetable table,
            BitSet promised,
            int[] weights,
            SplittableRandom random,
            BooleanSupplier over) {
        this.problem = problem;
        this.courses = courses;
        this.table = table;
        this.promised = promised;
        this.random = random;
        this.over = over;
        this.weights = weights;
        proposals = new Proposals(problem, table, this::cost, random);
        common = Periods.common(
                problem.streams().stream().mapToLong(Stream::periodNanos).toArray());
        snug = new Residues(table, common);
    }

    /// The streams without a place.
    List<Integer> homeless() {
        return homeless;
    }

    /// Places streams one by one, in this order.
    void place(List<Integer> order, Manner manner) {
        this.manner = manner;
        for (int stream : order) {
            if (over.getAsBoolean() || !insert(stream)) {
                homeless.add(stream);
            }
        }
    }

    /// Finds places for the homeless by moving others.
    ///
    /// @param patience for so many rounds without fewer homeless
    /// @return whether all have a place
    boolean repair(int patience) {
        int fewest = homeless.size();
        int shaken = random.nextInt(SHAKEN);
        for (int round = 0; round < patience && !homeless.isEmpty() && !over.getAsBoolean(); round++) {
            int stream = homeless.set(random.nextInt(homeless.size()), homeless.getLast());
            homeless.removeLast();
            if (!(random.nextInt(OTHERWISE) == 0 ? insertByLot(stream) : insert(stream))) {
                driveOut(stream);
                for (int i = 0; i < shaken; i++) {
                    shake(random.nextInt(weights.length));
                }
            }
            if (homeless.size() < fewest) {
                fewest = homeless.size();
                round = 0;
            }
        }
        return homeless.isEmpty();
    }

    /// Finds a place for a stream beside all others in the manner of this search.
    private boolean insert(int stream) {
        return insert(stream, manner, 0);
    }

    /// The same in any manner, from any moment on.
    private boolean insertByLot(int stream) {
        var how = MANNERS.get(random.nextInt(MANNERS.size()));
        return insert(stream, how, random.nextLong(problem.streams().get(stream).periodNanos()));
    }

    private boolean insert(int stream, Manner how, long from) {
        var s = problem.streams().get(stream);
        var other = twin(stream);
        if (other != null) {
            return insertBeside(stream, other);
        }
        var choice = choice(stream);
        if (how != Manner.WAITING) {
            for (var course : choice) {
                long start = start(s, course, how, from);
                if (start >= 0) {
                    table.put(stream, table.straightAt(course, start));
                    return true;
                }
            }
        }
        for (var course : choice) {
            var place = table.waiting(s, course, from, s.periodNanos());
            place = place == null && from > 0 ? table.waiting(s, course, 0, from) : place;
            if (place != null) {
                table.put(stream, place);
                return true;
            }
        }
        return false;
    }

    /// Where the other member of a redundant stream is, if it has its place.
    private @Nullable Place twin(int stream) {
        int twin = courses.twin(stream);
        return twin < 0 ? null : table.place(twin);
    }

    /// Finds a place for a member of a redundant stream, not too far from the other's.
    private boolean insertBeside(int stream, Place other) {
        var s = problem.streams().get(stream);
        long there = other.starts()[0];
        long from = Math.max(0, there - table.spare(s, other));
        for (var course : courses.of(stream)) {
            long spare = s.deadlineNanos() - course.latency;
            long start = table.straight(s, course, from, Math.min(s.periodNanos(), there + spare + 1));
            var place = start >= 0 ? table.straightAt(course, start) : table.waiting(s, course, from, there + 1);
            if (place == null) {
                // so much later as half of the spare time, with the other half to wait in
                long until = Math.min(s.periodNanos(), there + spare / 2 + 1);
                place = table.waiting(s.within(s.deadlineNanos() - spare / 2), course, there + 1, until);
            }
            if (place != null) {
                table.put(stream, place);
                return true;
            }
        }
        return false;
    }

    /// The ways, those through the least taken links first.
    private List<Course> choice(int stream) {
        var ways = courses.of(stream);
        return ways.size() < 2
                ? ways
                : ways.stream().sorted(Comparator.comparingDouble(this::cost)).toList();
    }

    private double cost(Course course) {
        double cost = 0;
        for (int link : course.links) {
            double load = Math.min(0.95, table.load(link));
            cost += 0.2 + load / (1 - load);
        }
        return cost;
    }

    private long start(Stream stream, Course course, Manner how, long from) {
        long parts = stream.periodNanos() / common;
        if (how == Manner.SNUG && parts <= MOST_PARTS && !course.varies()) {
            return snug.start(stream, course);
        }
        if (how == Manner.EARLIEST || parts == 1 || parts > MOST_PARTS) {
            long start = table.straight(stream, course, from, stream.periodNanos());
            return start < 0 && from > 0 ? table.straight(stream, course, 0, from) : start;
        }
        long least = common;
        long best = -1;
        for (long part = 0; part < stream.periodNanos() && least > 0; part += common) {
            long start = table.straight(stream, course, part, part + least);
            if (start >= 0) {
                least = start - part;
                best = start;
            }
        }
        return best;
    }

    /// Moves a stream to some other place that is free.
    private void shake(int stream) {
        var place = table.place(stream);
        if (place == null || promised.get(stream) || courses.twin(stream) >= 0) {
            return;
        }
        table.remove(stream);
        if (!insertByLot(stream)) {
            table.put(stream, place);
        }
    }

    /// Puts a stream where the streams in the way cost least, and makes those homeless.
    private void driveOut(int stream) {
        var s = problem.streams().get(stream);
        var twin = twin(stream);
        Place best = null;
        var least = new BitSet();
        long leastCost = Long.MAX_VALUE;
        for (var place : proposals.of(s, courses.of(stream), twin, courses.twin(stream) >= 0)) {
            if (table.isSound(s, place)) {
                var inTheWay = table.inTheWay(s, place);
                if (twin != null && !Redundancy.areTogether(table, s, place, twin)) {
                    inTheWay.set(courses.twin(stream));
                }
                long cost = cost(inTheWay);
                if (cost < Tolls.FORBIDDEN && cost < leastCost) {
                    leastCost = cost;
                    least = inTheWay;
                    best = place;
                }
            }
        }
        if (best == null || !least.isEmpty()) {
            weights[stream]++;
        }
        if (best == null) {
            homeless.add(stream);
            return;
        }
        least.stream().forEach(other -> {
            table.remove(other);
            homeless.add(other);
        });
        table.put(stream, best);
    }

    private long cost(int stream) {
        return promised.get(stream) ? Tolls.FORBIDDEN : 1L + weights[stream];
    }

    private long cost(BitSet streams) {
        return streams.stream().mapToLong(this::cost).sum();
    }
}
