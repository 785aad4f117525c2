package io.millwright.node.simulate;

import io.millwright.model.SignalName;
import io.millwright.model.text.Durations;
import io.millwright.node.command.UsageError;
import io.millwright.process.commissioning.SignalFault;
import io.millwright.process.commissioning.SignalFaults;

/// A fault of a signal for a while of virtual time.
///
/// @param untilNanos [Long#MAX_VALUE] for the rest of the time
public record TimedFault(SignalName signal, SignalFault fault, long fromNanos, long untilNanos) {

    /// How one is written.
    public static final String FORM = "SIGNAL:FAULT[@FROM[..UNTIL]]";

    /// Reads one, e.g. `tank-1/level:lost@5min..6min`.
    ///
    /// @throws UsageError if it is none; the message says what would be right
    static TimedFault parse(String text) {
        int at = text.lastIndexOf('@');
        String what = at < 0 ? text : text.substring(0, at);
        int colon = what.lastIndexOf(':');
        try {
            if (colon < 0) {
                throw new IllegalArgumentException("write " + FORM + ", e.g. tank-1/level:lost@5min..6min");
            }
            String[] times =
                    at < 0 ? new String[] {"0s"} : text.substring(at + 1).split("\\.\\.", 2);
            long from = Durations.parse(times[0]).toNanos();
            long until = times.length < 2
                    ? Long.MAX_VALUE
                    : Durations.parse(times[1]).toNanos();
            if (until <= from) {
                throw new IllegalArgumentException("it ends before it begins");
            }
            return new TimedFault(
                    SignalName.parse(what.substring(0, colon)),
                    SignalFaults.parse(what.substring(colon + 1)),
                    from,
                    until);
        } catch (IllegalArgumentException e) {
            throw new UsageError("--fault " + text + ": " + e.getMessage());
        }
    }

    boolean isAlong(TimedFault other) {
        return fromNanos == other.fromNanos && untilNanos == other.untilNanos;
    }

    boolean overlaps(TimedFault other) {
        return fromNanos < other.untilNanos && other.fromNanos < untilNanos;
    }
}
