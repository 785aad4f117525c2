package io.millwright.network.bounds;

import io.millwright.network.curve.Time;
import io.millwright.network.number.Rational;
import io.millwright.network.number.Scalar;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The derivation of bounds as a trace of curve operations, which a checker does again that shares no code with
/// this: `docs/reference/network-bounds.md` has its notation.
///
/// All in fractions. What no claim is written for yet is written when it is asked for, so each line follows from
/// lines before it.
public final class BoundsTrace {

    private final Routes routes;
    private final ArrivalBounds arbitrary;
    private final OrderedBounds ordered;
    private final Analysis analysis;
    private final StringBuilder lines = new StringBuilder("millwright-bounds 2\n");
    private final Map<Claim, Integer> claims = new HashMap<>();
    private final Set<Delayed> delayed = new HashSet<>();

    private record Claim(boolean inOrder, ArrivalBounds.Arrival what) {}

    private record Delayed(boolean inOrder, int server) {}

    private BoundsTrace(ServerGraph graph) {
        routes = new Routes(graph);
        arbitrary = new ArrivalBounds(routes);
        ordered = new OrderedBounds(routes, arbitrary);
        analysis = new Analysis(graph);
    }

    /// The trace of the bounds of all flows by some methods.
    ///
    /// @param graph in fractions; [Analysis#canBeExact()]
    public static String of(ServerGraph graph, Set<Method> methods) {
        var trace = new BoundsTrace(graph);
        trace.given(graph);
        for (int flow = 0; flow < graph.flows().size(); flow++) {
            for (var bound : trace.analysis.bounds(flow, methods)) {
                trace.delay(flow, bound);
            }
        }
        return trace.lines.toString();
    }

    private void given(ServerGraph graph) {
        for (var server : graph.servers()) {
            line(
                    "server",
                    server.service().rate().bitsPerSecond(),
                    server.service().latency().seconds(),
                    name(server.id()));
        }
        for (int flow = 0; flow < graph.flows().size(); flow++) {
            var arrivals = routes.source(flow);
            line(
                    "flow",
                    arrivals.rate().bitsPerSecond(),
                    arrivals.burst().bits(),
                    listed(Arrays.stream(routes.path(flow))),
                    name(graph.flows().get(flow).id()));
        }
    }

    /// A name ends its line.
    private static String name(String id) {
        return id.replaceAll("[\\r\\n\\u2028\\u2029\\u0085]", " ");
    }

    private void delay(int flow, Bound bound) {
        var stretches = switch (bound.method()) {
            case ARBITRARY_TFA, FIFO_TFA -> servers(flow, bound.method().isInOrder());
            case ARBITRARY_SFA -> stretches(Tandem.of(routes, arbitrary, flow), Tandem::allCuts);
            case ARBITRARY_PMOO -> stretches(Tandem.of(routes, arbitrary, flow), Tandem::noCuts);
            case ARBITRARY_TMA -> stretches(Tandem.of(routes, arbitrary, flow), Tandem::bestCuts);
            case FIFO_SFA -> blocks(routes.path(flow), FlowSet.of(flow));
            case FIFO_LUDB -> nested(flow, bound);
            case FIFO_LP -> program(flow);
        };
        line("delay", bound.method().key(), flow, bound.delay().seconds(), String.join(" ", stretches));
    }

    /// Who is on the way between which places, and the inequalities that add up to the bound.
    private List<String> program(int flow) {
        int[] path = routes.path(flow);
        servers(flow, true);
        var said = new ArrayList<String>();
        for (var crossing : analysis.crossings(flow)) {
            var coming = coming(true, crossing.flows(), path[crossing.from()]);
            said.add("%d-%d:%s".formatted(crossing.from(), crossing.to() - 1, listed(coming)));
        }
        var derivation = analysis.derivation(flow).orElseThrow();
        for (int i = 0; i < derivation.times().size(); i++) {
            said.add(derivation.inequalities().get(i) + "@" + derivation.times().get(i));
        }
        return said;
    }

    private List<String> servers(int flow, boolean inOrder) {
        for (int server : routes.path(flow)) {
            if (!delayed.contains(new Delayed(inOrder, server))) {
                if (analysis.isSettled(server)) {
                    delayedAlone(inOrder, server);
                } else {
                    analysis.total(inOrder).finite().forEach(part -> delayedTogether(inOrder, part));
                }
            }
        }
        return Arrays.stream(routes.path(flow)).mapToObj(s -> s + "|-").toList();
    }

    private void delayedAlone(boolean inOrder, int server) {
        var coming = coming(inOrder, FlowSet.of(routes.flowsAt(server)), server);
        var delay = analysis.total(inOrder).delay(server).orElseThrow();
        line("delayed", order(inOrder), said(server, delay, Rational.ONE, coming));
        delayed.add(new Delayed(inOrder, server));
    }

    private void delayedTogether(boolean inOrder, List<CyclicDelays.Delayed> part) {
        var servers = part.stream()
                .map(d -> said(
                        d.server(),
                        d.delay(),
                        d.witness(),
                        d.ways().stream().map(w -> entering(inOrder, w)).toList()))
                .toList();
        line("delayed", order(inOrder), String.join(" ", servers));
        part.forEach(d -> delayed.add(new Delayed(inOrder, d.server())));
    }

