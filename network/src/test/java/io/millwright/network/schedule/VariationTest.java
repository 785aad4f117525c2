package io.millwright.network.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.network.schedule.Link.Earliest;
import io.millwright.network.schedule.Outcome.Impossible;
import io.millwright.network.schedule.Outcome.NotFound;
import io.millwright.network.schedule.Outcome.Scheduled;
import io.millwright.testkit.Property;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Frames that may be at a switch earlier or later: they wait for their gates, and have their queues from the
/// earliest moment on.
class VariationTest {

    private static final int CASES = Integer.getInteger("mw.cases", 100);

    /// 1 Gbit/s, 1 to 3 µs of processing.
    private static Link link(int from, int to, int queues) {
        return new Link(from, to, queues, 1000, 3000, 0, Limits.NONE, new Earliest(1000, 0, Link.WHOLE));
    }

    private static Stream stream(int id, int source, long period, long deadline, long jitter) {
        return new Stream(id, source, List.of(2), 1000, period, deadline, jitter);
    }

    private static Outcome run(List<Link> links, Stream... streams) {
        return new Scheduler(new Problem(new Topology(links), List.of(streams)), SchedulerTest.clock(), 1)
                .run(Duration.ofMillis(20));
    }

    private static Schedule scheduled(Outcome outcome) throws IOException {
        var schedule = assertInstanceOf(Scheduled.class, outcome).schedule();
        Certified.figures(schedule);
        return schedule;
    }

    /// 1000 octets take 8 µs a link: 8 + 3 + 8 µs at the latest. The frame may be there 2 µs before, and waits.
    @Test
    void aFrameIsSentWhenItHasComeAtTheLatest() throws IOException {
        var links = List.of(link(0, 1, 8), link(1, 2, 8));
        var placement = scheduled(run(links, stream(7, 0, 100_000, 19_000, 0)))
                .placements()
                .getFirst();
        assertEquals(11_000, placement.startsNanos().get(1) - placement.offsetNanos());
        assertTrue(placement.queues().get(1) < 7, placement::toString);
        assertInstanceOf(Impossible.class, run(links, stream(7, 0, 100_000, 18_999, 0)));
    }

    /// With one queue to wait in, a frame has it from 2 µs before it must have come until it is sent, 8 µs after
    /// that: two have room in 20 µs, on a link that 16 µs would suffice for.
    @Test
    void aQueueIsTakenFromTheEarliestMoment() throws IOException {
        var links = List.of(link(0, 1, 2), link(3, 1, 2), link(1, 2, 2));
        scheduled(run(links, stream(1, 0, 20_000, 60_000, 0), stream(2, 3, 20_000, 60_000, 0)));
        assertInstanceOf(NotFound.class, run(links, stream(1, 0, 19_999, 60_000, 0), stream(2, 3, 19_999, 60_000, 0)));
    }

    /// The head of a frame is preamble, start of frame and destination address, 14 octets: 112 of 8000 ns.
    @Test
    void aSwitchThatCutsThroughMayHaveAFrameAfterItsHead() throws IOException {
        var cuts = new Link(0, 1, 8, 1000, 3000, 500, Limits.NONE, new Earliest(1000, 100, 14));
        assertEquals(8000 - 112 + 2000 + 400, cuts.earlyNanos(1000));
        assertEquals(2000 + 400, cuts.earlyNanos(14));
        var placement = scheduled(run(List.of(cuts, link(1, 2, 8)), stream(7, 0, 100_000, 19_500, 0)))
                .placements()
                .getFirst();
        assertEquals(11_500, placement.startsNanos().get(1) - placement.offsetNanos());
    }

    /// No gate is behind the last link: what it varies by is jitter.
    @Test
    void theLastLinkMakesJitter() throws IOException {
        var last = new Link(1, 2, 8, 1000, 0, 500, Limits.NONE, new Earliest(0, 0, Link.WHOLE));
        var links = List.of(link(0, 1, 8), last);
        scheduled(run(links, stream(7, 0, 100_000, 50_000, 500)));
        var reasons = assertInstanceOf(Impossible.class, run(links, stream(7, 0, 100_000, 50_000, 499)))
                .reasons();
        assertEquals(
                "stream 7: its jitter is 499 ns, and the time on each link to node 2 varies by 500 ns or more",
                reasons.getFirst().toString());
    }

    /// Whatever time frames take within the ranges, they go through their gates as planned, and the checker
    /// accepts it.
    @Test
    void whatIsPlannedHoldsWheneverFramesCome() {
        var scheduled = new AtomicInteger();
        Property.check(CASES, random -> {
            var problem = problem(random);
            if (new Scheduler(problem, SchedulerTest.clock(), random.nextLong()).run(Duration.ofMillis(2))
                    instanceof Scheduled(var schedule)) {
                Certified.figures(schedule);
                new GateSimulation(schedule, Set.of(), most -> random.nextLong(most + 1)).run();
                new GateSimulation(schedule, Set.of(), most -> random.nextBoolean() ? most : 0).run();
                scheduled.incrementAndGet();
            }
        });
        if (System.getProperty("mw.seed") == null) {
            assertTrue(scheduled.get() > CASES / 4, scheduled + " of " + CASES);
        }
    }

    private static Problem problem(SplittableRandom random) {
        var problem = SchedulerTest.problem(random);
        var links = new ArrayList<Link>();
        for (var l : problem.topology().links()) {
            var earliest = new Earliest(
                    random.nextBoolean() ? l.processingNanos() : random.nextLong(l.processingNanos() + 1),
                    random.nextBoolean() ? l.propagationNanos() : random.nextLong(l.propagationNanos() + 1),
                    random.nextInt(4) == 0 ? 14 : Link.WHOLE);
            links.add(new Link(
                    l.from(),
                    l.to(),
                    8,
                    l.megabitsPerSecond(),
                    l.processingNanos(),
                    l.propagationNanos(),
                    l.limits(),
                    random.nextBoolean() ? earliest : new Earliest(l.processingNanos(), l.propagationNanos(), 9999)));
        }
        var streams = problem.streams().stream()
                .map(s -> new Stream(
                        s.id(), s.source(), s.destinations(), s.octets(), s.periodNanos(), s.deadlineNanos(), 500))
                .toList();
        return new Problem(new Topology(links), streams);
    }
}
