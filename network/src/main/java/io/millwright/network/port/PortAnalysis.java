package io.millwright.network.port;

import io.millwright.network.bounds.Bound;
import io.millwright.network.bounds.Method;
import io.millwright.network.bounds.Step;
import io.millwright.network.curve.ConcaveCurve;
import io.millwright.network.curve.Data;
import io.millwright.network.curve.RateLatency;
import io.millwright.network.curve.Time;
import io.millwright.network.schedule.Message;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/// The bounds of a network of ports: class by class, from the highest down.
public final class PortAnalysis {

    private final PortNetwork network;
    private final Map<Integer, QueueBounds> found = new HashMap<>();
    private final Map<Integer, ClassGraph> graphs = new HashMap<>();
    private final List<List<Queue>> queues;

    /// What came of an analysis.
    public sealed interface Outcome {}

    /// Every flow has a bound.
    public record Bounded(PortAnalysis analysis) implements Outcome {}

    /// The network is not covered, or no bound is proved for some class.
    ///
    /// @param why where, what is wrong and what would be right
    public record Unbounded(Message why) implements Outcome {}

    /// The queue of a class at a port.
    ///
    /// @param port the place of the port in the network
    /// @param trafficClass the class
    /// @param flows the flows in it, by their names
    /// @param delay no frame is longer in the queue, until its last bit has been sent
    /// @param backlog no more data are there at once, in whole frames on the wire
    /// @param service what the port guarantees in the long run, and the time before it
    /// @param arrivals what comes to the queue
    public record Queue(
            int port,
            int trafficClass,
            List<String> flows,
            Time delay,
            Data backlog,
            RateLatency service,
            ConcaveCurve arrivals) {
        public Queue {
            flows = List.copyOf(flows);
        }
    }

    /// How long a flow is in its queue at a port at the most, until its time on the link is over.
    ///
    /// @param flow its place in the network
    /// @param port the place of the port
    public record Wait(int flow, int port, Time time) {}

    private PortAnalysis(PortNetwork network) {
        this.network = network;
        queues = network.ports().stream()
                .<List<Queue>>map(_ -> new ArrayList<>())
                .toList();
        var passing = network.flowsByPort();
        var states = IntStream.range(0, passing.size())
                .mapToObj(p -> new PortState(network.ports().get(p), passing.get(p)))
                .toList();
        for (int c = Port.HIGHEST; c >= 0; c--) {
            analyse(c, states, passing);
        }
    }

    /// Analyses a network.
    public static Outcome of(PortNetwork network) {
        try {
            PortRules.check(network);
            return new Bounded(new PortAnalysis(network));
        } catch (NoBound e) {
            return new Unbounded(e.why());
        }
    }

    private void analyse(int trafficClass, List<PortState> states, List<List<FrameFlow>> passing) {
        var services = new TreeMap<Integer, ClassService>();
        var credits = new HashMap<Integer, Credit>();
        for (int p = 0; p < states.size(); p++) {
            if (!names(passing.get(p), trafficClass).isEmpty()) {
                services.put(p, states.get(p).service(trafficClass));
                var credit = states.get(p).creditOf(trafficClass);
                if (credit.isPresent()) {
                    credits.put(p, credit.get());
                }
            }
        }
        if (services.isEmpty()) {
            return;
        }
        boolean inCycles = network.ports().get(services.firstKey()).cycles().containsKey(trafficClass);
        var bounds = inCycles
                ? new CyclicQueues(network, trafficClass, services, passing)
                : new ClassDelays(network, trafficClass, services, credits);
        found.put(trafficClass, bounds);
        services.forEach((p, service) -> {
            var ready = bounds.ready(p);
            states.get(p).add(trafficClass, ready, bounds.sending(p));
            queues.get(p)
                    .add(new Queue(
                            p,
                            trafficClass,
                            names(passing.get(p), trafficClass),
                            bounds.longest(p)
                                    .minus(network.gapAt(network.ports().get(p))),
                            bounds.backlog(p),
                            service.inOrder().parts().getLast(),
                            ready));
        });
        if (!inCycles) {
            ClassGraph.of(network, trafficClass, services, states).ifPresent(g -> graphs.put(trafficClass, g));
        }
    }

