package io.millwright.network.model;

import io.millwright.network.bounds.ServerGraph;
import io.millwright.network.curve.Data;
import io.millwright.network.port.FrameFlow;
import io.millwright.network.port.GateList;
import io.millwright.network.port.Port;
import io.millwright.network.port.PortNetwork;
import io.millwright.network.port.Preemption;
import io.millwright.network.schedule.Message;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The ports of a network without gates, of which bridges shape sporadic streams.
///
/// At each port scheduled streams share one queue, sporadic ones the queue below, all others have the one below
/// that: they are sent by strict priority. It is what is left of a port beside a schedule when its gates are always
/// open. Only the queue of sporadic streams is shaped.
final class ShapedPorts {

    /// The class of scheduled streams.
    static final int SCHEDULED = 2;

    /// The class of sporadic streams.
    static final int SPORADIC = 1;

    private static final int STATION_QUEUES = 8;

    /// The longest frame of Ethernet with a tag, with preamble, check sequence and gap.
    private static final Data OTHERS = Data.of(1542 * 8);

    private final Ways ways;
    private final Map<PortGraph.Taken, List<Ways.Port>> taken;
    private final Map<String, NetworkModel.Bridge> bridges = new HashMap<>();
    private final Set<Ways.Port> ports = new LinkedHashSet<>();

    /// @param taken the flows, with the ports that they pass
    ShapedPorts(NetworkModel network, Ways ways, Map<PortGraph.Taken, List<Ways.Port>> taken) {
        this.ways = ways;
        this.taken = taken;
        network.bridges().forEach(b -> bridges.put(b.name(), b));
        taken.values().forEach(ports::addAll);
    }

    /// Whether a sporadic stream passes a port that shapes it.
    static boolean shape(NetworkModel network, Map<PortGraph.Taken, List<Ways.Port>> taken) {
        var shaping = network.bridges().stream()
                .filter(b -> !(b.shaper() instanceof NetworkModel.Unshaped))
                .map(NetworkModel.Bridge::name)
                .toList();
        return taken.entrySet().stream()
                .filter(e -> !e.getKey().stream().scheduled())
                .anyMatch(e -> e.getValue().stream().anyMatch(p -> shaping.contains(p.from())));
    }

    /// Why there are no bounds.
    Optional<Message> mistake() {
        for (var port : ports) {
            if (port.slot().isPresent()) {
                return Optional.of(Message.of(
                                "shaped-slots",
                                "port {port} sends in slots, and in one network with switches that shape sporadic"
                                        + " streams it has no bounds yet; leave out one of both")
                        .figure("port", port.name()));
            }
            var bridge = bridges.get(port.from());
            int queues = bridge == null ? STATION_QUEUES : bridge.queues();
            long needed = 1
                    + passing(port).stream()
                            .map(f -> f.stream().scheduled())
                            .distinct()
                            .count();
            if (queues < needed) {
                return Optional.of(Message.of(
                                "shaped-queues",
                                "port {port} has {queues} queues and needs {needed}: where switches shape sporadic"
                                        + " streams, these, scheduled ones and all others have one each")
                        .figure("port", port.name())
                        .figure("queues", queues)
                        .figure("needed", needed));
            }
        }
        return Optional.empty();
    }

    private List<PortGraph.Taken> passing(Ways.Port port) {
        return taken.entrySet().stream()
                .filter(e -> e.getValue().contains(port))
                .map(Map.Entry::getKey)
                .toList();
    }

    /// The ports, and the flows through them.
    ///
    /// @param graph the same flows, in the same order
    PortNetwork of(ServerGraph graph) {
        var places = new HashMap<Ways.Port, Integer>();
        ports.forEach(port -> places.put(port, places.size()));
        var flows = new ArrayList<FrameFlow>();
        taken.forEach((flow, way) -> {
            var like = graph.flows().get(flows.size());
            flows.add(new FrameFlow(
                    like.id(),
                    flow.stream().scheduled() ? SCHEDULED : SPORADIC,
                    way.stream().map(port -> places.getOrDefault(port, -1)).toList(),
                    flow.stream().frame(),
                    flow.stream().frame(),
                    like.arrivals()));
        });
        return new PortNetwork(
                graph.name(), Data.ZERO, ports.stream().map(this::port).toList(), flows);
    }

    private Port port(Ways.Port port) {
        var bridge = bridges.get(port.from());
        var largest = passing(port).stream().map(f -> f.stream().frame()).reduce(Data.ZERO, Data::max);
        return port(
                ways,
                port,
                largest,
                bridge == null ? new NetworkModel.Unshaped() : bridge.shaper(),
                new GateList(List.of()));
    }

    /// A port that shapes sporadic streams, with a frame of others in the way. A bridge of which one time is said may
    /// need any time up to that.
    ///
    /// @param largest the largest frame of a stream that passes it
    static Port port(Ways ways, Ways.Port port, Data largest, NetworkModel.Shaper shaper, GateList gates) {
        var between = ways.between(port, largest);
        var processing = ways.processing(port.to());
        return new Port(
                port.name(),
                port.link().rate(),
                processing.isExact() ? between.least().minus(processing.least()) : between.least(),
                between.most(),
                OTHERS,
                shaper instanceof NetworkModel.Credit(var slope) ? Map.of(SPORADIC, slope) : Map.of(),
                Preemption.NONE,
                gates,
                shaper instanceof NetworkModel.Asynchronous ? Set.of(SPORADIC) : Set.of(),
                Map.of());
    }
}
