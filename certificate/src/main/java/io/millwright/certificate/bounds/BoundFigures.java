package io.millwright.certificate.bounds;

import java.util.List;

/// What a trace of bounds proves.
///
/// @param flows how many flows the network has
/// @param claims how many claims of arrivals were derived
/// @param delays the bounds
public record BoundFigures(int flows, int claims, List<Delay> delays) {

    public BoundFigures {
        delays = List.copyOf(delays);
    }

    /// A bound.
    ///
    /// @param flow the name of the flow
    /// @param method how it was found
    /// @param delay the bound as a fraction, in seconds where the network has units
    public record Delay(String flow, String method, String delay) {}
}
