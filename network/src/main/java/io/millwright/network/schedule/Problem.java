package io.millwright.network.schedule;

import java.util.List;
import java.util.Optional;

/// What is to be scheduled.
///
/// @param topology the network
/// @param streams the streams; their ids differ but for members of the same, every listener can be reached, and
///     their periods have a hyperperiod of at most [#MOST_FRAMES] frames
/// @param limits of all switches and clocks; ports may have fewer gate entries
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
    public static Optional<Message> tooLarge(List<Stream> streams) {
        return Periods.explosion(streams.stream().mapToLong(Stream::periodNanos).toArray());
    }

    /// A problem without limits.
    public Problem(Topology topology, List<Stream> streams) {
        this(topology, streams, Limits.NONE);
    }

    /// The same under other limits.
    public Problem within(Limits other) {
        return new Problem(topology, streams, other);
    }

    /// The most entries of the gate control list of the port that sends on a link.
    int gateEntries(int link) {
        return Math.min(limits.gateEntries(), topology.links().get(link).gateEntries());
    }

    /// Whether switches or clocks limit anything.
    boolean isLimited() {
        return !limits.equals(Limits.NONE)
                || topology.links().stream().anyMatch(l -> l.gateEntries() < Integer.MAX_VALUE);
    }

    /// The least common multiple of all periods, in nanoseconds.
    public long hyperperiodNanos() {
        return Periods.hyperperiod(
                streams.stream().mapToLong(Stream::periodNanos).toArray());
    }
}
