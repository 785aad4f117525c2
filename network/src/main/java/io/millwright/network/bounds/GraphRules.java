package io.millwright.network.bounds;

import io.millwright.network.number.Rational;
import io.millwright.network.number.Scalar;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What a graph must be for an analysis to hold: no server with less rate than its flows bring, and no flows
/// that delay each other in a cycle.
public final class GraphRules {

    /// The longest chain of servers that is analysed: an analysis follows flows back along it.
    static final int LONGEST_CHAIN = 400;

    private GraphRules() {}

    /// What is wrong with the graph, and what would be right; empty when nothing is.
    public static Optional<String> mistake(ServerGraph graph) {
        var overloaded = overloaded(graph);
        return overloaded.isPresent() ? overloaded : cycle(graph);
    }

    private static Optional<String> overloaded(ServerGraph graph) {
        var brought = new Scalar[graph.servers().size()];
        Arrays.fill(brought, Rational.ZERO);
        for (var flow : graph.flows()) {
            for (int server : flow.path()) {
                brought[server] = brought[server].plus(flow.arrivals().rate().bitsPerSecond());
            }
        }
        for (int server = 0; server < brought.length; server++) {
            var served = graph.servers().get(server).service().rate().bitsPerSecond();
            if (brought[server].minus(served).isPositive()) {
                int here = server;
                long flows = graph.flows().stream()
                        .filter(f -> f.path().contains(here))
                        .count();
                return Optional.of(("server %s is overloaded: its %d flows bring %s, it serves %s. "
                                + "Delays grow without bound; lead flows around it or make it faster")
                        .formatted(graph.servers().get(server).id(), flows, shown(brought[server]), shown(served)));
            }
        }
        return Optional.empty();
    }

    private static String shown(Scalar rate) {
        return rate instanceof Rational r && r.toString().length() <= 12
                ? r.toString()
                : "%.6g".formatted(rate.upper());
    }

    /// Takes away servers that nothing comes to; what remains lies on or behind a cycle.
    private static Optional<String> cycle(ServerGraph graph) {
        int n = graph.servers().size();
        var next = new ArrayList<Set<Integer>>();
        graph.servers().forEach(_ -> next.add(new TreeSet<>()));
        var incoming = new int[n];
        for (var flow : graph.flows()) {
            for (int i = 1; i < flow.path().size(); i++) {
                if (next.get(flow.path().get(i - 1)).add(flow.path().get(i))) {
                    incoming[flow.path().get(i)]++;
                }
            }
        }
        var ready = new ArrayDeque<Integer>();
        var depth = new int[n];
        for (int s = 0; s < n; s++) {
            if (incoming[s] == 0) {
                ready.add(s);
            }
        }
        int taken = 0;
        int deepest = 0;
        while (!ready.isEmpty()) {
            int s = ready.remove();
            taken++;
            deepest = Math.max(deepest, depth[s] + 1);
            for (int to : next.get(s)) {
                depth[to] = Math.max(depth[to], depth[s] + 1);
                if (--incoming[to] == 0) {
                    ready.add(to);
                }
            }
        }
        if (taken < n) {
            return Optional.of(("flows depend on each other in a cycle: %s. "
                            + "No bound is proved for cycles; lead a flow another way to break it")
                    .formatted(String.join(" → ", names(graph, walk(next, incoming)))));
        }
        return deepest > LONGEST_CHAIN
                ? Optional.of("the longest chain of servers has %d, at most %d are analysed: divide the graph"
                        .formatted(deepest, LONGEST_CHAIN))
                : Optional.empty();
    }

    /// A cycle among the servers that something still comes to: going back from any of them never ends.
    private static List<Integer> walk(List<Set<Integer>> next, int[] incoming) {
        var before = new int[incoming.length];
        int start = 0;
        for (int s = 0; s < incoming.length; s++) {
            if (incoming[s] > 0) {
                start = s;
                for (int to : next.get(s)) {
                    before[to] = s;
                }
            }
        }
        var seen = new HashSet<Integer>();
        int s = start;
        while (seen.add(s)) {
            s = before[s];
        }
        var cycle = new ArrayList<Integer>();
        int at = s;
        do {
            cycle.addFirst(at);
            at = before[at];
        } while (at != s);
        cycle.addFirst(s);
        return cycle;
    }

    private static List<String> names(ServerGraph graph, List<Integer> servers) {
        var names = servers.stream().map(s -> graph.servers().get(s).id()).toList();
        return names.size() <= 12
                ? names
                : Stream.concat(names.subList(0, 11).stream(), Stream.of("…")).toList();
    }
}
