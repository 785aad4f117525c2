package io.millwright.network.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.network.bounds.Analysis;
import io.millwright.network.bounds.Bound;
import io.millwright.network.bounds.Method;
import io.millwright.network.curve.Data;
import io.millwright.network.curve.Rate;
import io.millwright.network.curve.Time;
import io.millwright.network.port.FrameFlow;
import io.millwright.network.port.GateList;
import io.millwright.network.port.Port;
import io.millwright.network.port.PortAnalysis;
import io.millwright.network.port.PortNetwork;
import io.millwright.network.port.Preemption;
import io.millwright.network.simulation.PortTrial;
import io.millwright.testkit.Property;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Bounds of a network in which the time between queues varies.
class VaryingDelaysTest {

    private static final int CASES = Integer.getInteger("mw.cases", 60);
    private static final Set<Method> METHODS = EnumSet.of(Method.FIFO_TFA, Method.FIFO_SFA, Method.FIFO_LUDB);
    private static final Rate FAST = Rate.of(100_000_000);

    private static Time nanos(long nanos) {
        return Nanos.of(Duration.ofNanos(nanos));
    }

    private static NetworkModel line(TimeRange processing, boolean cutThrough) {
        return new NetworkModel(
                List.of(new NetworkModel.Bridge(
                        "sw", processing, cutThrough, 8, Integer.MAX_VALUE, 1, new NetworkModel.Unshaped())),
                GateProblemTest.stations("io", "plc"),
                List.of(
                        new NetworkModel.Link("io", "sw", FAST, TimeRange.ZERO),
                        new NetworkModel.Link("sw", "plc", FAST, TimeRange.ZERO)),
                List.of(GateProblemTest.stream("alarm", "io", List.of("plc"), 125)));
    }

    private static List<Bound> bounds(PortGraph ports, int flow) {
        return new Analysis(ports.graph())
                .bounds(flow, METHODS).stream()
                        .map(b -> new Bound(
                                b.method(),
                                b.delay().plus(ports.flows().get(flow).fixed()),
                                b.steps()))
                        .toList();
    }

    private static long best(NetworkModel network) {
        return bounds(PortGraph.of(network, "line"), 0).stream()
                .map(Bound::delay)
                .reduce(Time::min)
                .map(Nanos::in)
                .orElseThrow();
    }

    /// By hand, at 100 Mbit/s: twice a frame of others (123.36 µs) and one of the stream (10 µs) as nothing
    /// counts before it is whole, its burst once (10 µs), and 5 µs of processing at the latest. For a stream
    /// alone it makes no difference that the frame may come 4 µs earlier, or after its head.
    @Test
    void aStreamAloneIsDelayedByTheLongest() {
        long longest = 2 * (123_360 + 10_000) + 10_000 + 5_000;
        assertEquals(longest, best(line(TimeRange.exactly(nanos(5_000)), false)));
        assertEquals(longest, best(line(new TimeRange(nanos(1_000), nanos(5_000)), false)));
        assertEquals(longest, best(line(new TimeRange(nanos(1_000), nanos(5_000)), true)));
    }

    /// The server of the first link varies by 4 µs; or by that and what comes between head and end, 111 of 125
    /// octets: 8.88 µs.
    @Test
    void theServerBeforeServesAsMuchLaterAsTheTimeVaries() {
        var exact = PortGraph.of(line(TimeRange.exactly(nanos(5_000)), false), "line");
        var range = PortGraph.of(line(new TimeRange(nanos(1_000), nanos(5_000)), false), "line");
        var cuts = PortGraph.of(line(new TimeRange(nanos(1_000), nanos(5_000)), true), "line");
        assertEquals(List.of(133_360L, 133_360L), latencies(exact));
        assertEquals(List.of(137_360L, 133_360L), latencies(range));
        assertEquals(List.of(146_240L, 133_360L), latencies(cuts));
        assertEquals(List.of(false, true, true), List.of(exact.varies(), range.varies(), cuts.varies()));
        assertEquals(1_000 - 8_880, Nanos.in(cuts.flows().getFirst().fixed()));
    }

    private static List<Long> latencies(PortGraph ports) {
        return ports.graph().servers().stream()
                .map(s -> Nanos.in(s.service().latency()))
                .toList();
    }

    /// Frame by frame, in ticks of a nanosecond, nothing takes longer than its bound.
    @Test
    void nothingTakesLongerThanItsBound() {
        var varied = new AtomicInteger();
        Property.check(CASES, random -> {
            var network = BesideScheduleTest.network(random);
            var graph = PortGraph.of(network, "random");
            if (graph.mistake().isPresent()) {
                return;
            }
            varied.addAndGet(graph.varies() ? 1 : 0);
            var ports = BesideScheduleTest.inTicks(ports(network, graph));
            var analysis = assertInstanceOf(PortAnalysis.Bounded.class, PortAnalysis.of(ports))
                    .analysis();
            var bounds = IntStream.range(0, graph.flows().size())
                    .mapToObj(i -> bounds(graph, i).stream()
                            .map(b -> new Bound(b.method(), BesideScheduleTest.longer(b.delay()), b.steps()))
                            .toList())
                    .toList();
            assertEquals(Optional.empty(), new PortTrial(3, 10_000).run(ports, analysis, bounds, random));
        });
        if (System.getProperty("mw.seed") == null) {
            assertTrue(varied.get() > CASES / 2, varied + " of " + CASES);
        }
    }

    /// The same network as ports, as a simulation knows them.
    private static PortNetwork ports(NetworkModel network, PortGraph graph) {
        var ways = new Ways(network);
        var flows = IntStream.range(0, graph.flows().size())
                .mapToObj(i -> {
                    var frame = graph.flows().get(i).stream().frame();
                    var flow = graph.graph().flows().get(i);
                    return new FrameFlow(flow.id(), 1, flow.path(), frame, frame, flow.arrivals());
                })
                .toList();
        var ports = IntStream.range(0, graph.graph().servers().size())
                .mapToObj(p -> {
                    var name = graph.graph().servers().get(p).id();
                    var largest = flows.stream()
                            .filter(f -> f.path().contains(p))
                            .map(FrameFlow::largest)
                            .reduce(Data.ZERO, Data::max);
                    var port = port(network, name);
                    var between = ways.between(port, largest);
                    return new Port(
                            name,
                            port.link().rate(),
                            between.least(),
                            between.most(),
                            Data.of(1542 * 8),
                            Map.of(),
                            Preemption.NONE,
                            GateList.ALWAYS_OPEN,
                            Set.of(),
                            Map.of());
                })
                .toList();
        return new PortNetwork("random", Data.ZERO, ports, flows);
    }

    private static Ways.Port port(NetworkModel network, String name) {
        return network.links().stream()
                .flatMap(l ->
                        List.of(new Ways.Port(l.one(), l.other(), l), new Ways.Port(l.other(), l.one(), l)).stream())
                .filter(p -> p.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
