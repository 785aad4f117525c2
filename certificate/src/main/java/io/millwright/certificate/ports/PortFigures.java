package io.millwright.certificate.ports;

import java.util.List;

/// What a trace of bounds of ports proves.
///
/// @param ports how many ports the network has
/// @param flows how many flows
/// @param queues for how many queues a longest delay was proved
/// @param delays the bounds of delays
/// @param backlogs the bounds of what is in queues
public record PortFigures(int ports, int flows, int queues, List<Delay> delays, List<Backlog> backlogs) {

    public PortFigures {
        delays = List.copyOf(delays);
        backlogs = List.copyOf(backlogs);
    }

    /// No more is in a queue, or being sent of it, at once.
    ///
    /// @param port the name of the port
    /// @param bits the bound as a fraction, in bits on the wire, in whole frames
    public record Backlog(String port, int trafficClass, String bits) {}

    /// A bound.
    ///
    /// @param flow the name of the flow
    /// @param method how it was found
    /// @param delay the bound as a fraction, in seconds where the network has units
    public record Delay(String flow, String method, String delay) {}
}
