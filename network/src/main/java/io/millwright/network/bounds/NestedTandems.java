package io.millwright.network.bounds;

import io.millwright.network.curve.Data;
import io.millwright.network.curve.Rate;
import io.millwright.network.curve.RateLatency;
import io.millwright.network.curve.Time;
import io.millwright.network.curve.TokenBucket;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// The way of one flow through servers in order of arrival, cut into stretches on which the others are nested:
/// of any two, either one's part of the stretch holds the other's, or they have no server in common.
///
/// On such a stretch the others are taken off from the inside out, each by what remains after it
/// ([PseudoAffine#without]; L. Lenzini, L. Martorini, E. Mingozzi, G. Stea, Tight end-to-end per-flow delay
/// bounds in FIFO multiplexing sink-tree networks, Performance Evaluation 63, 2006; L. Bisti, L. Lenzini, E.
/// Mingozzi, G. Stea, Estimating the worst-case delay in FIFO tandems using network calculus, ValueTools 2008).
/// Each has a free parameter; the bound holds for any choice, the least is called LUDB. The choices are
/// improved one at a time, among those at which an outer burst just fits into what is served at once; the least
/// of all is not always found.
final class NestedTandems {

    private static final int ROUNDS = 4;

    private final Routes routes;
    private final OrderedBounds bounds;
    private final int[] path;
    private final int flow;
    private final TokenBucket arrivals;

    NestedTandems(Routes routes, OrderedBounds bounds, int flow) {
        this.routes = routes;
        this.bounds = bounds;
        this.path = routes.path(flow);
        this.flow = flow;
        this.arrivals = routes.source(flow);
    }

    /// Others on the servers from one place of the way to before another, and the free parameter of their being
    /// taken off.
    static final class Cross {
        final int from;
        final int to;
        final FlowSet flows;
        final TokenBucket arrivals;
        Time parameter = Time.ZERO;

        Cross(int from, int to, FlowSet flows, TokenBucket arrivals) {
            this.flows = flows;
            this.from = from;
            this.to = to;
            this.arrivals = arrivals;
        }

        boolean holds(Cross other) {
            return from <= other.from && other.to <= to;
        }

        boolean isApartFrom(Cross other) {
            return to <= other.from || other.to <= from;
        }
    }

    /// Servers from one place of the way to before another, and who else is on them, inner ones first.
    record Stretch(int from, int to, List<Cross> crosses) {
        boolean isNested() {
            for (var a : crosses) {
                for (var b : crosses) {
                    if (!a.holds(b) && !b.holds(a) && !a.isApartFrom(b)) {
                        return false;
                    }
                }
            }
            return true;
        }
    }

    /// The best bound found.
    Bound bound() {
        var stretches = best();
        return new Bound(
                Method.FIFO_LUDB,
                delay(stretches),
                stretches.stream().map(this::step).toList());
    }

    /// The stretches, with the best parameters found.
    List<Stretch> best() {
        var stretches = cut();
        var best = delay(stretches);
        for (int round = 0; round < ROUNDS; round++) {
            var before = best;
            for (var stretch : stretches) {
                for (var cross : stretch.crosses()) {
                    best = improve(stretches, stretch, cross, best);
                }
            }
            if (!best.isTighterThan(before)) {
                break;
            }
        }
        return stretches;
    }

    /// What is left on a stretch: the slowest stage, without what it serves at once, after the latency.
    private Step step(Stretch stretch) {
        var service =
                service(stretch, stretch.from(), stretch.to(), stretch.crosses().size());
        var rate = service.stages().stream()
                .map(TokenBucket::rate)
                .reduce(Rate::min)
                .orElseThrow();
        var crosses = stretch.crosses().stream()
                .map(c -> new Step.Cross(names(c.flows), id(c.from), id(c.to - 1), c.arrivals))
                .toList();
        var names =
                IntStream.range(stretch.from(), stretch.to()).mapToObj(this::id).toList();
        return new Step(names, new RateLatency(rate, service.latency()), crosses);
    }

