package io.millwright.network.simulation;

import io.millwright.network.bounds.Flow;
import io.millwright.network.bounds.Server;
import io.millwright.network.bounds.ServerGraph;
import io.millwright.network.curve.Data;
import io.millwright.network.curve.Rate;
import io.millwright.network.curve.RateLatency;
import io.millwright.network.curve.Time;
import io.millwright.network.curve.TokenBucket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// Small graphs by lot, in whole numbers. Some servers are used to the last bit.
public final class RandomGraphs {

    private RandomGraphs() {}

    /// Servers in a line. Flows skip some, so they part and meet again.
    public static ServerGraph forward(SplittableRandom random, int mostServers, int mostFlows) {
        int servers = random.nextInt(1, mostServers + 1);
        int count = random.nextInt(1, mostFlows + 1);
        var flows = new ArrayList<Flow>();
        var load = new long[servers];
        for (int flow = 0; flow < count; flow++) {
            var path = pathForward(random, servers);
            int rate = random.nextInt(1, 5);
            path.forEach(s -> load[s] += rate);
            flows.add(flow(flow, path, rate + random.nextInt(60), rate));
        }
        var list = new ArrayList<Server>();
        for (int server = 0; server < servers; server++) {
            long rate = Math.max(1, load[server]) + random.nextInt(random.nextBoolean() ? 2 : 12);
            int latency = 1 + (random.nextInt(3) == 0 ? 0 : random.nextInt(20));
            list.add(server(server, rate, latency));
        }
        return new ServerGraph("random", list, flows);
    }

    /// Servers in a line whose last sends back to the first, so that every server is on one cycle, and some
    /// flows more.
    public static ServerGraph ring(SplittableRandom random, int mostServers) {
        int size = random.nextInt(2, mostServers + 1);
        var paths = new ArrayList<List<Integer>>();
        for (int s = 0; s < size; s++) {
            paths.add(List.of(s, (s + 1) % size));
        }
        for (int more = random.nextInt(4); more > 0; more--) {
            paths.add(anyPath(random, size));
        }
        return along(random, size, paths);
    }

    /// Flows along any servers: mostly with cycles, and with servers before and behind them.
    public static ServerGraph anyhow(SplittableRandom random, int mostServers, int mostFlows) {
        int size = random.nextInt(2, mostServers + 1);
        var paths = IntStream.range(0, random.nextInt(2, mostFlows + 1))
                .mapToObj(_ -> anyPath(random, size))
                .toList();
        return along(random, size, paths);
    }

    private static List<Integer> pathForward(SplittableRandom random, int servers) {
        int from = random.nextInt(servers);
        int to = random.nextInt(from, servers);
        int skip = random.nextInt(3);
        var path = new ArrayList<Integer>();
        for (int server = from; server <= to; server++) {
            if (path.isEmpty() || random.nextInt(4) >= skip) {
                path.add(server);
            }
        }
        return path;
    }

    private static List<Integer> anyPath(SplittableRandom random, int size) {
        var order = new ArrayList<>(IntStream.range(0, size).boxed().toList());
        Collections.shuffle(order, new Random(random.nextLong()));
        return List.copyOf(order.subList(0, random.nextInt(1, size + 1)));
    }

    private static ServerGraph along(SplittableRandom random, int size, List<List<Integer>> paths) {
        var load = new long[size];
        var flows = new ArrayList<Flow>();
        for (var path : paths) {
            int rate = random.nextInt(1, 4);
            path.forEach(s -> load[s] += rate);
            flows.add(flow(flows.size(), path, rate + random.nextInt(20), rate));
        }
        var servers = IntStream.range(0, size)
                .mapToObj(s -> server(
                        s, Math.max(1, load[s]) + random.nextInt(random.nextBoolean() ? 3 : 20), 1 + random.nextInt(6)))
                .toList();
        return new ServerGraph("random", servers, flows);
    }

    private static Flow flow(int place, List<Integer> path, long burst, long rate) {
        return new Flow("f" + place, path, new TokenBucket(Data.of(burst), Rate.of(rate)));
    }

    private static Server server(int place, long rate, int latency) {
        return new Server("s" + place, new RateLatency(Rate.of(rate), Time.of(latency)));
    }
}
