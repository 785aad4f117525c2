package io.millwright.network.bounds;

import io.millwright.network.curve.RateLatency;
import io.millwright.network.curve.Time;
import io.millwright.network.curve.TokenBucket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Bounds for servers in order of arrival.
///
/// At a server of rate `R` and latency `T`, others with burst `b` leave a flow their rate's difference after
/// the latency `T + b / R` (Le Boudec and Thiran, proposition 6.2.1 and corollary 6.2.1). Servers in a row that
/// exactly the same flows pass are, taken as one, again a server in order of arrival, whose curve is the
/// convolution: there the burst is paid only once. Nothing is left out of the others upstream: in order of
/// arrival, the flow under analysis delays the others as they delay it.
final class OrderedBounds {

    private final Routes routes;
    private final ArrivalBounds arbitrary;
    private final Map<Place, TokenBucket> known = new HashMap<>();

    OrderedBounds(Routes routes, ArrivalBounds arbitrary) {
        this.routes = routes;
        this.arbitrary = arbitrary;
    }

    private record Place(FlowSet flows, int server, int origin) {}

    /// What comes of the flows from one server, or from their sources, to another. What holds for arbitrary
    /// multiplexing holds here too.
    TokenBucket of(FlowSet flows, int server, int origin) {
        if (origin == Routes.SOURCE) {
            return arbitrary.of(flows, server, origin, Routes.SOURCE);
        }
        var place = new Place(flows, server, origin);
        var bound = known.get(place);
        if (bound == null) {
            bound = compute(flows, origin);
            var other = arbitrary.of(flows, server, origin, Routes.SOURCE);
            bound = other.burst().isTighterThan(bound.burst()) ? other : bound;
            known.put(place, bound);
        }
        return bound;
    }

    private TokenBucket compute(FlowSet flows, int origin) {
        int[] servers = routes.commonWay(flows, origin);
        var latency = Time.ZERO;
        for (var block : blocks(servers)) {
            latency = latency.plus(leftover(block, flows).latency());
        }
        return arrivals(flows, servers[0]).after(latency);
    }

    /// What comes of the flows to a server, from wherever.
    TokenBucket arrivals(FlowSet flows, int server) {
        var sum = TokenBucket.NOTHING;
        for (var entry : routes.byOrigin(flows, server).entrySet()) {
            sum = sum.plus(of(entry.getValue(), server, entry.getKey()));
        }
        return sum;
    }

    /// Servers in a row, cut where some flow joins or leaves.
    List<int[]> blocks(int[] servers) {
        var blocks = new ArrayList<int[]>();
        int begin = 0;
        for (int t = 1; t <= servers.length; t++) {
            if (t == servers.length || !samePassBoth(servers[t - 1], servers[t])) {
                blocks.add(Arrays.copyOfRange(servers, begin, t));
                begin = t;
            }
        }
        return blocks;
    }

    private boolean samePassBoth(int from, int to) {
        return Arrays.equals(routes.flowsAt(from), routes.flowsAt(to))
                && Arrays.stream(routes.flowsAt(to)).allMatch(f -> routes.goes(f, from, to));
    }

    private RateLatency whole(int[] block) {
        var whole = routes.service(block[0]);
        for (int t = 1; t < block.length; t++) {
            whole = whole.then(routes.service(block[t]));
        }
        return whole;
    }

    /// What the others leave of servers that all of them and the flows pass together.
    private RateLatency leftover(int[] block, FlowSet flows) {
        var whole = whole(block);
        var others = othersAt(block[0], flows);
        return new RateLatency(
                whole.rate().minus(others.rate()),
                whole.latency().plus(others.burst().at(whole.rate())));
    }

    /// What comes of all but some flows to a server.
    private TokenBucket othersAt(int server, FlowSet flows) {
        int[] others = Arrays.stream(routes.flowsAt(server))
                .filter(f -> !flows.contains(f))
                .toArray();
        return others.length == 0 ? TokenBucket.NOTHING : arrivals(FlowSet.of(others), server);
    }

    /// The convolution of what is left on each block of the way.
    Bound separateFlow(int flow) {
        var self = FlowSet.of(flow);
        var left = new ArrayList<RateLatency>();
        var steps = new ArrayList<Step>();
        for (var block : blocks(routes.path(flow))) {
            var leftover = leftover(block, self);
            left.add(leftover);
            steps.add(blockStep(block, leftover, self));
        }
        var service = left.stream().reduce(RateLatency::then).orElseThrow();
        var delay = service.latency().plus(routes.source(flow).burst().at(service.rate()));
        return new Bound(Method.FIFO_SFA, delay, steps);
    }

    private Step blockStep(int[] block, RateLatency leftover, FlowSet self) {
        var names = Arrays.stream(block)
                .mapToObj(s -> routes.graph().servers().get(s).id())
                .toList();
        var others = Arrays.stream(routes.flowsAt(block[0]))
                .filter(f -> !self.contains(f))
                .mapToObj(f -> routes.graph().flows().get(f).id())
                .toList();
        var cross = others.isEmpty()
                ? List.<Step.Cross>of()
                : List.of(new Step.Cross(others, names.getFirst(), names.getLast(), othersAt(block[0], self)));
        return new Step(names, leftover, cross);
    }

    /// Nested tandems, or separate flow analysis where that is better.
    Bound nested(int flow) {
        var separate = separateFlow(flow);
        var nested = new NestedTandems(routes, this, flow).bound();
        return nested.delay().isTighterThan(separate.delay())
                ? nested
                : new Bound(Method.FIFO_LUDB, separate.delay(), separate.steps());
    }
}
