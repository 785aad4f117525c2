package io.millwright.certificate.schedule;

import java.util.List;

/// What a schedule that was verified is like. Times are in ns.
///
/// @param streams how many
/// @param frames how many are released in a hyperperiod
/// @param passages how often a frame is sent on a link in a hyperperiod
/// @param hyperperiod after which everything repeats
/// @param replayed hyperperiods until everything repeated and was judged
/// @param tightest the stream whose largest delay is the largest part of its deadline
/// @param ports those that scheduled frames pass, or that have gates
public record Figures(
        int streams,
        long frames,
        long passages,
        long hyperperiod,
        long replayed,
        Tightest tightest,
        List<PortFigures> ports) {

    public Figures {
        ports = List.copyOf(ports);
    }

    /// A stream and how close it comes to its deadline.
    ///
    /// @param delay the largest to any listener, with the sync error that was allowed for
    public record Tightest(String stream, long delay, long deadline) {}

    /// A port.
    ///
    /// @param link as the topology calls it
    /// @param entries of its gate control list; 0 if it has none
    /// @param buffer the most bytes that were in one of its queues at once; 0 for the port of a talker
    /// @param syncError how wrong its clock may be, besides what all may
    public record PortFigures(String link, int entries, long buffer, long syncError) {}
}
