package io.millwright.network.bounds;

import io.millwright.network.curve.Data;
import io.millwright.network.curve.Time;
import io.millwright.network.solver.OrTools;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/// The analysis of a graph. It remembers what it found for one flow and uses it for the next; it is not for
/// several threads at once.
///
/// The graph must have been checked by [GraphRules]. Where flows delay each other in a cycle, or come to
/// servers behind one, the total flow analyses alone have bounds; these hold for a network that starts empty.
public final class Analysis {

    /// Cycles of up to so many servers are solved in fractions.
    public static final int MOST_IN_CYCLE = FixedPoint.MOST_EXACT;

    private final Routes routes;
    private final ArrivalBounds arbitrary;
    private final OrderedBounds ordered;
    private final Dependencies dependencies;
    private final TotalFlow total;
    private final TotalFlow totalInOrder;

    /// An analysis of a graph that [GraphRules] found nothing wrong with.
    public Analysis(ServerGraph graph) {
        routes = new Routes(graph);
        arbitrary = new ArrivalBounds(routes);
        ordered = new OrderedBounds(routes, arbitrary);
        dependencies = new Dependencies(graph);
        total = new TotalFlow(
                routes, dependencies, Method.ARBITRARY_TFA, (f, s, o) -> arbitrary.of(f, s, o, Routes.SOURCE));
        totalInOrder = new TotalFlow(routes, dependencies, Method.FIFO_TFA, ordered::of);
    }

    /// The bounds of a flow by some methods, in their order. Where a method has no bound it is left out:
    /// total flow analysis for arbitrary multiplexing at a server whose flows bring all it can serve, or in a
    /// cycle in which its fixed point is not finite; all but total flow analysis on and behind cycles.
    ///
    /// @param flow the place of the flow in the graph
    /// @param methods the methods to use
    public List<Bound> bounds(int flow, Set<Method> methods) {
        var bounds = new ArrayList<Bound>();
        for (var method : Method.values()) {
            if (methods.contains(method)) {
                bound(flow, method).ifPresent(bounds::add);
            }
        }
        return bounds;
    }

    private Optional<Bound> bound(int flow, Method method) {
        int[] path = routes.path(flow);
        boolean settled = dependencies.isSettled(path[path.length - 1]);
        if (!settled && method != Method.ARBITRARY_TFA && method != Method.FIFO_TFA) {
            return Optional.empty();
        }
        return switch (method) {
            case ARBITRARY_TFA -> total.bound(flow);
            case ARBITRARY_SFA -> Optional.of(left(flow, method, tandem(flow).allCuts()));
            case ARBITRARY_PMOO -> Optional.of(left(flow, method, tandem(flow).noCuts()));
            case ARBITRARY_TMA -> Optional.of(left(flow, method, tandem(flow).bestCuts()));
            case FIFO_TFA -> totalInOrder.bound(flow);
            case FIFO_SFA -> Optional.of(ordered.separateFlow(flow));
            case FIFO_LUDB -> Optional.of(ordered.nested(flow));
            case FIFO_LP -> linear(flow);
        };
    }

    private Optional<Bound> linear(int flow) {
        return derivation(flow).map(d -> new Bound(Method.FIFO_LP, Time.of(d.delay()), List.of()));
    }

    /// How the linear program bounds the delay of a flow; empty where there is no solver, or nothing is proved.
    Optional<LinearBound.Derivation> derivation(int flow) {
        if (!OrTools.isAvailable()) {
            return Optional.empty();
        }
        int[] path = routes.path(flow);
        var longest = Arrays.stream(path)
                .mapToObj(s -> totalInOrder.delay(s).orElseThrow().seconds())
                .toList();
        return new LinearBound(routes, path, crossings(flow), longest::get).delay();
    }

    /// All flows on the way of one, itself behind the others.
    List<Crossing> crossings(int flow) {
        int[] path = routes.path(flow);
        var crossings = Crossing.of(routes, ordered, path, flow, 0, path.length);
        crossings.add(new Crossing(0, path.length, FlowSet.of(flow), routes.source(flow)));
        return crossings;
    }

    private Tandem tandem(int flow) {
        return Tandem.of(routes, arbitrary, flow);
    }

    private Bound left(int flow, Method method, Tandem.Cuts cuts) {
        var left = cuts.leftover();
        var delay = left.latency().plus(routes.source(flow).burst().at(left.rate()));
        return new Bound(method, delay, cuts.steps());
    }

    /// The most data that waits at a server at once: the vertical deviation of all that comes. None where what
    /// comes to it has no finite bound, or none is proved.
    ///
    /// @param server the place of the server in the graph
    /// @param inOrder whether all servers serve in order of arrival; needed where there are cycles only
    public Optional<Data> backlog(int server, boolean inOrder) {
        var analysis = inOrder && !dependencies.isSettled(server) ? totalInOrder : total;
        return analysis.total(server).map(t -> t.during(routes.service(server).latency()));
    }

    /// The cycles in which flows delay each other: one of each part of the graph, in an order in which later
    /// ones depend on earlier ones.
    public List<Cycle> cycles() {
        var cycles = new ArrayList<Cycle>();
        for (int i = 0; i < dependencies.parts().size(); i++) {
            var part = dependencies.parts().get(i);
            if (part.length > 1) {
                cycles.add(new Cycle(
                        ids(dependencies.cycle(part).stream().mapToInt(Integer::intValue)),
                        ids(Arrays.stream(part)),
                        total.proof(i),
                        totalInOrder.proof(i)));
            }
        }
        return cycles;
    }

    /// Total flow analysis.
    TotalFlow total(boolean inOrder) {
        return inOrder ? totalInOrder : total;
    }

    /// Whether a server lies neither on a cycle nor behind one.
    boolean isSettled(int server) {
        return dependencies.isSettled(server);
    }

    /// Whether every cycle is small enough to be solved in fractions; otherwise bounds on and behind cycles are
    /// enclosures.
    public boolean canBeExact() {
        return dependencies.parts().stream().allMatch(p -> p.length <= FixedPoint.MOST_EXACT);
    }

    private List<String> ids(IntStream servers) {
        return servers.mapToObj(s -> routes.graph().servers().get(s).id()).toList();
    }
}
