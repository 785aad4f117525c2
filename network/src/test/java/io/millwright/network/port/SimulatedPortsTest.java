package io.millwright.network.port;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.network.bounds.Bound;
import io.millwright.network.bounds.Method;
import io.millwright.network.curve.Data;
import io.millwright.network.curve.Rate;
import io.millwright.network.curve.Time;
import io.millwright.network.curve.TokenBucket;
import io.millwright.network.number.Rational;
import io.millwright.testkit.Property;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// No delay that really happens is above its bound: small random networks of ports with all that bridges do to
/// frames, run with sources, best effort and link delays that are meant to harm.
///
/// `-Dmw.cases=100000` runs more; a failure prints the seed.
class SimulatedPortsTest {

    private static final int CASES = Integer.getInteger("mw.cases", 150);
    private static final int RUNS = 3;
    private static final int TICKS = 3000;

    /// What a port does besides strict priority.
    enum Kind {
        PRIORITY,
        PREEMPTION,
        GATES,
        CREDIT,
        REGULATED,
        CYCLIC
    }

    private final Map<Kind, Double> closest = new EnumMap<>(Kind.class);
    private int bounded;
    private int cyclic;
    private int cases;

    @Test
    void noFrameIsLaterThanItsBoundAndNoQueueLonger() {
        Property.check(CASES, this::check);
        if (System.getProperty("mw.seed") == null) {
            assertTrue(bounded > cases / 2, () -> bounded + " of " + cases + " networks have bounds");
            assertTrue(cyclic > 0, "no network had a cycle");
            // a simulation that harms nobody would find nothing: some run must come near the bound
            long near = closest.values().stream().filter(c -> c > 0.6).count();
            assertTrue(near >= 4, () -> "the worst runs came only to " + closest); // a kind may be rare by chance
        }
    }

    private void check(SplittableRandom random) {
        var kind = Kind.values()[random.nextInt(Kind.values().length)];
        boolean mixed = random.nextInt(3) == 0;
        var network = network(random, kind, mixed);
        cases++;
        if (!(PortAnalysis.of(network) instanceof PortAnalysis.Bounded(var analysis))) {
            return; // overloaded
        }
        bounded++;
        cyclic += analysis.isCyclic() ? 1 : 0;
        var bounds = IntStream.range(0, network.flows().size())
                .mapToObj(f -> analysis.bounds(f, EnumSet.allOf(Method.class)))
                .toList();
        for (int run = 0; run < RUNS; run++) {
            var simulation = new PortSimulation(network, random.split());
            var delays = simulation.run(TICKS);
            for (int flow = 0; flow < delays.length; flow++) {
                for (var bound : bounds.get(flow)) {
                    holds(delays[flow], bound, network);
                }
                if (!mixed) {
                    closest.merge(kind, caused(network, flow, delays[flow], bounds.get(flow)), Math::max);
                }
            }
            queuesHold(network, analysis, simulation);
        }
        if (random.nextInt(4) == 0 && kind != Kind.CYCLIC) { // whole frames in a cycle are counted in fractions only
            enclosuresHold(network, bounds);
        }
    }

    /// How much of what others may cost a flow was seen; nothing where that is less than its own time.
    private static double caused(PortNetwork network, int place, int delay, List<Bound> bounds) {
        var flow = network.flows().get(place);
        double alone = flow.path().stream()
                .map(network.ports()::get)
                .mapToDouble(p -> flow.smallest()
                        .at(p.rate())
                        .plus(p.leastDelay())
                        .seconds()
                        .upper())
                .sum();
        double best = bounds.stream()
                .mapToDouble(b -> b.delay().seconds().upper())
                .min()
                .orElseThrow();
        return best < 2 * alone ? 0 : (delay - alone) / (best - alone);
    }

    private static void holds(int delay, Bound bound, PortNetwork network) {
        var most = (Rational) bound.delay().seconds();
        assertTrue(
                Rational.of(delay).compareTo(most) <= 0,
                () -> bound.method() + ": delay " + delay + " of a bound " + most.toDouble() + " in " + network);
    }

    private static void queuesHold(PortNetwork network, PortAnalysis analysis, PortSimulation simulation) {
        for (int p = 0; p < network.ports().size(); p++) {
            for (var queue : analysis.queues(p)) {
                int c = queue.trafficClass();
                var delay = Rational.of(simulation.longestInQueue(p, c));
                var backlog = Rational.of(8L * simulation.largestBacklog(p, c));
                assertTrue(delay.compareTo((Rational) queue.delay().seconds()) <= 0, () -> "queue in " + network);
                assertTrue(backlog.compareTo((Rational) queue.backlog().bits()) <= 0, () -> "backlog in " + network);
            }
        }
    }

    /// The analysis in floating point, against the one in fractions.
    private static void enclosuresHold(PortNetwork network, List<List<Bound>> bounds) {
        var enclosed = assertInstanceOf(PortAnalysis.Bounded.class, PortAnalysis.of(network.enclosed()))
                .analysis();
        for (int flow = 0; flow < bounds.size(); flow++) {
            var fraction = (Rational) bounds.get(flow).stream()
                    .filter(b -> b.method() == Method.FIFO_TFA)
                    .findFirst()
                    .orElseThrow()
                    .delay()
                    .seconds();
            double upper = enclosed.bounds(flow, EnumSet.of(Method.FIFO_TFA))
                    .getFirst()
                    .delay()
                    .seconds()
                    .upper();
            if (!enclosed.isCyclic()) {
                assertTrue(Rational.of(upper).compareTo(fraction) >= 0, () -> "below in " + network);
            }
            assertTrue(upper <= fraction.toDouble() * (1 + 1e-5) + 1e-5, () -> "wide in " + network);
        }
    }

