package io.millwright.network.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.network.schedule.Outcome.Impossible;
import io.millwright.network.schedule.Outcome.Scheduled;
import io.millwright.testkit.Property;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Both ways of a redundant stream lead around ports that cannot send it.
class RedundantCarriersTest {

    private static final int CASES = Integer.getInteger("mw.cases", 150);

    /// Of each, a port like this sends no frame of 1000 octets every 100 µs.
    private static final List<Limits> UNABLE = List.of(
            new Limits(9, 0, 7, 0, 9999),
            new Limits(9, 0, 1, 0, 9999, 99_999),
            new Limits(9, 100_001, 1, 0, 9999),
            new Limits(9, 0, 1, 0, 999));

    private static Stream stream(List<Integer> to, long deadline) {
        return new Stream(5, 10, to, 1000, 100_000, deadline, 0);
    }

    /// @param ends of a link; where its first port has limits of its own, a third number
    private static Topology topology(Limits limits, int[]... ends) {
        var links = new ArrayList<Link>();
        for (int[] e : ends) {
            links.add(new Link(e[0], e[1], 8, 1000, 1000, 0, e.length > 2 ? limits : Limits.NONE));
            links.add(new Link(e[1], e[0], 8, 1000, 1000, 0));
        }
        return new Topology(links);
    }

    private static Outcome run(Topology topology, Stream stream) {
        return new Scheduler(new Problem(topology, stream.members()), SchedulerTest.clock(), 1)
                .run(Duration.ofMillis(20));
    }

    /// From 10 at bridge 0 to 11 at bridge 1 there are the link (0, 1), the way over 2, and the longer one over 3
    /// and 4. The two shortest are taken, and where a port of one cannot send the stream the third in its place.
    @Test
    void thePairLeadsAroundAPortThatCannotSendIt() throws Exception {
        int[][] links = {{10, 0}, {0, 1}, {0, 2}, {2, 1}, {0, 3}, {3, 4}, {4, 1}, {1, 11}};
        assertEquals(
                List.of("10-0-1-11", "10-0-2-1-11"),
                ways(run(topology(Limits.NONE, links), stream(List.of(11), 90_000))));
        for (var unable : UNABLE) {
            for (int at : List.of(1, 2, 3)) {
                var these = links.clone();
                these[at] = new int[] {links[at][0], links[at][1], 1};
                var expected =
                        at == 1 ? List.of("10-0-2-1-11", "10-0-3-4-1-11") : List.of("10-0-1-11", "10-0-3-4-1-11");
                assertEquals(
                        expected, ways(run(topology(unable, these), stream(List.of(11), 90_000))), unable::toString);
            }
        }
    }

    private static List<String> ways(Outcome outcome) throws Exception {
        var schedule = assertInstanceOf(Scheduled.class, outcome).schedule();
        Certified.figures(schedule);
        var links = schedule.problem().topology().links();
        return schedule.placements().stream()
                .map(p -> p.links().stream().map(l -> "-" + links.get(l).to()).reduce("10", String::concat))
                .sorted()
                .toList();
    }

    /// A ring of three, one port of which cannot send the stream: that there are two ways is no help.
    @Test
    void whatAllWaysOverPortsThatCanSendItPassIsNamed() {
        int[][] ring = {{10, 0}, {0, 1}, {0, 2}, {2, 1, 1}, {1, 11}};
        for (var unable : UNABLE) {
            var outcome = run(topology(unable, ring), stream(List.of(11), 90_000));
            assertEquals(
                    List.of("stream 5: it is redundant, and all ways to node 11 over ports that can send it"
                            + " pass link (0, 1)"),
                    assertInstanceOf(Impossible.class, outcome).reasons().stream()
                            .map(Message::toString)
                            .toList());
        }
    }

    /// 1000 octets take 8 µs and a hop 1 more. The ways have 3, 4 and 5 links: 26, 35 and 44 µs. With a port of
    /// the second closed, the others take 70 together, and the later is not before 35; all three are in time for
    /// 61 = 26 + 35.
    @Test
    void aDeadlineThatOnlyAPairOverOtherPortsKeepsIsAProof() {
        int[][] links = {{10, 0}, {0, 1}, {0, 2}, {2, 1, 1}, {0, 3}, {3, 4}, {4, 1}, {1, 11}};
        for (var unable : UNABLE) {
            assertEquals(
                    List.of("stream 5: its deadline is 34 µs, and of two ways that share nothing, over ports"
                            + " that can send it, the slower takes at least 35 µs: the fastest two take 70 µs"
                            + " together"),
                    assertInstanceOf(Impossible.class, run(topology(unable, links), stream(List.of(11), 34_000)))
                            .reasons()
                            .stream()
                            .map(Message::toString)
                            .toList());
        }
    }

