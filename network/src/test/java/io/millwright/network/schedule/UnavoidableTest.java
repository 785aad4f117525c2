package io.millwright.network.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.network.schedule.Outcome.Impossible;
import io.millwright.network.schedule.Outcome.Scheduled;
import io.millwright.network.solver.OrTools;
import io.millwright.testkit.Property;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Proofs by links that cannot be avoided in time. Talkers 0 and 1 at switch 2, listeners 5 and 6 at switch 3;
/// between the switches a link, and a detour over switch 4. An octet a nanosecond, or 8 ns at 1 Gbit/s.
class UnavoidableTest {

    private static final int CASES = Integer.getInteger("mw.cases", 400);
    private static final long SECOND = 1_000_000_000L;
    private static final int[][] ENDS = {{0, 2}, {1, 2}, {2, 3}, {2, 4}, {4, 3}, {3, 5}, {3, 6}};

    private static Topology topology(long rate, long processing) {
        return new Topology(Arrays.stream(ENDS)
                .map(e -> new Link(e[0], e[1], 8, rate, processing, 0))
                .toList());
    }

    private static Stream stream(int id, int from, int to, int octets, long period, long deadline) {
        return new Stream(id, from, List.of(to), octets, period, deadline, 0);
    }

    private static Outcome run(Problem problem) {
        return new Scheduler(problem, SchedulerTest.clock(), 1).run(Duration.ofMillis(20));
    }

    /// 750 octets are 6 µs a link, every 10 µs: two of them do not share one. Straight on they take 3 · 6 + 2 · 4 =
    /// 26 µs, by the detour 4 · 6 + 3 · 4 = 36.
    @Test
    void aLinkThatCannotBeAvoidedInTimeIsTooFull() {
        var network = topology(1000, 4000);
        var straight = stream(1, 0, 5, 750, 10_000, 35_999);
        assertInstanceOf(
                Scheduled.class, run(new Problem(network, List.of(straight, stream(2, 1, 6, 750, 10_000, 36_000)))));
        var problem = new Problem(network, List.of(straight, stream(2, 1, 6, 750, 10_000, 35_999)));
        var reasons = new Proofs(problem, new Courses(problem, Map.of())).fullLinks();
        assertEquals(1, reasons.size());
        assertTrue(reasons.getFirst().message().toString().contains("120.0 %"), reasons::toString);
        assertEquals(
                new Conflict(
                        List.of(1, 2),
                        List.of(1, 2),
                        List.of(problem.topology().links().get(2)),
                        true),
                reasons.getFirst().conflict().orElseThrow());
    }

    /// Periods of 60 and 100 µs have 20 µs in common. With 1500 and 1125 octets, 12 and 9 µs, and no time to wait,
    /// two streams meet between the switches. If each may wait for 1 µs, 11 and 8 are left in every period, which
    /// proves nothing; if one may, 11 and 9 just fit, too.
    @Test
    void whatADeadlineLeavesOfATransmissionIsOccupiedInEveryPeriod() {
        long one = 3 * 12_000 + 2000;
        long other = 3 * 9000 + 2000;
        var outcome = run(new Problem(
                topology(1000, 1000),
                List.of(stream(1, 0, 5, 1500, 60_000, one), stream(2, 1, 6, 1125, 100_000, other))));
        var reasons = assertInstanceOf(Impossible.class, outcome).reasons();
        assertTrue(reasons.getFirst().toString().contains("link (2, 3)"), reasons::toString);
        assertTrue(reasons.getFirst().toString().contains("21 µs together"), reasons::toString);
        var problem = new Problem(
                topology(1000, 1000),
                List.of(stream(1, 0, 5, 1500, 60_000, one + 1000), stream(2, 1, 6, 1125, 100_000, other)));
        assertEquals(List.of(), new Proofs(problem, new Courses(problem, Map.of())).fullLinks());
        var unavoidable = new Unavoidable(problem, new Courses(problem, Map.of()));
        assertEquals(
                List.of(
                        new Unavoidable.Part(0, false, 0, 12_000, 0),
                        new Unavoidable.Part(2, false, 14_000, 11_000, 0),
                        new Unavoidable.Part(5, true, 26_000, 12_000, 0)),
                unavoidable.parts(0));
    }

    private static final long[][] PERIODS = {{6, 9}, {4, 6}, {8}, {5, 10}, {6, 12}, {4, 6, 12}};

    private static Problem problem(SplittableRandom random) {
        long processing = random.nextInt(2);
        var periods = PERIODS[random.nextInt(PERIODS.length)];
        var streams = new ArrayList<Stream>();
        for (int i = random.nextInt(2, 5); i > 0; i--) {
            int octets = random.nextInt(1, 4);
            long straight = 3L * octets + 2 * processing;
            streams.add(stream(
                    i,
                    random.nextInt(2),
                    5 + random.nextInt(2),
                    octets,
                    periods[random.nextInt(periods.length)],
                    straight + random.nextInt(3)));
        }
        return new Problem(topology(8000, processing), streams);
    }

