package io.millwright.network.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.network.schedule.Outcome.Impossible;
import io.millwright.network.schedule.Outcome.Scheduled;
import io.millwright.testkit.Property;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// What switches limit, and clocks that are wrong. All that is planned is shown to the independent checker,
/// which replays the gates under the same limits.
class LimitsTest {

    private static final int CASES = Integer.getInteger("mw.cases", 400);

    private static <T> T one(SplittableRandom random, List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private static Limits limits(SplittableRandom random) {
        return new Limits(
                one(random, List.of(1, 3, 5, 9, 17, 33, 128)),
                one(random, List.of(0L, 0L, 300L, 1000L, 2500L)),
                one(random, List.of(1L, 1L, 8L, 10L, 100L, 500L)),
                one(random, List.of(0L, 0L, 10L, 120L, 500L)),
                one(random, List.of(300L, 1500L, 100_000L)));
    }

    /// Streams that are permitted to wait, with deadlines of all kinds, among streams that are not.
    private static Problem problem(SplittableRandom random) {
        var problem = SchedulerTest.problem(random);
        var limits = limits(random);
        var streams = new ArrayList<Stream>();
        for (var s : problem.streams()) {
            long jitter = random.nextInt(3) == 0 ? 0 : 4 * limits.syncErrorNanos() + random.nextInt(2);
            streams.add(new Stream(
                    s.id(), s.source(), s.destinations(), s.octets(), s.periodNanos(), s.deadlineNanos(), jitter));
        }
        return new Problem(random.nextBoolean() ? problem.topology() : ports(problem, random), streams, limits);
    }

    /// The same links, of which each has a port of its own kind.
    private static Topology ports(Problem problem, SplittableRandom random) {
        return new Topology(problem.topology().links().stream()
                .map(l -> new Link(
                        l.from(),
                        l.to(),
                        l.queues(),
                        l.megabitsPerSecond(),
                        l.processingNanos(),
                        l.propagationNanos(),
                        port(random)))
                .toList());
    }

    private static Limits port(SplittableRandom random) {
        return random.nextInt(3) == 0
                ? Limits.NONE
                : new Limits(
                        one(random, List.of(1, 3, 8, Integer.MAX_VALUE)),
                        one(random, List.of(0L, 0L, 250L, 1600L)),
                        one(random, List.of(1L, 1L, 16L, 40L, 250L)),
                        0,
                        one(random, List.of(500L, Long.MAX_VALUE, Long.MAX_VALUE)),
                        one(random, List.of(1_000_000_000L, 1_000_000_000L, 400_000L, 200_000L, 100_000L)));
    }

    @Test
    void whatIsPlannedWithinLimitsIsVerifiedWithinThem() {
        var scheduled = new AtomicInteger();
        var full = new AtomicInteger();
        var waited = new AtomicInteger();
        var waitedByWrongClocks = new AtomicInteger();
        Property.check(CASES, random -> {
            var problem = problem(random);
            if (new Scheduler(problem, SchedulerTest.clock(), random.nextLong()).run(Duration.ofMillis(2))
                    instanceof Scheduled(var schedule)) {
                var figures = Certified.figures(schedule);
                assertEquals(List.of(), new Proofs(problem, new Courses(problem, Map.of())).fullLinks());
                int entries = figures.ports().stream()
                        .mapToInt(p -> p.entries())
                        .max()
                        .orElse(0);
                assertEquals(entries, schedule.gateEntries());
                scheduled.incrementAndGet();
                full.addAndGet(entries == problem.limits().gateEntries() ? 1 : 0);
                boolean waits = waits(schedule);
                waited.addAndGet(waits ? 1 : 0);
                waitedByWrongClocks.addAndGet(waits && problem.limits().syncErrorNanos() > 0 ? 1 : 0);
            }
        });
        if (System.getProperty("mw.seed") == null) {
            assertTrue(scheduled.get() > CASES / 4, scheduled + " of " + CASES);
            assertTrue(full.get() > 2, full + " with lists that are full");
            assertTrue(waited.get() > 2, waited + " with frames that wait");
            assertTrue(waitedByWrongClocks.get() > 0, waitedByWrongClocks + " by clocks that are wrong");
        }
    }

    /// Nothing is limited everywhere: each port has its own tick, shortest entry, cycle, entries and buffer.
    @Test
    void whatIsPlannedIsVerifiedWithinTheLimitsOfEachPort() {
        var scheduled = new AtomicInteger();
        var waited = new AtomicInteger();
        var ticks = new AtomicInteger();
        var shorter = new AtomicInteger();
        Property.check(CASES, random -> {
            var free = SchedulerTest.problem(random);
            var problem = new Problem(ports(free, random), jittery(free.streams(), random), Limits.NONE);
            if (new Scheduler(problem, SchedulerTest.clock(), random.nextLong()).run(Duration.ofMillis(2))
                    instanceof Scheduled(var schedule)) {
                Certified.figures(schedule);
                scheduled.incrementAndGet();
                boolean waits = waits(schedule);
                waited.addAndGet(waits ? 1 : 0);
                var links = used(schedule);
                ticks.addAndGet(
                        links.stream()
                                                .map(l -> l.limits().tickNanos())
                                                .distinct()
                                                .count()
                                        > 1
                                ? 1
                                : 0);
                long cycle = problem.hyperperiodNanos();
                shorter.addAndGet(links.stream().anyMatch(l -> l.limits().longestCycleNanos() < cycle) ? 1 : 0);
            }
        });
        if (System.getProperty("mw.seed") == null) {
            assertTrue(scheduled.get() > CASES / 8, scheduled + " of " + CASES);
            assertTrue(waited.get() > 2, waited + " with frames that wait");
            assertTrue(ticks.get() > CASES / 10, ticks + " over ports of different ticks");
            assertTrue(shorter.get() > 2, shorter + " over ports with cycles shorter than the hyperperiod");
        }
    }

    private static List<Stream> jittery(List<Stream> streams, SplittableRandom random) {
        return streams.stream()
                .map(s -> new Stream(
                        s.id(),
                        s.source(),
                        s.destinations(),
                        s.octets(),
                        s.periodNanos(),
                        s.deadlineNanos(),
                        random.nextInt(2)))
                .toList();
    }

    private static List<Link> used(Schedule schedule) {
        var links = schedule.problem().topology().links();
        return schedule.placements().stream()
                .flatMap(p -> p.links().stream())
                .distinct()
                .map(links::get)
                .toList();
    }

    /// On the short way a port has the tick of 7 ns, which divides no period of 100 µs; the way around is free.
    @Test
    void streamsGoAroundPortsWhoseGatesCannotRepeatWithThem() throws Exception {
        for (var cannot : List.of(
                new Limits(9, 0, 7, 0, 9999),
                new Limits(9, 0, 1, 0, 9999, 99_999),
                new Limits(9, 100_001, 1, 0, 9999),
                new Limits(9, 0, 1, 0, 999))) {
            var into = new Link(0, 1, 8, 1000, 1000, 0);
            var direct = new Link(1, 2, 8, 1000, 1000, 0, cannot);
            var around = List.of(into, direct, new Link(1, 3, 8, 1000, 1000, 0), new Link(3, 2, 8, 1000, 1000, 0));
            var streams = List.of(stream(1, 1000, 100_000, 90_000));
            var scheduled = assertInstanceOf(
                    Scheduled.class,
                    new Scheduler(new Problem(new Topology(around), streams), SchedulerTest.clock(), 1)
                            .run(Duration.ofMillis(20)));
            Certified.figures(scheduled.schedule());
            assertEquals(
                    List.of(0, 2, 3),
                    scheduled.schedule().placements().getFirst().links());
            var only = new Problem(new Topology(List.of(into, direct)), streams);
            var impossible = assertInstanceOf(
                    Impossible.class, new Scheduler(only, SchedulerTest.clock(), 1).run(Duration.ofMillis(20)));
            assertTrue(
                    impossible
                            .reasons()
                            .getFirst()
                            .toString()
                            .contains(cannot.bufferOctets() == 999 ? "queues of bridges hold 999" : "cannot repeat"),
                    impossible::toString);
        }
    }

    private static boolean waits(Schedule schedule) {
        var links = schedule.problem().topology().links();
        return schedule.placements().stream().anyMatch(p -> {
            for (int i = 0; i < p.links().size(); i++) {
                if (p.queues().get(i) < links.get(p.links().get(i)).queues() - 1) {
                    return true;
                }
            }
            return false;
        });
    }

    private static final Link FIRST = new Link(0, 1, 8, 1000, 1000, 0);
    private static final Link SECOND = new Link(1, 2, 8, 1000, 1000, 0);

    private static Outcome run(Limits limits, Stream... streams) {
        var problem = new Problem(new Topology(List.of(FIRST, SECOND)), List.of(streams), limits);
        return new Scheduler(problem, SchedulerTest.clock(), 1).run(Duration.ofMillis(20));
    }

    private static Stream stream(int id, int octets, long period, long deadline) {
        return new Stream(id, 0, List.of(2), octets, period, deadline, 0);
    }

    @Test
    void limitsThatNoListKeepsAreProvedImpossible() {
        var stream = stream(7, 1000, 100_001, 100_001);
        var grid = assertInstanceOf(Impossible.class, run(new Limits(9, 0, 8, 0, 9999), stream));
        assertTrue(grid.reasons().getFirst().toString().contains("no multiple of the tick of 8 ns"), grid::toString);
        var gate = assertInstanceOf(Impossible.class, run(new Limits(9, 200_000, 1, 0, 9999), stream));
        assertTrue(
                gate.reasons().getFirst().toString().contains("shortest entry of a gate list is 200 µs"),
                gate::toString);
        var buffer = assertInstanceOf(Impossible.class, run(new Limits(9, 0, 1, 0, 999), stream));
        assertTrue(
                buffer.reasons().getFirst().toString().contains("1000 octets, and queues of bridges hold 999"),
                buffer::toString);
        assertInstanceOf(Scheduled.class, run(new Limits(9, 0, 1, 0, 1000), stream));
    }

    /// Two frames of 8 µs on one link, by clocks that may differ by 2 · 500 ns either way: 2 · (8 + 2) µs and
    /// no less.
    @Test
    void clocksThatAreWrongNeedTheirTimeOnTheLink() throws Exception {
        var wrong = new Limits(9, 0, 1, 500, 9999);
        for (long period : new long[] {20_000, 19_999}) {
            var outcome = run(wrong, stream(1, 1000, period, 90_000), stream(2, 1000, period, 90_000));
            assertEquals(period == 20_000, outcome instanceof Scheduled, outcome.toString());
            if (outcome instanceof Scheduled(var schedule)) {
                Certified.figures(schedule);
            }
        }
    }

    /// Five frames that nobody holds back have five windows, and need but one: the gate that is always open.
    @Test
    void gapsOfTheLastQueueAreLeftOpenTheShortestFirst() throws Exception {
        var streams = new Stream[5];
        for (int i = 0; i < streams.length; i++) {
            streams[i] = stream(i, 100 + 10 * i, 100_000, 90_000);
        }
        var entries = new ArrayList<Integer>();
        for (int most : new int[] {100, 4, 3, 2, 1}) {
            var outcome = run(new Limits(most, 0, 1, 0, 9999), streams);
            var schedule = assertInstanceOf(Scheduled.class, outcome).schedule();
            Certified.figures(schedule);
            entries.add(schedule.gateEntries());
        }
        var third = new Link(0, 1, 8, 1000, 1000, 0, new Limits(3, 0, 1, 0, Long.MAX_VALUE));
        var ports = new Problem(new Topology(List.of(third, SECOND)), List.of(streams), new Limits(9, 0, 1, 0, 9999));
        var outcome = new Scheduler(ports, SchedulerTest.clock(), 1).run(Duration.ofMillis(20));
        var lists = Certified.figures(assertInstanceOf(Scheduled.class, outcome).schedule())
                .ports();
        assertTrue(lists.getFirst().entries() <= 3, lists::toString);
        assertTrue(lists.getFirst().entries() < lists.getLast().entries(), lists::toString);
        assertEquals(1, entries.getLast());
        assertTrue(entries.getFirst() > 4, entries::toString);
    }
}
