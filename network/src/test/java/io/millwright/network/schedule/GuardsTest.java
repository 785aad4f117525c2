package io.millwright.network.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.certificate.Verdict;
import io.millwright.certificate.schedule.ScheduleChecker;
import io.millwright.network.schedule.Outcome.Impossible;
import io.millwright.network.schedule.Outcome.Scheduled;
import io.millwright.testkit.Property;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What is proved of clocks that are wrong, against the checker: it accepts no plan for what is proved impossible,
/// whatever the gates.
class GuardsTest {

    private static final int CASES = Integer.getInteger("mw.cases", 60);
    private static final int PLANS = 2000;
    private static final long[][] PERIODS = {{8, 12}, {10, 20}, {12}, {9, 15}, {24, 16}};

    /// Talkers 0 and 1 at a line of switches, a listener at its end; an octet a nanosecond.
    private static Topology line(int switches, long early) {
        var links = new ArrayList<Link>();
        for (int talker = 0; talker < 2; talker++) {
            links.add(link(talker, 2, early));
        }
        for (int i = 0; i < switches; i++) {
            links.add(link(2 + i, 3 + i, early));
        }
        return new Topology(links);
    }

    private static Link link(int from, int to, long early) {
        var earliest = new Link.Earliest(early, 0, Link.WHOLE);
        return new Link(from, to, 8, 8000, 1, 0, Limits.NONE, earliest);
    }

    private static Problem problem(SplittableRandom random) {
        int switches = random.nextInt(1, 3);
        var periods = PERIODS[random.nextInt(PERIODS.length)];
        long error = random.nextInt(1, 4);
        var streams = IntStream.range(0, random.nextInt(1, 4))
                .mapToObj(i -> {
                    long period = periods[random.nextInt(periods.length)];
                    long jitter = random.nextInt(2) == 0 ? 0 : random.nextLong(period + 1);
                    int octets = random.nextInt(1, 4);
                    long fastest = (1L + switches) * octets + switches;
                    return new Stream(
                            i, i % 2, List.of(2 + switches), octets, period, fastest + random.nextInt(20), jitter);
                })
                .toList();
        long early = random.nextInt(4) == 0 ? 0 : 1;
        return new Problem(line(switches, early), streams, new Limits(999, 0, 1, error, 9999));
    }

    /// One of the plans there are: any offsets, and for each stream a queue of its own at each switch whose gate is
    /// always open, or from some moment of its period on for some time.
    private static Map<String, String> plan(Problem problem, SplittableRandom random) throws Exception {
        var links = problem.topology().links();
        var gates = new StringBuilder("link,queue,start,end,cycle\n");
        var offsets = new StringBuilder("stream,frame,offset\n");
        var routes = new StringBuilder("stream,link\n");
        var queues = new StringBuilder("stream,frame,link,queue\n");
        var delays = new StringBuilder("stream,frame,delay\n");
        long cycle = problem.hyperperiodNanos();
        boolean straight = random.nextInt(3) == 0;
        for (var stream : problem.streams()) {
            long offset = random.nextLong(stream.periodNanos());
            var way = links.stream()
                    .filter(l -> l.from() == stream.source() || l.from() > 1)
                    .toList();
            long at = offset;
            for (var link : way) {
                boolean first = link.from() == stream.source();
                long length = stream.octets();
                boolean open = first || straight || random.nextInt(3) == 0;
                long from =
                        open ? at : at + random.nextLong(4 * problem.limits().syncErrorNanos() + 2);
                long most = stream.periodNanos() - length;
                long lasts = length + (random.nextBoolean() ? 0 : random.nextLong(most + 1));
                for (long frame = 0; frame < cycle / stream.periodNanos() || frame == 0; frame++) {
                    queues.append("%d,%d,\"(%d, %d)\",%d\n"
                            .formatted(stream.id(), frame, link.from(), link.to(), stream.id()));
                    if (!open) {
                        window(gates, link, stream.id(), from + frame * stream.periodNanos(), lasts, cycle);
                    }
                }
                if (open) {
                    window(gates, link, stream.id(), 0, cycle, cycle);
                }
                routes.append("%d,\"(%d, %d)\"\n".formatted(stream.id(), link.from(), link.to()));
                at = from + length + (link == way.getLast() ? 0 : link.hopNanos());
            }
            for (long frame = 0; frame < cycle / stream.periodNanos(); frame++) {
                offsets.append("%d,%d,%d\n".formatted(stream.id(), frame, offset));
                delays.append("%d,%d,%d\n".formatted(stream.id(), frame, at - offset));
            }
        }
        var plan = new HashMap<>(Map.of(
                "GCL.csv", gates.toString(),
                "OFFSET.csv", offsets.toString(),
                "ROUTE.csv", routes.toString(),
                "QUEUE.csv", queues.toString(),
                "DELAY.csv", delays.toString()));
        plan.putAll(given(problem));
        return plan;
    }

