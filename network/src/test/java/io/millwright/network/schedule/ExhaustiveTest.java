package io.millwright.network.schedule;

import static org.junit.jupiter.api.Assertions.assertFalse;
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
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Networks so small that all schedules can be tried, one nanosecond after another: two talkers and a switch
/// with a listener, an octet a nanosecond.
class ExhaustiveTest {

    private static final int CASES = Integer.getInteger("mw.cases", 200);
    private static final long[][] PERIODS = {{6, 12}, {4, 6, 12}, {8}, {5, 10}, {6, 9}};
    private static final int LISTENER = 3;

    static Problem problem(SplittableRandom random) {
        var links = List.of(
                new Link(0, 2, 8, 8000, random.nextInt(2), random.nextInt(2)),
                new Link(1, 2, 8, 8000, random.nextInt(2), random.nextInt(2)),
                new Link(2, LISTENER, 8, 8000, 0, random.nextInt(2)));
        var periods = PERIODS[random.nextInt(PERIODS.length)];
        var streams = IntStream.range(0, random.nextInt(2, 5))
                .mapToObj(i -> new Stream(
                        i,
                        random.nextInt(2),
                        List.of(LISTENER),
                        random.nextInt(1, 4),
                        periods[random.nextInt(periods.length)],
                        random.nextInt(6, 16),
                        0))
                .toList();
        return new Problem(new Topology(links), streams);
    }

    /// A stream's starts on its two links.
    record Try(Stream stream, long first, long second) {}

    /// Whether there is a strictly periodic schedule. Every stream can have a queue of its own.
    static boolean solvable(Problem problem, List<Try> chosen) {
        if (chosen.size() == problem.streams().size()) {
            return true;
        }
        var stream = problem.streams().get(chosen.size());
        var in = problem.topology().links().get(stream.source());
        var out = problem.topology().links().get(2);
        long period = stream.periodNanos();
        long length = stream.octets();
        for (long first = 0; first + length <= period; first++) {
            long ready = first + length + in.propagationNanos() + in.processingNanos();
            long latest = first + stream.deadlineNanos() - out.propagationNanos() - length;
            for (long second = ready; second <= latest && second + length - ready <= period; second++) {
                var next = new Try(stream, first, second);
                if (second % period + length <= period && chosen.stream().allMatch(t -> apart(t, next))) {
                    var more = new ArrayList<>(chosen);
                    more.add(next);
                    if (solvable(problem, more)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static boolean apart(Try a, Try b) {
        return apart(a, a.second, b, b.second)
                && (a.stream.source() != b.stream.source() || apart(a, a.first, b, b.first));
    }

    /// Every nanosecond of a cycle is looked at.
    private static boolean apart(Try a, long startA, Try b, long startB) {
        long cycle = a.stream.periodNanos() * b.stream.periodNanos();
        return IntStream.range(0, (int) cycle)
                .noneMatch(t -> Math.floorMod(t - startA, a.stream.periodNanos()) < a.stream.octets()
                        && Math.floorMod(t - startB, b.stream.periodNanos()) < b.stream.octets());
    }

    /// What is found exists, what is proved impossible does not; and hardly anything that exists is not found.
    @Test
    void whatCanBeScheduledStrictlyPeriodicallyIsFoundAndNothingElse() {
        var solvable = new AtomicInteger();
        var missed = new AtomicInteger();
        Property.check(CASES, random -> {
            var problem = problem(random);
            boolean can = solvable(problem, List.of());
            solvable.addAndGet(can ? 1 : 0);
            switch (new Scheduler(problem, SchedulerTest.clock(), random.nextLong()).run(Duration.ofMillis(20))) {
                case Scheduled(var schedule) -> {
                    assertTrue(can, () -> "found, and there is none: " + problem.streams());
                    new GateSimulation(schedule).run();
                }
                case Impossible(var reasons) ->
                    assertFalse(can, () -> "there is one: " + problem.streams() + " " + reasons);
                case NotFound _ -> missed.addAndGet(can ? 1 : 0);
            }
        });
        if (System.getProperty("mw.seed") == null) {
            assertTrue(solvable.get() > CASES / 10 && solvable.get() < CASES * 9 / 10, solvable + " of " + CASES);
            assertTrue(missed.get() * 50 <= solvable.get(), missed + " of " + solvable + " missed");
        }
    }
}
