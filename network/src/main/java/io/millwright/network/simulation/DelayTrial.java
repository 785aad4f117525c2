package io.millwright.network.simulation;

import io.millwright.network.bounds.Analysis;
import io.millwright.network.bounds.Bound;
import io.millwright.network.bounds.Method;
import io.millwright.network.bounds.ServerGraph;
import io.millwright.network.number.Rational;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/// Bounds of graphs held against runs that are meant to harm: half of them in order of arrival, half in orders
/// of the adversary's choice. It remembers how near they came.
public final class DelayTrial {

    private final Set<Method> methods;
    private final int runs;
    private final int slots;
    private final Map<Method, Double> closest = new EnumMap<>(Method.class);
    private final Map<Method, Double> closestInCycles = new EnumMap<>(Method.class);

    /// @param methods whose bounds are tried
    /// @param runs how many runs a graph gets
    /// @param slots for how long sources send
    public DelayTrial(Set<Method> methods, int runs, int slots) {
        this.methods = Set.copyOf(methods);
        this.runs = runs;
        this.slots = slots;
    }

    /// Tries one graph.
    ///
    /// @return what came above its bound; empty where nothing did
    public Optional<String> run(ServerGraph graph, SplittableRandom random) {
        return run(graph, new Analysis(graph), random);
    }

    private Optional<String> run(ServerGraph graph, Analysis analysis, SplittableRandom random) {
        var bounds = new ArrayList<List<Bound>>();
        for (int flow = 0; flow < graph.flows().size(); flow++) {
            bounds.add(analysis.bounds(flow, methods));
        }
        for (int run = 0; run < runs; run++) {
            boolean inOrder = run % 2 == 1;
            var simulation = new NetworkSimulation(graph);
            var delays = simulation.run(slots, new Harm(graph, random, inOrder));
            for (int flow = 0; flow < delays.length; flow++) {
                var above = above(delays[flow], bounds.get(flow), inOrder);
                if (above.isPresent()) {
                    int place = flow;
                    return above.map(a -> a + " of flow " + place + " in " + graph);
                }
            }
            for (int server = 0; server < graph.servers().size(); server++) {
                var most = analysis.backlog(server, inOrder);
                long backlog = simulation.largestBacklog(server);
                if (most.isPresent()
                        && Rational.of(backlog).compareTo((Rational) most.get().bits()) > 0) {
                    return Optional.of("backlog %d of a bound %s at server %d in %s"
                            .formatted(backlog, most.get().bits(), server, graph));
                }
            }
        }
        return Optional.empty();
    }

    private Optional<String> above(int delay, List<Bound> bounds, boolean inOrder) {
        boolean settled = bounds.size() > 2 || methods.size() <= 2; // total flow analysis alone is there for cycles
        var near = settled ? closest : closestInCycles;
        for (var bound : bounds) {
            if (inOrder || !bound.method().isInOrder()) {
                var most = (Rational) bound.delay().seconds();
                if (Rational.of(delay).compareTo(most) > 0) {
                    return Optional.of(bound.method().key() + ": delay " + delay + " of a bound " + most);
                }
                near.merge(bound.method(), delay / most.toDouble(), Math::max);
            }
        }
        return Optional.empty();
    }

    /// How near a run came to a bound of a method where no cycle matters: 1 is the bound itself.
    public double closest(Method method) {
        return closest.getOrDefault(method, 0.0);
    }

    /// How near a run came to a bound of a method for a flow on or behind a cycle.
    public double closestInCycles(Method method) {
        return closestInCycles.getOrDefault(method, 0.0);
    }
}
