package io.millwright.network.bounds;

import io.millwright.network.curve.TokenBucket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
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
        var passage = passage(new Arrival(flows, server, origin, without));
        return passage.from().stream()
                .map(this::of)
                .reduce(TokenBucket.NOTHING, TokenBucket::plus)
                .after(passage.tandem().bestCuts().leftover().latency());
    }

    /// What comes of flows, by what the question of it is made of.
    ///
    /// @param origin the server they come from, or [Routes#SOURCE]
    /// @param without the flow that is left out, or [Routes#SOURCE]
    record Arrival(FlowSet flows, int server, int origin, int without) {}

    TokenBucket of(Arrival arrival) {
        return of(arrival.flows(), arrival.server(), arrival.origin(), arrival.without());
    }

    /// The servers that flows pass together, and what comes of them to the first.
    record Passage(List<Arrival> from, Tandem tandem) {}

    /// How flows that come from a server came there.
    Passage passage(Arrival arrival) {
        var flows = arrival.flows();
        int without = arrival.without();
        int[] servers = routes.commonWay(flows, arrival.origin());
        var withoutFlow = new boolean[servers.length];
        int next = arrival.server();
        for (int t = servers.length - 1; t >= 0 && without != Routes.SOURCE; t--) {
            if (!routes.goes(without, servers[t], next)) {
                break;
            }
            withoutFlow[t] = true;
            next = servers[t];
        }
        var from = new ArrayList<Arrival>();
        for (var entry : routes.byOrigin(flows, servers[0]).entrySet()) {
            int before = entry.getKey();
            boolean still = withoutFlow[0] && before != Routes.SOURCE && routes.goes(without, before, servers[0]);
            from.add(new Arrival(entry.getValue(), servers[0], before, still ? without : Routes.SOURCE));
        }
        return new Passage(from, new Tandem(routes, this, servers, flows, without, withoutFlow));
    }
}
