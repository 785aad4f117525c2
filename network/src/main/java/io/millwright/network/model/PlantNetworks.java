package io.millwright.network.model;

import io.millwright.model.Network;
import io.millwright.network.curve.Data;
import io.millwright.network.curve.Rate;
import io.millwright.network.schedule.Limits;
import java.math.BigInteger;

/// The network of a plant file.
public final class PlantNetworks {

    private static final long BITS = 8;
    private static final long COARSEST = 1_000_000_000_000L;

    private PlantNetworks() {}

    /// The same network with quantities to compute with.
    public static NetworkModel of(Network network) {
        return new NetworkModel(
                network.switches().stream()
                        .map(s -> new NetworkModel.Bridge(s.name(), Nanos.of(s.processing()), s.queues()))
                        .toList(),
                network.stations().stream()
                        .map(s -> new NetworkModel.Station(s.name()))
                        .toList(),
                network.links().stream()
                        .map(l -> new NetworkModel.Link(
                                l.one(), l.other(), Rate.of(l.bitsPerSecond()), Nanos.of(l.propagation())))
                        .toList(),
                network.streams().stream().map(PlantNetworks::stream).toList());
    }

    /// What all switches of a plant can do that say something of their gates: the fewest entries, and the
    /// multiples of all ticks.
    public static Limits limits(Network network) {
        long tick = 1;
        int entries = Integer.MAX_VALUE;
        for (var bridge : network.switches()) {
            if (bridge.gates().isPresent()) {
                var gates = bridge.gates().get();
                entries = Math.min(entries, gates.entries());
                long one = gates.tick().toNanos();
                tick = BigInteger.valueOf(tick)
                        .divide(BigInteger.valueOf(tick).gcd(BigInteger.valueOf(one)))
                        .multiply(BigInteger.valueOf(one))
                        .min(BigInteger.valueOf(COARSEST))
                        .longValueExact();
            }
        }
        return new Limits(entries, 0, tick, 0, Long.MAX_VALUE);
    }

    private static NetworkModel.Stream stream(Network.Stream stream) {
        return new NetworkModel.Stream(
                stream.name(),
                stream.talker(),
                stream.listeners(),
                Data.of(stream.bytes() * BITS),
                Nanos.of(stream.period()),
                Nanos.of(stream.deadline()),
                Nanos.of(stream.jitter()),
                stream.timing() == Network.Timing.SCHEDULED,
                stream.redundant());
    }
}
