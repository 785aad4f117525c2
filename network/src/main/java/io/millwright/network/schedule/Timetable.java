package io.millwright.network.schedule;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The streams that have their place, and what is left free on every link and in every queue.
///
/// The last queue of a port is for frames that do not wait: they are in it just while they are sent, and the
/// link alone keeps them apart. Frames that wait use the other queues, one at a time in each.
final class Timetable {

    /// After so many moves a place for a stream is no longer looked for on one way.
    private static final int MOST_MOVES = 100_000;

    private final Problem problem;
    private final Topology topology;
    private final Timeline[] links;
    private final @Nullable Timeline[][] queues;
    private final BitSet boundless;
    private final double[] load;
    /// By link, how many frames wait there in a hyperperiod.
    private final long[] held;
    private final Claims claims;
    private final PlacementRules rules;
    private final long hyperperiod;
    private final @Nullable Place[] places;

    /// Where a stream is: its way, the starts on its links, and its queues.
    record Place(Course course, long[] starts, int[] queues) {}

    /// @param boundless indexes of links on which transmissions may overlap
    Timetable(Problem problem, BitSet boundless) {
        this.boundless = boundless;
        this.problem = problem;
        topology = problem.topology();
        int n = topology.links().size();
        links = IntStream.range(0, n).mapToObj(_ -> new Timeline()).toArray(Timeline[]::new);
        queues =
                topology.links().stream().map(l -> new Timeline[l.queues() - 1]).toArray(Timeline[][]::new);
        load = new double[n];
        held = new long[n];
        claims = new Claims(problem);
        rules = new PlacementRules(topology, claims);
        hyperperiod = problem.hyperperiodNanos();
        places = new Place[problem.streams().size()];
    }

    /// Where a stream is; null where it has no place.
    @Nullable
    Place place(int stream) {
        return places[stream];
    }

    /// Which share of a link's time is taken.
    double load(int link) {
        return load[link];
    }

    void put(int stream, Place place) {
        var s = problem.streams().get(stream);
        var course = place.course;
        for (int i = 0; i < course.size(); i++) {
            int link = course.links[i];
            links[link].add(s.periodNanos(), claims.onLink(place, i), claims.onLinkFor(place, i), stream);
            load[link] += (double) course.length[i] / s.periodNanos();
            if (claims.waits(place, i)) {
                held[link] += hyperperiod / s.periodNanos();
                queue(link, place.queues[i])
                        .add(s.periodNanos(), claims.inQueue(place, i), claims.inQueueFor(place, i), stream);
            }
        }
        places[stream] = place;
    }

    void remove(int stream) {
        var place = places[stream];
        if (place == null) {
            return;
        }
        var s = problem.streams().get(stream);
        var course = place.course;
        for (int i = 0; i < course.size(); i++) {
            int link = course.links[i];
            links[link].remove(s.periodNanos(), claims.onLink(place, i));
            load[link] -= (double) course.length[i] / s.periodNanos();
            if (claims.waits(place, i)) {
                held[link] -= hyperperiod / s.periodNanos();
                queue(link, place.queues[i]).remove(s.periodNanos(), claims.inQueue(place, i));
            }
        }
        places[stream] = null;
    }

    /// Whether a stream may wait and the gate list has room: two entries at most for each frame.
    boolean canWait(Stream stream, Course course, int i) {
        int link = course.links[i];
        var can = claims.limits(link);
        return can.canHold(stream, course.spread)
                && queues[link].length > 0
                && 2 * (held[link] + hyperperiod / stream.periodNanos()) + 1 <= can.gateEntries();
    }

    private Timeline queue(int link, int queue) {
        var known = queues[link][queue];
        if (known == null) {
            known = new Timeline();
            queues[link][queue] = known;
        }
        return known;
    }

    private long taken(int link, long period, long start, long length) {
        return boundless.get(link) ? 0 : links[link].clearance(period, start, length);
    }

    /// How much later what occupies a link must begin to clear what is there and the end of the cycle.
    private long clearance(int link, long period, long start, long length) {
        long in = Math.floorMod(start, period);
        return in + length > period ? period - in : taken(link, period, start, length);
    }

    /// The same for a frame that does not wait.
    private long clearance(Course course, int i, long period, long start) {
        long guard = claims.guard(course, i);
        return clearance(course.links[i], period, start - guard, course.length[i] + 2 * guard);
    }

