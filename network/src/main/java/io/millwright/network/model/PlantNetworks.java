package io.millwright.network.model;

import io.millwright.model.Network;
import io.millwright.network.curve.Data;
import io.millwright.network.curve.Rate;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The network of a plant file.
public final class PlantNetworks {

    private static final long BITS = 8;

    private PlantNetworks() {}

    /// The same network with quantities to compute with.
    public static NetworkModel of(Network network) {
        var domains = new HashMap<String, NetworkModel.Domain>();
        network.domains().forEach(d -> domains.put(d.name(), domain(d)));
        var model = new NetworkModel(
                network.switches().stream().map(s -> bridge(s, domains)).toList(),
                network.stations().stream()
                        .map(s -> new NetworkModel.Station(s.name()))
                        .toList(),
                network.links().stream().map(PlantNetworks::link).toList(),
                network.streams().stream().map(PlantNetworks::stream).toList());
        return RadioLinks.chosen(model, network.links());
    }

    /// A radio link by its highest percentile.
    private static NetworkModel.Link link(Network.Link link) {
        var cable = new NetworkModel.Link(
                link.one(), link.other(), Rate.of(link.bitsPerSecond()), TimeRange.of(link.propagation()));
        return switch (link.medium()) {
            case Network.Cable() -> cable;
            case Network.Radio(var _, var percentiles) -> RadioLinks.radio(cable, percentiles.getLast());
            case Network.Pon(var cycle, var bytes) ->
                new NetworkModel.Link(
                        cable.one(),
                        cable.other(),
                        cable.rate(),
                        cable.propagation(),
                        BigDecimal.ZERO,
                        Optional.of(new NetworkModel.Slot(Nanos.of(cycle), Data.of(bytes * BITS))));
        };
    }

    private static NetworkModel.Domain domain(Network.Domain domain) {
        return new NetworkModel.Domain(
                domain.name(),
                domain.kind() != Network.DomainKind.WIDE_AREA,
                domain.budget().map(Nanos::of),
                domain.sync().toNanos());
    }

    private static NetworkModel.Bridge bridge(Network.Switch bridge, Map<String, NetworkModel.Domain> domains) {
        return new NetworkModel.Bridge(
                bridge.name(),
                TimeRange.of(bridge.processing()),
                bridge.forwarding() == Network.Forwarding.CUT_THROUGH,
                bridge.queues(),
                bridge.gates().map(Network.Gates::entries).orElse(Integer.MAX_VALUE),
                bridge.gates().map(g -> g.tick().toNanos()).orElse(1L),
                bridge.shaper().map(PlantNetworks::shaper).orElseGet(NetworkModel.Unshaped::new),
                bridge.domain().map(domains::get).orElse(NetworkModel.Domain.WHOLE));
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
                stream.redundant(),
                stream.loss());
    }
}
