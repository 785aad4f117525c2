package io.millwright.network.schedule;

import java.util.List;

/// A stream: one frame in every period, from a talker to one or more listeners. A redundant stream is two of
/// these, its members (IEEE 802.1CB-2017, 7.1): they carry the same frames over different ways.
///
/// @param id its name; members of a stream have the same
/// @param member which member of a redundant stream it is, 1 or 2; 0 for a stream by itself
/// @param source the talker's node
/// @param destinations the listeners' nodes, none twice
/// @param octets length of a frame on the link, all overhead included
/// @param periodNanos time from one frame to the next
/// @param deadlineNanos the longest permitted time from the start of the first transmission, of either member,
///     to the end of the last arrival
/// @param jitterNanos by how much delays and offsets of its frames may differ
public record Stream(
        int id,
        int member,
        int source,
        List<Integer> destinations,
        int octets,
        long periodNanos,
        long deadlineNanos,
        long jitterNanos) {

    public Stream {
        destinations = List.copyOf(destinations);
    }

    /// A stream by itself.
    public Stream(
            int id,
            int source,
            List<Integer> destinations,
            int octets,
            long periodNanos,
            long deadlineNanos,
            long jitterNanos) {
        this(id, 0, source, destinations, octets, periodNanos, deadlineNanos, jitterNanos);
    }

    /// The members of the same as a redundant stream.
    public List<Stream> members() {
        return List.of(member(1), member(2));
    }

    private Stream member(int number) {
        return new Stream(id, number, source, destinations, octets, periodNanos, deadlineNanos, jitterNanos);
    }

    /// The same to other listeners.
    public Stream to(List<Integer> listeners) {
        return new Stream(id, member, source, listeners, octets, periodNanos, deadlineNanos, jitterNanos);
    }

    /// The same with another deadline.
    Stream within(long nanos) {
        return new Stream(id, member, source, destinations, octets, periodNanos, nanos, jitterNanos);
    }

    /// The same with frames of another length.
    Stream of(int otherOctets) {
        return new Stream(id, member, source, destinations, otherOctets, periodNanos, deadlineNanos, jitterNanos);
    }

    /// The same with another period.
    Stream every(long nanos) {
        return new Stream(id, member, source, destinations, octets, nanos, deadlineNanos, jitterNanos);
    }
}
