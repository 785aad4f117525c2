package io.millwright.network.schedule;

import io.millwright.network.schedule.Timetable.Place;
import java.util.stream.IntStream;

/// What a frame claims of a link and of a queue for itself.
///
/// A frame that does not wait comes when the clocks of its talker and of a port say so, which differ by twice
/// the sync error at most: so much time before and behind it is kept free. A frame that waits is sent by its
/// gate, which opens when the frame has surely come; from there on it goes by the clock of that port. Where
/// frames may come earlier or later, they wait, and have their queue from the earliest moment on.
final class Claims {

    private final Topology topology;
    private final Limits[] limits;

    Claims(Problem problem) {
        topology = problem.topology();
        limits = IntStream.range(0, topology.links().size())
                .mapToObj(problem::limits)
                .toArray(Limits[]::new);
    }

    /// What the port that sends on a link can do.
    Limits limits(int link) {
        return limits[link];
    }

    private Limits limits(Course course, int i) {
        return limits[course.links[i]];
    }

    /// Whether a frame waits at a port, or may have to, as it can come earlier than at the latest.
    boolean waits(Place place, int i) {
        long ready = place.course().ready(topology, i, place.starts());
        return ready >= 0 && (place.starts()[i] > ready || place.course().early[i] > 0);
    }

    /// By how much a frame that does not wait may come earlier or later by the clock of a port. Clocks on a way have
    /// one time, and so one sync error.
    long guard(Course course, int i) {
        return course.parents[i] < 0 ? 0 : limits(course, i).guardNanos();
    }

    /// From when on a frame occupies the link, by the clock of the port. If it waits, its gate sends it just
    /// then.
    long onLink(Place place, int i) {
        return waits(place, i) ? place.starts()[i] : place.starts()[i] - guard(place.course(), i);
    }

    /// For how long.
    long onLinkFor(Place place, int i) {
        return waits(place, i) ? open(place.course(), i) : place.course().length[i] + 2 * guard(place.course(), i);
    }

    /// How long a gate that holds a frame back is open for it: for an entry of its list at least.
    long open(Course course, int i) {
        return Math.max(course.length[i], limits(course, i).shortestNanos());
    }

    /// From when on a frame that waits may be in its queue, by the clock of the port.
    long inQueue(Place place, int i) {
        return fromQueue(place.course(), i, place.course().ready(topology, i, place.starts()));
    }

    /// The same for a frame that is ready at a moment at the latest.
    long fromQueue(Course course, int i, long ready) {
        return limits(course, i)
                .floor(ready - course.early[i] - limits(course, i).guardNanos());
    }

    /// For how long the queue is taken.
    long inQueueFor(Place place, int i) {
        return untilQueue(place.course(), i, place.starts()[i]) - inQueue(place, i);
    }

    /// Until when the queue of a frame that waits is taken: its gate may close later than it must by the
    /// shortest entry, so that it can do so together with another.
    long untilQueue(Course course, int i, long start) {
        var can = limits(course, i);
        return can.ceil(start + open(course, i)) + can.shortestNanos();
    }

    /// The latest start on a link with which a frame is in time.
    long latest(Stream stream, Place place, int i) {
        long most = place.starts()[0] + stream.deadlineNanos() - place.course().tail[i];
        long guard = limits(place.course(), i).guardNanos();
        return guard > 0 && waited(place, i) ? most - guard : most;
    }

    /// Whether a frame waits here or before: then it is sent on by another clock than its talker's.
    private boolean waited(Place place, int i) {
        return i >= 0 && (waits(place, i) || waited(place, place.course().parents[i]));
    }
}
