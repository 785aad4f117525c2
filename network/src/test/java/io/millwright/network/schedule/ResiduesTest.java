package io.millwright.network.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.testkit.Property;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Two links one after another, an octet a nanosecond: every start of a period is looked at by itself.
class ResiduesTest {

    private static final int CASES = Integer.getInteger("mw.cases", 400);
    private static final long[][] PERIODS = {{6, 12}, {8, 12, 20}, {10, 15, 30}, {12, 18}};

    private static Problem problem(SplittableRandom random) {
        var periods = PERIODS[random.nextInt(PERIODS.length)];
        var links = List.of(new Link(0, 1, 2, 8000, random.nextInt(4), 0), new Link(1, 2, 2, 8000, 0, 0));
        var streams = IntStream.range(0, random.nextInt(2, 6))
                .mapToObj(i -> new Stream(
                        i, 0, List.of(2), random.nextInt(1, 4), periods[random.nextInt(periods.length)], 40, 0))
                .toList();
        return new Problem(new Topology(links), streams);
    }

    /// What is occupied of a link, or would be, modulo what is common.
    private static BitSet occupied(Timetable table, int streams, int link, long common) {
        var occupied = new BitSet();
        for (int i = 0; i < streams; i++) {
            var place = table.place(i);
            if (place != null) {
                add(occupied, place.starts()[link], place.course().length[link], common);
            }
        }
        return occupied;
    }

    private static void add(BitSet occupied, long start, long length, long common) {
        for (long t = start; t < start + length; t++) {
            occupied.set((int) Math.floorMod(t, common));
        }
    }

    private static double added(Timetable table, int streams, Timetable.Place place, long common) {
        double sum = 0;
        for (int link = 0; link < 2; link++) {
            var occupied = occupied(table, streams, link, common);
            long length = Math.min(common, place.course().length[link]);
            long left = common - occupied.cardinality();
            add(occupied, place.starts()[link], place.course().length[link], common);
            sum += (double) (left - (common - occupied.cardinality())) / (left + length);
        }
        return sum;
    }

    @Test
    void noFreeStartAddsLess() {
        var found = new AtomicInteger();
        Property.check(CASES, random -> {
            var problem = problem(random);
            int last = problem.streams().size() - 1;
            var courses = new Courses(problem, Map.of());
            var table = new Timetable(problem, new BitSet());
            var search = new Search(problem, courses, table, new BitSet(), new int[last + 1], random, () -> false);
            search.place(IntStream.range(0, last).boxed().toList(), Strategy.Manner.EARLIEST);
            var stream = problem.streams().get(last);
            var way = courses.of(last).getFirst();
            long common = Periods.common(
                    problem.streams().stream().mapToLong(Stream::periodNanos).toArray());
            var least = IntStream.range(0, (int) stream.periodNanos())
                    .mapToObj(start -> table.straightAt(way, start))
                    .filter(p -> table.isSound(stream, p)
                            && table.inTheWay(stream, p).isEmpty())
                    .mapToDouble(p -> added(table, last, p, common))
                    .min();
            long start = new Residues(table, common).start(stream, way);
            assertEquals(least.isPresent(), start >= 0, problem.streams()::toString);
            if (start >= 0) {
                var place = table.straightAt(way, start);
                assertTrue(
                        table.isSound(stream, place)
                                && table.inTheWay(stream, place).isEmpty(),
                        "not free");
                assertEquals(least.getAsDouble(), added(table, last, place, common), 1e-9, problem.streams()::toString);
                found.incrementAndGet();
            }
        });
        if (System.getProperty("mw.seed") == null) {
            assertTrue(found.get() > CASES / 4 && found.get() < CASES, found + " of " + CASES);
        }
    }
}