    private static PortNetwork network(SplittableRandom random, Kind kind, boolean mixed) {
        int count = random.nextInt(1, 5);
        var regulated = new TreeSet<Integer>();
        if (kind == Kind.REGULATED) {
            regulated.addAll(classes(random, 0.7));
        }
        var cycles = new HashMap<Integer, Time>();
        if (kind == Kind.CYCLIC) {
            classes(random, 0.7).forEach(c -> cycles.put(c, Time.of(random.nextInt(400, 3000))));
        }
        boolean simple = kind.compareTo(Kind.REGULATED) >= 0; // at each port, priority and preemption alone besides
        boolean ring = random.nextInt(3) == 0;
        var classes = random.ints(random.nextInt(1, 5), 1, 8).toArray();
        var perTick = random.ints(count, 1, 3).toArray();
        var load = new double[count];
        var flows = new ArrayList<FrameFlow>();
        for (int f = random.nextInt(1, 7); f > 0; f--) {
            var path = path(random, count, ring);
            flow(random, "f" + flows.size(), classes[random.nextInt(classes.length)], path, kind, perTick, load)
                    .ifPresent(flows::add);
        }
        var ports = new ArrayList<Port>();
        for (int p = 0; p < count; p++) {
            var own = mixed ? Kind.values()[random.nextInt(simple ? 2 : Kind.REGULATED.ordinal())] : kind;
            int here = p;
            var used = flows.stream()
                    .filter(f -> f.path().contains(here))
                    .map(FrameFlow::trafficClass)
                    .collect(Collectors.toCollection(TreeSet::new));
            ports.add(port(random, "p" + p, own, 8 * perTick[p], regulated, cycles, used));
        }
        return new PortNetwork("random", Data.ZERO, ports, flows);
    }

    /// Ports in a row, some left out; or round a ring, so that flows of a class delay each other in a cycle.
    private static List<Integer> path(SplittableRandom random, int ports, boolean ring) {
        int from = random.nextInt(ports);
        int length = random.nextInt(1, (ring ? ports : ports - from) + 1);
        return IntStream.range(from, from + length)
                .filter(p -> ring || p == from || random.nextInt(5) > 0)
                .map(p -> p % ports)
                .boxed()
                .toList();
    }

    private static Optional<FrameFlow> flow(
            SplittableRandom random,
            String id,
            int trafficClass,
            List<Integer> path,
            Kind kind,
            int[] perTick,
            double[] load) {
        int largest = 2 * random.nextInt(42, random.nextBoolean() ? 60 : 200);
        int smallest =
                kind == Kind.REGULATED || random.nextBoolean() ? largest : 2 * random.nextInt(42, largest / 2 + 1);
        int frames = random.nextInt(1, 4);
        int period = (int) (frames * largest * (1.2 + 12 * random.nextDouble()));
        double share = (double) frames * largest / period;
        if (path.stream().anyMatch(p -> load[p] + share > perTick[p] * 0.95)) {
            return Optional.empty();
        }
        path.forEach(p -> load[p] += share);
        var burst = Data.of(8L * frames * largest);
        return Optional.of(new FrameFlow(
                id,
                trafficClass,
                path,
                Data.of(8L * smallest),
                Data.of(8L * largest),
                new TokenBucket(burst, Rate.of(Rational.of(8L * frames * largest, period)))));
    }

    private static Port port(
            SplittableRandom random,
            String id,
            Kind kind,
            int rate,
            Set<Integer> regulated,
            Map<Integer, Time> cycles,
            TreeSet<Integer> used) {
        int least = random.nextInt(3) == 0 ? random.nextInt(200) : 0;
        int most = least + (random.nextInt(3) == 0 ? random.nextInt(300) : 0);
        int bestEffort = random.nextInt(3) == 0 ? 0 : 2 * random.nextInt(42, 250);
        var preemption = Preemption.NONE;
        if (kind == Kind.PREEMPTION) {
            int below = random.nextInt(1, 8);
            preemption =
                    new Preemption(IntStream.range(0, below).boxed().collect(Collectors.toSet()), random.nextInt(2));
        }
        var slopes = new HashMap<Integer, Rate>();
        if (kind == Kind.CREDIT) {
            for (int c : used) {
                if (random.nextInt(3) > 0) {
                    slopes.put(c, Rate.of(rate >> random.nextInt(1, 4)));
                }
            }
        }
        return new Port(
                id,
                Rate.of(rate),
                Time.of(least),
                Time.of(most),
                Data.of(8L * bestEffort),
                slopes,
                preemption,
                kind == Kind.GATES ? gates(random, used) : GateList.ALWAYS_OPEN,
                regulated,
                cycles);
    }

    private static GateList gates(SplittableRandom random, TreeSet<Integer> used) {
        var entries = new ArrayList<GateList.Entry>();
        int count = random.nextInt(1, 5);
        for (int i = 0; i < count; i++) {
            var open = classes(random, random.nextBoolean() ? 0.8 : 0.4);
            used.stream().filter(_ -> random.nextInt(3) == 0).forEach(open::add);
            entries.add(new GateList.Entry(Time.of(random.nextInt(50, 1200)), open));
        }
        return new GateList(entries);
    }

    private static Set<Integer> classes(SplittableRandom random, double share) {
        return IntStream.rangeClosed(0, Port.HIGHEST)
                .filter(_ -> random.nextDouble() < share)
                .boxed()
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