    /// The same for a frame that waited: its window must also leave room for entries of the gate list before
    /// and behind it, unless it begins with the cycle.
    private long clearanceOfWindow(Course course, int i, long period, long start) {
        var can = claims.limits(course.links[i]);
        long shortest = can.shortestNanos();
        long in = Math.floorMod(start, period);
        long open = claims.open(course, i);
        return in > 0 && in < shortest
                ? shortest - in
                : can.ceil(in + open) + shortest > period
                        ? period - in
                        : clearance(course.links[i], period, start, open);
    }

    /// Tells the moments at which a stream would meet others on a link, or the end of its period.
    ///
    /// @param from the lead of the moments: 0 for offsets
    void obstacles(long period, Course course, int i, long from, Timeline.Obstacles told) {
        long lead = course.lead[i] - from - claims.guard(course, i);
        long length = course.length[i] + 2 * claims.guard(course, i);
        told.add(period, 1 - length - lead, length - 1, Timeline.NOBODY);
        if (!boundless.get(course.links[i])) {
            links[course.links[i]].obstacles(period, lead, length, told);
        }
    }

    /// Tells what a link is occupied, modulo something that all periods are multiples of.
    void occupied(int link, long common, Timeline.Obstacles told) {
        links[link].obstacles(common, 0, 1, told);
    }

    /// The first moment at which a stream can start and run through without waiting.
    ///
    /// @param until before this
    /// @return -1 if there is none
    long straight(Stream stream, Course course, long from, long until) {
        if (course.varies()) {
            return -1;
        }
        long period = stream.periodNanos();
        var first = claims.limits(course.links[0]);
        long start = first.ceil(from);
        int clear = 0;
        int i = 0;
        for (int moves = 0; clear < course.size(); ) {
            if (start >= until || moves == MOST_MOVES) {
                return -1;
            }
            long by = clearance(course, i, period, start + course.lead[i]);
            if (by == 0) {
                clear++;
                i = i + 1 == course.size() ? 0 : i + 1;
            } else {
                start = first.ceil(start + by);
                clear = 0;
                moves++;
            }
        }
        return start;
    }

    /// The place of a stream that runs through without waiting.
    Place straightAt(Course course, long start) {
        var starts = new long[course.size()];
        var queue = new int[starts.length];
        for (int i = 0; i < starts.length; i++) {
            starts[i] = start + course.lead[i];
            queue[i] = topology.links().get(course.links[i]).queues() - 1;
        }
        return new Place(course, starts, queue);
    }

    /// The first place in which frames may wait on their way: on each link the first that is free.
    @Nullable
    Place waiting(Stream stream, Course course, long from, long until) {
        var place = new Place(course, new long[course.size()], new int[course.size()]);
        var first = claims.limits(course.links[0]);
        long start = first.ceil(from);
        for (int moves = 0; start < until && moves < MOST_MOVES; moves++) {
            long late = follow(stream, place, start);
            if (late == 0) {
                return place;
            }
            start = first.ceil(start + late);
        }
        return null;
    }

    /// Sends a frame over all links, on each as soon as it can be.
    ///
    /// @param place gets the starts and queues
    /// @return 0 where that is in time; else how much later it should start
    private long follow(Stream stream, Place place, long start) {
        var course = place.course;
        for (int i = 0; i < course.size(); i++) {
            long ready = course.ready(topology, i, place.starts);
            place.starts[i] = ready < 0 ? start : ready;
            place.queues[i] = topology.links().get(course.links[i]).queues() - 1;
            boolean varies = course.early[i] > 0;
            long by = varies ? stream.periodNanos() : clearance(course, i, stream.periodNanos(), place.starts[i]);
            if (by > 0) {
                by = ready < 0 || !canWait(stream, course, i) ? by : hold(stream, place, i, start);
                if (by > 0) {
                    return by;
                }
            }
            long late = place.starts[i] - claims.latest(stream, place, i);
            if (late > 0) {
                return late;
            }
        }
        return 0;
    }

    /// Lets a frame wait at a port.
    ///
    /// @return 0 where that is in time; else how much later it should start
    private long hold(Stream stream, Place place, int i, long start) {
        var course = place.course;
        long period = stream.periodNanos();
        long ready = place.starts[i];
        var can = claims.limits(course.links[i]);
        long latest = start + stream.deadlineNanos() - course.tail[i] - can.guardNanos();
        long at = can.ceil(ready + Math.max(course.early[i] > 0 ? 0 : 1, can.guardNanos()));
        long by = clearanceOfWindow(course, i, period, at);
        while (by > 0 && at <= latest) {
            at = can.ceil(at + by);
            by = clearanceOfWindow(course, i, period, at);
        }
        if (at > latest) {
            return at - latest;
        }
        place.starts[i] = at;
        long late = enqueue(place, i, period, claims.fromQueue(course, i, ready), claims.untilQueue(course, i, at));
        return late == 0 || course.early[i] > 0 ? late : Math.min(late, at - ready);
    }

