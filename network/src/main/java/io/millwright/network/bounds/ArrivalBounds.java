package io.millwright.network.bounds;

import io.millwright.network.curve.TokenBucket;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/// What comes of a set of flows at a server within the graph, under arbitrary multiplexing.
///
/// The flows are followed back as long as all of them come from the same server; over that [Tandem] they are
/// taken as one flow that all others overtake, and what they send grows by their rate times the latency that is
/// left. Where they came together, what comes is the sum over the servers they came from. A bound holds for
/// whatever the flow under analysis does, except that this flow is left out where both are known to be on that
/// flow's own way: see `docs/reference/network-bounds.md` for why it may be left out there and not further
/// back.
final class ArrivalBounds {

    private final Routes routes;
    private final Map<Place, TokenBucket> known = new HashMap<>();
    private final Map<Place, TokenBucket> knownForFlow = new HashMap<>();
    private int lastFlow = Routes.SOURCE;

    ArrivalBounds(Routes routes) {
        this.routes = routes;
    }

    private record Place(FlowSet flows, int server, int origin) {}

    /// What comes of the flows from one server, or from their sources, to another.
    ///
    /// @param without the flow that is left out at servers on its way that are directly before this one, or
    ///     [Routes#SOURCE]
    TokenBucket of(FlowSet flows, int server, int origin, int without) {
        if (origin == Routes.SOURCE) {
            return sources(flows);
        }
        if (without != Routes.SOURCE && without != lastFlow) {
            knownForFlow.clear();
            lastFlow = without;
        }
        var memory = without == Routes.SOURCE ? known : knownForFlow;
        var place = new Place(flows, server, origin);
        var bound = memory.get(place);
        if (bound == null) {
            bound = compute(flows, server, origin, without);
            memory.put(place, bound);
        }
        return bound;
    }

    private TokenBucket sources(FlowSet flows) {
        return flows.stream().mapToObj(routes::source).reduce(TokenBucket.NOTHING, TokenBucket::plus);
    }

    private TokenBucket compute(FlowSet flows, int server, int origin, int without) {
        var way = new ArrayDeque<Integer>();
        for (int at = origin; at != Routes.SOURCE; at = routes.commonOrigin(flows, at)) {
            way.addFirst(at);
        }
        int[] servers = way.stream().mapToInt(Integer::intValue).toArray();
        var withoutFlow = new boolean[servers.length];
        int next = server;
        for (int t = servers.length - 1; t >= 0 && without != Routes.SOURCE; t--) {
            if (!routes.goes(without, servers[t], next)) {
                break;
            }
            withoutFlow[t] = true;
            next = servers[t];
        }
        var arrivals = TokenBucket.NOTHING;
        for (var entry : routes.byOrigin(flows, servers[0]).entrySet()) {
            int from = entry.getKey();
            boolean still = withoutFlow[0] && from != Routes.SOURCE && routes.goes(without, from, servers[0]);
            arrivals = arrivals.plus(of(entry.getValue(), servers[0], from, still ? without : Routes.SOURCE));
        }
        var tandem = new Tandem(routes, this, servers, flows, without, withoutFlow);
        return arrivals.after(tandem.bestCuts().leftover().latency());
    }
}
