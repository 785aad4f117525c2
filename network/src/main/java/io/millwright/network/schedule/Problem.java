package io.millwright.network.schedule;

import java.util.List;
import java.util.Optional;

/// What is to be scheduled.
///
/// @param topology the network
/// @param streams the streams; their ids differ but for members of the same, every listener can be reached, and
///     their periods have a hyperperiod of at most [#MOST_FRAMES] frames
/// @param limits of all switches and clocks; ports may have others besides ([Link#limits])
public record Problem(Topology topology, List<Stream> streams, Limits limits) {

    /// How many frames a hyperperiod may have.
    public static final long MOST_FRAMES = 1_000_000;

    public Problem {
        streams = List.copyOf(streams);
    }

    /// How many streams there are; the members of a redundant one are one.
    public int count() {
        return (int) streams.stream().map(Stream::id).distinct().count();
    }

    /// Why streams cannot be scheduled together: their hyperperiod has too many frames. Empty where it has not.
    ///
    /// @param most how many frames it may have
    public static Optional<Message> tooLarge(List<Stream> streams, long most) {
        return Harmony.missing(streams, most);
    }

    /// A problem without limits.
    public Problem(Topology topology, List<Stream> streams) {
        this(topology, streams, Limits.NONE);
    }

    /// The same under other limits.
    public Problem within(Limits other) {
        return new Problem(topology, streams, other);
    }

    /// What the port that sends on a link can do.
    Limits limits(int link) {
        return limits.and(topology.links().get(link).limits());
    }

    /// By how much two clocks on a way may differ at most.
    long guardNanos(List<Integer> way) {
        return way.stream().mapToLong(link -> limits(link).guardNanos()).max().orElse(0);
    }

    /// The shortest cycle that the gate control list of a port can have for frames that come again after some
    /// time: a multiple of that and of the tick, within its limits, of which the hyperperiod is a multiple.
    ///
    /// @param periodNanos divides the hyperperiod
    /// @return -1 if there is none
    long cycleNanos(int link, long periodNanos) {
        var can = limits(link);
        long hyperperiod = hyperperiodNanos();
        if (hyperperiod % can.tickNanos() != 0) {
            return -1;
        }
        long least = Periods.hyperperiod(periodNanos, can.tickNanos());
        long most = Math.min(hyperperiod, can.longestCycleNanos());
        for (long times = Math.max(1, Math.ceilDiv(can.shortestNanos(), least)); times * least <= most; times++) {
            if (hyperperiod / least % times == 0) {
                return times * least;
            }
        }
        return -1;
    }

    /// Whether switches or clocks limit anything.
    boolean isLimited() {
        return !limits.equals(Limits.NONE)
                || topology.links().stream().anyMatch(l -> !l.limits().equals(Limits.NONE));
    }

    /// The least common multiple of all periods, in nanoseconds.
    public long hyperperiodNanos() {
        return Periods.hyperperiod(
                streams.stream().mapToLong(Stream::periodNanos).toArray());
    }
}
