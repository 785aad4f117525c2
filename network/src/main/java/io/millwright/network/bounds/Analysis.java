package io.millwright.network.bounds;

import io.millwright.network.curve.Data;
import io.millwright.network.curve.RateLatency;
import io.millwright.network.curve.Time;
import io.millwright.network.curve.TokenBucket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The analysis of a graph. It remembers what it found for one flow and uses it for the next; it is not for
/// several threads at once.
///
/// The graph must have been checked by [GraphRules]: no cycles, no server overloaded.
public final class Analysis {

    private final Routes routes;
    private final ArrivalBounds arbitrary;
    private final OrderedBounds ordered;
    private final Map<Integer, TokenBucket> totals = new HashMap<>();

    /// An analysis of a graph that [GraphRules] found nothing wrong with.
    public Analysis(ServerGraph graph) {
        routes = new Routes(graph);
        arbitrary = new ArrivalBounds(routes);
        ordered = new OrderedBounds(routes, arbitrary);
    }

    /// The bounds of a flow by some methods, in their order. Where a method has no bound — a server whose flows
    /// bring all it can serve, under total flow analysis for arbitrary multiplexing — it is left out.
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
        return switch (method) {
            case ARBITRARY_TFA -> totalFlow(flow);
            case ARBITRARY_SFA -> Optional.of(left(flow, method, tandem(flow).allCuts()));
            case ARBITRARY_PMOO -> Optional.of(left(flow, method, tandem(flow).noCuts()));
            case ARBITRARY_TMA -> Optional.of(left(flow, method, tandem(flow).bestCuts()));
            case FIFO_TFA -> Optional.of(ordered.totalFlow(flow));
            case FIFO_SFA -> Optional.of(ordered.separateFlow(flow));
            case FIFO_LUDB -> Optional.of(ordered.nested(flow));
        };
    }

    private Tandem tandem(int flow) {
        var all = new boolean[routes.path(flow).length];
        Arrays.fill(all, true);
        return new Tandem(routes, arbitrary, routes.path(flow), FlowSet.of(flow), flow, all);
    }

    private Bound left(int flow, Method method, Tandem.Cuts cuts) {
        var left = cuts.leftover();
        var delay = left.latency().plus(routes.source(flow).burst().at(left.rate()));
        return new Bound(method, delay, cuts.steps());
    }

    /// The sum of how long each server on the way can be busy: until what it guarantees has caught up with all
    /// that may come.
    private Optional<Bound> totalFlow(int flow) {
        var delay = Time.ZERO;
        var steps = new ArrayList<Step>();
        for (int server : routes.path(flow)) {
            var total = total(server);
            var service = routes.service(server);
            boolean alone = routes.flowsAt(server).length == 1;
            var spare = alone ? service.rate() : service.rate().minus(total.rate());
            if (!spare.isPositive()) {
                return Optional.empty();
            }
            var own = alone
                    ? service.latency().plus(total.burst().at(spare))
                    : service.rate()
                            .during(service.latency())
                            .plus(total.burst())
                            .at(spare);
            delay = delay.plus(own);
            steps.add(ordered.step(server, new RateLatency(spare, own), total));
        }
        return Optional.of(new Bound(Method.ARBITRARY_TFA, delay, steps));
    }

    private TokenBucket total(int server) {
        var known = totals.get(server);
        if (known == null) {
            known = TokenBucket.NOTHING;
            var origins = Routes.grouped(Arrays.stream(routes.flowsAt(server)), f -> routes.before(f, server));
            for (var entry : origins.entrySet()) {
                known = known.plus(arbitrary.of(entry.getValue(), server, entry.getKey(), Routes.SOURCE));
            }
            totals.put(server, known);
        }
        return known;
    }

    /// The most data that waits at a server at once, whatever the order it serves in: the vertical deviation of
    /// all that comes.
    ///
    /// @param server the place of the server in the graph
    public Data backlog(int server) {
        return total(server).during(routes.service(server).latency());
    }
}
