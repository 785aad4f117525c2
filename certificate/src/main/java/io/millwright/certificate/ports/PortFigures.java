package io.millwright.certificate.ports;

import java.util.List;

/// What a trace of bounds of ports proves.
///
/// @param ports how many ports the network has
/// @param flows how many flows
/// @param queues for how many queues a longest delay was proved
/// @param delays the bounds
public record PortFigures(int ports, int flows, int queues, List<Delay> delays) {

    public PortFigures {
        delays = List.copyOf(delays);
    }

    /// A bound.
    ///
    /// @param flow the name of the flow
    /// @param method how it was found
    /// @param delay the bound as a fraction, in seconds where the network has units
    public record Delay(String flow, String method, String delay) {}
}
