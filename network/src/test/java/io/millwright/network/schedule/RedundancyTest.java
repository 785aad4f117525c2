package io.millwright.network.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.network.schedule.Outcome.Impossible;
import io.millwright.network.schedule.Outcome.NotFound;
import io.millwright.network.schedule.Outcome.Scheduled;
import io.millwright.testkit.Property;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Redundant streams (IEEE 802.1CB): two ways that share nothing they need not, both in time, so that no single
/// failure of a link or bridge between loses a frame.
class RedundancyTest {

    private static final int CASES = Integer.getInteger("mw.cases", 60);

    private static final long[] PERIODS = {100_000, 200_000, 400_000};

    private static void both(List<Link> links, int one, int other) {
        links.add(new Link(one, other, 8, 1000, 2000, 100));
        links.add(new Link(other, one, 8, 1000, 2000, 100));
    }

    /// A ring of bridges with chords by lot; stations 100 and up at one bridge, some at two.
    private static Problem problem(SplittableRandom random) {
        int bridges = random.nextInt(3, 8);
        var links = new ArrayList<Link>();
        for (int i = 0; i < bridges; i++) {
            both(links, i, (i + 1) % bridges);
        }
        for (int i = 0; i + 2 < bridges; i++) {
            if (random.nextInt(4) == 0 && !(i == 0 && bridges - 1 == i + 2)) {
                both(links, i, i + 2);
            }
        }
        int stations = random.nextInt(2, 7);
        for (int i = 0; i < stations; i++) {
            int bridge = random.nextInt(bridges);
            both(links, 100 + i, bridge);
            if (random.nextInt(3) == 0) {
                both(links, 100 + i, (bridge + 1) % bridges);
            }
        }
        var streams = new ArrayList<io.millwright.network.schedule.Stream>();
        int count = random.nextInt(1, 10);
        for (int i = 0; i < count; i++) {
            int source = random.nextInt(stations);
            var listeners = new ArrayList<Integer>();
            int wanted = random.nextInt(3) == 0 ? Math.min(3, stations - 1) : 1;
            for (int s = 1; listeners.size() < wanted; s++) {
                listeners.add(100 + (source + s) % stations);
            }
            long period = PERIODS[random.nextInt(PERIODS.length)];
            var stream = new io.millwright.network.schedule.Stream(
                    i,
                    100 + source,
                    listeners,
                    random.nextInt(64, 700),
                    period,
                    30_000 + random.nextInt(170_000),
                    random.nextBoolean() ? 0 : 1000);
            streams.addAll(random.nextInt(4) == 0 ? List.of(stream) : stream.members());
        }
        return new Problem(new Topology(links), streams);
    }

    /// What the checker accepts arrives although any one cable or bridge fails, which is not the only one of a
    /// station: looked at by sending frames through gates and queues.
    @Test
    void noSingleFailureLosesAFrameOfARedundantStream() {
        var scheduled = new AtomicInteger();
        Property.check(CASES, random -> {
            var problem = problem(random);
            if (random.nextInt(3) == 0) {
                problem = problem.within(new Limits(200, 0, 8, 100, Long.MAX_VALUE));
            }
            var outcome = new Scheduler(problem, SchedulerTest.clock(), random.nextLong()).run(Duration.ofMillis(20));
            if (outcome instanceof Scheduled(var schedule)) {
                Certified.figures(schedule);
                if (problem.limits().equals(Limits.NONE)) {
                    everyFailure(schedule);
                }
                scheduled.incrementAndGet();
            }
        });
        if (System.getProperty("mw.seed") == null) {
            assertTrue(scheduled.get() > CASES / 2, scheduled + " of " + CASES);
        }
    }

    private static void everyFailure(Schedule schedule) throws IOException {
        new GateSimulation(schedule).run();
        var links = schedule.problem().topology().links();
        for (var link : links) {
            if (link.from() < link.to()) {
                survived(schedule, Set.of(link.from(), link.to()), true);
            }
        }
        for (int bridge = 0; bridge < 100; bridge++) {
            int node = bridge;
            if (links.stream().anyMatch(l -> l.from() == node)) {
                survived(schedule, Set.of(bridge), false);
            }
        }
    }

    /// @param nodes a bridge, or both ends of a link
    private static void survived(Schedule schedule, Set<Integer> nodes, boolean link) throws IOException {
        var failed = new HashSet<String>();
        for (var l : schedule.problem().topology().links()) {
            if (link
                    ? nodes.containsAll(List.of(l.from(), l.to()))
                    : nodes.contains(l.from()) || nodes.contains(l.to())) {
                failed.add(l.toString());
            }
        }
        var simulation = new GateSimulation(schedule, failed);
        simulation.run();
        for (var stream : schedule.problem().streams()) {
            if (stream.member() == 1) {
                for (int listener : stream.destinations()) {
                    if (!isAlone(schedule, stream.source(), failed) && !isAlone(schedule, listener, failed)) {
                        simulation.arrivesInTime(stream, listener);
                    }
                }
            }
        }
    }

    /// Whether a station has no link any more.
    private static boolean isAlone(Schedule schedule, int station, Set<String> failed) {
        return schedule.problem().topology().links().stream()
                .filter(l -> l.from() == station)
                .allMatch(l -> failed.contains(l.toString()));
    }

    private static Problem redundant(List<Link> links, int from, long deadline, Integer... to) {
        var stream = new io.millwright.network.schedule.Stream(5, from, List.of(to), 125, 100_000, deadline, 0);
        return new Problem(new Topology(links), stream.members());
    }

    private static Outcome run(Problem problem) {
        return new Scheduler(problem, SchedulerTest.clock(), 1).run(Duration.ofMillis(50));
    }

