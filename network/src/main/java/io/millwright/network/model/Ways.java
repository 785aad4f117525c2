package io.millwright.network.model;

import io.millwright.network.curve.Data;
import io.millwright.network.number.Rational;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/// The fastest ways through a network that waits for nobody: over bridges, never through a station.
final class Ways {

    private final Map<String, List<Port>> ports = new HashMap<>();
    private final Map<String, NetworkModel.Bridge> bridges = new HashMap<>();

    /// A port: one direction of a link.
    ///
    /// @param from the node it belongs to
    /// @param to the node it leads to
    record Port(String from, String to, NetworkModel.Link link) {

        /// The slots in which it sends, if it does.
        Optional<NetworkModel.Slot> slot() {
            return from.equals(link.other()) ? link.slot() : Optional.empty();
        }

        /// As people name it: the port of a node towards another.
        String name() {
            return from + "/" + to;
        }
    }

    /// The probability that a frame is late or lost on one of the links of a way: at most the sum of those of the
    /// links.
    static BigDecimal late(List<Port> way) {
        return way.stream().map(port -> port.link.late()).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private record Arrival(String node, long nanos, int order) {}

    Ways(NetworkModel network) {
        network.bridges().forEach(bridge -> bridges.put(bridge.name(), bridge));
        for (var link : network.links()) {
            add(new Port(link.one(), link.other(), link));
            add(new Port(link.other(), link.one(), link));
        }
    }

    private void add(Port port) {
        ports.computeIfAbsent(port.from, _ -> new ArrayList<>()).add(port);
    }

    /// From the arrival of a frame at a node until it is in the queue of its port.
    TimeRange processing(String node) {
        var bridge = bridges.get(node);
        return bridge == null ? TimeRange.ZERO : bridge.processing();
    }

    /// From the end of a frame on the link of a port until it is in the next queue or at its listener. A bridge
    /// that cuts through may have it there before its end.
    ///
    /// @param largest the largest frame that passes the port
    TimeRange between(Port port, Data largest) {
        var bridge = bridges.get(port.to);
        var processing = processing(port.to);
        var propagation = port.link.propagation();
        var least = propagation.least().plus(processing.least());
        boolean cuts = bridge != null && bridge.cutThrough() && port.link.isCable(); // others put frames together
        return new TimeRange(
                cuts ? least.minus(io.millwright.network.port.Port.ahead(largest, port.link.rate())) : least,
                propagation.most().plus(processing.most()));
    }

    /// The ports on the fastest way to a listener, in order; of several the one that leads over links that were
    /// named first. None where no way leads there.
    List<Port> way(NetworkModel.Stream stream, String listener) {
        var reached = new HashMap<String, Port>();
        var best = new HashMap<String, Long>(Map.of(stream.talker(), 0L));
        var next = new PriorityQueue<Arrival>(
                Comparator.comparingLong(Arrival::nanos).thenComparingInt(Arrival::order));
        next.add(new Arrival(stream.talker(), 0, 0));
        int order = 0;
        while (!next.isEmpty()) {
            var here = next.remove();
            boolean forwards = here.node.equals(stream.talker()) || bridges.containsKey(here.node);
            if (here.nanos > best.getOrDefault(here.node, 0L) || !forwards) {
                continue;
            }
            for (var port : ports.getOrDefault(here.node, List.of())) {
                long nanos = here.nanos + nanos(port, stream);
                if (nanos < best.getOrDefault(port.to, Long.MAX_VALUE)) {
                    best.put(port.to, nanos);
                    reached.put(port.to, port);
                    next.add(new Arrival(port.to, nanos, ++order));
                }
            }
        }
        var way = new ArrayDeque<Port>();
        var port = reached.get(listener);
        while (port != null) {
            way.addFirst(port);
            port = port.from.equals(stream.talker()) ? null : reached.get(port.from);
        }
        return List.copyOf(way);
    }

    private long nanos(Port port, NetworkModel.Stream stream) {
        var bits = (Rational) stream.frame().bits();
        double sending = bits.toDouble() / ((Rational) port.link.rate().bitsPerSecond()).toDouble();
        return Math.round(sending * 1e9)
                + Nanos.in(port.link.propagation().most())
                + Nanos.in(processing(port.to).most());
    }
}
