package io.millwright.network.schedule;

import com.google.ortools.sat.IntVar;
import io.millwright.network.schedule.PeriodicModel.Occupation;
import io.millwright.network.schedule.PeriodicModel.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/// What every schedule keeps, whatever its ways and waits, and however its frames differ from period to period:
/// where there is no solution to this, there is no schedule.
///
/// Of a stream to which no jitter is permitted, all frames start at the same offset and arrive after the same
/// delay. So a talker's only link, and a listener's only one, are occupied strictly periodically. On a link in
/// between that the stream cannot avoid, a frame is sent no earlier than on the fastest way, and no later than
/// the deadline leaves time for the rest of it: where these two are closer than a transmission is long, the
/// link is occupied for what remains of it in every period (its compulsory part).
///
/// Streams with jitter are left out, and those with several listeners but for their talkers' links.
final class Necessity {

    /// To leave out streams one attempt may take this part of the time.
    private static final int TRIALS = 30;

    /// How many streams are named.
    private static final int NAMED = 20;

    /// By how much a processor takes for the solver's measure of effort, about.
    private static final double EFFORT_NANOS = 1e10;

    private final Problem problem;
    private final Topology topology;
    private final Courses courses;
    private final Reach reach;
    private PeriodicModel model = new PeriodicModel();

    Necessity(Problem problem, Courses courses) {
        this.problem = problem;
        this.courses = courses;
        topology = problem.topology();
        reach = new Reach(topology);
    }

    /// Streams that have no schedule even when they are alone: as few as are found in time.
    ///
    /// @param nanos for so long at most
    /// @return none where it is not proved that there are such streams
    List<Integer> conflicting(LongSupplier nanoTime, long nanos, long seed) {
        long began = nanoTime.getAsLong();
        var streams = IntStream.range(0, problem.streams().size())
                .filter(s -> problem.streams().get(s).jitterNanos() == 0)
                .boxed()
                .toList();
        boolean redundant = problem.streams().stream().anyMatch(s -> s.member() > 0);
        if (redundant || !isBroken(streams, nanos / 2, seed)) {
            return List.of();
        }
        for (int part = Math.max(1, streams.size() / 2); part > 0; part /= 2) {
            for (int from = 0; from < streams.size() && nanoTime.getAsLong() - began < nanos; ) {
                var rest = new ArrayList<>(streams);
                rest.subList(from, Math.min(streams.size(), from + part)).clear();
                if (!rest.isEmpty() && isBroken(rest, nanos / TRIALS, seed)) {
                    streams = rest;
                } else {
                    from += part;
                }
            }
        }
        return streams;
    }

    /// Whether it is proved that some streams have no schedule.
    boolean isBroken(List<Integer> streams, long nanos, long seed) {
        model = new PeriodicModel();
        streams.forEach(this::add);
        return model.solve(nanos / EFFORT_NANOS, nanos, seed) == Result.NONE;
    }

    /// What is told of streams in conflict.
    Message reason(List<Integer> streams) {
        return Message.of(
                        "no-offsets",
                        "streams {streams}: no offsets and delays keep them apart on the links that they cannot avoid"
                                + " (a jitter of 0; all were looked through by constraint programming)")
                .streams(
                        "streams",
                        streams.stream().map(s -> problem.streams().get(s).id()).toList(),
                        NAMED);
    }

    private void add(int index) {
        var stream = problem.streams().get(index);
        var way = courses.fastest(index);
        long slack = stream.deadlineNanos() - way.latency;
        int listener = stream.destinations().getFirst();
        int last = stream.destinations().size() == 1 ? way.size() - 1 : 0;
        boolean onlyFirst = topology.leaving(topology.place(stream.source())).size() == 1;
        boolean onlyLast = topology.entering(topology.place(listener)).size() == 1;
        var kept = new Gaps(stream.periodNanos());
        if (onlyFirst) {
            keepInPeriod(kept, 0, way.length[0]);
        }
        for (int i = 1; i < last; i++) {
            if (way.length[i] > slack) {
                keepInPeriod(kept, way.lead[i] + slack, way.length[i] - slack);
            }
        }
        var offset = model.moment(kept.remaining());
        if (onlyFirst) {
            occupy(index, way.links[0], offset, 0, way.length[0]);
        }
        for (int i = 1; i < last; i++) {
            if (way.length[i] > slack && !reach.reachesWithout(way.links[i], stream.source(), listener)) {
                occupy(index, way.links[i], offset, way.lead[i] + slack, way.length[i] - slack);
            }
        }
        if (last > 0 && onlyLast) {
            occupy(index, way.links[last], arrival(stream, way, offset, slack), way.lead[last], way.length[last]);
        }
    }

    /// How much later a frame is sent on the last link than its talker could have it there.
    private IntVar arrival(Stream stream, Course way, IntVar offset, long slack) {
        int last = way.size() - 1;
        var kept = new Gaps(stream.periodNanos());
        keepInPeriod(kept, way.lead[last], way.length[last]);
        long most = stream.periodNanos() - 1 + slack;
        var arrival = model.moment(kept.remaining((int) (most / stream.periodNanos()) + 1));
        model.later(offset, arrival, 0, slack, model.always());
        return arrival;
    }

    /// No transmission passes the end of the cycle, and in some period of the stream that is the end of one.
    private static void keepInPeriod(Gaps gaps, long lead, long length) {
        gaps.block(1 - length - lead, length - 1);
    }

    private void occupy(int index, int link, IntVar moment, long lead, long length) {
        model.occupy(
                link,
                new Occupation(
                        index,
                        moment,
                        lead,
                        length,
                        problem.streams().get(index).periodNanos(),
                        model.always()));
    }
}
