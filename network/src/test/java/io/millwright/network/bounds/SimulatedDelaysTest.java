package io.millwright.network.bounds;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.network.curve.Data;
import io.millwright.network.curve.Rate;
import io.millwright.network.curve.RateLatency;
import io.millwright.network.curve.Time;
import io.millwright.network.curve.TokenBucket;
import io.millwright.network.number.Rational;
import io.millwright.testkit.Property;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// No delay that really happens is above its bound: small random networks, run with sources, pauses and orders
/// of service that are meant to harm one flow.
///
/// `-Dmw.cases=1000000` runs more; a failure prints the seed.
class SimulatedDelaysTest {

    private static final int CASES = Integer.getInteger("mw.cases", 400);
    private static final int RUNS = 8;
    private static final int SLOTS = 90;

    @Test
    void noDelayAndNoBacklogIsAboveItsBound() {
        var closest = new double[Method.values().length];
        Property.check(CASES, random -> check(random, closest));
        for (var method : Method.values()) {
            // a simulation that harms nobody would find nothing: some run must come near the bound
            assertTrue(
                    System.getProperty("mw.seed") != null || closest[method.ordinal()] > 0.9,
                    method + ": the worst run came only to " + closest[method.ordinal()]);
        }
    }

    private static void check(SplittableRandom random, double[] closest) {
        var graph = network(random);
        var exact = new Analysis(graph);
        var bounds = IntStream.range(0, graph.flows().size())
                .mapToObj(f -> exact.bounds(f, EnumSet.allOf(Method.class)))
                .toList();
        for (int run = 0; run < RUNS; run++) {
            boolean inOrder = run % 2 == 1;
            var simulation = new NetworkSimulation(graph);
            var delays = simulation.run(SLOTS, new Harm(graph, random, inOrder));
            for (int flow = 0; flow < delays.length; flow++) {
                for (var bound : bounds.get(flow)) {
                    if (inOrder || !bound.method().isInOrder()) {
                        var delay = Rational.of(delays[flow]);
                        var most = (Rational) bound.delay().seconds();
                        assertTrue(
                                delay.compareTo(most) <= 0,
                                () -> bound.method() + ": delay " + delay + " of a bound " + most + " in " + graph);
                        int m = bound.method().ordinal();
                        closest[m] = Math.max(closest[m], delays[flow] / most.toDouble());
                    }
                }
            }
            for (int server = 0; server < graph.servers().size(); server++) {
                var backlog = Rational.of(simulation.largestBacklog(server));
                assertTrue(
                        backlog.compareTo((Rational) exact.backlog(server, inOrder)
                                        .orElseThrow()
                                        .bits())
                                <= 0,
                        "backlog in " + graph);
            }
        }
        if (random.nextInt(8) == 0) {
            enclosuresHold(graph, exact, new Analysis(graph.enclosed()));
        }
    }

    /// The analysis in floating point, against the one in fractions.
    private static void enclosuresHold(ServerGraph graph, Analysis exact, Analysis enclosed) {
        for (int flow = 0; flow < graph.flows().size(); flow++) {
            var fractions = exact.bounds(flow, EnumSet.complementOf(EnumSet.of(Method.FIFO_LUDB)));
            for (var outer : enclosed.bounds(flow, EnumSet.complementOf(EnumSet.of(Method.FIFO_LUDB)))) {
                var inner = fractions.stream()
                        .filter(b -> b.method() == outer.method())
                        .findFirst()
                        .orElseThrow();
                var fraction = (Rational) inner.delay().seconds();
                double upper = outer.delay().seconds().upper();
                assertTrue(Rational.of(upper).compareTo(fraction) >= 0, outer.method() + " in " + graph);
                // the linear program is solved with a margin where nothing is computed in fractions
                double wide = outer.method() == Method.FIFO_LP ? 1e-4 : 1e-9;
                assertTrue(upper <= fraction.toDouble() * (1 + wide) + 1e-9, outer.method() + " wide in " + graph);
            }
        }
    }

    /// Up to six servers and flows; flows skip servers, so they part and meet again. Some servers are used to
    /// the last bit.
    private static ServerGraph network(SplittableRandom random) {
        int servers = random.nextInt(1, 7);
        int count = random.nextInt(1, 7);
        var flows = new ArrayList<Flow>();
        var load = new long[servers];
        for (int flow = 0; flow < count; flow++) {
            var path = path(random, servers);
            int rate = random.nextInt(1, 5);
            path.forEach(s -> load[s] += rate);
            flows.add(new Flow("f" + flow, path, new TokenBucket(Data.of(rate + random.nextInt(60)), Rate.of(rate))));
        }
        var list = new ArrayList<Server>();
        for (int server = 0; server < servers; server++) {
            long rate = Math.max(1, load[server]) + random.nextInt(random.nextBoolean() ? 2 : 12);
            int latency = 1 + (random.nextInt(3) == 0 ? 0 : random.nextInt(20));
            list.add(new Server("s" + server, new RateLatency(Rate.of(rate), Time.of(latency))));
        }
        return new ServerGraph("random", list, flows);
    }

    private static List<Integer> path(SplittableRandom random, int servers) {
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
}
