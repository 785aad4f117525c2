package io.millwright.network.port;

import io.millwright.network.bounds.Analysis;
import io.millwright.network.bounds.Bound;
import io.millwright.network.bounds.Flow;
import io.millwright.network.bounds.GraphRules;
import io.millwright.network.bounds.Method;
import io.millwright.network.bounds.Server;
import io.millwright.network.bounds.ServerGraph;
import io.millwright.network.curve.Data;
import io.millwright.network.curve.RateLatency;
import io.millwright.network.curve.Time;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/// One class as a graph of servers, one for each queue: what is strictly guaranteed to whole frames, by one
/// rate and latency, and flows with what their sources send.
///
/// The times between queues must be the same for all frames: they change nothing of what comes to a queue, and
/// are added to the delays. Flows that are shaped on their way have no such graph.
final class ClassGraph {

    private final PortNetwork network;
    private final Analysis analysis;
    private final Map<Integer, Integer> places;

    private ClassGraph(PortNetwork network, Analysis analysis, Map<Integer, Integer> places) {
        this.network = network;
        this.analysis = analysis;
        this.places = places;
    }

    static Optional<ClassGraph> of(
            PortNetwork network, int trafficClass, SortedMap<Integer, ClassService> services, List<PortState> states) {
        var servers = new ArrayList<Server>();
        var numbers = new HashMap<Integer, Integer>();
        for (var entry : services.entrySet()) {
            var port = network.ports().get(entry.getKey());
            var server = server(trafficClass, entry.getValue(), states.get(entry.getKey()));
            if (!port.jitter().seconds().isZero() || port.regulated().contains(trafficClass) || server.isEmpty()) {
                return Optional.empty();
            }
            numbers.put(entry.getKey(), servers.size());
            servers.add(new Server(port.id(), server.get()));
        }
        var flows = new ArrayList<Flow>();
        var places = new HashMap<Integer, Integer>();
        for (int f = 0; f < network.flows().size(); f++) {
            var flow = network.flows().get(f);
            if (flow.trafficClass() == trafficClass) {
                places.put(f, flows.size());
                flows.add(new Flow(
                        flow.id(),
                        flow.path().stream()
                                .map(p -> numbers.getOrDefault(p, 0))
                                .toList(),
                        flow.arrivals()));
            }
        }
        var graph = new ServerGraph(network.name(), servers, flows);
        if (GraphRules.mistake(graph).isPresent()) {
            return Optional.empty();
        }
        var analysis = new Analysis(graph);
        return Optional.of(
                new ClassGraph(network, analysis.canBeExact() ? analysis : new Analysis(graph.enclosed()), places));
    }

    /// The part of a service curve by which all that the sources send at once waits shortest; none where each
    /// is too slow.
    private static Optional<RateLatency> server(int trafficClass, ClassService service, PortState state) {
        var sent = state.sent(trafficClass);
        return service.strict().packetized(state.largest(trafficClass)).parts().stream()
                .filter(part -> part.rate().minus(sent.rate()).isPositive())
                .reduce((a, b) -> wait(b, sent.burst()).isTighterThan(wait(a, sent.burst())) ? b : a);
    }

    private static Time wait(RateLatency service, Data burst) {
        return service.latency().plus(burst.at(service.rate()));
    }

    /// The bounds of a flow of the class.
    ///
    /// @param flow its place in the network
    List<Bound> bounds(int flow, Set<Method> methods) {
        var between = network.flows().get(flow).path().stream()
                .map(network.ports()::get)
                .map(p -> p.mostDelay().minus(network.gapAt(p)))
                .reduce(Time.ZERO, Time::plus);
        return analysis.bounds(places.getOrDefault(flow, 0), methods).stream()
                .map(b -> new Bound(b.method(), b.delay().plus(between), b.steps()))
                .toList();
    }
}