    /// Rings with chords in which ports are closed by lot: against all pairs of simple paths.
    @Test
    void aPairIsFoundWhereThereIsOneAndTheFirstTakesLeastTime() {
        var found = new AtomicInteger();
        var around = new AtomicInteger();
        Property.check(CASES, random -> {
            var topology = random(random, _ -> Limits.NONE);
            var stream = stream(List.of(11), 1_000_000);
            var closed = closed(random, topology);
            var disjoint = new DisjointWays(topology);
            var pairs = disjoint.of(stream, l -> !closed.contains(l));
            long least = least(topology, disjoint, stream, closed);
            assertEquals(least < Long.MAX_VALUE, !pairs.isEmpty());
            for (var pair : pairs) {
                assertTrue(disjoint.areApart(stream, pair.one(), pair.other()));
                assertTrue(pair.one().stream().noneMatch(closed::contains), pair::toString);
                assertTrue(pair.other().stream().noneMatch(closed::contains), pair::toString);
            }
            if (!pairs.isEmpty()) {
                assertEquals(
                        least,
                        time(topology, stream, pairs.getFirst().one())
                                + time(topology, stream, pairs.getFirst().other()));
                found.incrementAndGet();
                around.addAndGet(least(topology, disjoint, stream, Set.of()) < least ? 1 : 0);
            }
        });
        if (System.getProperty("mw.seed") == null) {
            assertTrue(found.get() > CASES / 4, found + " of " + CASES);
            assertTrue(around.get() > CASES / 20, around + " around ports that are closed");
        }
    }

    /// To several listeners, too, and the checker accepts it, which knows the limits of each port.
    @Test
    void whatIsPlannedPassesNoPortThatCannotSendIt() {
        var scheduled = new AtomicInteger();
        Property.check(CASES, random -> {
            var topology = random(random, r -> r.nextInt(6) == 0 ? UNABLE.get(r.nextInt(UNABLE.size())) : Limits.NONE);
            var to = random.nextInt(3) == 0 ? List.of(11, 12) : List.of(11);
            if (run(topology, stream(to, 99_000)) instanceof Scheduled(var schedule)) {
                Certified.figures(schedule);
                scheduled.incrementAndGet();
                schedule.placements()
                        .forEach(p -> p.links().forEach(l -> {
                            var link = topology.links().get(l);
                            assertFalse(UNABLE.contains(link.limits()) && link.from() < 10, link::toString);
                        }));
            }
        });
        if (System.getProperty("mw.seed") == null) {
            assertTrue(scheduled.get() > CASES / 4, scheduled + " of " + CASES);
        }
    }

    private interface Ports {
        Limits by(SplittableRandom random);
    }

    /// Bridges 0 to 7 in a ring with chords; stations 10 to 12 at one or two of them.
    private static Topology random(SplittableRandom random, Ports ports) {
        int bridges = random.nextInt(3, 8);
        var ends = new HashSet<List<Integer>>();
        for (int i = 0; i < bridges; i++) {
            ends.add(List.of(Math.min(i, (i + 1) % bridges), Math.max(i, (i + 1) % bridges)));
        }
        for (int i = 0; i < bridges; i++) {
            int one = random.nextInt(bridges);
            int other = random.nextInt(bridges);
            if (one != other) {
                ends.add(List.of(Math.min(one, other), Math.max(one, other)));
            }
        }
        var links = new ArrayList<Link>();
        var all = new ArrayList<>(ends);
        for (int station = 10; station < 13; station++) {
            int bridge = random.nextInt(bridges);
            all.add(List.of(station, bridge));
            if (random.nextBoolean()) {
                all.add(List.of(station, (bridge + 1) % bridges));
            }
        }
        for (var e : all) {
            int speed = random.nextInt(4) == 0 ? 500 : 1000;
            for (var way : List.of(e, e.reversed())) {
                var limits = way.getFirst() < 10 ? ports.by(random) : Limits.NONE;
                links.add(new Link(way.getFirst(), way.getLast(), 8, speed, 1000, random.nextInt(5) * 100L, limits));
            }
        }
        return new Topology(links);
    }

    private static Set<Integer> closed(SplittableRandom random, Topology topology) {
        var closed = new HashSet<Integer>();
        for (int l = 0; l < topology.links().size(); l++) {
            if (random.nextInt(9) == 0) {
                closed.add(l);
            }
        }
        return closed;
    }

    private static long time(Topology topology, Stream stream, List<Integer> way) {
        return Course.of(topology, stream, way).latency;
    }

    /// The least time of two ways together that are apart; by looking at all.
    private static long least(Topology topology, DisjointWays disjoint, Stream stream, Set<Integer> closed) {
        var paths = new ArrayList<List<Integer>>();
        extend(topology, closed, new ArrayList<>(), 10, new HashSet<>(Set.of(10)), paths);
        long least = Long.MAX_VALUE;
        for (var one : paths) {
            for (var other : paths) {
                if (disjoint.areApart(stream, one, other)) {
                    least = Math.min(least, time(topology, stream, one) + time(topology, stream, other));
                }
            }
        }
        return least;
    }

    private static void extend(
            Topology topology,
            Set<Integer> closed,
            List<Integer> path,
            int at,
            Set<Integer> passed,
            List<List<Integer>> found) {
        for (int l = 0; l < topology.links().size(); l++) {
            var link = topology.links().get(l);
            if (link.from() != at || closed.contains(l) || !passed.add(link.to())) {
                continue;
            }
            path.add(l);
            if (link.to() == 11) {
                found.add(List.copyOf(path));
            } else {
                extend(topology, closed, path, link.to(), passed, found);
            }
            path.removeLast();
            passed.remove(link.to());
        }
    }
}
