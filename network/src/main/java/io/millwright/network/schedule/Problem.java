package io.millwright.network.schedule;

import java.util.List;

/// What is to be scheduled.
///
/// @param topology the network
/// @param streams the streams; their ids differ, every listener can be reached, and their periods have a
///        hyperperiod of at most [#MOST_FRAMES] frames
public record Problem(Topology topology, List<Stream> streams) {

    /// How many frames a hyperperiod may have.
    public static final long MOST_FRAMES = 1_000_000;

    public Problem {
        streams = List.copyOf(streams);
    }

    /// The least common multiple of all periods, in nanoseconds.
    public long hyperperiodNanos() {
        return Periods.hyperperiod(
                streams.stream().mapToLong(Stream::periodNanos).toArray());
    }
}
