package io.millwright.network.schedule;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millwright.network.schedule.PeriodicModel.Result;
import io.millwright.network.solver.OrTools;
import io.millwright.testkit.Property;
import io.millwright.testkit.TickingClock;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What the solver adds. Networks so small that all schedules can be tried show that it neither misses one nor
/// proves away one that exists; larger ones go to the checker.
class RefinementTest {

    private static final int CASES = Integer.getInteger("mw.cases", 60);
    private static final long MINUTE = 60_000_000_000L;

    /// Gaps against every moment looked at by itself.
    @Test
    void gapsAreTheMomentsThatNothingBlocks() {
        Property.check(CASES, random -> {
            int period = 6 * random.nextInt(1, 6);
            var gaps = new Gaps(period);
            var blocked = new BitSet();
            for (int i = random.nextInt(6); i > 0; i--) {
                int repeat = List.of(period, period / 2, period / 3).get(random.nextInt(3));
                long start = random.nextLong(-50, 50);
                long length = random.nextLong(0, 5);
                gaps.blockEvery(repeat, start, length);
                for (int at = 0; at < period; at++) {
                    if (Math.floorMod(at - start, repeat) < length) {
                        blocked.set(at);
                    }
                }
            }
            var remaining = gaps.remaining(2);
            var free = new BitSet();
            for (int i = 0; i < remaining.length; i += 2) {
                free.set((int) remaining[i], (int) remaining[i + 1] + 1);
            }
            assertArrayEquals(
                    IntStream.range(0, 2 * period)
                            .filter(t -> !blocked.get(t % period))
                            .toArray(),
                    free.stream().toArray());
        });
    }

    @Test
    void theModelHasASolutionWhereThereIsAStrictlyPeriodicScheduleAndNoneElse() {
        assumeTrue(OrTools.isAvailable(), OrTools::why);
        var solvable = new AtomicInteger();
        Property.check(CASES, random -> {
            var problem = ExhaustiveTest.problem(random);
            boolean can = ExhaustiveTest.solvable(problem, List.of());
            solvable.addAndGet(can ? 1 : 0);
            var courses = new Courses(problem, Map.of());
            var table = new Timetable(problem, new BitSet());
            var model = new PlacementModel(problem, courses, table);
            boolean room = true;
            for (int i = 0; i < problem.streams().size(); i++) {
                room = room && model.add(i, null);
            }
            assertEquals(can, room && model.solve(10, MINUTE, 1) == Result.SOLVED, problem.streams()::toString);
            if (can) {
                assertEquals(List.of(), model.put(), "refused");
                assertEquals(List.of(), new Necessity(problem, courses).conflicting(System::nanoTime, MINUTE, 1));
            }
        });
        if (System.getProperty("mw.seed") == null) {
            assertTrue(solvable.get() > CASES / 10 && solvable.get() < CASES * 9 / 10, solvable + " of " + CASES);
        }
    }

    /// What the solver moves keeps all rules of switches, queues and deadlines, as the independent checker
    /// says.
    @Test
    void streamsThatFoundNoPlaceGetOneAndTheCheckerAcceptsAll() {
        assumeTrue(OrTools.isAvailable(), OrTools::why);
        var helped = new AtomicInteger();
        var whole = new AtomicInteger();
        Property.check(CASES / 4, random -> {
            var problem = SchedulerTest.problem(random);
            var courses = new Courses(problem, Map.of());
            var members = IntStream.range(0, problem.streams().size())
                    .filter(s -> !courses.of(s).isEmpty())
                    .boxed()
                    .toList();
            var table = new Timetable(problem, new BitSet());
            var weights = new int[problem.streams().size()];
            var search = new Search(problem, courses, table, new BitSet(), weights, random, () -> false);
            search.place(members, Strategy.Manner.EARLIEST);
            int before = search.homeless().size();
            var left = new AtomicInteger(12);
            new Neighbourhoods(problem, courses, table, members, random, () -> left.getAndDecrement() * 1_000_000_000L)
                    .improve(search.homeless());
            helped.addAndGet(before - search.homeless().size());
            var placed =
                    members.stream().filter(s -> !search.homeless().contains(s)).toList();
            if (before > search.homeless().size()) {
                var placements = placed.stream()
                        .map(s -> Placement.of(Objects.requireNonNull(table.place(s))))
                        .toList();
                var streams = placed.stream().map(s -> problem.streams().get(s)).toList();
                Certified.figures(new Schedule(new Problem(problem.topology(), streams), placements));
                whole.incrementAndGet();
            }
        });
        if (System.getProperty("mw.seed") == null) {
            assertTrue(helped.get() > 0 && whole.get() > 0, helped + " streams in " + whole + " problems");
        }
    }

    @Test
    void withoutTheLibraryTheSearchGoesOnAlone() {
        System.setProperty("mw.ortools", "off");
        try {
            assertFalse(OrTools.isAvailable());
            assertEquals(1, OrTools.why().lines().count());
            var problem = SchedulerTest.problem(new SplittableRandom(1));
            var none = new Refinement(
                    problem,
                    new Courses(problem, Map.of()),
                    new Timetable(problem, new BitSet()),
                    List.of(),
                    TickingClock.every(Duration.ofSeconds(1)),
                    MINUTE,
                    1);
            assertFalse(none.isDue());
        } finally {
            System.clearProperty("mw.ortools");
        }
    }
}
