package io.millwright.network.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.testkit.Property;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// What it costs to drive streams out, against every moment looked at by itself.
class TollsTest {

    private static final int CASES = Integer.getInteger("mw.cases", 400);

    private record Obstacle(long repeat, long start, long length, int stream) {
        boolean isAt(long moment) {
            return Math.floorMod(moment - start, repeat) < length;
        }
    }

    private static long cost(List<Obstacle> obstacles, long moment) {
        return obstacles.stream()
                .filter(o -> o.isAt(moment))
                .mapToInt(Obstacle::stream)
                .distinct()
                .mapToLong(s -> s < 0 ? Tolls.FORBIDDEN : s + 1)
                .sum();
    }

    @Test
    void theCheapestMomentIsTheOneFoundByLookingAtEach() {
        var none = new AtomicInteger();
        Property.check(CASES, random -> {
            long period = 12L * random.nextInt(1, 5);
            var tolls = new Tolls(period);
            var obstacles = new ArrayList<Obstacle>();
            for (int i = random.nextInt(12); i > 0; i--) {
                int stream = random.nextInt(-1, 5);
                // all that one stream does repeats after the same time
                long repeat = stream < 0
                        ? period
                        : List.of(period, period / 2, period / 3, period / 6).get(stream % 4);
                var one = new Obstacle(repeat, random.nextLong(-40, 40), random.nextLong(0, repeat + 2), stream);
                tolls.add(one.repeat, one.start, one.length, one.stream);
                obstacles.add(one);
            }
            assertTrue(tolls.sum(s -> s + 1));
            long from = random.nextLong(100);
            long until = from + random.nextLong(1, period + 1);
            long least = LongStream.range(from, until)
                    .map(m -> cost(obstacles, m))
                    .min()
                    .orElseThrow();
            long found = tolls.cheapest(from, until, random);
            none.addAndGet(found < 0 ? 1 : 0);
            if (found < 0) {
                assertTrue(least >= Tolls.FORBIDDEN, obstacles::toString);
            } else {
                assertTrue(from <= found && found < until, () -> found + " of " + from + " to " + until);
                assertEquals(least, cost(obstacles, found), obstacles::toString);
            }
        });
        if (System.getProperty("mw.seed") == null) {
            assertTrue(none.get() > 0 && none.get() < CASES / 2, none + " of " + CASES);
        }
    }

    /// No place without waiting is cheaper than the one that is proposed, as the timetable judges them.
    @Test
    void noPlaceByLotIsCheaperThanWhatIsProposed() {
        var compared = new AtomicInteger();
        Property.check(CASES / 8, random -> {
            var problem = SchedulerTest.problem(random);
            var courses = new Courses(problem, Map.of());
            var table = new Timetable(problem, new BitSet());
            var weights = random.ints(problem.streams().size(), 0, 5).toArray();
            var search = new Search(problem, courses, table, new BitSet(), weights, random, () -> false);
            search.place(IntStream.range(0, weights.length).boxed().toList(), Strategy.Manner.EARLIEST);
            var cheapest = new Proposals(problem, table, s -> 1 + weights[s], random);
            for (int stream : search.homeless()) {
                for (var way : courses.of(stream)) {
                    compared.addAndGet(compare(problem, table, weights, stream, way, cheapest, random));
                }
            }
        });
        if (System.getProperty("mw.seed") == null) {
            assertTrue(compared.get() > CASES, compared::toString);
        }
    }

    private static int compare(
            Problem problem,
            Timetable table,
            int[] weights,
            int index,
            Course way,
            Proposals cheapest,
            SplittableRandom random) {
        var stream = problem.streams().get(index);
        var proposed = cheapest.straight(stream, way);
        long least = proposed == null ? Long.MAX_VALUE : cost(table, weights, stream, proposed);
        assertTrue(proposed == null || table.isSound(stream, proposed), stream::toString);
        int compared = 0;
        for (int i = 0; i < 200; i++) {
            var place = table.straightAt(way, random.nextLong(stream.periodNanos()));
            if (table.isSound(stream, place)) {
                assertTrue(cost(table, weights, stream, place) >= least, () -> stream + " at " + place);
                compared++;
            }
        }
        var waiting = cheapest.waitingOnce(stream, way);
        if (waiting != null) {
            int waits = 0;
            for (int i = 0; i < way.size(); i++) {
                long ready = way.ready(problem.topology(), i, waiting.starts());
                assertTrue(ready <= waiting.starts()[i], "sent before it is there");
                waits += ready >= 0 && ready < waiting.starts()[i] ? 1 : 0;
            }
            assertTrue(waits >= 1, Objects.toString(waiting));
        }
        return compared;
    }

    private static long cost(Timetable table, int[] weights, Stream stream, Timetable.Place place) {
        return table.inTheWay(stream, place).stream()
                .mapToLong(s -> 1 + weights[s])
                .sum();
    }
}