    private static List<Link> chain(int... nodes) {
        var links = new ArrayList<Link>();
        for (int i = 1; i < nodes.length; i++) {
            both(links, nodes[i - 1], nodes[i]);
        }
        return links;
    }

    /// Two rings that have bridge 2 in common: 10 at bridge 0, 11 at bridge 4.
    @Test
    void whatAllWaysPassIsNamedAndALinkPastItIsARepair() {
        var links = chain(0, 1, 2, 0);
        links.addAll(chain(2, 3, 4, 2));
        both(links, 10, 0);
        both(links, 11, 4);
        var problem = redundant(links, 10, 100_000, 11);
        var outcome = run(problem);
        var reasons = assertInstanceOf(Impossible.class, outcome).reasons();
        assertEquals(List.of("stream 5: it is redundant, and all ways to node 11 pass node 2"), texts(reasons));

        var repairs = new ArrayList<Repair>();
        new Diagnosis(problem, outcome, SchedulerTest.clock(), 1, Duration.ofSeconds(5)).repairs(repairs::add);
        var added = repairs.stream()
                .filter(r -> r.changes().getFirst() instanceof Change.AddLink)
                .toList();
        assertFalse(added.isEmpty(), repairs::toString);
        assertTrue(
                added.getFirst().changes().getFirst() instanceof Change.AddLink(int one, int other, var _)
                        && (one == 0 || one == 1)
                        && (other == 3 || other == 4),
                added::toString);
    }

    /// A chain of bridges: its first link is the first thing that cannot be avoided.
    @Test
    void aLinkThatAllWaysPassIsNamed() {
        var links = chain(10, 0, 1, 11);
        assertEquals(
                List.of("stream 5: it is redundant, and all ways to node 11 pass link (0, 1)"),
                texts(assertInstanceOf(Impossible.class, run(redundant(links, 10, 100_000, 11)))
                        .reasons()));
    }

    /// 125 octets take 1 µs, a hop 2100 more. In a ring of five, from bridge 0 to bridge 1, the ways have
    /// 3 and 6 links: 2 · 3100 + 1100 = 7300 and 5 · 3100 + 1100 = 16 600, together 23 900.
    @Test
    void twoWaysThatTakeTooLongTogetherAreAProof() {
        var links = chain(0, 1, 2, 3, 4, 0);
        both(links, 10, 0);
        both(links, 11, 1);
        assertEquals(
                List.of("stream 5: its deadline is 11 µs, and of two ways that share nothing the slower"
                        + " takes at least 11.95 µs: the fastest two take 23.9 µs together"),
                texts(assertInstanceOf(Impossible.class, run(redundant(links, 10, 11_000, 11)))
                        .reasons()));
        // 16 599 is too short as well, which this arithmetic does not prove
        assertInstanceOf(NotFound.class, run(redundant(links, 10, 16_599, 11)));
        assertInstanceOf(Scheduled.class, run(redundant(links, 10, 17_600, 11)));
    }

    /// The talker's only link is used by both, one frame after the other.
    @Test
    void whatBothWaysShareIsTold() throws IOException {
        var links = chain(0, 1, 2, 3, 4, 0);
        both(links, 10, 0);
        both(links, 11, 1);
        both(links, 11, 2);
        var schedule = assertInstanceOf(Scheduled.class, run(redundant(links, 10, 50_000, 11)))
                .schedule();
        Certified.figures(schedule);
        var at = Redundancy.of(schedule).getFirst().eliminations().getFirst();
        assertEquals(11, at.listener());
        assertEquals(List.of("(10, 0)"), at.links().stream().map(Link::toString).toList());
        assertEquals(List.of(0), at.nodes());
        assertEquals(2, at.historyLength());
        assertEquals(1, at.resetMillis());
    }

    /// Two networks that have nothing in common but the stations, to several listeners at once.
    @Test
    void twoParallelNetworksAreTwoWays() throws IOException {
        var links = chain(0, 1, 2);
        links.addAll(chain(5, 6, 7));
        Stream.of(new int[] {10, 0, 5}, new int[] {11, 1, 6}, new int[] {12, 2, 7})
                .forEach(s -> {
                    both(links, s[0], s[1]);
                    both(links, s[0], s[2]);
                });
        var schedule = assertInstanceOf(Scheduled.class, run(redundant(links, 10, 50_000, 11, 12)))
                .schedule();
        Certified.figures(schedule);
        everyFailure(schedule);
    }

    /// 10 Mbit/s on one side of a ring, 1 Gbit/s on the other: the late frame comes more than a period after.
    @Test
    void theHistoryIsLongEnoughForAFrameThatComesPeriodsLater() throws IOException {
        var links = new ArrayList<Link>();
        both(links, 10, 0);
        both(links, 11, 2);
        both(links, 0, 1);
        both(links, 1, 2);
        for (int[] ends : new int[][] {{0, 3}, {3, 2}}) {
            links.add(new Link(ends[0], ends[1], 8, 10, 2000, 100));
            links.add(new Link(ends[1], ends[0], 8, 10, 2000, 100));
        }
        var stream = new io.millwright.network.schedule.Stream(5, 10, List.of(11), 100, 100_000, 400_000, 0);
        var schedule = assertInstanceOf(Scheduled.class, run(new Problem(new Topology(links), stream.members())))
                .schedule();
        Certified.figures(schedule);
        var at = Redundancy.of(schedule).getFirst().eliminations().getFirst();
        // two links of 80 000 ns each in the place of 800 ns
        assertTrue(at.apartNanos() > 100_000 && at.apartNanos() < 300_000, at::toString);
        assertEquals(at.apartNanos() / 100_000 + 2, at.historyLength());
    }

    private static List<String> texts(List<Message> messages) {
        return messages.stream().map(Message::toString).toList();
    }
}
