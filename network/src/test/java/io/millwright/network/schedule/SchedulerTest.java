package io.millwright.network.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.network.schedule.Outcome.Impossible;
import io.millwright.network.schedule.Outcome.NotFound;
import io.millwright.network.schedule.Outcome.Scheduled;
import io.millwright.testkit.Property;
import io.millwright.testkit.TickingClock;
import java.io.StringReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Schedules are replayed by [GateSimulation], which knows only the tables that were written.
class SchedulerTest {

    private static final int CASES = Integer.getInteger("mw.cases", 150);
    private static final long[][] PERIODS = {
        {100_000}, {50_000, 100_000, 200_000}, {40_000, 60_000, 120_000}, {30_000, 70_000}, {25_000, 100_000}
    };

    /// Each look at the clock takes a microsecond: the search depends on no real time.
    static LongSupplier clock() {
        return TickingClock.every(Duration.ofNanos(1000));
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
    static Problem problem(SplittableRandom random) {
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

    private static final Link SLOW = new Link(0, 1, 8, 100, 2000, 50);
    private static final Link NEXT = new Link(1, 2, 8, 100, 2000, 50);

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
        assertTrue(reasons.getFirst().toString().contains("stream 7"), reasons::toString);
        assertTrue(reasons.getFirst().toString().contains("18.099 µs"), reasons::toString);
        assertTrue(reasons.getFirst().toString().contains("18.1 µs"), reasons::toString);
    }

    @Test
    void aLinkThatIsNeededForMoreThanAllOfTheTimeIsProvedImpossible() {
        var full = run(stream(1, 500, 80_000, 500_000), stream(2, 500, 80_000, 500_000));
        assertInstanceOf(Scheduled.class, full);
        var over = run(stream(1, 500, 80_000, 500_000), stream(2, 500, 80_000, 500_000), stream(3, 1, 80_000, 500_000));
        var reasons = assertInstanceOf(Impossible.class, over).reasons();
        assertTrue(reasons.getFirst().toString().contains("link (0, 1)"), reasons::toString);
        assertTrue(reasons.getFirst().toString().contains("100.1 %"), reasons::toString);
    }

    /// Periods of 60 and 100 µs have 20 µs in common: frames of 12 and 9 µs meet somewhere wherever they start.
    /// Frames of 12 and 8 µs just fit.
    @Test
    void streamsWithoutJitterThatMeetWhereverTheyStartAreProvedImpossible() {
        assertInstanceOf(Scheduled.class, run(stream(1, 150, 60_000, 60_000), stream(2, 100, 100_000, 100_000)));
        var outcome =
                run(stream(1, 150, 60_000, 60_000), stream(3, 1, 20_000, 90_000), stream(2, 113, 100_000, 100_000));
        var reasons = assertInstanceOf(Impossible.class, outcome).reasons();
        assertTrue(
                reasons.getFirst().toString().startsWith("link (0, 1): stream 1 (every 60 µs) and stream 2"),
                reasons::toString);
        assertTrue(reasons.getFirst().toString().contains("need 21.04 µs together"), reasons::toString);
        assertTrue(reasons.getFirst().toString().contains("only 20 µs in common"), reasons::toString);
    }

    /// Where jitter is permitted the same is no proof. The third stream meets nobody.
    @Test
    void streamsThatMeetWhereverTheyStartAreNamedAsConflictingForThisMethod() {
        var links = List.of(SLOW, NEXT, new Link(3, 2, 8, 1000, 0, 0), new Link(3, 4, 8, 1000, 0, 0));
        var streams = List.of(
                new Stream(1, 0, List.of(2), 150, 60_000, 60_000, 5_000),
                new Stream(2, 0, List.of(2), 113, 100_000, 100_000, 5_000),
                new Stream(3, 3, List.of(4), 100, 100_000, 100_000, 0),
                stream(4, 1, 20_000, 90_000));
        var outcome = new Scheduler(new Problem(new Topology(links), streams), clock(), 1).run(Duration.ofMillis(100));
        var notFound = assertInstanceOf(NotFound.class, outcome);
        assertEquals(List.of(1, 2), notFound.conflicting());
        assertEquals(4, notFound.placed() + notFound.missing().size());
    }

    /// Streams keep their ways, times and queues when others come, leave or change; and only what fits is kept.
    @Test
    void promisedPlacesAreKeptAndTheFilesTellThemAgain() {
        Property.check(CASES / 3, random -> {
            var problem = problem(random);
            if (!(new Scheduler(problem, clock(), 1).run(Duration.ofMillis(2)) instanceof Scheduled(var before))) {
                return;
            }
            var text = new StringBuilder();
            Objects.requireNonNull(ScheduleFiles.of(before).get("schedule.json"))
                    .writeTo(text);
            var earlier = assertInstanceOf(
                            EarlierSchedule.Right.class,
                            EarlierSchedule.read(new StringReader(text.toString()), problem.topology()))
                    .placements();
            var streams = new ArrayList<>(problem.streams());
            int changed = random.nextInt(streams.size());
            var old = streams.get(changed);
            streams.set(
                    changed,
                    new Stream(
                            old.id(),
                            old.source(),
                            old.destinations(),
                            old.octets() + 10,
                            old.periodNanos(),
                            500_000,
                            0));
            var scheduler = new Scheduler(new Problem(problem.topology(), streams), clock(), 2);
            for (int i = 0; i < streams.size(); i++) {
                var placement =
                        Objects.requireNonNull(earlier.get("" + streams.get(i).id()));
                assertTrue(i == changed || scheduler.keep(i, placement), "stream " + i + " keeps its place");
                assertTrue(i == changed || !scheduler.keep(i, placement), "stream " + i + " has one place");
            }
            if (scheduler.run(Duration.ofMillis(2)) instanceof Scheduled(var after)) {
                new GateSimulation(after).run();
                for (int i = 0; i < streams.size(); i++) {
                    assertTrue(i == changed
                            || starts(after.placements().get(i))
                                    .equals(starts(before.placements().get(i))));
                }
            }
        });
    }

    private static List<List<Long>> starts(Placement placement) {
        return IntStream.range(0, placement.links().size())
                .mapToObj(i -> List.of(
                        (long) placement.links().get(i), placement.startsNanos().get(i), (long)
                                placement.queues().get(i)))
                .sorted(Comparator.comparingLong(List::getFirst))
                .toList();
    }

    @Test
    void whatIsNoPlaceIsNotKept() {
        var problem = new Problem(
                new Topology(List.of(SLOW, NEXT)),
                List.of(stream(1, 100, 100_000, 30_000), stream(2, 100, 100_000, 30_000)));
        var scheduler = new Scheduler(problem, clock(), 1);
        var way = List.of(0, 1);
        // 8 µs on each link, 2.05 µs between: the second starts at 10 050 or later, and all ends by 30 000
        assertFalse(scheduler.keep(0, new Placement(way, List.of(0L, 10_049L), List.of(7, 7))), "too early");
        assertFalse(scheduler.keep(0, new Placement(way, List.of(0L, 21_951L), List.of(7, 6))), "too late");
        assertFalse(scheduler.keep(0, new Placement(way, List.of(0L, 11_000L), List.of(7, 7))), "waits in the last");
        assertFalse(scheduler.keep(0, new Placement(way, List.of(0L, 10_050L), List.of(7, 8))), "no such queue");
        assertFalse(scheduler.keep(0, new Placement(way, List.of(95_000L, 105_050L), List.of(7, 7))), "passes the end");
        assertFalse(scheduler.keep(0, new Placement(way, List.of(-5L, 10_050L), List.of(7, 7))), "before the period");
        assertFalse(scheduler.keep(0, new Placement(way, List.of(0L, Long.MAX_VALUE), List.of(7, 7))), "far away");
        assertFalse(scheduler.keep(0, new Placement(List.of(1, 0), List.of(0L, 10_050L), List.of(7, 7))), "no way");
        assertFalse(scheduler.keep(0, new Placement(List.of(0), List.of(0L), List.of(7))), "does not arrive");
        assertTrue(scheduler.keep(0, new Placement(way, List.of(0L, 11_000L), List.of(7, 6))));
        assertFalse(scheduler.keep(1, new Placement(way, List.of(7_999L, 20_000L), List.of(7, 6))), "link taken");
        assertFalse(scheduler.keep(1, new Placement(way, List.of(8_000L, 19_000L), List.of(7, 6))), "queue taken");
        assertTrue(scheduler.keep(1, new Placement(way, List.of(8_000L, 19_000L), List.of(7, 5))));
        assertInstanceOf(Scheduled.class, scheduler.run(Duration.ofMillis(1)));
    }

    @Test
    void aFileThatIsNoEarlierScheduleIsRefusedWithItsReason() {
        var topology = new Topology(List.of(SLOW, NEXT));
        for (var text : List.of(
                "",
                "[]",
                "{}",
                "{\"format\": 1}",
                "{\"format\": \"millwright-schedule/2\"}",
                "{\"format\": \"millwright-schedule/1\", \"transmissions\": [{}]}",
                "{\"format\": \"millwright-schedule/1\", \"transmissions\": [{\"stream\": 1e99}]}",
                "{\"format\": \"millwright-schedule/1\", \"transmissions\": 7}",
                "{\"format\": \"millwright-schedule/1\", \"transmissions\": [{\"link\": [0,1,2,3]}]}")) {
            var mistake = assertInstanceOf(
                            EarlierSchedule.Wrong.class, EarlierSchedule.read(new StringReader(text), topology))
                    .mistake();
            assertTrue(mistake.startsWith("not the schedule of an earlier run"), text + ": " + mistake);
        }
    }
}
