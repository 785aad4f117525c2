package io.millwright.network.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.network.bounds.Method;
import io.millwright.network.curve.Data;
import io.millwright.network.curve.Rate;
import io.millwright.network.curve.Time;
import io.millwright.network.curve.TokenBucket;
import io.millwright.network.number.Rational;
import io.millwright.network.port.FrameFlow;
import io.millwright.network.port.GateList;
import io.millwright.network.port.Port;
import io.millwright.network.port.PortAnalysis;
import io.millwright.network.port.PortNetwork;
import io.millwright.network.schedule.Limits;
import io.millwright.network.schedule.Outcome;
import io.millwright.network.schedule.Schedule;
import io.millwright.network.schedule.Scheduler;
import io.millwright.network.simulation.PortTrial;
import io.millwright.testkit.Property;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BesideScheduleTest {

    private static final int CASES = Integer.getInteger("mw.cases", 25);
    private static final Rational GIGA = Rational.of(1_000_000_000);

    private static Time nanos(long nanos) {
        return Nanos.of(Duration.ofNanos(nanos));
    }

    private static NetworkModel.Stream stream(
            String name, String talker, String listener, int bytes, long period, long deadline, boolean scheduled) {
        return new NetworkModel.Stream(
                name,
                talker,
                List.of(listener),
                Data.of(bytes * 8L),
                nanos(period),
                nanos(deadline),
                nanos(scheduled ? 100 : deadline),
                scheduled,
                false);
    }

    static Optional<Schedule> schedule(NetworkModel network, Limits limits) {
        var problem = assertInstanceOf(GateProblem.Right.class, GateProblem.of(network))
                .problem()
                .within(limits);
        var outcome = new Scheduler(problem, System::nanoTime, 1).run(Duration.ofMillis(500));
        return outcome instanceof Outcome.Scheduled(var schedule) ? Optional.of(schedule) : Optional.empty();
    }

    private static BesideSchedule beside(NetworkModel network, Limits limits) {
        return BesideSchedule.of(network, schedule(network, limits).orElseThrow());
    }

    private static NetworkModel cell(long deadline, int queues) {
        var rate = Rate.of(100_000_000);
        return new NetworkModel(
                List.of(new NetworkModel.Bridge("sw", TimeRange.ZERO, queues)),
                GateProblemTest.stations("camera", "io", "plc"),
                List.of(
                        new NetworkModel.Link("camera", "sw", rate, TimeRange.ZERO),
                        new NetworkModel.Link("io", "sw", rate, TimeRange.ZERO),
                        new NetworkModel.Link("sw", "plc", rate, TimeRange.ZERO)),
                List.of(
                        stream("image", "camera", "plc", 1250, 1_000_000, 1_000_000, true),
                        stream("alarm", "io", "plc", 125, 10_000_000, deadline, false)));
    }

    /// By hand, at 100 Mbit/s: an alarm takes 10 µs, a frame of others 123.36, an image keeps the gates of the
    /// port of sw closed for 100 of 1000. At both ports a frame of others has just begun; at sw, when that has
    /// been sent, hardly less is left before the gates close than an alarm takes. A bound is not below that, and
    /// should not be far above.
    @Test
    void anAlarmWaitsForAFrameOfOthersAndForTheGates() {
        var atIo = 123_360 + 10_000;
        var atSwitch = 123_360 + 10_000 + 100_000 + 10_000;
        var found = beside(cell(atIo + atSwitch - 1, 8), Limits.NONE);
        assertEquals(Optional.empty(), found.mistake());
        var alarm = found.sporadic().getFirst();
        assertEquals("alarm plc", alarm.stream().name() + " " + alarm.listener());
        assertEquals(1.03, alarm.delayNanos() / (double) (atIo + atSwitch), 0.03);
        assertEquals(List.of("camera/sw 0.900 0.000", "io/sw 1.000 0.001", "sw/plc 0.900 0.001"), left(found));
        assertFalse(alarm.holds());
        assertTrue(beside(cell((atIo + atSwitch) * 106 / 100, 8), Limits.NONE)
                .sporadic()
                .getFirst()
                .holds());
    }

    private static List<String> left(BesideSchedule beside) {
        return beside.left().stream()
                .map(l -> "%s/%s %.3f %.3f".formatted(l.from(), l.to(), l.open(), l.needed()))
                .toList();
    }

    /// Gates that are open for 2 µs longer on either side for others' clocks are closed for others as long, and a
    /// wrong clock of the port itself takes 1 µs more on either side.
    @Test
    void clocksThatAreWrongLeaveLess() {
        var limits = new Limits(Integer.MAX_VALUE, 0, 1, 1_000, Long.MAX_VALUE);
        assertTrue(
                left(beside(cell(1_000_000, 8), limits)).contains("sw/plc 0.894 0.001"),
                () -> left(beside(cell(1_000_000, 8), limits)).toString());
    }

    @Test
    void withoutAQueueOrATimeThereIsNoBound() {
        var few = beside(cell(1_000_000, 2), Limits.NONE);
        assertEquals(
                "sporadic streams have no bound beside this schedule: of 2 queues at port sw/plc it leaves 1, and"
                        + " sporadic streams and all others need one each",
                few.mistake().orElseThrow().toString());
        assertEquals(List.of(), few.sporadic());
        var open = beside(cell(1_000_000, 8), new Limits(1, 0, 1, 0, Long.MAX_VALUE));
        assertEquals(
                "sporadic streams have no bound beside this schedule: at port sw/plc a gate is always open for"
                        + " scheduled frames, as its list has too few entries to close it",
                open.mistake().orElseThrow().toString());
    }

    /// Alarms of 125 octets to plc over links of 100 Mbit/s; names of one letter are stations.
    private static BesideSchedule alarms(NetworkModel.Shaper shaper, long period, String talkers, String... links) {
        var rate = Rate.of(100_000_000);
        var nodes = Stream.of(links).flatMap(l -> Stream.of(l.split("-"))).distinct();
        var kinds = nodes.collect(Collectors.partitioningBy(n -> n.startsWith("sw")));
        var streams = new ArrayList<NetworkModel.Stream>();
        for (var talker : talkers.split("")) {
            streams.add(stream("alarm-" + talker, talker, "plc", 125, period, 10_000_000, false));
        }
        streams.add(stream("tick", "plc", talkers.substring(0, 1), 64, 1_200_000, 1_200_000, true));
        return beside(
                new NetworkModel(
                        kinds.get(true).stream()
                                .map(b -> new NetworkModel.Bridge(b, TimeRange.ZERO, 8).with(shaper))
                                .toList(),
                        GateProblemTest.stations(kinds.get(false).toArray(String[]::new)),
                        Stream.of(links)
                                .map(l -> l.split("-"))
                                .map(l -> new NetworkModel.Link(l[0], l[1], rate, TimeRange.ZERO))
                                .toList(),
                        streams),
                Limits.NONE);
    }

    /// By hand, at 100 Mbit/s, where an alarm takes 10 µs and a frame of others 123.36: after one alarm the
    /// credit is -800 bits, and rises to zero in 40 µs at 20 Mbit/s. Just before, a frame of others begins, and
    /// then the second alarm is sent: 40 + 123.36 + 10 at the switch, 123.36 + 10 before. So a bound is not
    /// below 306.72 µs. By the theorem in docs/reference/network-ports.md the credit is 20/80 · 12 336 = 3084
    /// bits at most, and what is before the second of two alarms that come together has gone after
    /// (3084 + 1000) / 20 = 204.2 µs, it takes 10 more: not above 347.56, and a little for the delay before.
    @Test
    void creditHoldsBackTheSecondOfTwoAlarms() {
        var links = new String[] {"p-sw", "q-sw", "sw-plc"};
        var free = alarms(new NetworkModel.Unshaped(), 12_000_000, "pq", links);
        assertEquals(Optional.empty(), free.mistake());
        assertEquals(133_360 + 143_360, free.sporadic().getFirst().delayNanos(), 1_000);
        var shaped = alarms(new NetworkModel.Credit(Rate.of(20_000_000)), 12_000_000, "pq", links);
        assertEquals(Optional.empty(), shaped.mistake());
        for (var alarm : shaped.sporadic()) {
            assertTrue(alarm.delayNanos() >= 306_720, alarm::toString);
            assertTrue(alarm.delayNanos() <= 348_500, alarm::toString);
        }
        var tooLittle = alarms(new NetworkModel.Credit(Rate.of(150_000)), 12_000_000, "pq", links);
        assertEquals(List.of(), tooLittle.sporadic());
        assertTrue(tooLittle.mistake().orElseThrow().toString().contains("no bound beside"), tooLittle::toString);
    }

    /// Two alarms of every 150 µs come to the last switch over two ports each, which may hold them up for 2 ·
    /// 123.36 µs: so that two of each may come behind each other, at 0 and 10 µs. One that comes then, with a
    /// frame of others begun at 0, waits for all four: 123.36 + 40 + 10 - 10 µs. Asynchronous shaping lets one
    /// of each in: 123.36 + 20 + 10 µs, and 123.36 + 10 before.
    @Test
    void asynchronouslyShapedStreamsComeAsTheyWereSent() {
        var links = new String[] {"p-sw1", "r-sw2", "sw1-sw3", "sw2-sw3", "q-sw3", "sw3-plc"};
        var shaped = alarms(new NetworkModel.Asynchronous(), 150_000, "qpr", links);
        assertEquals(Optional.empty(), shaped.mistake());
        assertEquals(133_360 + 153_360, shaped.sporadic().getFirst().delayNanos(), 1);
        var free = alarms(new NetworkModel.Unshaped(), 150_000, "qpr", links);
        assertTrue(free.sporadic().getFirst().delayNanos() >= 133_360 + 163_360, free::toString);
    }

    /// Frame by frame, in ticks of a nanosecond and at an octet a tick, nothing takes longer than its bound.
    @Test
    void nothingTakesLongerThanItsBound() {
        var bounded = new AtomicInteger();
        Property.check(CASES, random -> {
            var network = network(random);
            var schedule = schedule(network, Limits.NONE);
            if (schedule.isEmpty()) {
                return;
            }
            var found = BesideSchedule.of(network, schedule.get());
            if (found.mistake().isPresent()) {
                return;
            }
            bounded.incrementAndGet();
            var ports = inTicks(new PortsBeside(network, schedule.get()).network());
            var analysis = assertInstanceOf(PortAnalysis.Bounded.class, PortAnalysis.of(ports))
                    .analysis();
            var bounds = IntStream.range(0, found.sporadic().size())
                    .mapToObj(i -> analysis.bounds(i, EnumSet.of(Method.FIFO_TFA)))
                    .toList();
            for (int i = 0; i < bounds.size(); i++) {
                double best = bounds.get(i).stream()
                        .mapToDouble(b -> b.delay().seconds().upper())
                        .min()
                        .orElseThrow();
                assertEquals(best, found.sporadic().get(i).delayNanos(), 1 + best * 1e-9);
            }
            assertEquals(Optional.empty(), new PortTrial(3, 10_000).run(ports, analysis, bounds, random));
        });
        if (System.getProperty("mw.seed") == null) {
            assertTrue(bounded.get() > CASES / 2, bounded + " of " + CASES);
        }
    }

    static NetworkModel network(SplittableRandom random) {
        var rate = Rate.of(8_000_000_000L);
        var bridges = List.of(
                new NetworkModel.Bridge(
                        "a", upTo(random, 300), random.nextBoolean(), 8, Integer.MAX_VALUE, 1, shaper(random)),
                new NetworkModel.Bridge(
                        "b", upTo(random, 300), random.nextBoolean(), 8, Integer.MAX_VALUE, 1, shaper(random)));
        var stations = new String[] {"p", "q", "r", "s"};
        var links = new ArrayList<NetworkModel.Link>();
        links.add(new NetworkModel.Link("a", "b", rate, upTo(random, 100)));
        for (int i = 0; i < stations.length; i++) {
            links.add(new NetworkModel.Link(stations[i], i < 2 ? "a" : "b", rate, upTo(random, 100)));
        }
        var streams = new ArrayList<NetworkModel.Stream>();
        int scheduled = random.nextInt(1, 5);
        for (int i = 0; i < scheduled + random.nextInt(1, 5); i++) {
            int talker = random.nextInt(4);
            var listener = stations[(talker + random.nextInt(1, 4)) % 4];
            streams.add(
                    i < scheduled
                            ? stream(
                                    "t" + i,
                                    stations[talker],
                                    listener,
                                    random.nextInt(64, 1000),
                                    period(random),
                                    30_000,
                                    true)
                            : stream(
                                    "s" + i,
                                    stations[talker],
                                    listener,
                                    random.nextInt(64, 600),
                                    period(random),
                                    99_000,
                                    false));
        }
        return new NetworkModel(bridges, GateProblemTest.stations(stations), links, streams);
    }

    /// Always the same time, or any between two.
    private static TimeRange upTo(SplittableRandom random, int most) {
        long longest = random.nextInt(most);
        return new TimeRange(nanos(random.nextBoolean() ? longest : random.nextLong(longest + 1)), nanos(longest));
    }

    private static NetworkModel.Shaper shaper(SplittableRandom random) {
        return switch (random.nextInt(3)) {
            case 0 -> new NetworkModel.Credit(Rate.of(1_000_000_000L * random.nextInt(2, 6)));
            case 1 -> new NetworkModel.Asynchronous();
            default -> new NetworkModel.Unshaped();
        };
    }

    private static long period(SplittableRandom random) {
        return 4_000L << random.nextInt(3);
    }

    static PortNetwork inTicks(PortNetwork network) {
        var ports = network.ports().stream()
                .map(p -> new Port(
                        p.id(),
                        slower(p.rate()),
                        longer(p.leastDelay()),
                        longer(p.mostDelay()),
                        p.bestEffort(),
                        p.idleSlopes().entrySet().stream()
                                .collect(Collectors.toMap(Map.Entry::getKey, e -> slower(e.getValue()))),
                        p.preemption(),
                        new GateList(p.gates().entries().stream()
                                .map(e -> new GateList.Entry(longer(e.length()), e.open()))
                                .toList()),
                        p.regulated(),
                        p.cycles()))
                .toList();
        var flows = network.flows().stream()
                .map(f -> new FrameFlow(
                        f.id(),
                        f.trafficClass(),
                        f.path(),
                        f.smallest(),
                        f.largest(),
                        new TokenBucket(
                                f.arrivals().burst(), slower(f.arrivals().rate()))))
                .toList();
        return new PortNetwork(network.name(), network.gap(), ports, flows);
    }

    static Time longer(Time time) {
        return Time.of(time.seconds().times(GIGA));
    }

    private static Rate slower(Rate rate) {
        return Rate.of(rate.bitsPerSecond().over(GIGA));
    }
}
