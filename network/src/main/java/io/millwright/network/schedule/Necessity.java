package io.millwright.network.schedule;

import com.google.ortools.sat.IntVar;
import io.millwright.network.schedule.PeriodicModel.Occupation;
import io.millwright.network.schedule.PeriodicModel.Result;
import io.millwright.network.schedule.Unavoidable.Part;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/// What every schedule keeps, whatever its ways and waits, and however its frames differ from period to period:
/// where there is no solution to this, there is no schedule.
///
/// That is what each stream to which no jitter is permitted occupies in every period ([Unavoidable#parts]): at its
/// offset, and on the listener's only link later by what it has waited up to there. Those that have a link in common
/// are looked at first, without all others: much smaller models often suffice.
final class Necessity {

    /// To leave out streams one attempt may take this part of the time.
    private static final int TRIALS = 30;

    /// Streams that need a link for more than this share of its time are looked at by themselves.
    private static final double FULL = 0.5;

    /// On so many links at most.
    private static final int CROWDS = 12;

    /// Which part of the time that is left is for each of them.
    private static final int SHARE = 4;

    /// How many streams are named.
    private static final int NAMED = 20;

    /// By how much a processor takes for the solver's measure of effort, about.
    private static final double EFFORT_NANOS = 1e10;

    private final Problem problem;
    private final Courses courses;
    private final Unavoidable unavoidable;
    private PeriodicModel model = new PeriodicModel();

    Necessity(Problem problem, Courses courses) {
        this.problem = problem;
        this.courses = courses;
        unavoidable = new Unavoidable(problem, courses);
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
        streams = redundant ? List.of() : broken(streams, () -> nanos - (nanoTime.getAsLong() - began), seed);
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

    /// Those on one link, or all, of which it is proved that they have no schedule; nobody where it is not.
    private List<Integer> broken(List<Integer> streams, LongSupplier left, long seed) {
        for (var crowd : crowds(streams)) {
            if (isBroken(crowd, left.getAsLong() / SHARE, seed)) {
                return crowd;
            }
        }
        return isBroken(streams, left.getAsLong() / 2, seed) ? streams : List.of();
    }

    /// The streams on each link that is taken for most of its time, the fullest first.
    private List<List<Integer>> crowds(List<Integer> streams) {
        var users = new TreeMap<Integer, List<Integer>>();
        var load = new HashMap<Integer, Double>();
        for (int index : streams) {
            for (var part : unavoidable.parts(index)) {
                users.computeIfAbsent(part.link(), _ -> new ArrayList<>()).add(index);
                load.merge(
                        part.link(),
                        (double) part.needs(Guards.ALL)
                                / problem.streams().get(index).periodNanos(),
                        Double::sum);
            }
        }
        return users.keySet().stream()
                .filter(l -> load.getOrDefault(l, 0.0) > FULL)
                .sorted(Comparator.comparingDouble((Integer l) -> -load.getOrDefault(l, 0.0)))
                .map(l -> Objects.requireNonNull(users.get(l)))
                .limit(CROWDS)
                .toList();
    }

    /// Whether it is proved that some streams have no schedule.
    boolean isBroken(List<Integer> streams, long nanos, long seed) {
        model = new PeriodicModel();
        streams.forEach(this::add);
        return nanos > 0 && model.solve(nanos / EFFORT_NANOS, nanos, seed) == Result.NONE;
    }

    /// What is told of streams in conflict.
    Message reason(List<Integer> streams) {
        long apart = streams.stream()
                .mapToLong(s -> unavoidable.apartNanos(problem.streams().get(s)))
                .max()
                .orElse(0);
        var message = apart == 0
                ? Message.of(
                        "no-offsets",
                        "streams {streams}: no offsets and delays keep them apart on the links that they cannot avoid"
                                + " (a jitter of 0; all were looked through by constraint programming)")
                : Message.of(
                                "no-offsets-clocks",
                                "streams {streams}: no offsets and delays keep them apart on the links that they cannot"
                                        + " avoid, with clocks that are wrong by {error} (a jitter of 0; all were"
                                        + " looked through by constraint programming)")
                        .nanos("error", apart / 4);
        return message.streams(
                "streams",
                streams.stream().map(s -> problem.streams().get(s).id()).toList(),
                NAMED);
    }

    private void add(int index) {
        var stream = problem.streams().get(index);
        var way = courses.fastest(index);
        var parts = unavoidable.parts(index);
        var kept = new Gaps(stream.periodNanos());
        parts.stream().filter(p -> !p.arrives()).forEach(p -> keepInPeriod(kept, p));
        var offset = model.moment(kept.remaining());
        long slack = stream.deadlineNanos() - way.latency;
        parts.forEach(p -> occupy(index, p, p.arrives() ? arrival(stream, p, offset, slack) : offset));
    }

    /// How much later a frame is sent on the last link than its talker could have it there.
    private IntVar arrival(Stream stream, Part last, IntVar offset, long slack) {
        var kept = new Gaps(stream.periodNanos());
        keepInPeriod(kept, last);
        long most = stream.periodNanos() - 1 + slack;
        var arrival = model.moment(kept.remaining((int) (most / stream.periodNanos()) + 1));
        model.later(offset, arrival, 0, slack, model.always());
        return arrival;
    }

    /// No transmission passes the end of the cycle, and in some period of the stream that is the end of one.
    private static void keepInPeriod(Gaps gaps, Part part) {
        gaps.block(1 - part.length() - part.lead(), part.length() - 1);
    }

    /// For longer than it is sent, where clocks are wrong.
    private void occupy(int index, Part part, IntVar moment) {
        model.occupy(
                part.link(),
                new Occupation(
                        index,
                        moment,
                        part.lead() - part.guard(),
                        part.needs(Guards.ALL),
                        problem.streams().get(index).periodNanos(),
                        model.always()));
    }
}
