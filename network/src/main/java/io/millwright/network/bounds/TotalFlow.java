package io.millwright.network.bounds;

import io.millwright.network.curve.Rate;
import io.millwright.network.curve.RateLatency;
import io.millwright.network.curve.Time;
import io.millwright.network.curve.TokenBucket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Total flow analysis: the sum of the longest delays at each server on a flow's way.
///
/// With all that comes bounded by a burst `b` and a rate `r`, a server of rate `R` and latency `T` delays by at
/// most `T + b / R` in order of arrival, or where it has one flow only; in whatever other order it may be busy,
/// without a pause, until what it guarantees has caught up with all that may come: `(R T + b) / (R − r)`.
final class TotalFlow {
    private final Routes routes;
    private final Dependencies dependencies;
    private final Method method;
    private final CyclicDelays.Arrivals arrivals;
    private final Map<Integer, TokenBucket> totals = new HashMap<>();
    private @Nullable CyclicDelays cyclic;

    /// @param method which of the two
    /// @param arrivals what comes of flows to a settled server, or from one
    TotalFlow(Routes routes, Dependencies dependencies, Method method, CyclicDelays.Arrivals arrivals) {
        this.routes = routes;
        this.dependencies = dependencies;
        this.method = method;
        this.arrivals = arrivals;
    }

    /// The bound of a flow's delay; none where a server on its way may be busy for ever, or where the delays in
    /// a cycle have no finite fixed point.
    Optional<Bound> bound(int flow) {
        var delay = Time.ZERO;
        var steps = new ArrayList<Step>();
        for (int server : routes.path(flow)) {
            var own = delay(server);
            if (own.isEmpty()) {
                return Optional.empty();
            }
            delay = delay.plus(own.get());
            steps.add(step(server, own.get()));
        }
        return Optional.of(new Bound(method, delay, steps));
    }

    private Step step(int server, Time delay) {
        var id = routes.graph().servers().get(server).id();
        var flows = Arrays.stream(routes.flowsAt(server))
                .mapToObj(f -> routes.graph().flows().get(f).id())
                .toList();
        var cross = new Step.Cross(flows, id, id, total(server).orElseThrow());
        return new Step(List.of(id), new RateLatency(clearing(server), delay), List.of(cross));
    }

    /// How long a server delays at most.
    Optional<Time> delay(int server) {
        if (!dependencies.isSettled(server)) {
            return cyclic().delay(server);
        }
        var spare = clearing(server);
        if (!spare.isPositive()) {
            return Optional.empty();
        }
        var burst = settledTotal(server).burst();
        var service = routes.service(server);
        return Optional.of(
                isInTurn(server)
                        ? service.latency().plus(burst.at(spare))
                        : service.rate().during(service.latency()).plus(burst).at(spare));
    }

    /// Whether what comes at a server later delays nothing that came before.
    private boolean isInTurn(int server) {
        return method.isInOrder() || routes.flowsAt(server).length == 1;
    }

    /// The rate at which a server comes to the end of what a flow may have to wait for.
    private Rate clearing(int server) {
        var rate = routes.service(server).rate();
        return isInTurn(server) ? rate : rate.minus(brought(server));
    }

    private Rate brought(int server) {
        return dependencies.isSettled(server)
                ? settledTotal(server).rate()
                : Arrays.stream(routes.flowsAt(server)).mapToObj(routes::rate).reduce(Rate.ZERO, Rate::plus);
    }

    /// All that comes to a server; none where that has no finite bound, or none is proved.
    Optional<TokenBucket> total(int server) {
        return dependencies.isSettled(server) ? Optional.of(settledTotal(server)) : cyclic().total(server);
    }

    private TokenBucket settledTotal(int server) {
        var known = totals.get(server);
        if (known == null) {
            known = TokenBucket.NOTHING;
            var origins = Routes.grouped(Arrays.stream(routes.flowsAt(server)), f -> routes.before(f, server));
            for (var entry : origins.entrySet()) {
                known = known.plus(arrivals.of(entry.getValue(), server, entry.getKey()));
            }
            totals.put(server, known);
        }
        return known;
    }

    /// Why the delays in a part of the dependencies are finite.
    Optional<Cycle.Proof> proof(int part) {
        return cyclic().proof(part);
    }

    /// The servers on and behind cycles that have finite delays, in an order in which later ones depend on earlier
    /// ones; those of a cycle together.
    List<List<CyclicDelays.Delayed>> finite() {
        return cyclic().finite();
    }

    private CyclicDelays cyclic() {
        if (cyclic == null) {
            cyclic = new CyclicDelays(routes, dependencies, arrivals, this::clearing);
        }
        return cyclic;
    }
}
