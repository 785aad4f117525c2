package io.millwright.network.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.network.bounds.Method;
import io.millwright.network.curve.Data;
import io.millwright.network.curve.Rate;
import io.millwright.network.curve.Time;
import io.millwright.network.port.PortAnalysis;
import io.millwright.network.simulation.PortTrial;
import io.millwright.testkit.Property;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Bounds without gates where bridges shape sporadic streams.
class ShapedPortsTest {

    private static final int CASES = Integer.getInteger("mw.cases", 40);
    private static final Rate RATE = Rate.of(100_000_000);

    private static Time nanos(long nanos) {
        return Nanos.of(Duration.ofNanos(nanos));
    }

    private static NetworkModel.Stream stream(String name, String talker, int bytes, long period, boolean scheduled) {
        var time = nanos(period);
        return new NetworkModel.Stream(
                name, talker, List.of("plc"), Data.of(bytes * 8L), time, time, time, scheduled, false);
    }

    /// Alarms of 125 octets to plc over links of 100 Mbit/s, and images of 1250; names of one letter are
    /// stations.
    private static NetworkModel cell(
            NetworkModel.Shaper shaper, int queues, long period, String alarms, String images, String... links) {
        var nodes = Stream.of(links).flatMap(l -> Stream.of(l.split("-"))).distinct();
        var kinds = nodes.collect(Collectors.partitioningBy(n -> n.startsWith("sw")));
        var streams = new ArrayList<NetworkModel.Stream>();
        alarms.chars().forEach(c -> streams.add(stream("alarm", Character.toString(c), 125, period, false)));
        images.chars().forEach(c -> streams.add(stream("image", Character.toString(c), 1250, period, true)));
        var named = IntStream.range(0, streams.size())
                .mapToObj(i -> named(streams.get(i), i))
                .toList();
        return new NetworkModel(
                kinds.get(true).stream()
                        .map(b -> new NetworkModel.Bridge(b, TimeRange.ZERO, queues).with(shaper))
                        .toList(),
                GateProblemTest.stations(kinds.get(false).toArray(String[]::new)),
                Stream.of(links)
                        .map(l -> l.split("-"))
                        .map(l -> new NetworkModel.Link(l[0], l[1], RATE, TimeRange.ZERO))
                        .toList(),
                named);
    }

    private static NetworkModel.Stream named(NetworkModel.Stream s, int number) {
        return new NetworkModel.Stream(
                s.name() + number,
                s.talker(),
                s.listeners(),
                s.frame(),
                s.period(),
                s.deadline(),
                s.jitter(),
                s.scheduled(),
                s.redundant());
    }

    private static List<Long> bounds(NetworkModel network) {
        var graph = PortGraph.of(network, "cell");
        assertEquals(Optional.empty(), graph.mistake());
        var ports = graph.shaped().orElseThrow();
        var analysis = assertInstanceOf(PortAnalysis.Bounded.class, PortAnalysis.of(ports))
                .analysis();
        assertTrue(graph.flows().stream().allMatch(f -> f.fixed().equals(Time.ZERO)));
        return IntStream.range(0, ports.flows().size())
                .mapToObj(i -> analysis.bounds(i, EnumSet.of(Method.FIFO_TFA, Method.FIFO_SFA)).stream()
                        .mapToLong(b -> Nanos.in(b.delay()))
                        .min()
                        .orElseThrow())
                .toList();
    }

    private static final String[] STAR = {"p-sw", "q-sw", "r-sw", "sw-plc"};

    /// By hand, at 100 Mbit/s, where an alarm takes 10 µs and a frame of others 123.36: after one alarm the
    /// credit is -800 bits, and rises to zero in 40 µs at 20 Mbit/s. Just before, a frame of others begins, and
    /// then the second alarm is sent: 40 + 123.36 + 10 at the switch, 123.36 + 10 before: a bound is not below
    /// 306.72 µs. By the theorem in docs/reference/network-ports.md the credit is 20/80 · 12 336 = 3084 bits at
    /// most, and what is before the second of two alarms has gone after (3084 + 1000) / 20 = 204.2 µs, it takes
    /// 10 more: 347.56, and a little for the delay before.
    @Test
    void creditHoldsBackTheSecondOfTwoAlarms() {
        for (long bound : bounds(cell(new NetworkModel.Credit(Rate.of(20_000_000)), 8, 12_000_000, "pq", "", STAR))) {
            assertTrue(bound >= 306_720 && bound <= 348_500, () -> bound + " ns");
        }
    }

    /// As sporadic streams come in as they were sent, one of each is before an alarm at the last switch: 123.36
    /// of others, 20 of two alarms, 10 of its own, and 123.36 + 10 before. See [BesideScheduleTest].
    @Test
    void asynchronouslyShapedStreamsComeAsTheyWereSent() {
        var links = new String[] {"p-sw1", "r-sw2", "sw1-sw3", "sw2-sw3", "q-sw3", "sw3-plc"};
        assertEquals(
                133_360 + 153_360,
                bounds(cell(new NetworkModel.Asynchronous(), 8, 150_000, "qpr", "", links))
                        .getFirst(),
                1);
    }

    /// An image of 100 µs is in a queue above: it waits for a frame of others at each of two ports, and for no
    /// alarm. An alarm waits for it.
    @Test
    void scheduledStreamsAreAboveAndNotShaped() {
        var network = cell(new NetworkModel.Credit(Rate.of(20_000_000)), 3, 12_000_000, "p", "r", STAR);
        var bounds = bounds(network);
        assertEquals(2 * (123_360 + 100_000), bounds.getLast(), 1);
        assertTrue(bounds.getFirst() >= 133_360 + 123_360 + 100_000 + 10_000, bounds::toString);
    }

    @Test
    void onlyWhereASporadicStreamPassesAShaper() {
        var credit = new NetworkModel.Credit(Rate.of(20_000_000));
        assertEquals(
                Optional.empty(),
                PortGraph.of(cell(credit, 8, 12_000_000, "", "pr", STAR), "cell")
                        .shaped());
        var free = cell(new NetworkModel.Unshaped(), 8, 12_000_000, "p", "r", STAR);
        assertEquals(Optional.empty(), PortGraph.of(free, "cell").shaped());
        var few = PortGraph.of(cell(credit, 2, 12_000_000, "p", "r", STAR), "cell");
        assertEquals(
                "port sw/plc has 2 queues and needs 3: where switches shape sporadic streams, these, scheduled ones and"
                        + " all others have one each",
                few.mistake().orElseThrow().toString());
    }

    /// Frame by frame, in ticks of a nanosecond and at an octet a tick, nothing takes longer than its bound,
    /// scheduled or sporadic.
    @Test
    void nothingTakesLongerThanItsBound() {
        var bounded = new AtomicInteger();
        Property.check(CASES, random -> {
            var graph = PortGraph.of(BesideScheduleTest.network(random), "random");
            if (graph.shaped().isEmpty() || graph.mistake().isPresent()) {
                return;
            }
            var ports = BesideScheduleTest.inTicks(graph.shaped().get());
            if (!(PortAnalysis.of(ports) instanceof PortAnalysis.Bounded(var analysis))) {
                return;
            }
            bounded.incrementAndGet();
            var bounds = IntStream.range(0, ports.flows().size())
                    .mapToObj(i -> analysis.bounds(i, EnumSet.allOf(Method.class)))
                    .toList();
            assertEquals(Optional.empty(), new PortTrial(3, 10_000).run(ports, analysis, bounds, random));
        });
        if (System.getProperty("mw.seed") == null) {
            assertTrue(bounded.get() > CASES / 4, bounded + " of " + CASES);
        }
    }
}