    private static Map<String, String> given(Problem problem) throws Exception {
        var links = new StringBuilder();
        var empty = new Problem(problem.topology(), List.of(), problem.limits());
        ScheduleFiles.whole(new Schedule(empty, List.of())).get("topology.csv").writeTo(links);
        var asked = new StringBuilder("stream,src,dst,size,period,deadline,jitter\n");
        problem.streams()
                .forEach(s -> asked.append("%d,%d,\"[%d]\",%d,%d,%d,%d\n"
                        .formatted(
                                s.id(),
                                s.source(),
                                s.destinations().getFirst(),
                                s.octets(),
                                s.periodNanos(),
                                s.deadlineNanos(),
                                s.jitterNanos())));
        return Map.of("topology.csv", links.toString(), "streams.csv", asked.toString());
    }

    private static void window(StringBuilder gates, Link link, int queue, long from, long lasts, long cycle) {
        long start = Math.floorMod(from, cycle);
        long end = Math.min(cycle, start + lasts);
        gates.append("\"(%d, %d)\",%d,%d,%d,%d\n".formatted(link.from(), link.to(), queue, start, end, cycle));
        if (start + lasts > cycle) {
            gates.append("\"(%d, %d)\",%d,%d,%d,%d\n"
                    .formatted(link.from(), link.to(), queue, 0, start + lasts - cycle, cycle));
        }
    }

    private static boolean isAccepted(Problem problem, Map<String, String> plan) {
        var limits = new io.millwright.certificate.schedule.Limits(
                999, 0, 1, 1_000_000, problem.limits().syncErrorNanos(), 9999, true);
        return ScheduleChecker.check(plan::get, limits) instanceof Verdict.Verified;
    }

    private static boolean isImpossible(Problem problem) {
        var courses = new Courses(problem, Map.of());
        var proofs = new Proofs(problem, courses);
        var all = IntStream.range(0, problem.streams().size()).boxed().toList();
        return !proofs.hopeless(all).isEmpty() || !proofs.fullLinks().isEmpty();
    }

    @Test
    void theCheckerAcceptsNoPlanForWhatIsProvedImpossibleWithClocksThatAreWrong() {
        var proved = new AtomicInteger();
        var possible = new AtomicInteger();
        Property.check(CASES, random -> {
            var problem = problem(random);
            boolean impossible = isImpossible(problem);
            boolean byClocks = impossible && !isImpossible(problem.within(new Limits(999, 0, 1, 0, 9999)));
            proved.addAndGet(byClocks ? 1 : 0);
            boolean accepted = false;
            for (int i = 0; i < PLANS && !accepted; i++) {
                var plan = plan(problem, random);
                accepted = isAccepted(problem, plan);
                assertFalse(accepted && impossible, () -> "there is a plan: " + problem + plan);
            }
            possible.addAndGet(accepted ? 1 : 0);
        });
        if (System.getProperty("mw.seed") == null) {
            assertTrue(proved.get() > CASES / 10, proved + " of " + CASES);
            assertTrue(possible.get() > CASES / 10, possible + " of " + CASES);
        }
    }

