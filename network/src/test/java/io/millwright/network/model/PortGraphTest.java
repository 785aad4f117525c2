package io.millwright.network.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.network.bounds.Analysis;
import io.millwright.network.bounds.Method;
import io.millwright.network.curve.Rate;
import io.millwright.network.number.Rational;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Ports as servers and streams as flows.
class PortGraphTest {

    private static final Rate FAST = Rate.of(1_000_000_000);

    private static NetworkModel line(int streams, int bytes) {
        return new NetworkModel(
                List.of(GateProblemTest.bridge("s")),
                GateProblemTest.stations("a", "b", "c"),
                List.of(
                        GateProblemTest.link("a", "s", Rate.of(100_000_000)),
                        GateProblemTest.link("s", "b", FAST),
                        GateProblemTest.link("s", "c", FAST)),
                IntStream.range(0, streams)
                        .mapToObj(i -> GateProblemTest.stream("x" + i, "a", List.of("b", "c"), bytes))
                        .toList());
    }

    /// One frame of 100 B on the way over 100 Mbit/s and 1 Gbit/s. By hand (Le Boudec and Thiran, section 1.4):
    /// each port has the latency of a frame of others and its own, (1542 + 100) · 8 bit at its rate: 131.36 µs
    /// and 13.136 µs; the frame itself takes 8 µs at the slower; 2 µs of processing and 0.1 µs on each link are
    /// added.
    @Test
    void aFrameAloneTakesWhatIsComputedByHand() {
        var ports = PortGraph.of(line(1, 100), "line");
        assertEquals(
                List.of("a/s", "s/b", "s/c"),
                ports.graph().servers().stream().map(s -> s.id()).toList());
        assertEquals(
                List.of("x0→b", "x0→c"),
                ports.graph().flows().stream().map(f -> f.id()).toList());
        var alone = new NetworkModel(
                line(1, 100).bridges(),
                line(1, 100).stations(),
                line(1, 100).links(),
                List.of(GateProblemTest.stream("x", "a", List.of("b"), 100)));
        var graph = PortGraph.of(alone, "alone");
        var bound = new Analysis(graph.graph())
                .bounds(0, EnumSet.of(Method.FIFO_SFA))
                .getFirst();
        assertEquals(
                Rational.of(154_696, 1_000_000_000),
                bound.delay().plus(graph.flows().getFirst().fixed()).seconds());
    }

    /// Nine streams of 1500 B in each millisecond bring 108 Mbit/s.
    @Test
    void anOverloadedPortIsNamed() {
        assertTrue(PortGraph.of(line(4, 1500), "line").mistake().isEmpty());
        assertTrue(PortGraph.of(line(9, 1500), "line")
                .mistake()
                .orElseThrow()
                .toString()
                .startsWith("server a/s is overloaded"));
    }

    private static NetworkModel.Stream twice() {
        var once = GateProblemTest.stream("x", "a", List.of("b"), 100);
        return new NetworkModel.Stream(
                once.name(),
                once.talker(),
                once.listeners(),
                once.frame(),
                once.period(),
                once.deadline(),
                once.jitter(),
                true,
                true);
    }

    /// Two ways that share nothing, so that each member is alone on its own: over s as above, and over t where
    /// both links have 1 Gbit/s: twice the latency of 13.136 µs, the frame in 0.8 µs, 2 µs of processing and
    /// 0.1 µs on each link.
    @Test
    void membersOfARedundantStreamHaveABoundEach() {
        var links = List.of(
                GateProblemTest.link("a", "s", Rate.of(100_000_000)),
                GateProblemTest.link("s", "b", FAST),
                GateProblemTest.link("a", "t", FAST),
                GateProblemTest.link("t", "b", FAST));
        var bridges = List.of(GateProblemTest.bridge("s"), GateProblemTest.bridge("t"));
        var ports = PortGraph.of(
                new NetworkModel(bridges, GateProblemTest.stations("a", "b"), links, List.of(twice())), "twice");
        assertTrue(ports.mistake().isEmpty(), ports::toString);
        assertEquals(
                Set.of("x.1", "x.2"),
                ports.graph().flows().stream().map(f -> f.id()).collect(Collectors.toSet()));
        var analysis = new Analysis(ports.graph());
        var delays = IntStream.range(0, 2)
                .mapToObj(i -> analysis.bounds(i, EnumSet.of(Method.FIFO_SFA))
                        .getFirst()
                        .delay()
                        .plus(ports.flows().get(i).fixed())
                        .seconds())
                .collect(Collectors.toSet());
        assertEquals(Set.of(Rational.of(154_696, 1_000_000_000), Rational.of(29_272, 1_000_000_000)), delays);
    }

    @Test
    void aRedundantStreamWithoutTwoWaysIsNamed() {
        var alone = new NetworkModel(
                List.of(GateProblemTest.bridge("s"), GateProblemTest.bridge("t")),
                GateProblemTest.stations("a", "b"),
                List.of(
                        GateProblemTest.link("a", "s", FAST),
                        GateProblemTest.link("s", "t", FAST),
                        GateProblemTest.link("t", "b", FAST)),
                List.of(twice()));
        var mistake = PortGraph.of(alone, "alone").mistake().orElseThrow().toString();
        assertTrue(mistake.startsWith("stream x is redundant, and there are no two ways"), mistake);
    }
}
