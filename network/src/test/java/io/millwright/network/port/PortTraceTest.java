package io.millwright.network.port;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.certificate.Verdict;
import io.millwright.certificate.ports.PortFigures;
import io.millwright.certificate.ports.PortsChecker;
import io.millwright.network.bounds.Method;
import io.millwright.network.curve.Data;
import io.millwright.network.curve.Rate;
import io.millwright.network.curve.Time;
import io.millwright.network.curve.TokenBucket;
import io.millwright.network.number.Rational;
import io.millwright.network.simulation.PortSimulation;
import io.millwright.network.simulation.RandomPorts;
import io.millwright.network.simulation.RandomPorts.Kind;
import io.millwright.testkit.Property;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What the analysis of ports found, the checker finds too; what has been changed, it does not believe.
class PortTraceTest {

    private static final int CASES = Integer.getInteger("mw.cases", 300);

    private static final int MUTATIONS = 20;
    private static final int RUNS = 2;
    private static final int TICKS = 1500;

    private final Map<Kind, Integer> verified = new EnumMap<>(Kind.class);

    private static Set<String> verified(PortNetwork network, String trace) {
        return switch (PortsChecker.check(trace)) {
            case Verdict.Verified<PortFigures>(var figures) -> {
                var delays = new HashSet<String>();
                figures.delays().forEach(d -> delays.add(d.flow() + " " + d.delay()));
                figures.backlogs().forEach(b -> delays.add(b.port() + " " + b.trafficClass() + " " + b.bits()));
                yield delays;
            }
            case Verdict.Refuted<PortFigures> refuted -> throw new AssertionError(refuted + "\n" + trace + network);
            case Verdict.Refused<PortFigures>(var why) -> throw new AssertionError(why + "\n" + trace);
        };
    }

    private static Set<String> expected(PortNetwork network, PortAnalysis analysis) {
        var expected = new HashSet<String>();
        for (int f = 0; f < network.flows().size(); f++) {
            for (var bound : analysis.bounds(f, EnumSet.of(Method.FIFO_TFA))) {
                expected.add(network.flows().get(f).id() + " " + bound.delay().seconds());
            }
        }
        for (var port : network.ports()) {
            if (port.cycles().isEmpty()) {
                analysis.queues(network.ports().indexOf(port))
                        .forEach(q -> expected.add(port.id() + " " + q.trafficClass() + " "
                                + q.backlog().bits()));
            }
        }
        return expected;
    }

    @Test
    void everyBoundOfRandomPortsIsVerified() {
        Property.check(CASES, this::check);
        if (System.getProperty("mw.seed") == null) {
            assertEquals(Kind.values().length, verified.size(), () -> "kinds of ports: " + verified);
        }
    }

    private void check(SplittableRandom random) {
        var kind = Kind.values()[random.nextInt(Kind.values().length)];
        var network = RandomPorts.network(random, kind, random.nextInt(3) == 0);
        if (network.flows().isEmpty()
                || PortTrace.untraced(network).isPresent()
                || !(PortAnalysis.of(network) instanceof PortAnalysis.Bounded(var analysis))) {
            return;
        }
        var proved = verified(network, PortTrace.of(network, analysis));
        assertEquals(expected(network, analysis), proved);
        assertNoRunIsLonger(network, proved, random);
        verified.merge(kind, 1, Integer::sum);
        if (PortAnalysis.of(network.enclosed()) instanceof PortAnalysis.Bounded(var outward)) {
            verified(network, PortTrace.of(network, outward));
        }
    }

    private static void assertNoRunIsLonger(PortNetwork network, Set<String> proved, SplittableRandom random) {
        for (int run = 0; run < RUNS; run++) {
            var longest = new PortSimulation(network, random.split()).run(TICKS);
            for (int f = 0; f < longest.length; f++) {
                var seen = Rational.of(longest[f]);
                var name = network.flows().get(f).id() + " ";
                var bound = proved.stream()
                        .filter(p -> p.startsWith(name))
                        .findFirst()
                        .orElseThrow();
                assertTrue(
                        seen.compareTo(Rational.parse(bound.substring(name.length()))) <= 0,
                        () -> seen + " is longer than " + bound + " in " + network);
            }
        }
    }

