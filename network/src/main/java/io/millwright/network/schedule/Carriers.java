package io.millwright.network.schedule;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which ports can send the frames of a stream: those that hold them, and whose gate control lists repeat with
/// them. A list repeats after a multiple of the periods of all that pass it; where that may not be as long as the
/// hyperperiod, the port is for streams of some periods: those of most streams that have such a multiple together.
final class Carriers {

    private final Problem problem;
    private final Limits[] limits;
    private final boolean differ;
    /// By link, how long a list may be that suits the streams it is for.
    private final long[] cycles;
    private final Map<Alone, Boolean> alone = new HashMap<>();

    private record Alone(int link, long periodNanos) {}

    /// Why no port like this sends a stream, whatever else is sent.
    ///
    /// @param link of the port
    /// @param buffer whether no queue of it holds a frame; else no list of it repeats with the stream
    record Refusal(int link, boolean buffer) {}

    Carriers(Problem problem) {
        this.problem = problem;
        int n = problem.topology().links().size();
        limits = new Limits[n];
        cycles = new long[n];
        boolean unlike = false;
        var periods = periods();
        var known = new HashMap<Limits, Long>();
        for (int link = 0; link < n; link++) {
            limits[link] = problem.limits(link);
            int l = link;
            cycles[link] = known.computeIfAbsent(limits[link], _ -> longest(l, periods));
            unlike |= !limits[link].equals(limits[0]);
        }
        differ = unlike || n > 0 && cycles[0] != problem.hyperperiodNanos();
    }

    /// The periods, those of most streams first.
    private List<Long> periods() {
        var streams = new HashMap<Long, Integer>();
        problem.streams().forEach(s -> streams.merge(s.periodNanos(), 1, Integer::sum));
        var periods = new ArrayList<>(streams.entrySet());
        periods.sort(Map.Entry.<Long, Integer>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()));
        return periods.stream().map(Map.Entry::getKey).toList();
    }

    private long longest(int link, List<Long> periods) {
        if (problem.cycleNanos(link, problem.hyperperiodNanos()) > 0) {
            return problem.hyperperiodNanos();
        }
        long cycle = 0;
        for (long period : periods) {
            long both = cycle == 0 ? period : Periods.hyperperiod(cycle, period);
            if (problem.cycleNanos(link, both) > 0) {
                cycle = both;
            }
        }
        return cycle;
    }

    /// Whether the answers depend on the link, or on the period of a stream.
    boolean differ() {
        return differ;
    }

    /// Whether a stream may be sent by a port, beside all others that may.
    boolean take(Stream stream, int link) {
        return holds(stream, link) && cycles[link] > 0 && cycles[link] % stream.periodNanos() == 0;
    }

    private boolean holds(Stream stream, int link) {
        return problem.topology().links().get(link).from() == stream.source()
                || stream.octets() <= limits[link].bufferOctets();
    }

    /// Why a port cannot send a stream even if it is alone; nothing where it can.
    Optional<Refusal> refusal(Stream stream, int link) {
        if (!holds(stream, link)) {
            return Optional.of(new Refusal(link, true));
        }
        boolean repeats = alone.computeIfAbsent(
                new Alone(link, stream.periodNanos()), a -> problem.cycleNanos(a.link, a.periodNanos) > 0);
        return repeats ? Optional.empty() : Optional.of(new Refusal(link, false));
    }
}