    private static List<String> names(List<FrameFlow> flows, int trafficClass) {
        return flows.stream()
                .filter(f -> f.trafficClass() == trafficClass)
                .map(FrameFlow::id)
                .toList();
    }

    /// The queues of a port that flows pass, from the highest class down.
    public List<Queue> queues(int port) {
        return List.copyOf(queues.get(port));
    }

    /// The bounds of a class in its queues, if it has flows.
    Optional<QueueBounds> queuesOf(int trafficClass) {
        return Optional.ofNullable(found.get(trafficClass));
    }

    /// For how long the flows of a class are in their queues: in each list those that follow from the lists before it.
    /// Queues that depend on each other in a cycle are in one, and so are all of a class with cyclic queuing.
    public List<List<Wait>> waits(int trafficClass) {
        return queuesOf(trafficClass)
                .map(bounds -> switch (bounds) {
                    case ClassDelays found ->
                        found.order().stream()
                                .map(ports -> waits(trafficClass, ports, found::delay))
                                .toList();
                    case CyclicQueues found ->
                        List.of(waits(
                                trafficClass,
                                IntStream.range(0, network.ports().size())
                                        .boxed()
                                        .toList(),
                                (flow, place) -> found.longest(
                                        network.flows().get(flow).path().get(place))));
                })
                .orElse(List.of());
    }

    private List<Wait> waits(int trafficClass, List<Integer> ports, BiFunction<Integer, Integer, Time> delays) {
        var waits = new ArrayList<Wait>();
        for (int port : ports) {
            for (int f = 0; f < network.flows().size(); f++) {
                var flow = network.flows().get(f);
                int place = flow.path().indexOf(port);
                if (flow.trafficClass() == trafficClass && place >= 0) {
                    waits.add(new Wait(f, port, delays.apply(f, place)));
                }
            }
        }
        return waits;
    }

    /// Whether flows delay each other in a cycle in some class.
    public boolean isCyclic() {
        return found.values().stream().anyMatch(QueueBounds::isCyclic);
    }

    /// The bounds of a flow by some methods, in their order: from its first queue until its last bit is at its
    /// receiver. Total flow analysis in order of arrival always has one.
    ///
    /// @param flow the place of the flow in the network
    public List<Bound> bounds(int flow, Set<Method> methods) {
        var others = EnumSet.noneOf(Method.class);
        others.addAll(methods);
        others.remove(Method.FIFO_TFA);
        var graph = graphs.get(network.flows().get(flow).trafficClass());
        var bounds = new ArrayList<Bound>();
        if (graph != null) {
            bounds.addAll(graph.bounds(flow, others));
        }
        if (methods.contains(Method.FIFO_TFA)) {
            bounds.add(totalFlow(flow));
        }
        bounds.sort((a, b) -> a.method().compareTo(b.method()));
        return bounds;
    }

    private Bound totalFlow(int place) {
        var flow = network.flows().get(place);
        var bounds = found.get(flow.trafficClass());
        if (bounds == null) {
            throw new IllegalArgumentException("no flow at " + place);
        }
        var delay = Time.ZERO;
        var steps = new ArrayList<Step>();
        for (int i = 0; i < flow.path().size(); i++) {
            int port = flow.path().get(i);
            var own = bounds.passing(place, i);
            delay = delay.plus(own);
            steps.add(step(flow.trafficClass(), network.ports().get(port), queues(port), own));
        }
        return new Bound(Method.FIFO_TFA, delay, steps);
    }

    /// One queue of a flow's way: the rate left in the long run, the delay, and what comes of its class and of
    /// each one above.
    private static Step step(int trafficClass, Port port, List<Queue> queues, Time delay) {
        var crosses = new ArrayList<Step.Cross>();
        var rate = port.rate();
        for (var queue : queues) {
            if (queue.trafficClass() >= trafficClass) {
                crosses.add(new Step.Cross(
                        queue.flows(),
                        port.id(),
                        port.id(),
                        queue.arrivals().buckets().getLast()));
            }
            if (queue.trafficClass() == trafficClass) {
                rate = queue.service().rate();
            }
        }
        return new Step(List.of(port.id()), new RateLatency(rate, delay), crosses);
    }
}