    /// Ways to change what is claimed, after which it does not follow.
    private enum Claimed {
        DELAY_LESS,
        BOUND_LESS,
        FLOW_LEFT_OUT,
        FLOW_OF_ANOTHER,
        QUEUE_LEFT_OUT,
        LINE_LEFT_OUT,
        LINE_TWICE,
        CYCLE_TAKEN_APART
    }

    /// Ways to change the network and claim the same of it.
    private enum Given {
        FLOW_ADDED,
        BURST,
        RATE,
        SMALLEST,
        LARGEST,
        WAY,
        CLASS,
        LINK,
        TIME_BETWEEN,
        BEST_EFFORT,
        SLOPE,
        NO_SLOPE,
        GATES,
        NOT_SHAPED,
        PREEMPTION,
        CYCLE
    }

    @Test
    void everyChangedClaimIsRefused() {
        var seen = new EnumMap<Claimed, Integer>(Claimed.class);
        Property.check(CASES, random -> {
            var traced = traced(random);
            for (int i = 0; traced != null && i < MUTATIONS; i++) {
                var mutation = Claimed.values()[random.nextInt(Claimed.values().length)];
                var lines = new ArrayList<>(traced.trace().lines().toList());
                if (changed(lines, mutation, random)) {
                    seen.merge(mutation, 1, Integer::sum);
                    assertNotVerified(mutation, String.join("\n", lines), traced);
                }
            }
        });
        assertManyOf(Claimed.values().length, seen);
    }

    @Test
    void whatIsClaimedOfAnotherNetworkIsRefusedWhereItIsWrong() {
        var seen = new EnumMap<Given, Integer>(Given.class);
        Property.check(CASES, random -> {
            var traced = traced(random);
            for (int i = 0; traced != null && i < MUTATIONS; i++) {
                var mutation = Given.values()[random.nextInt(Given.values().length)];
                var other = changed(traced.network(), mutation, random);
                if (isWrong(traced, other)) {
                    seen.merge(mutation, 1, Integer::sum);
                    assertNotVerified(mutation, PortTrace.given(other) + claims(traced.trace()), traced);
                }
            }
        });
        assertManyOf(Given.values().length, seen);
    }

    private static void assertManyOf(int kinds, Map<? extends Enum<?>, Integer> seen) {
        if (System.getProperty("mw.seed") == null) {
            int all = seen.values().stream().mapToInt(Integer::intValue).sum();
            assertEquals(kinds, seen.size(), seen::toString);
            assertTrue(all >= 1000, seen::toString);
        }
    }

    private static void assertNotVerified(Enum<?> mutation, String changed, Traced traced) {
        assertFalse(
                PortsChecker.check(changed) instanceof Verdict.Verified,
                () -> mutation + ":\n" + changed + "\nof:\n" + traced.trace());
    }

    private record Traced(PortNetwork network, PortAnalysis analysis, String trace) {}

    private static @Nullable Traced traced(SplittableRandom random) {
        var kind = Kind.values()[random.nextInt(Kind.values().length)];
        var network = RandomPorts.network(random, kind, random.nextInt(3) == 0);
        return !network.flows().isEmpty()
                        && PortTrace.untraced(network).isEmpty()
                        && PortAnalysis.of(network) instanceof PortAnalysis.Bounded(var analysis)
                ? new Traced(network, analysis, PortTrace.of(network, analysis))
                : null;
    }

    private static String claims(String trace) {
        return trace.substring(trace.indexOf("delayed"));
    }

