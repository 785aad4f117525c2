package io.millwright.network.schedule;

import io.millwright.network.schedule.Timetable.Place;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;

/// Proposes places for a stream from which it could drive others out, where these cost least: every moment of its
/// period is looked at ([Tolls]), for frames that run through, or wait once. Some are by lot. The [Timetable] judges
/// what is proposed.
final class Proposals {

    /// How many places are by lot where none else are known.
    private static final int SAMPLES = 40;

    /// How many are where the cheapest are known.
    private static final int FEW_SAMPLES = 8;

    /// One of so many by lot waits anywhere, and one beside another member is anywhere.
    private static final int OTHERWISE = 3;

    private final Problem problem;
    private final Timetable table;
    private final IntToLongFunction cost;
    private final SplittableRandom random;

    /// @param cost of driving out a stream
    Proposals(Problem problem, Timetable table, IntToLongFunction cost, SplittableRandom random) {
        this.problem = problem;
        this.table = table;
        this.cost = cost;
        this.random = random;
    }

    /// On each way a place where those in the way cost least, and one for which the stream waits; others by lot, and
    /// only these where that depends on the other member of the stream, or frames come earlier or later.
    ///
    /// @param twin where the other member of the stream is, if it has its place
    /// @param redundant whether there is another member
    List<Place> of(Stream stream, List<Course> ways, @Nullable Place twin, boolean redundant) {
        var found = new ArrayList<Place>();
        for (var way : ways) {
            if (!way.varies() && !redundant) {
                add(found, straight(stream, way));
                add(found, waitingOnce(stream, way));
            }
        }
        int samples = found.isEmpty() ? SAMPLES : FEW_SAMPLES;
        for (int i = 0; i < samples && !ways.isEmpty(); i++) {
            found.add(byLot(stream, ways.get(random.nextInt(ways.size())), twin));
        }
        return found;
    }

    private static void add(List<Place> places, @Nullable Place place) {
        if (place != null) {
            places.add(place);
        }
    }

    /// A place where a frame runs through; null where all are forbidden, or there are too many to look at.
    @Nullable
    Place straight(Stream stream, Course way) {
        var tolls = new Tolls(stream.periodNanos());
        for (int i = 0; i < way.size(); i++) {
            table.obstacles(stream.periodNanos(), way, i, 0, tolls::add);
        }
        long start = tolls.sum(cost) ? tolls.cheapest(0, stream.periodNanos(), random) : -1;
        return start < 0 ? null : table.straightAt(way, start);
    }

    /// A place where a frame waits once, at a port by lot; null where it cannot, or as above.
    @Nullable
    Place waitingOnce(Stream stream, Course way) {
        int at = way.size() < 2 ? 0 : random.nextInt(1, way.size());
        int queues = problem.topology().links().get(way.links[at]).queues();
        long slack = Math.min(stream.deadlineNanos() - way.tail[at] - way.lead[at], stream.periodNanos() - 1);
        if (way.parents[at] < 0 || queues == 1 || slack <= 0) {
            return null;
        }
        var before = new Tolls(stream.periodNanos());
        var behind = new Tolls(stream.periodNanos());
        var beyond = new boolean[way.size()];
        for (int i = 0; i < way.size(); i++) {
            beyond[i] = i == at || way.parents[i] >= 0 && beyond[way.parents[i]];
            var tolls = beyond[i] ? behind : before;
            table.obstacles(stream.periodNanos(), way, i, beyond[i] ? way.lead[at] : 0, tolls::add);
        }
        long start = before.sum(cost) ? before.cheapest(0, stream.periodNanos(), random) : -1;
        if (start < 0 || !behind.sum(cost)) {
            return null;
        }
        long ready = start + way.lead[at];
        long sent = behind.cheapest(ready + 1, ready + slack + 1, random);
        if (sent < 0) {
            return null;
        }
        var place = table.straightAt(way, start);
        long wait = problem.limits(way.links[at]).ceil(sent) - ready;
        Arrays.setAll(place.starts(), i -> place.starts()[i] + (beyond[i] ? wait : 0));
        place.queues()[at] = random.nextInt(queues - 1);
        return place;
    }

    private Place byLot(Stream stream, Course way, @Nullable Place twin) {
        long start = twin == null || random.nextInt(OTHERWISE) == 0 ? someStart(stream, way) : near(stream, way, twin);
        return way.varies() || random.nextInt(OTHERWISE) == 0
                ? strolling(stream, way, start)
                : table.straightAt(way, start);
    }

    private long near(Stream stream, Course way, Place twin) {
        long from = Math.max(0, twin.starts()[0] - table.spare(stream, twin));
        long until = Math.min(stream.periodNanos() - 1, twin.starts()[0] + stream.deadlineNanos() - way.latency);
        return random.nextLong(from, until + 1);
    }

    /// A start by lot, or one that begins on some link just where another stream does.
    private long someStart(Stream stream, Course way) {
        int i = random.nextInt(way.size());
        long other = random.nextBoolean() ? table.someStart(way.links[i], random) : -1;
        return other < 0
                ? random.nextLong(stream.periodNanos())
                : Math.floorMod(other - way.lead[i], stream.periodNanos());
    }

    /// From this start, with waiting here and there.
    private Place strolling(Stream stream, Course way, long start) {
        var place = table.straightAt(way, start);
        long slack = stream.deadlineNanos() - way.latency;
        for (int i = 0; i < way.size(); i++) {
            long ready = way.ready(problem.topology(), i, place.starts());
            int spare = problem.topology().links().get(way.links[i]).queues() - 1;
            if (ready >= 0) {
                var can = problem.limits(way.links[i]);
                boolean must = way.early[i] > 0 && spare > 0;
                boolean waits = slack > 0 && table.canWait(stream, way, i) && random.nextBoolean();
                long wait = waits ? wait(stream, way.links[i], ready, slack) : 0;
                place.starts()[i] = wait == 0 && !must ? ready : can.ceil(ready + Math.max(wait, can.guardNanos()));
                place.queues()[i] = place.starts()[i] > ready || must ? random.nextInt(spare) : spare;
            }
        }
        return place;
    }

    /// How long to wait: until some other begins or a period does, or any time.
    private long wait(Stream stream, int link, long ready, long slack) {
        long until = random.nextBoolean() ? table.someStart(link, random) : 0;
        long wait = random.nextInt(4) == 0 || until < 0
                ? random.nextLong(Math.min(slack, stream.periodNanos()) + 1)
                : Math.floorMod(until - ready, stream.periodNanos());
        return wait <= slack ? wait : 0;
    }
}
