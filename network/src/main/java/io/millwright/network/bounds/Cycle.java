package io.millwright.network.bounds;

import io.millwright.network.curve.Time;
import io.millwright.network.number.Rational;
import java.util.List;
import java.util.Optional;

/// Servers that delay each other in a cycle, or in several that share servers, and whether the delays there
/// have a bound.
///
/// @param way one cycle of them, by the servers' names; the first is also the last
/// @param servers all servers that lie on cycles with these, by their names
/// @param anyOrder the proof that the delays are bounded whatever the order of service, where there is one
/// @param inOrder the proof that they are bounded where all serve in order of arrival, where there is one
public record Cycle(List<String> way, List<String> servers, Optional<Proof> anyOrder, Optional<Proof> inOrder) {
    public Cycle {
        way = List.copyOf(way);
        servers = List.copyOf(servers);
    }

    /// Why the fixed point of total flow analysis is finite: why the matrix `A`, by which the delays depend on
    /// each other, has a spectral radius below one.
    public sealed interface Proof {}

    /// The delays were eliminated one after the other in fractions, and each still depended on itself by less
    /// than one: all pivots of `I − A` are positive.
    ///
    /// @param least the least pivot, above zero and at most one
    public record Pivots(Rational least) implements Proof {}

    /// Delays from which total flow analysis computes smaller ones, at each server.
    ///
    /// @param delays these delays, in the order of [Cycle#servers()]
    public record Vector(List<Time> delays) implements Proof {
        public Vector {
            delays = List.copyOf(delays);
        }
    }
}
