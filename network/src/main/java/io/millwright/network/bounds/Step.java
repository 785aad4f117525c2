package io.millwright.network.bounds;

import io.millwright.network.curve.RateLatency;
import io.millwright.network.curve.TokenBucket;
import java.util.List;

/// One step of how a bound came about: a stretch of servers and what the others leave of it.
///
/// @param servers the servers of the stretch, in order
/// @param leftover what is left for the flow on it
/// @param cross who else is on it
public record Step(List<String> servers, RateLatency leftover, List<Cross> cross) {

    /// Flows that join a stretch together and leave it together.
    ///
    /// @param flows their names
    /// @param from the server of the stretch they pass first
    /// @param to the server of the stretch they pass last
    /// @param arrivals what comes of them at the first
    public record Cross(List<String> flows, String from, String to, TokenBucket arrivals) {}
}
