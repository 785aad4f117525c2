package io.millwright.network.bounds;

import io.millwright.network.curve.Data;
import io.millwright.network.curve.Rate;
import io.millwright.network.curve.RateLatency;
import io.millwright.network.curve.Time;
import io.millwright.network.curve.TokenBucket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Servers one after the other that some flows pass together, under arbitrary multiplexing: what the others
/// leave for them.
///
/// A stretch of the tandem leaves what "pay multiplexing only once" says (J. B. Schmitt, F. A. Zdarsky, I.
/// Martinovic, Improving Performance Bounds in Feed-Forward Networks by Paying Multiplexing Only Once, MMB
/// 2008): with servers of rate `Rₛ` and latency `Tₛ` and others of rate `rₓ` and burst `bₓ`, the rate `R = min
/// (Rₛ − Σ rₓ)` and the latency `Σ Tₛ + (Σ bₓ + Σ rₓ Tₛ) / R`. Where the tandem is cut into stretches, their
/// services are convolved. Tandem matching (S. Bondorf, P. Nikolaus, J. B. Schmitt, Quality and Cost of
/// Deterministic Network Calculus, SIGMETRICS 2017) takes the best of all cuts. Its authors try them all; here
/// the rate left is the same for all, and latencies add up, so the best cuts are a shortest path over the
/// places where a cut may be.
final class Tandem {

    private final Routes routes;
    private final ArrivalBounds bounds;
    private final int[] servers;
    private final boolean[] withoutFlow;
    private final int flow;
    private final int[][] others;
    private final int[][] ends;
    private final Rate[] othersRate;
    private final @Nullable Time[][] latencies;

    /// @param servers the servers, in order
    /// @param of the flows that pass all of them
    /// @param flow the flow that is served last, or [Routes#SOURCE] for none
    /// @param withoutFlow at which servers that one is left out of the others
    Tandem(Routes routes, ArrivalBounds bounds, int[] servers, FlowSet of, int flow, boolean[] withoutFlow) {
        this.routes = routes;
        this.bounds = bounds;
        this.servers = servers;
        this.flow = flow;
        this.withoutFlow = withoutFlow;
        int n = servers.length;
        others = new int[n][];
        ends = new int[n][];
        othersRate = new Rate[n];
        latencies = new Time[n][n + 1];
        for (int t = n - 1; t >= 0; t--) {
            fill(t, of);
        }
    }

    /// The way of a flow, which is left out of the others everywhere on it.
    static Tandem of(Routes routes, ArrivalBounds bounds, int flow) {
        var all = new boolean[routes.path(flow).length];
        Arrays.fill(all, true);
        return new Tandem(routes, bounds, routes.path(flow), FlowSet.of(flow), flow, all);
    }

    /// Who else passes the server `t`, and where along the tandem each leaves it.
    private void fill(int t, FlowSet of) {
        var all = routes.flowsAt(servers[t]);
        var kept = new int[all.length];
        int size = 0;
        var rate = Rate.ZERO;
        for (int f : all) {
            if (!of.contains(f) && !(withoutFlow[t] && f == flow)) {
                kept[size++] = f;
                rate = rate.plus(routes.rate(f));
            }
        }
        others[t] = Arrays.copyOf(kept, size);
        othersRate[t] = rate;
        ends[t] = new int[size];
        for (int i = 0; i < size; i++) {
            int end = t + 1;
            if (end < servers.length && routes.goes(kept[i], servers[t], servers[end])) {
                int next = Arrays.binarySearch(others[end], kept[i]);
                end = next >= 0 ? ends[end][next] : end;
            }
            ends[t][i] = end;
        }
    }

    int length() {
        return servers.length;
    }

    /// The servers between two places.
    int[] servers(int from, int to) {
        return Arrays.copyOfRange(servers, from, to);
    }

    /// The rate that is left: the least over all servers, wherever the tandem is cut.
    Rate rate() {
        return rate(0, servers.length);
    }

    private Rate rate(int from, int to) {
        var least = routes.service(servers[from]).rate().minus(othersRate[from]);
        for (int t = from + 1; t < to; t++) {
            least = least.min(routes.service(servers[t]).rate().minus(othersRate[t]));
        }
        return least;
    }

    /// The latency of the stretch of servers from one place to before another.
    Time latency(int from, int to) {
        var known = latencies[from][to];
        if (known == null) {
            known = computeLatency(from, to);
            latencies[from][to] = known;
        }
        return known;
    }