    /// Every proof against all schedules there are: each offset, delay and way, and each moment of each frame
    /// between the switches, also where frames of a stream differ.
    @Test
    void whatIsProvedImpossibleHasNoScheduleAtAll() {
        var byLinks = new AtomicInteger();
        var bySolver = new AtomicInteger();
        var possible = new AtomicInteger();
        Property.check(CASES, random -> {
            var problem = problem(random);
            var courses = new Courses(problem, Map.of());
            boolean links = !new Proofs(problem, courses).fullLinks().isEmpty();
            var all = IntStream.range(0, problem.streams().size()).boxed().toList();
            boolean solver = OrTools.isAvailable() && new Necessity(problem, courses).isBroken(all, SECOND, 1);
            var search = new AllSchedules(problem);
            if (!links && !solver) {
                possible.addAndGet(search.exists() ? 1 : 0);
            } else {
                assertFalse(search.exists(), () -> "there is a schedule: " + problem.streams());
                byLinks.addAndGet(links && search.isThrough() ? 1 : 0);
                bySolver.addAndGet(solver && !links && search.isThrough() ? 1 : 0);
            }
        });
        if (System.getProperty("mw.seed") == null) {
            assertTrue(byLinks.get() > CASES / 20, byLinks + " of " + CASES);
            assertTrue(!OrTools.isAvailable() || bySolver.get() > CASES / 100, bySolver + " of " + CASES);
            assertTrue(possible.get() > CASES / 10, possible + " of " + CASES);
        }
    }

    /// All schedules of a problem of this network, nanosecond by nanosecond. Queues are not looked at: there are
    /// more schedules than real ones.
    private static final class AllSchedules {
        private static final int MOST = 500_000;

        private final Problem problem;
        private final int hyperperiod;
        private final boolean[][] taken = new boolean[ENDS.length][];
        private int tried;

        AllSchedules(Problem problem) {
            this.problem = problem;
            hyperperiod = (int) problem.hyperperiodNanos();
            Arrays.setAll(taken, _ -> new boolean[hyperperiod]);
        }

        /// Whether all were tried.
        boolean isThrough() {
            return tried < MOST;
        }

        boolean exists() {
            return exists(0);
        }

        private boolean exists(int index) {
            if (index == problem.streams().size()) {
                return true;
            }
            var s = problem.streams().get(index);
            for (int offset = 0; offset < s.periodNanos(); offset++) {
                for (int arrival = offset; arrival + s.octets() <= offset + s.deadlineNanos(); arrival++) {
                    if (frame(index, 0, offset, arrival)) {
                        return true;
                    }
                }
            }
            return false;
        }

        /// Places one frame after another of a stream; then the next stream.
        private boolean frame(int index, int frame, int offset, int arrival) {
            var s = problem.streams().get(index);
            int period = (int) s.periodNanos();
            if (frame * period == hyperperiod) {
                return exists(index + 1);
            }
            int first = offset + frame * period;
            int last = arrival + frame * period;
            return with(
                    s.source(),
                    first,
                    s.octets(),
                    () -> with(
                            s.destinations().getFirst(),
                            last,
                            s.octets(),
                            () -> between(s, first, last, () -> frame(index, frame + 1, offset, arrival))));
        }

        /// One of the two ways between the switches.
        private boolean between(Stream s, int first, int last, Rest rest) {
            int hop = s.octets() + (int) problem.topology().links().getFirst().processingNanos();
            for (int at = first + hop; at + hop <= last; at++) {
                int then = at;
                if (with(2, at, s.octets(), rest)) {
                    return true;
                }
                for (int next = at + hop; next + hop <= last; next++) {
                    int beyond = next;
                    if (with(3, then, s.octets(), () -> with(4, beyond, s.octets(), rest))) {
                        return true;
                    }
                }
            }
            return false;
        }

        @FunctionalInterface
        private interface Rest {
            boolean exists();
        }

        /// Whether the rest exists when a link is taken for some time, which does not pass the end of the cycle.
        private boolean with(int link, int start, int length, Rest rest) {
            int in = start % hyperperiod;
            if (++tried >= MOST || in + length > hyperperiod) {
                return false;
            }
            for (int t = in; t < in + length; t++) {
                if (taken[link][t]) {
                    return false;
                }
            }
            Arrays.fill(taken[link], in, in + length, true);
            boolean exists = rest.exists();
            Arrays.fill(taken[link], in, in + length, false);
            return exists;
        }
    }
}
