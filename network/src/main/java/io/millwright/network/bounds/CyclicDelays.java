package io.millwright.network.bounds;

import io.millwright.network.curve.Rate;
import io.millwright.network.curve.Time;
import io.millwright.network.curve.TokenBucket;
import io.millwright.network.number.Rational;
import io.millwright.network.number.Scalar;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The delays of total flow analysis at servers that lie on cycles or behind them.
///
/// Flows come to the first server that is not settled with a burst that is known; from then on it grows by
/// their rate times the delays of the servers passed. So the delays are a fixed point of an affine map, which
/// is solved part by part of the [Dependencies] by [FixedPoint].
///
/// The fixed point bounds the delays in a network that starts empty (A. Amari, A. Mifdaoui, Worst-Case Timing
/// Analysis of Ring Networks with Cyclic Dependencies using Network Calculus, RTCSA 2017; L. Thomas, J.-Y. Le
/// Boudec, A. Mifdaoui, On Cyclic Dependencies and Regulators in Time-Sensitive Networks, RTSS 2019):
/// `docs/reference/network-bounds.md` says why.
final class CyclicDelays {

    /// What comes of flows, all from one settled server or from their sources, to a server.
    interface Arrivals {
        TokenBucket of(FlowSet flows, int server, int origin);
    }

    private final Routes routes;
    private final Dependencies dependencies;
    private final IntFunction<Rate> clearing;
    private final List<JointWay> ways;
    private final List<TokenBucket> entering;
    private final List<List<Integer>> waysTo = new ArrayList<>();
    private final @Nullable Time[] delays;
    /// The delay of all servers on a way before its last.
    private final @Nullable Time[] before;
    private final List<Optional<Cycle.Proof>> proofs = new ArrayList<>();

    /// @param clearing the rate at which a server comes to the end of what a flow may have to wait for
    CyclicDelays(Routes routes, Dependencies dependencies, Arrivals arrivals, IntFunction<Rate> clearing) {
        this.routes = routes;
        this.dependencies = dependencies;
        this.clearing = clearing;
        ways = JointWay.all(routes, dependencies);
        entering = ways.stream()
                .map(w -> arrivals.of(w.flows(), w.first(), w.origin()))
                .toList();
        int servers = routes.graph().servers().size();
        for (int server = 0; server < servers; server++) {
            waysTo.add(new ArrayList<>());
        }
        for (int k = 0; k < ways.size(); k++) {
            waysTo.get(ways.get(k).server()).add(k);
        }
        delays = new Time[servers];
        before = new Time[ways.size()];
        dependencies.parts().forEach(part -> proofs.add(solve(part)));
    }

    /// The longest delay at a server that is not settled; none where it is not finite, or not proved to be.
    Optional<Time> delay(int server) {
        return Optional.ofNullable(delays[server]);
    }

    /// All that comes to a server that is not settled; none where that is not finite, or not proved to be.
    Optional<TokenBucket> total(int server) {
        var total = TokenBucket.NOTHING;
        for (int k : waysTo.get(server)) {
            var since = before[k];
            if (since == null) {
                return Optional.empty();
            }
            total = total.plus(entering.get(k).after(since));
        }
        return Optional.of(total);
    }

    /// Why the delays in a part are finite, by its place among the parts; none where they are not, or not
    /// proved to be, or where the part is on no cycle.
    Optional<Cycle.Proof> proof(int part) {
        return proofs.get(part);
    }

    /// How long a server delays, and why that is finite.
    ///
    /// @param witness its place of a vector `v > 0` with `A v < v`, where `A` says how the delays of the part
    ///     depend on each other
    /// @param ways on which flows come to it
    record Delayed(int server, Time delay, Scalar witness, List<JointWay> ways) {}

