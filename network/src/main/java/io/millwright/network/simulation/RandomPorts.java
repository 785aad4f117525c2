package io.millwright.network.simulation;

import io.millwright.network.curve.Data;
import io.millwright.network.curve.Rate;
import io.millwright.network.curve.Time;
import io.millwright.network.curve.TokenBucket;
import io.millwright.network.number.Rational;
import io.millwright.network.port.FrameFlow;
import io.millwright.network.port.GateList;
import io.millwright.network.port.Port;
import io.millwright.network.port.PortNetwork;
import io.millwright.network.port.Preemption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Small networks of ports by lot: times in whole ticks, sizes in whole octets.
public final class RandomPorts {

    /// What a port may do where others do something else.
    private static final List<Kind> BESIDES =
            List.of(Kind.PRIORITY, Kind.PREEMPTION, Kind.GATES, Kind.CREDIT, Kind.GATED_CREDIT);

    private RandomPorts() {}

    /// What a port does besides strict priority.
    public enum Kind {
        /// Nothing.
        PRIORITY,
        /// Express frames interrupt others.
        PREEMPTION,
        /// Time-aware gates.
        GATES,
        /// Credit-based shapers.
        CREDIT,
        /// Credit-based shapers behind time-aware gates.
        GATED_CREDIT,
        /// Asynchronous shapers.
        REGULATED,
        /// Cyclic queuing.
        CYCLIC
    }

    /// A network of one to four ports.
    ///
    /// @param mixed whether each port does something of its own
    public static PortNetwork network(SplittableRandom random, Kind kind, boolean mixed) {
        int count = random.nextInt(1, 5);
        var regulated = new TreeSet<Integer>();
        if (kind == Kind.REGULATED) {
            regulated.addAll(classes(random, 0.7));
        }
        var cycles = new HashMap<Integer, Time>();
        if (kind == Kind.CYCLIC) {
            classes(random, 0.7).forEach(c -> cycles.put(c, Time.of(random.nextInt(400, 3000))));
        }
        boolean simple = kind == Kind.CYCLIC; // at each port, priority and preemption alone besides
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
            var own = mixed ? BESIDES.get(random.nextInt(simple ? 2 : BESIDES.size())) : kind;
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
            Set<Integer> used) {
        int least = random.nextInt(3) == 0 ? random.nextInt(200) : 0;
        int most = least + (random.nextInt(3) == 0 ? random.nextInt(300) : 0);
        int ahead = random.nextInt(4) == 0 ? random.nextInt(200) : 0; // the next bridge cuts through
        int bestEffort = random.nextInt(3) == 0 ? 0 : 2 * random.nextInt(42, 250);
        var preemption = Preemption.NONE;
        if (kind == Kind.PREEMPTION) {
            int below = random.nextInt(1, 8);
            preemption =
                    new Preemption(IntStream.range(0, below).boxed().collect(Collectors.toSet()), random.nextInt(2));
        }
        boolean gated = kind == Kind.GATES || kind == Kind.GATED_CREDIT;
        var gates = gated ? gates(random, used, kind == Kind.GATED_CREDIT) : GateList.ALWAYS_OPEN;
        var slopes = new HashMap<Integer, Rate>();
        if (kind == Kind.CREDIT || kind == Kind.GATED_CREDIT) {
            for (int c : used) {
                if (random.nextInt(3) > 0) {
                    slopes.put(c, reserved(rate >> random.nextInt(1, 4), gates, c));
                }
            }
        }
        return new Port(
                id,
                Rate.of(rate),
                Time.of(least - ahead),
                Time.of(most),
                Data.of(8L * bestEffort),
                slopes,
                preemption,
                gates,
                regulated,
                cycles);
    }

    /// What a class reserves whose credit rises so fast while its gate is open.
    private static Rate reserved(int slope, GateList gates, int trafficClass) {
        if (gates.entries().isEmpty()) {
            return Rate.of(slope);
        }
        var open = gates.entries().stream()
                .filter(e -> e.open().contains(trafficClass))
                .map(GateList.Entry::length)
                .reduce(Time.ZERO, Time::plus);
        return new Rate(Rate.of(slope).during(open).bits().over(gates.cycle().seconds()));
    }

    /// @param alike whether some classes have the same times, as classes with shapers mostly do
    private static GateList gates(SplittableRandom random, Set<Integer> used, boolean alike) {
        var entries = new ArrayList<GateList.Entry>();
        int count = random.nextInt(1, 5);
        int together = alike && random.nextBoolean() ? random.nextInt(2, 8) : 0;
        for (int i = 0; i < count; i++) {
            var open = classes(random, random.nextBoolean() ? 0.8 : 0.4);
            used.stream().filter(_ -> random.nextInt(3) == 0).forEach(open::add);
            if (open.removeIf(c -> c < together)) {
                IntStream.range(0, together).forEach(open::add);
            }
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