    /// Finds a queue for a frame that waits.
    ///
    /// @return 0 where there is one; else how much later the frame must at least come
    long enqueue(Place place, int i, long period, long from, long until) {
        if (until - from > period) {
            return until - from - period;
        }
        int link = place.course.links[i];
        long least = Timeline.NEVER;
        for (int q = queues[link].length - 1; q >= 0 && least > 0; q--) {
            var there = queues[link][q];
            least = Math.min(least, there == null ? 0 : there.clearance(period, from, until - from));
            place.queues[i] = q;
        }
        return least;
    }

    /// The streams in the way of one that would be at a place.
    BitSet inTheWay(Stream stream, Place place) {
        var found = new BitSet();
        var course = place.course;
        long period = stream.periodNanos();
        for (int i = 0; i < course.size(); i++) {
            int link = course.links[i];
            if (!boundless.get(link)) {
                links[link].overlapping(period, claims.onLink(place, i), claims.onLinkFor(place, i), found::set);
            }
            if (claims.waits(place, i)) {
                queue(link, place.queues[i])
                        .overlapping(period, claims.inQueue(place, i), claims.inQueueFor(place, i), found::set);
            }
        }
        return found;
    }

    /// Whether a place keeps the rules that have nothing to do with other streams: no transmission passes the
    /// end of a period, no frame waits longer than a period, all arrive in time, and gates can do it.
    boolean isSound(Stream stream, Place place) {
        long period = stream.periodNanos();
        for (int i = 0; i < place.course.size(); i++) {
            if (place.starts[i] > claims.latest(stream, place, i)
                    || (claims.waits(place, i)
                            ? !canHold(stream, place, i)
                            : Math.floorMod(claims.onLink(place, i), period) + claims.onLinkFor(place, i) > period)) {
                return false;
            }
        }
        return true;
    }

    /// How much later than it could a stream that has its place is through at the latest.
    long spare(Stream stream, Place place) {
        return IntStream.range(0, place.course.size())
                .mapToLong(i -> claims.latest(stream, place, i) - place.starts[i])
                .min()
                .orElse(0);
    }

    private boolean canHold(Stream stream, Place place, int i) {
        long start = place.starts[i];
        var can = claims.limits(place.course.links[i]);
        long shortest = can.shortestNanos();
        long in = Math.floorMod(start, stream.periodNanos());
        return canWait(stream, place.course, i)
                && place.queues[i] < queues[place.course.links[i]].length
                && start % can.tickNanos() == 0
                && start - place.course.ready(topology, i, place.starts) >= can.guardNanos()
                && (in == 0 || in >= shortest)
                && can.ceil(in + claims.open(place.course, i)) + shortest <= stream.periodNanos()
                && claims.inQueueFor(place, i) <= stream.periodNanos();
    }

    /// The start of some interval on a link, drawn by lot; -1 where there is none.
    long someStart(int link, SplittableRandom random) {
        return links[link].someStart(random);
    }

    /// The place of a stream that a placement tells; nothing if it is none, or another stream is in the way.
    Optional<Place> place(Stream stream, Placement placement) {
        int n = placement.links().size();
        boolean whole =
                placement.startsNanos().size() == n && placement.queues().size() == n;
        if (!whole || !rules.isTree(stream, placement.links())) {
            return Optional.empty();
        }
        var place = new Place(Course.of(topology, stream, placement.links()), new long[n], new int[n]);
        Arrays.setAll(place.starts, placement.startsNanos()::get);
        Arrays.setAll(place.queues, placement.queues()::get);
        return rules.isInOrder(stream, place) && isSound(stream, place) && isFree(stream, place)
                ? Optional.of(place)
                : Optional.empty();
    }

    private boolean isFree(Stream stream, Place place) {
        var course = place.course;
        long period = stream.periodNanos();
        for (int i = 0; i < course.size(); i++) {
            int link = course.links[i];
            if (taken(link, period, claims.onLink(place, i), claims.onLinkFor(place, i)) > 0
                    || claims.waits(place, i)
                            && queue(link, place.queues[i])
                                            .clearance(period, claims.inQueue(place, i), claims.inQueueFor(place, i))
                                    > 0) {
                return false;
            }
        }
        return true;
    }
}
