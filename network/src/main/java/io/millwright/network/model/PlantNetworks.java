package io.millwright.network.model;

import io.millwright.model.Network;
import io.millwright.network.curve.Data;
import io.millwright.network.curve.Rate;

/// The network of a plant file.
public final class PlantNetworks {

    private static final long BITS = 8;

    private PlantNetworks() {}

    /// The same network with quantities to compute with.
    public static NetworkModel of(Network network) {
        return new NetworkModel(
                network.switches().stream().map(PlantNetworks::bridge).toList(),
                network.stations().stream()
                        .map(s -> new NetworkModel.Station(s.name()))
                        .toList(),
                network.links().stream()
                        .map(l -> new NetworkModel.Link(
                                l.one(), l.other(), Rate.of(l.bitsPerSecond()), TimeRange.of(l.propagation())))
                        .toList(),
                network.streams().stream().map(PlantNetworks::stream).toList());
    }

    private static NetworkModel.Bridge bridge(Network.Switch bridge) {
        return new NetworkModel.Bridge(
                bridge.name(),
                TimeRange.of(bridge.processing()),
                bridge.forwarding() == Network.Forwarding.CUT_THROUGH,
                bridge.queues(),
                bridge.gates().map(Network.Gates::entries).orElse(Integer.MAX_VALUE),
                bridge.gates().map(g -> g.tick().toNanos()).orElse(1L),
                bridge.shaper().map(PlantNetworks::shaper).orElseGet(NetworkModel.Unshaped::new));
    }

    private static NetworkModel.Shaper shaper(Network.Shaper shaper) {
        return switch (shaper) {
            case Network.CreditShaper(long bitsPerSecond) -> new NetworkModel.Credit(Rate.of(bitsPerSecond));
            case Network.AsynchronousShaper() -> new NetworkModel.Asynchronous();
        };
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