    private int entering(boolean inOrder, JointWay way) {
        var what = new ArrivalBounds.Arrival(way.flows(), way.first(), way.origin(), Routes.SOURCE);
        return inOrder ? claimInOrder(what) : claim(what);
    }

    private static String said(int server, Time delay, Scalar witness, List<Integer> claims) {
        return "%d:%s:%s:%s".formatted(server, delay.seconds(), witness, listed(claims));
    }

    private static String order(boolean inOrder) {
        return inOrder ? "fifo" : "any";
    }

    private List<String> stretches(Tandem tandem, Function<Tandem, Tandem.Cuts> cuts) {
        return cuts.apply(tandem).stretches().stream()
                .map(s -> {
                    var joining = tandem.joining(s[0], s[1]).stream()
                            .map(j -> claim(j.what()))
                            .toList();
                    return listed(Arrays.stream(tandem.servers(s[0], s[1]))) + "|" + listed(joining);
                })
                .toList();
    }

    private List<String> blocks(int[] servers, FlowSet flows) {
        return ordered.blocks(servers).stream()
                .map(block -> {
                    var others = Arrays.stream(routes.flowsAt(block[0]))
                            .filter(f -> !flows.contains(f))
                            .toArray();
                    return listed(Arrays.stream(block)) + "|" + listed(coming(true, FlowSet.of(others), block[0]));
                })
                .toList();
    }

    private List<String> nested(int flow, Bound bound) {
        var tandems = new NestedTandems(routes, ordered, flow);
        if (!tandems.bound().delay().equals(bound.delay())) {
            return blocks(routes.path(flow), FlowSet.of(flow)); // separate flow analysis was better
        }
        return new NestedTandems(routes, ordered, flow)
                .best().stream().map(s -> nested(routes.path(flow), s)).toList();
    }

    private String nested(int[] path, NestedTandems.Stretch stretch) {
        var text = new StringBuilder(
                listed(IntStream.range(stretch.from(), stretch.to()).map(t -> path[t])));
        for (var cross : stretch.crosses()) {
            text.append("|%d-%d:%s@%s"
                    .formatted(
                            cross.from - stretch.from(),
                            cross.to - 1 - stretch.from(),
                            listed(coming(true, cross.flows, path[cross.from])),
                            cross.parameter.seconds()));
        }
        return stretch.crosses().isEmpty() ? text + "|-" : text.toString();
    }

    /// Claims of all that comes of flows to a server, from wherever.
    private List<Integer> coming(boolean inOrder, FlowSet flows, int server) {
        return flows.size() == 0
                ? List.of()
                : routes.byOrigin(flows, server).entrySet().stream()
                        .map(e -> new ArrivalBounds.Arrival(e.getValue(), server, e.getKey(), Routes.SOURCE))
                        .map(a -> inOrder ? claimInOrder(a) : claim(a))
                        .toList();
    }

    /// The number of the claim of what comes, in any order of service.
    private int claim(ArrivalBounds.Arrival what) {
        var known = claims.get(new Claim(false, what));
        if (known != null) {
            return known;
        }
        var burst = arbitrary.of(what).burst().bits();
        if (what.origin() == Routes.SOURCE) {
            line("source", listed(what.flows().stream()), what.server(), burst);
        } else {
            var passage = arbitrary.passage(what);
            var from = passage.from().stream().map(this::claim).toList();
            var stretches = stretches(passage.tandem(), Tandem::bestCuts);
            through(false, what, from, burst, stretches);
        }
        return numbered(new Claim(false, what));
    }

    private int claimInOrder(ArrivalBounds.Arrival what) {
        var bound = ordered.of(what.flows(), what.server(), what.origin());
        if (what.origin() == Routes.SOURCE || bound.equals(arbitrary.of(what))) {
            return claim(what);
        }
        var known = claims.get(new Claim(true, what));
        if (known != null) {
            return known;
        }
        int[] way = routes.commonWay(what.flows(), what.origin());
        var from = coming(true, what.flows(), way[0]);
        var stretches = blocks(way, what.flows());
        through(true, what, from, bound.burst().bits(), stretches);
        return numbered(new Claim(true, what));
    }

    private int numbered(Claim claim) {
        int number = claims.size();
        claims.put(claim, number);
        return number;
    }

    private void through(
            boolean inOrder, ArrivalBounds.Arrival what, List<Integer> from, Scalar burst, List<String> stretches) {
        line(
                "through",
                order(inOrder),
                listed(what.flows().stream()),
                what.server(),
                what.without() == Routes.SOURCE ? "-" : what.without(),
                listed(from),
                burst,
                String.join(" ", stretches));
    }

    private void line(Object... fields) {
        lines.append(Arrays.stream(fields).map(Object::toString).collect(Collectors.joining(" ")))
                .append('\n');
    }

    private static String listed(IntStream numbers) {
        return listed(numbers.boxed().toList());
    }

    private static String listed(Collection<Integer> numbers) {
        return numbers.isEmpty() ? "-" : numbers.stream().map(Object::toString).collect(Collectors.joining(","));
    }
}
