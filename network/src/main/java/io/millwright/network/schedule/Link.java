package io.millwright.network.schedule;

/// One direction of a link between two nodes, with the port that sends on it.
///
/// @param from the node that sends
/// @param to the node that receives
/// @param queues how many queues the port has, 1 to 8
/// @param megabitsPerSecond its rate: 1000 for 1 Gbit/s
/// @param processingNanos from the end of arrival at `to` until the frame is in its queue there
/// @param propagationNanos how long a bit travels
/// @param limits what the port can do, besides what all can; it has no clock of its own
public record Link(
        int from,
        int to,
        int queues,
        long megabitsPerSecond,
        long processingNanos,
        long propagationNanos,
        Limits limits) {

    /// A link whose port has gates of any kind.
    public Link(int from, int to, int queues, long megabitsPerSecond, long processingNanos, long propagationNanos) {
        this(from, to, queues, megabitsPerSecond, processingNanos, propagationNanos, Limits.NONE);
    }

    /// How long a frame occupies the link: rounded up to whole nanoseconds.
    ///
    /// @param octets the frame's length with all overhead
    public long transmissionNanos(int octets) {
        return Math.ceilDiv(8000L * octets, megabitsPerSecond);
    }

    /// From the end of a transmission until the frame can be sent on by the far end.
    long hopNanos() {
        return processingNanos + propagationNanos;
    }

    /// As in the files: `(0, 1)`.
    @Override
    public String toString() {
        return "(" + from + ", " + to + ")";
    }
}
