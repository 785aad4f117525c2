package io.millwright.network.schedule;

import java.util.List;

/// A stream: one frame in every period, from a talker to one or more listeners.
///
/// @param id its name
/// @param source the talker's node
/// @param destinations the listeners' nodes, none twice
/// @param octets length of a frame on the link, all overhead included
/// @param periodNanos time from one frame to the next
/// @param deadlineNanos the longest permitted time from the start of the first transmission to the end of the
///     last arrival
/// @param jitterNanos by how much delays and offsets of its frames may differ
public record Stream(
        int id,
        int source,
        List<Integer> destinations,
        int octets,
        long periodNanos,
        long deadlineNanos,
        long jitterNanos) {

    public Stream {
        destinations = List.copyOf(destinations);
    }
}