    /// Whether some delay of another network is longer than what is claimed of the first.
    private static boolean isWrong(Traced traced, PortNetwork other) {
        if (other.flows().size() > traced.network().flows().size()
                || !(PortAnalysis.of(other) instanceof PortAnalysis.Bounded(var analysis))) {
            return true;
        }
        for (int f = 0; f < other.flows().size(); f++) {
            var path = other.flows().get(f).path();
            if (!path.equals(traced.network().flows().get(f).path())) {
                return true;
            }
            for (int place = 0; place < path.size(); place++) {
                if (isAbove(delay(analysis, other, f, place), delay(traced.analysis(), traced.network(), f, place))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static Time delay(PortAnalysis analysis, PortNetwork network, int flow, int place) {
        var changed = network.flows().get(flow);
        return switch (analysis.queuesOf(changed.trafficClass()).orElseThrow()) {
            case ClassDelays found -> found.delay(flow, place);
            case CyclicQueues found -> found.longest(changed.path().get(place));
        };
    }

    /// By more than what delays in cycles are rounded up.
    private static boolean isAbove(Time one, Time other) {
        return one.minus(other)
                .minus(Time.of(Rational.of(1, 1_000_000)))
                .seconds()
                .isPositive();
    }

    private static boolean changed(List<String> lines, Claimed mutation, SplittableRandom random) {
        int first = lines.indexOf(
                lines.stream().filter(l -> l.startsWith("delayed")).findFirst().orElseThrow());
        var queues = lines.stream().filter(l -> l.startsWith("delayed")).toList();
        int place = first + random.nextInt(queues.size());
        var fields = new ArrayList<>(List.of(lines.get(place).split(" ")));
        int field = 2 + random.nextInt(fields.size() - 2);
        switch (mutation) {
            case DELAY_LESS -> fields.set(field, less(fields.get(field), random));
            case BOUND_LESS -> {
                place = first + queues.size() + random.nextInt(lines.size() - first - queues.size());
                fields = new ArrayList<>(List.of(lines.get(place).split(" ")));
                fields.set(3, lessThan(fields.get(3), random));
            }
            case FLOW_LEFT_OUT -> {
                var delays = fields.get(field).replaceFirst(",[^,]*$", "");
                if (delays.equals(fields.get(field))) {
                    return false;
                }
                fields.set(field, delays);
            }
            case FLOW_OF_ANOTHER -> fields.set(field, fields.get(field).replaceFirst(":[0-9]+=", ":77="));
            case QUEUE_LEFT_OUT -> {
                if (fields.size() == 3) {
                    return false;
                }
                fields.remove(field);
            }
            case LINE_LEFT_OUT -> {
                lines.remove(place);
                return true;
            }
            case LINE_TWICE -> {
                lines.add(place, lines.get(place));
                return true;
            }
            case CYCLE_TAKEN_APART -> {
                if (fields.size() == 3) {
                    return false;
                }
                lines.remove(place);
                for (var queue : fields.subList(2, fields.size())) {
                    lines.add(place, "delayed " + fields.get(1) + " " + queue);
                }
                return true;
            }
        }
        lines.set(place, String.join(" ", fields));
        return true;
    }

    /// One delay of a queue made less.
    private static String less(String queue, SplittableRandom random) {
        var delays = queue.split("[:,]");
        int which = random.nextInt(1, delays.length);
        var parts = delays[which].split("=");
        delays[which] = parts[0] + "=" + lessThan(parts[1], random);
        return delays[0] + ":" + String.join(",", List.of(delays).subList(1, delays.length));
    }

    private static String lessThan(String number, SplittableRandom random) {
        var factor = Rational.of(random.nextInt(100), 100);
        return (random.nextBoolean() ? Rational.of(999_999, 1_000_000) : factor)
                .times(Rational.parse(number))
                .toString();
    }

    private static PortNetwork changed(PortNetwork network, Given mutation, SplittableRandom random) {
        int f = random.nextInt(network.flows().size());
        var flow = network.flows().get(f);
        int p = flow.path().get(random.nextInt(flow.path().size()));
        var ports = new ArrayList<>(network.ports());
        var flows = new ArrayList<>(network.flows());
        ports.set(p, changed(ports.get(p), mutation, random));
        switch (mutation) {
            case FLOW_ADDED -> flows.add(flow);
            default ->
                flows.set(f, changed(flow, mutation, random, network.ports().size()));
        }
        return new PortNetwork(network.name(), network.gap(), ports, flows);
    }

    private static FrameFlow changed(FrameFlow flow, Given mutation, SplittableRandom random, int ports) {
        var more = Rational.of(random.nextInt(101, 300), 100);
        var burst = flow.arrivals().burst();
        var rate = flow.arrivals().rate();
        var path = new ArrayList<>(flow.path());
        return switch (mutation) {
            case BURST -> with(flow, path, flow.smallest(), flow.largest(), new TokenBucket(times(burst, more), rate));
            case RATE ->
                with(
                        flow,
                        path,
                        flow.smallest(),
                        flow.largest(),
                        new TokenBucket(burst, new Rate(rate.bitsPerSecond().times(more))));
            case SMALLEST -> with(flow, path, Data.of(96), flow.largest(), flow.arrivals());
            case LARGEST ->
                with(
                        flow,
                        path,
                        flow.smallest(),
                        times(flow.largest(), more),
                        new TokenBucket(burst.max(times(flow.largest(), more)), rate));
            case WAY -> {
                int other = random.nextInt(ports);
                if (!path.remove((Object) other) || path.isEmpty()) {
                    path.add(random.nextInt(path.size() + 1), other);
                }
                yield with(flow, path, flow.smallest(), flow.largest(), flow.arrivals());
            }
            case CLASS ->
                new FrameFlow(flow.id(), random.nextInt(1, 8), path, flow.smallest(), flow.largest(), flow.arrivals());
            default -> flow;
        };
    }

    private static Data times(Data data, Rational factor) {
        return new Data(data.bits().times(factor));
    }

    private static FrameFlow with(
            FrameFlow flow, List<Integer> path, Data smallest, Data largest, TokenBucket arrivals) {
        return new FrameFlow(flow.id(), flow.trafficClass(), path, smallest, largest, arrivals);
    }

    private static Map<Integer, Time> cycles(Port port, SplittableRandom random) {
        var cycles = new HashMap<>(port.cycles());
        cycles.replaceAll((_, cycle) -> cycle.plus(Time.of(random.nextInt(-300, 300))));
        return cycles;
    }

    private static Port changed(Port port, Given mutation, SplittableRandom random) {
        var less = Rational.of(random.nextInt(20, 100), 100);
        var rate = mutation == Given.LINK ? new Rate(port.rate().bitsPerSecond().times(less)) : port.rate();
        var most = mutation == Given.TIME_BETWEEN
                ? port.mostDelay().plus(Time.of(random.nextInt(1, 500)))
                : port.mostDelay();
        var others = mutation == Given.BEST_EFFORT
                ? port.bestEffort().plus(Data.of(8L * random.nextInt(1, 2000)))
                : port.bestEffort();
        var slopes = new HashMap<>(mutation == Given.NO_SLOPE ? Map.<Integer, Rate>of() : port.idleSlopes());
        if (mutation == Given.SLOPE) {
            slopes.replaceAll((_, slope) -> new Rate(slope.bitsPerSecond().times(less)));
        }
        var entries = new ArrayList<>(port.gates().entries());
        if (mutation == Given.GATES) {
            entries.add(new GateList.Entry(Time.of(random.nextInt(1, 400)), Set.of()));
        }
        var preemption = mutation == Given.PREEMPTION
                ? random.nextBoolean() ? Preemption.NONE : new Preemption(Set.of(0, 1, 2, 3, 4), 3)
                : port.preemption();
        return new Port(
                port.id(),
                rate,
                port.leastDelay(),
                most,
                others,
                slopes,
                preemption,
                entries.size() == 1 && port.gates().entries().isEmpty() ? port.gates() : new GateList(entries),
                mutation == Given.NOT_SHAPED ? Set.of() : port.regulated(),
                mutation == Given.CYCLE ? cycles(port, random) : port.cycles());
    }
}