    /// The servers of the parts whose delays are finite, part by part.
    List<List<Delayed>> finite() {
        var all = new ArrayList<List<Delayed>>();
        for (int[] part : dependencies.parts()) {
            if (delays[part[0]] != null) {
                var witness = witness(part);
                all.add(IntStream.range(0, part.length)
                        .mapToObj(i -> new Delayed(
                                part[i],
                                delay(part[i]).orElseThrow(),
                                witness[i],
                                waysTo.get(part[i]).stream().map(ways::get).toList()))
                        .toList());
            }
        }
        return all;
    }

    /// The solution of `v = 1 + A v`.
    private Scalar[] witness(int[] part) {
        var weights = weights(part);
        return part.length == 1
                ? new Scalar[] {Rational.ONE}
                : system(part, waysTo(part), weights, weights)
                        .solve()
                        .orElseThrow()
                        .values();
    }

    private int[] waysTo(int[] part) {
        return Arrays.stream(part)
                .flatMap(s -> waysTo.get(s).stream().mapToInt(Integer::intValue))
                .sorted()
                .toArray();
    }

    private Scalar[] weights(int[] part) {
        return Arrays.stream(part)
                .mapToObj(s -> clearing.apply(s).bitsPerSecond())
                .toArray(Scalar[]::new);
    }

    private Optional<Cycle.Proof> solve(int[] part) {
        int[] inPart = waysTo(part);
        Arrays.stream(inPart).forEach(k -> before[k] = beforePart(part, k));
        if (part.length == 1) {
            int server = part[0];
            if (total(server).isPresent() && clearing.apply(server).isPositive()) {
                delays[server] =
                        new Time(work(server).over(clearing.apply(server).bitsPerSecond()));
            }
            return Optional.empty();
        }
        boolean mayBeFinite = Arrays.stream(inPart).allMatch(k -> before[k] != null)
                && Arrays.stream(part).allMatch(s -> clearing.apply(s).isPositive());
        var solution = mayBeFinite
                ? system(part, inPart, weights(part), work(part)).solve()
                : Optional.<FixedPoint.Solution>empty();
        for (int i = 0; i < part.length && solution.isPresent(); i++) {
            delays[part[i]] = new Time(solution.get().values()[i]);
        }
        for (int k : inPart) {
            int last = ways.get(k).before();
            if (solution.isEmpty()) {
                before[k] = null;
            } else if (last >= 0) {
                before[k] = sum(before[last], delays[ways.get(last).server()]);
            }
        }
        return solution.map(FixedPoint.Solution::proof);
    }

    /// The delay of the servers on a way before it comes to a part.
    private @Nullable Time beforePart(int[] part, int k) {
        int last = ways.get(k).before();
        if (last < 0) {
            return Time.ZERO;
        }
        int server = ways.get(last).server();
        return Arrays.binarySearch(part, server) >= 0 ? before[last] : sum(before[last], delays[server]);
    }

    private static @Nullable Time sum(@Nullable Time a, @Nullable Time b) {
        return a == null || b == null ? null : a.plus(b);
    }

    /// What a server may have to serve while something waits, as far as it does not come of the part itself:
    /// what it is late, and what comes at once.
    private Scalar work(int server) {
        var service = routes.service(server);
        return service.rate()
                .during(service.latency())
                .plus(total(server).orElseThrow().burst())
                .bits();
    }

    private Scalar[] work(int[] part) {
        return Arrays.stream(part).mapToObj(this::work).toArray(Scalar[]::new);
    }

    private FixedPoint system(int[] part, int[] inPart, Scalar[] weights, Scalar[] constants) {
        var inner = new ArrayList<FixedPoint.Way>();
        for (int k : inPart) {
            var way = ways.get(k);
            int last = way.before() < 0 ? -1 : Math.max(-1, Arrays.binarySearch(inPart, way.before()));
            int place = Arrays.binarySearch(part, way.server());
            inner.add(new FixedPoint.Way(place, last, entering.get(k).rate().bitsPerSecond()));
        }
        return new FixedPoint(weights, constants, inner);
    }
}