    private Time computeLatency(int from, int to) {
        var data = Data.ZERO;
        var latency = Time.ZERO;
        for (int t = from; t < to; t++) {
            var own = routes.service(servers[t]).latency();
            latency = latency.plus(own);
            data = data.plus(othersRate[t].during(own));
        }
        for (var group : joining(from, to)) {
            data = data.plus(group.arrivals().burst());
        }
        return latency.plus(data.at(rate(from, to)));
    }

    /// Others that join a stretch together and leave it together.
    ///
    /// @param at the place in the tandem where they join
    /// @param end the place before which they leave the stretch
    /// @param what who they are and where they come from
    /// @param arrivals what comes of them where they join
    record Joining(int at, int end, ArrivalBounds.Arrival what, TokenBucket arrivals) {}

    /// Everyone who joins the stretch, or is on it where it begins.
    List<Joining> joining(int from, int to) {
        var groups = new ArrayList<Joining>();
        for (int t = from; t < to; t++) {
            int[] here = others[t];
            int place = t;
            int server = servers[t];
            var joining = Arrays.stream(here).filter(f -> place == from || !continues(f, place));
            var byKey = Routes.grouped(joining, f -> {
                int end = Math.min(to, ends[place][Arrays.binarySearch(here, f)]);
                return (routes.before(f, server) + 1) * (servers.length + 1) + end;
            });
            byKey.forEach((key, flows) -> {
                int origin = key / (servers.length + 1) - 1;
                var what = arrival(flows, place, origin);
                groups.add(new Joining(place, key % (servers.length + 1), what, bounds.of(what)));
            });
        }
        return groups;
    }

    private boolean continues(int f, int t) {
        return routes.goes(f, servers[t - 1], servers[t]) && Arrays.binarySearch(others[t - 1], f) >= 0;
    }

    private ArrivalBounds.Arrival arrival(FlowSet flows, int t, int origin) {
        boolean without = withoutFlow[t] && origin != Routes.SOURCE && routes.goes(flow, origin, servers[t]);
        return new ArrivalBounds.Arrival(flows, servers[t], origin, without ? flow : Routes.SOURCE);
    }

    /// The stretches of the tandem between the best cuts: for each place, where its stretch begins, from the
    /// last place back.
    Cuts bestCuts() {
        int n = servers.length;
        var least = new Time[n + 1];
        var begins = new int[n + 1];
        least[0] = Time.ZERO;
        for (int to = 1; to <= n; to++) {
            for (int from = 0; from < to; from++) {
                var latency = least[from].plus(latency(from, to));
                if (from == 0 || latency.isTighterThan(least[to])) {
                    least[to] = latency;
                    begins[to] = from;
                }
            }
        }
        var stretches = new ArrayList<int[]>();
        for (int to = n; to > 0; to = begins[to]) {
            stretches.addFirst(new int[] {begins[to], to});
        }
        return new Cuts(stretches);
    }

    /// No cut at all: pay multiplexing only once.
    Cuts noCuts() {
        return new Cuts(List.of(new int[] {0, servers.length}));
    }

    /// A cut after every server: separate flow analysis.
    Cuts allCuts() {
        var stretches = new ArrayList<int[]>();
        for (int t = 0; t < servers.length; t++) {
            stretches.add(new int[] {t, t + 1});
        }
        return new Cuts(stretches);
    }

    /// A way to cut the tandem.
    final class Cuts {
        private final List<int[]> stretches;

        private Cuts(List<int[]> stretches) {
            this.stretches = stretches;
        }

        /// The stretches, each from one place to before another.
        List<int[]> stretches() {
            return stretches;
        }

        /// What is left over the whole tandem.
        RateLatency leftover() {
            return new RateLatency(
                    rate(), stretches.stream().map(s -> latency(s[0], s[1])).reduce(Time.ZERO, Time::plus));
        }

        /// What is left on each stretch, and why.
        List<Step> steps() {
            return stretches.stream().map(s -> step(s[0], s[1])).toList();
        }

        private Step step(int from, int to) {
            var joining = joining(from, to).stream()
                    .map(j -> new Step.Cross(
                            ids(j.what().flows()), id(servers[j.at()]), id(servers[j.end() - 1]), j.arrivals()))
                    .toList();
            var names =
                    Arrays.stream(servers, from, to).mapToObj(Tandem.this::id).toList();
            return new Step(names, new RateLatency(rate(from, to), latency(from, to)), joining);
        }
    }

    private String id(int server) {
        return routes.graph().servers().get(server).id();
    }

    private List<String> ids(FlowSet flows) {
        return flows.stream().mapToObj(f -> routes.graph().flows().get(f).id()).toList();
    }
}
