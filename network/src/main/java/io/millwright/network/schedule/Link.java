package io.millwright.network.schedule;

/// One direction of a link between two nodes, with the port that sends on it.
///
/// @param from the node that sends
/// @param to the node that receives
/// @param queues how many queues the port has, 1 to 8
/// @param megabitsPerSecond its rate: 1000 for 1 Gbit/s
/// @param processingNanos from the end of arrival at `to` until the frame is in its queue there, at most
/// @param propagationNanos how long a bit travels, at most
/// @param limits what the port can do, besides what all can, and how far its clock is to be trusted
/// @param earliest the least of these times
public record Link(
        int from,
        int to,
        int queues,
        long megabitsPerSecond,
        long processingNanos,
        long propagationNanos,
        Limits limits,
        Earliest earliest) {

    /// All of a frame, whatever its length.
    public static final int WHOLE = Integer.MAX_VALUE;

    /// How early a frame may be there.
    ///
    /// @param processingNanos the least processing
    /// @param propagationNanos the least propagation
    /// @param octets so much of a frame has come when the far end begins to process it; [#WHOLE] if that stores
    ///     and forwards
    public record Earliest(long processingNanos, long propagationNanos, int octets) {

        /// The columns of tables that hold it.
        public static final String COLUMNS = ",t_proc_min,t_prop_min,cut_through";

        /// Its cells; none in a column that says nothing.
        public String cells() {
            return "," + processingNanos + "," + propagationNanos + "," + (octets == WHOLE ? "" : octets);
        }
    }

    /// A link over which all frames take the same time.
    public Link(
            int from,
            int to,
            int queues,
            long megabitsPerSecond,
            long processingNanos,
            long propagationNanos,
            Limits limits) {
        this(
                from,
                to,
                queues,
                megabitsPerSecond,
                processingNanos,
                propagationNanos,
                limits,
                new Earliest(processingNanos, propagationNanos, WHOLE));
    }

    /// The same, whose port has gates of any kind.
    public Link(int from, int to, int queues, long megabitsPerSecond, long processingNanos, long propagationNanos) {
        this(from, to, queues, megabitsPerSecond, processingNanos, propagationNanos, Limits.NONE);
    }

    /// Whether frames of some length may be there earlier than at the latest.
    public boolean varies() {
        return earliest.processingNanos < processingNanos
                || earliest.propagationNanos < propagationNanos
                || earliest.octets < WHOLE;
    }

    /// By how much a frame may be in its queue at the far end earlier than at the latest.
    long earlyNanos(int octets) {
        long ahead =
                earliest.octets < octets ? transmissionNanos(octets) - 8000L * earliest.octets / megabitsPerSecond : 0;
        return ahead + processingNanos - earliest.processingNanos + earlyArrivalNanos();
    }

    /// By how much its last bit may be at the far end earlier than at the latest.
    long earlyArrivalNanos() {
        return propagationNanos - earliest.propagationNanos;
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