    private List<String> names(FlowSet flows) {
        return flows.stream().mapToObj(f -> routes.graph().flows().get(f).id()).toList();
    }

    private String id(int place) {
        return routes.graph().servers().get(path[place]).id();
    }

    private Time improve(List<Stretch> stretches, Stretch stretch, Cross cross, Time best) {
        var kept = cross.parameter;
        for (var candidate : candidates(stretch, cross)) {
            cross.parameter = candidate;
            var delay = delay(stretches);
            if (delay.isTighterThan(best)) {
                best = delay;
                kept = candidate;
            }
        }
        cross.parameter = kept;
        return best;
    }

    /// Parameters at which what is served at once, on some server within, is the burst of one that lies
    /// outside, or of all up to that one.
    private List<Time> candidates(Stretch stretch, Cross cross) {
        var inside = service(stretch, cross.from, cross.to, stretch.crosses().indexOf(cross));
        var candidates = new ArrayList<Time>();
        candidates.add(Time.ZERO);
        var sum = Data.ZERO;
        var outer = new ArrayList<Data>();
        for (var other : stretch.crosses()) {
            if (other != cross && other.holds(cross)) {
                outer.add(other.arrivals.burst());
            }
        }
        outer.add(arrivals.burst());
        for (var burst : outer) {
            sum = sum.plus(burst);
            for (var target : List.of(burst, sum)) {
                candidates.addAll(inside.parametersFor(cross.arrivals, target));
            }
        }
        return candidates;
    }

    private Time delay(List<Stretch> stretches) {
        return stretches.stream()
                .map(s -> service(s, s.from(), s.to(), s.crosses().size()))
                .reduce(PseudoAffine::then)
                .orElseThrow()
                .delay(arrivals.burst());
    }

    /// What remains of the servers between two places when the first `count` of the others on the stretch have
    /// been taken off.
    private PseudoAffine service(Stretch stretch, int from, int to, int count) {
        var parts = new TreeMap<Integer, Part>();
        for (int t = from; t < to; t++) {
            parts.put(t, new Part(t + 1, PseudoAffine.of(routes.service(path[t]))));
        }
        for (var cross : stretch.crosses().subList(0, count)) {
            if (cross.from < from || to < cross.to) {
                continue;
            }
            var whole = merge(parts, cross.from, cross.to);
            parts.put(cross.from, new Part(cross.to, whole.without(cross.arrivals, cross.parameter)));
        }
        return merge(parts, from, to);
    }

    private record Part(int to, PseudoAffine service) {}

    private static PseudoAffine merge(SortedMap<Integer, Part> parts, int from, int to) {
        var within = parts.subMap(from, to);
        var merged = within.values().stream()
                .map(Part::service)
                .reduce(PseudoAffine::then)
                .orElseThrow();
        within.clear();
        return merged;
    }

    /// The cut into nested stretches with the least latency, for parameters zero.
    private List<Stretch> cut() {
        int n = path.length;
        var least = new Time[n + 1];
        var last = new Stretch[n + 1];
        least[0] = Time.ZERO;
        for (int to = 1; to <= n; to++) {
            for (int from = to - 1; from >= 0; from--) {
                var stretch = stretch(from, to);
                if (!stretch.isNested()) {
                    break; // a longer one is not nested either
                }
                var latency = least[from].plus(
                        service(stretch, from, to, stretch.crosses().size()).latency());
                if (from == to - 1 || latency.isTighterThan(least[to])) {
                    least[to] = latency;
                    last[to] = stretch;
                }
            }
        }
        var stretches = new ArrayList<Stretch>();
        for (int to = n; to > 0; to = last[to].from()) {
            stretches.addFirst(last[to]);
        }
        return stretches;
    }

    private Stretch stretch(int from, int to) {
        var crosses = Crossing.of(routes, bounds, path, flow, from, to).stream()
                .map(c -> new Cross(c.from(), c.to(), c.flows(), c.arrivals()))
                .sorted(Comparator.comparingInt(c -> c.to - c.from))
                .toList();
        return new Stretch(from, to, crosses);
    }
}
