package io.millwright.network.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.network.schedule.Outcome.Impossible;
import io.millwright.network.schedule.Outcome.NotFound;
import io.millwright.network.schedule.Outcome.Scheduled;
import io.millwright.testkit.Property;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

/// Schedules are replayed by [GateSimulation], which knows only the tables that were written.
class SchedulerTest {

    private static final int CASES = Integer.getInteger("mw.cases", 150);
    private static final long[][] PERIODS = {
        {100_000}, {50_000, 100_000, 200_000}, {40_000, 60_000, 120_000}, {30_000, 70_000}, {25_000, 100_000}
    };

    /// Each look at the clock takes a microsecond: the search depends on no real time.
    static LongSupplier clock() {
        var now = new AtomicLong();
        return () -> now.addAndGet(1000);
    }

    @Test
    void whatWasScheduledArrivesInTimeThroughGatesAndQueues() {
        var scheduled = new AtomicInteger();
        var waited = new AtomicLong();
        Property.check(CASES, random -> {
            var problem = problem(random);
            switch (new Scheduler(problem, clock(), random.nextLong()).run(Duration.ofMillis(2))) {
                case Scheduled(var schedule) -> {
                    var simulation = new GateSimulation(schedule);
                    simulation.run();
                    scheduled.incrementAndGet();
                    waited.addAndGet(simulation.waitedNanos());
                }
                case Impossible _ -> {}
                case NotFound(int placed, var missing, var _) ->
                    assertEquals(problem.streams().size(), placed + missing.size());
            }
        });
        if (System.getProperty("mw.seed") == null) {
            // a property of nothing holds always
            assertTrue(scheduled.get() > CASES / 3, scheduled + " of " + CASES);
            assertTrue(waited.get() > 0, "no frame ever waited");
        }
    }

    /// A few switches in a random tree with chords, stations at each, links of different rates; streams to one
    /// or two listeners, so many that some cases cannot be scheduled.
    private static Problem problem(SplittableRandom random) {
        int switches = random.nextInt(1, 5);
        int stations = random.nextInt(2, 7);
        var links = new ArrayList<Link>();
        for (int i = 1; i < switches; i++) {
            both(random, links, random.nextInt(i), i);
        }
        if (switches > 2
                && random.nextBoolean()
                && links.stream().noneMatch(l -> l.from() == 0 && l.to() == switches - 1)) {
            both(random, links, 0, switches - 1);
        }
        for (int i = 0; i < stations; i++) {
            both(random, links, random.nextInt(switches), switches + i);
        }
        var periods = PERIODS[random.nextInt(PERIODS.length)];
        var streams = new ArrayList<Stream>();
        int count = random.nextInt(2, 30);
        for (int i = 0; i < count; i++) {
            int source = random.nextInt(stations);
            var listeners = new ArrayList<Integer>();
            for (int s = 1; s < stations && listeners.size() < (random.nextInt(3) == 0 ? 2 : 1); s++) {
                listeners.add(switches + (source + s) % stations);
            }
            long period = periods[random.nextInt(periods.length)];
            streams.add(new Stream(
                    i,
                    switches + source,
                    listeners,
                    random.nextInt(50, 700),
                    period,
                    random.nextBoolean() ? 2 * period : 20_000 + random.nextInt(60_000),
                    0));
        }
        return new Problem(new Topology(links), streams);
    }

    private static void both(SplittableRandom random, List<Link> links, int from, int to) {
        long rate = random.nextInt(4) == 0 ? 2500 : 1000;
        int queues = random.nextInt(1, 5);
        links.add(new Link(from, to, queues, rate, random.nextInt(3000), random.nextInt(500)));
        links.add(new Link(to, from, queues, rate, random.nextInt(3000), random.nextInt(500)));
    }

    private static final Link SLOW = new Link(0, 1, 8, 10_000, 2000, 50);
    private static final Link NEXT = new Link(1, 2, 8, 10_000, 2000, 50);

    private static Stream stream(int id, int octets, long period, long deadline) {
        return new Stream(id, 0, List.of(2), octets, period, deadline, 0);
    }

    private static Outcome run(Stream... streams) {
        return new Scheduler(new Problem(new Topology(List.of(SLOW, NEXT)), List.of(streams)), clock(), 1)
                .run(Duration.ofMillis(20));
    }

    /// 100 octets at 100 Mbit/s are 8 µs a link: 8000 + 50 + 2000 + 8000 + 50.
    @Test
    void aDeadlineBelowTheFastestWayIsProvedImpossible() {
        assertInstanceOf(Scheduled.class, run(stream(7, 100, 100_000, 18_100)));
        var reasons = assertInstanceOf(Impossible.class, run(stream(7, 100, 100_000, 18_099)))
                .reasons();
        assertEquals(1, reasons.size());
        assertTrue(reasons.getFirst().contains("stream 7"), reasons.getFirst());
        assertTrue(reasons.getFirst().contains("18099 ns"), reasons.getFirst());
        assertTrue(reasons.getFirst().contains("18100 ns"), reasons.getFirst());
    }

    @Test
    void aLinkThatIsNeededForMoreThanAllOfTheTimeIsProvedImpossible() {
        var full = run(stream(1, 500, 80_000, 500_000), stream(2, 500, 80_000, 500_000));
        assertInstanceOf(Scheduled.class, full);
        var over = run(stream(1, 500, 80_000, 500_000), stream(2, 500, 80_000, 500_000), stream(3, 1, 80_000, 500_000));
        var reasons = assertInstanceOf(Impossible.class, over).reasons();
        assertTrue(reasons.getFirst().contains("link (0, 1)"), reasons.getFirst());
        assertTrue(reasons.getFirst().contains("100.1 %"), reasons.getFirst());
    }

    /// Periods of 60 and 100 µs have 20 µs in common: frames of 12 and 9 µs meet somewhere wherever they start.
    /// Frames of 12 and 8 µs just fit. The third stream meets nobody.
    @Test
    void streamsThatMeetWhereverTheyStartAreNamedAsConflictingForThisMethod() {
        var fits = run(stream(1, 150, 60_000, 60_000), stream(2, 100, 100_000, 100_000));
        assertInstanceOf(Scheduled.class, fits);
        var links = List.of(SLOW, NEXT, new Link(3, 2, 8, 1000, 0, 0), new Link(3, 4, 8, 1000, 0, 0));
        var streams = List.of(
                stream(1, 150, 60_000, 60_000),
                stream(2, 113, 100_000, 100_000),
                new Stream(3, 3, List.of(4), 100, 100_000, 100_000, 0),
                stream(4, 1, 20_000, 20_000));
        var outcome = new Scheduler(new Problem(new Topology(links), streams), clock(), 1).run(Duration.ofMillis(100));
        var notFound = assertInstanceOf(NotFound.class, outcome);
        assertEquals(List.of(1, 2), notFound.conflicting());
        assertEquals(4, notFound.placed() + notFound.missing().size());
    }
}
