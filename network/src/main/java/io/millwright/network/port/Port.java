package io.millwright.network.port;

import io.millwright.network.curve.Data;
import io.millwright.network.curve.Rate;
import io.millwright.network.curve.Time;
import java.util.Map;
import java.util.Set;

/// The sending side of a port of a bridge or station: a queue for each traffic class, 7 before all others, 0
/// after all others, and a link. A frame comes to a queue as a whole: when all of it has come (store and
/// forward), or some time between that and the coming of its head (cut-through).
///
/// @param id its name
/// @param rate the rate of the link; above zero
/// @param leastDelay the least time from the last bit of a frame being sent until the frame is in the next
///     queue, or at its receiver: the way along the link, and what the next bridge needs to forward it;
///     negative where that bridge cuts through ([#ahead])
/// @param mostDelay the longest such time; not below the least
/// @param bestEffort the largest frame, on the wire, of class 0 traffic that is not among the flows, of which
///     there may be any amount; zero for none
/// @param idleSlopes the classes that have a credit-based shaper (802.1Q, 8.6.8.2), and the rates they reserve
/// @param preemption which classes may be preempted
/// @param gates when the gate of each class is open
/// @param regulated the classes whose flows are shaped each to its rate and burst before they come to their
///     queue (asynchronous traffic shaping, 802.1Q, 8.6.5.6 and 8.6.11)
public record Port(
        String id,
        Rate rate,
        Time leastDelay,
        Time mostDelay,
        Data bestEffort,
        Map<Integer, Rate> idleSlopes,
        Preemption preemption,
        GateList gates,
        Set<Integer> regulated,
        Map<Integer, Time> cycles) {

    /// No bridge sends a frame on before so much of it has come: preamble, start of frame and destination
    /// address (IEEE 802.3, 3.1.1).
    public static final int HEAD_OCTETS = 14;

    /// How much earlier than its end the head of a frame comes.
    ///
    /// @param frame all that is sent of it, from the preamble on
    /// @param rate of the link
    public static Time ahead(Data frame, Rate rate) {
        return frame.minus(Data.of(8 * HEAD_OCTETS)).max(Data.ZERO).at(rate);
    }

    /// The highest traffic class.
    public static final int HIGHEST = 7;

    public Port {
        idleSlopes = Map.copyOf(idleSlopes);
        regulated = Set.copyOf(regulated);
        cycles = Map.copyOf(cycles);
    }

    /// By how much the time from this port to the next queue varies.
    Time jitter() {
        return mostDelay.minus(leastDelay);
    }

    /// The same port without best effort.
    Port withoutBestEffort() {
        return new Port(id, rate, leastDelay, mostDelay, Data.ZERO, idleSlopes, preemption, gates, regulated, cycles);
    }
}