    private static final List<Link> TABLE = List.of(
            new Link(0, 2, 8, 1000, 1000, 0), new Link(1, 2, 8, 1000, 1000, 0), new Link(2, 3, 8, 1000, 1000, 0));

    private static Stream stream(int id, int from, long period, long jitter) {
        return new Stream(id, from, List.of(3), 1000, period, 900_000, jitter);
    }

    private static Outcome run(long error, Stream... streams) {
        var problem = new Problem(new Topology(TABLE), List.of(streams), new Limits(99, 0, 1, error, 9999));
        return new Scheduler(problem, SchedulerTest.clock(), 1).run(Duration.ofMillis(20));
    }

    private static String why(Outcome outcome) {
        return assertInstanceOf(Impossible.class, outcome).reasons().getFirst().toString();
    }

    /// Each of two frames of 8 µs has the link to the listener for itself for 8 + 4 · 100 µs of its millisecond; a
    /// third is too many, and is not with 4 · 81 333 ns and less.
    @Test
    void theLargestSyncErrorThatMayDoIsNamed() {
        var two = new Stream[] {stream(1, 0, 1_000_000, 0), stream(2, 1, 1_000_000, 0)};
        assertInstanceOf(Scheduled.class, run(100_000, two));
        var three = new Stream[] {two[0], two[1], stream(3, 0, 1_000_000, 0)};
        assertEquals(
                "link (2, 3): 122.4 % of its time is needed by streams that have no other way in time (3), as their"
                        + " frames come earlier or later with clocks that are wrong by 100 µs: stream 1 408 µs of 1 ms,"
                        + " stream 2 408 µs of 1 ms, stream 3 408 µs of 1 ms; a sync error of at most 81.333 µs would"
                        + " be right",
                why(run(100_000, three)));
        assertInstanceOf(Scheduled.class, run(81_333, three));
        assertInstanceOf(Impossible.class, run(81_334, three));
    }

    /// Periods of 60 and 100 µs have 20 µs in common; two frames of 8 µs leave 4 of them, for 8 times the error.
    @Test
    void clocksKeepFramesApartByWhatTheirPeriodsHaveInCommon() {
        var one = stream(1, 0, 60_000, 0);
        var other = stream(2, 1, 100_000, 0);
        assertInstanceOf(Scheduled.class, run(500, one, other));
        var why = why(run(501, one, other));
        assertTrue(why.contains("need 20.008 µs together"), why);
        assertTrue(why.endsWith("a sync error of at most 500 ns would be right"), why);
    }

    /// Frames that wait at the switch differ by 4 · 100 µs and take as much longer.
    @Test
    void framesThatMustWaitNeedJitterAndTimeForClocks() {
        var early = new Link.Earliest(500, 0, Link.WHOLE);
        var links = List.of(new Link(0, 2, 8, 1000, 1000, 0, Limits.NONE, early), new Link(2, 3, 8, 1000, 1000, 0));
        var limits = new Limits(99, 0, 1, 100_000, 9999);
        for (long jitter : new long[] {399_999, 400_000}) {
            for (long deadline : new long[] {416_999, 417_000}) {
                var stream = new Stream(1, 0, List.of(3), 1000, 1_000_000, deadline, jitter);
                var problem = new Problem(new Topology(links), List.of(stream), limits);
                var outcome = new Scheduler(problem, SchedulerTest.clock(), 1).run(Duration.ofMillis(20));
                if (deadline < 417_000) {
                    assertTrue(why(outcome).endsWith("takes 417 µs at least, and its deadline is 416.999 µs"));
                } else if (jitter < 400_000) {
                    assertTrue(
                            why(outcome)
                                    .endsWith(
                                            "a jitter of 400 µs, or a sync error of at most 99.999 µs, would be right"),
                            outcome::toString);
                } else {
                    assertInstanceOf(Scheduled.class, outcome);
                }
            }
        }
    }
}
