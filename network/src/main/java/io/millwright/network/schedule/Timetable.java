package io.millwright.network.schedule;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
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
    private final double[] load;
    private final @Nullable Place[] places;

    /// Where a stream is: its way, the starts on its links, and its queues.
    record Place(Course course, long[] starts, int[] queues) {}

    Timetable(Problem problem) {
        this.problem = problem;
        topology = problem.topology();
        int n = topology.links().size();
        links = new Timeline[n];
        Arrays.setAll(links, _ -> new Timeline());
        queues = new Timeline[n][];
        Arrays.setAll(queues, i -> new Timeline[topology.links().get(i).queues() - 1]);
        load = new double[n];
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
        long period = problem.streams().get(stream).periodNanos();
        var course = place.course;
        for (int i = 0; i < course.size(); i++) {
            int link = course.links[i];
            links[link].add(period, place.starts[i], course.length[i], stream);
            load[link] += (double) course.length[i] / period;
            long ready = course.ready(topology, i, place.starts);
            if (waits(ready, place.starts[i])) {
                queue(link, place.queues[i]).add(period, ready, place.starts[i] + course.length[i] - ready, stream);
            }
        }
        places[stream] = place;
    }

    void remove(int stream) {
        var place = places[stream];
        if (place == null) {
            return;
        }
        long period = problem.streams().get(stream).periodNanos();
        var course = place.course;
        for (int i = 0; i < course.size(); i++) {
            int link = course.links[i];
            links[link].remove(period, place.starts[i]);
            load[link] -= (double) course.length[i] / period;
            long ready = course.ready(topology, i, place.starts);
            if (waits(ready, place.starts[i])) {
                queue(link, place.queues[i]).remove(period, ready);
            }
        }
        places[stream] = null;
    }

    private static boolean waits(long ready, long start) {
        return ready >= 0 && start > ready;
    }

    private Timeline queue(int link, int queue) {
        var known = queues[link][queue];
        if (known == null) {
            known = new Timeline();
            queues[link][queue] = known;
        }
        return known;
    }

    /// How far a transmission must be moved to later to clear those that are there and the end of the cycle.
    private long clearance(int link, long period, long start, long length) {
        long in = Math.floorMod(start, period);
        return in + length > period ? period - in : links[link].clearance(period, start, length);
    }

    /// The first moment at which a stream can start and run through without waiting.
    ///
    /// @param until before this
    /// @return -1 if there is none
    long straight(Stream stream, Course course, long from, long until) {
        long period = stream.periodNanos();
        long start = from;
        int clear = 0;
        int i = 0;
        for (int moves = 0; clear < course.size(); ) {
            if (start >= until || moves == MOST_MOVES) {
                return -1;
            }
            long by = clearance(course.links[i], period, start + course.lead[i], course.length[i]);
            if (by == 0) {
                clear++;
                i = i + 1 == course.size() ? 0 : i + 1;
            } else {
                start += by;
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
        var starts = new long[course.size()];
        var queue = new int[starts.length];
        long start = from;
        for (int moves = 0; start < until && moves < MOST_MOVES; moves++) {
            long late = follow(stream, course, start, starts, queue);
            if (late == 0) {
                return new Place(course, starts, queue);
            }
            start += late;
        }
        return null;
    }

    /// Sends a frame over all links, on each as soon as it can be.
    ///
    /// @return 0 where that is in time; else how much later it should start
    private long follow(Stream stream, Course course, long start, long[] starts, int[] queue) {
        long period = stream.periodNanos();
        for (int i = 0; i < starts.length; i++) {
            int link = course.links[i];
            long ready = course.ready(topology, i, starts);
            long at = ready < 0 ? start : ready;
            long latest = start + stream.deadlineNanos() - course.tail[i];
            long by = clearance(link, period, at, course.length[i]);
            if (by > 0 && i == 0) {
                return by;
            }
            while (by > 0 && at <= latest) {
                at += by;
                by = clearance(link, period, at, course.length[i]);
            }
            if (at > latest) {
                return at - latest;
            }
            starts[i] = at;
            queue[i] = topology.links().get(link).queues() - 1;
            if (waits(ready, at)) {
                long late = enqueue(link, period, ready, at + course.length[i], i, queue);
                if (late > 0) {
                    return Math.min(late, at - ready);
                }
            }
        }
        return 0;
    }

    /// Finds a queue for a frame that waits.
    ///
    /// @param queue gets the queue at `place`
    /// @return 0 where there is one; else how much later the frame must at least come
    private long enqueue(int link, long period, long from, long until, int place, int[] queue) {
        if (until - from > period) {
            return until - from - period;
        }
        long least = Timeline.NEVER;
        for (int q = queues[link].length - 1; q >= 0 && least > 0; q--) {
            var there = queues[link][q];
            least = Math.min(least, there == null ? 0 : there.clearance(period, from, until - from));
            queue[place] = q;
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
            links[link].overlapping(period, place.starts[i], course.length[i], found::set);
            long ready = course.ready(topology, i, place.starts);
            if (waits(ready, place.starts[i])) {
                queue(link, place.queues[i])
                        .overlapping(period, ready, place.starts[i] + course.length[i] - ready, found::set);
            }
        }
        return found;
    }

    /// Whether a place keeps the rules that have nothing to do with other streams: no transmission passes the
    /// end of a period, no frame waits longer than a period, and all arrive in time.
    boolean isSound(Stream stream, Place place) {
        var course = place.course;
        long period = stream.periodNanos();
        for (int i = 0; i < course.size(); i++) {
            long start = place.starts[i];
            long ready = course.ready(topology, i, place.starts);
            if (Math.floorMod(start, period) + course.length[i] > period
                    || start + course.tail[i] - place.starts[0] > stream.deadlineNanos()
                    || waits(ready, start) && start + course.length[i] - ready > period) {
                return false;
            }
        }
        return true;
    }

    /// A place by lot: from this start, with waiting here and there.
    Place strolling(Stream stream, Course course, long start, SplittableRandom random) {
        var place = straightAt(course, start);
        long slack = stream.deadlineNanos() - course.latency;
        for (int i = 0; i < course.size(); i++) {
            long ready = course.ready(topology, i, place.starts);
            int spare = topology.links().get(course.links[i]).queues() - 1;
            if (ready >= 0) {
                boolean waits = slack > 0 && spare > 0 && random.nextBoolean();
                place.starts[i] = ready + (waits ? wait(stream, course.links[i], ready, slack, random) : 0);
                place.queues[i] = waits(ready, place.starts[i]) ? random.nextInt(spare) : spare;
            }
        }
        return place;
    }

    /// How long to wait: until some other begins or a period does, or any time.
    private long wait(Stream stream, int link, long ready, long slack, SplittableRandom random) {
        long until = random.nextBoolean() ? someStart(link, random) : 0;
        long wait = random.nextInt(4) == 0 || until < 0
                ? random.nextLong(Math.min(slack, stream.periodNanos()) + 1)
                : Math.floorMod(until - ready, stream.periodNanos());
        return wait <= slack ? wait : 0;
    }

    /// The start of some interval on a link, drawn by lot; -1 where there is none.
    long someStart(int link, SplittableRandom random) {
        return links[link].someStart(random);
    }

    /// The place of a stream that a placement tells; nothing if it is none, or another stream is in the way.
    Optional<Place> place(Stream stream, Placement placement) {
        if (!isTree(stream, placement.links())
                || placement.startsNanos().size() != placement.links().size()
                || placement.queues().size() != placement.links().size()) {
            return Optional.empty();
        }
        var place = new Place(
                Course.of(topology, stream, placement.links()),
                new long[placement.links().size()],
                new int[placement.links().size()]);
        for (int i = 0; i < place.starts.length; i++) {
            place.starts[i] = placement.startsNanos().get(i);
            place.queues[i] = placement.queues().get(i);
        }
        return isInOrder(stream, place) && isSound(stream, place) && isFree(stream, place)
                ? Optional.of(place)
                : Optional.empty();
    }

    private boolean isFree(Stream stream, Place place) {
        var course = place.course;
        long period = stream.periodNanos();
        for (int i = 0; i < course.size(); i++) {
            int link = course.links[i];
            long ready = course.ready(topology, i, place.starts);
            long end = place.starts[i] + course.length[i];
            if (links[link].clearance(period, place.starts[i], course.length[i]) > 0
                    || waits(ready, place.starts[i])
                            && queue(link, place.queues[i]).clearance(period, ready, end - ready) > 0) {
                return false;
            }
        }
        return true;
    }

    /// Whether links lead from the talker, each after the one before it, once to every node and to all
    /// listeners.
    private boolean isTree(Stream stream, List<Integer> way) {
        var reached = new BitSet();
        reached.set(topology.place(stream.source()));
        for (int link : way) {
            if (link < 0
                    || link >= links.length
                    || !reached.get(topology.origin(link))
                    || reached.get(topology.target(link))) {
                return false;
            }
            reached.set(topology.target(link));
        }
        for (int destination : stream.destinations()) {
            if (!reached.get(topology.place(destination))) {
                return false;
            }
        }
        return true;
    }

    /// Whether the first start lies in the first period, others come after what is before them, and queues are
    /// those of frames that wait or do not.
    private boolean isInOrder(Stream stream, Place place) {
        long first = place.starts[0];
        if (first < 0 || first >= stream.periodNanos()) {
            return false;
        }
        for (int i = 0; i < place.starts.length; i++) {
            long ready = place.course.ready(topology, i, place.starts);
            int last = topology.links().get(place.course.links[i]).queues() - 1;
            boolean waits = waits(ready, place.starts[i]);
            if (place.starts[i] < Math.max(ready, first)
                    || place.starts[i] > first + stream.deadlineNanos()
                    || place.queues[i] < 0
                    || waits && place.queues[i] >= last
                    || !waits && place.queues[i] != last) {
                return false;
            }
        }
        return true;
    }

    /// The placement of a stream that has its place.
    static Placement placement(Place place) {
        return new Placement(
                Arrays.stream(place.course.links).boxed().toList(),
                Arrays.stream(place.starts).boxed().toList(),
                Arrays.stream(place.queues).boxed().toList());
    }
}
