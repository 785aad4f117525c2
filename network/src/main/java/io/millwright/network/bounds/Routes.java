package io.millwright.network.bounds;

import io.millwright.network.curve.Rate;
import io.millwright.network.curve.RateLatency;
import io.millwright.network.curve.TokenBucket;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/// A graph made ready for questions about who passes where.
final class Routes {

    /// Stands for the source of a flow where the server before another is meant.
    static final int SOURCE = -1;

    private final ServerGraph graph;
    private final int[][] paths;
    private final int[][] flowsAt;

    Routes(ServerGraph graph) {
        this.graph = graph;
        paths = graph.flows().stream()
                .map(f -> f.path().stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new);
        var at = new ArrayList<List<Integer>>();
        graph.servers().forEach(_ -> at.add(new ArrayList<>()));
        for (int flow = 0; flow < paths.length; flow++) {
            for (int server : paths[flow]) {
                at.get(server).add(flow);
            }
        }
        flowsAt = at.stream()
                .map(l -> l.stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new);
    }

    ServerGraph graph() {
        return graph;
    }

    int[] path(int flow) {
        return paths[flow];
    }

    /// The flows that pass a server, rising.
    int[] flowsAt(int server) {
        return flowsAt[server];
    }

    RateLatency service(int server) {
        return graph.servers().get(server).service();
    }

    TokenBucket source(int flow) {
        return graph.flows().get(flow).arrivals();
    }

    Rate rate(int flow) {
        return source(flow).rate();
    }

    /// The server that a flow passes before this one, or [#SOURCE].
    int before(int flow, int server) {
        var path = paths[flow];
        int previous = SOURCE;
        for (int s : path) {
            if (s == server) {
                return previous;
            }
            previous = s;
        }
        throw new IllegalArgumentException("the flow does not pass the server");
    }

    /// Whether a flow goes from one server to the other directly.
    boolean goes(int flow, int from, int to) {
        var path = paths[flow];
        for (int i = 1; i < path.length; i++) {
            if (path[i] == to) {
                return path[i - 1] == from;
            }
        }
        return false;
    }

    /// Flows, rising, sorted into sets of the same key; by rising key.
    static SortedMap<Integer, FlowSet> grouped(IntStream flows, IntUnaryOperator key) {
        var groups = new TreeMap<Integer, FlowSet.Collector>();
        flows.forEach(f -> groups.computeIfAbsent(key.applyAsInt(f), _ -> new FlowSet.Collector())
                .add(f));
        var sets = new TreeMap<Integer, FlowSet>();
        groups.forEach((k, group) -> sets.put(k, group.set()));
        return sets;
    }

    /// The flows of a set by the server they come from when they come to a server.
    SortedMap<Integer, FlowSet> byOrigin(FlowSet flows, int server) {
        return grouped(flows.stream(), f -> before(f, server));
    }

    /// The servers that all flows of a set pass together, one directly after the other, up to this one.
    int[] commonWay(FlowSet flows, int last) {
        var way = new ArrayDeque<Integer>();
        for (int at = last; at != SOURCE; at = commonOrigin(flows, at)) {
            way.addFirst(at);
        }
        return way.stream().mapToInt(Integer::intValue).toArray();
    }

    /// The one server that all flows of a set come from, or [#SOURCE] where they come from several or from
    /// their sources.
    int commonOrigin(FlowSet flows, int server) {
        int origin = before(flows.get(0), server);
        for (int i = 1; i < flows.size(); i++) {
            if (before(flows.get(i), server) != origin) {
                return SOURCE;
            }
        }
        return origin;
    }
}
