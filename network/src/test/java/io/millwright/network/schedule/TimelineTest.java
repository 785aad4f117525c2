package io.millwright.network.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.testkit.Property;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// The test through the greatest common divisor, against intervals that are rolled out over their hyperperiod.
class TimelineTest {

    private record Interval(long period, long start, long length) {}

    private static boolean overlap(Interval a, Interval b) {
        long cycle = Periods.hyperperiod(a.period, b.period);
        for (long i = -1; i <= cycle / a.period; i++) {
            for (long j = -1; j <= cycle / b.period; j++) {
                for (long turn = -cycle; turn <= cycle; turn += cycle) {
                    long x = a.start % a.period + i * a.period;
                    long y = b.start % b.period + j * b.period + turn;
                    if (x < y + b.length && y < x + a.length) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static Interval interval(SplittableRandom random) {
        long period = List.of(4, 6, 9, 10, 12, 18, 24, 30).get(random.nextInt(8));
        return new Interval(period, random.nextInt(60), random.nextInt(1, (int) Math.min(5, period)));
    }

    @Test
    void intervalsOverlapJustWhereTheirRepetitionsDo() {
        Property.check(3000, random -> {
            var timeline = new Timeline();
            var there = new ArrayList<Interval>();
            for (int i = 0; i < 6; i++) {
                var one = interval(random);
                if (there.stream().noneMatch(o -> overlap(o, one))) {
                    timeline.add(one.period, one.start, one.length, there.size());
                    there.add(one);
                }
            }
            if (random.nextBoolean()) {
                var gone = there.removeLast();
                timeline.remove(gone.period, gone.start);
            }
            var asked = interval(random);
            var found = new HashSet<Integer>();
            timeline.overlapping(asked.period, asked.start, asked.length, found::add);
            long by = timeline.clearance(asked.period, asked.start, asked.length);
            var expected = new HashSet<Integer>();
            for (int i = 0; i < there.size(); i++) {
                if (overlap(there.get(i), asked)) {
                    expected.add(i);
                }
            }
            assertEquals(expected, found);
            assertEquals(expected.isEmpty(), by == 0);
            // nothing that is free is passed over
            for (long step = 1; step < Math.min(by, 100); step++) {
                var moved = new Interval(asked.period, asked.start + step, asked.length);
                assertTrue(there.stream().anyMatch(o -> overlap(o, moved)), asked + " by " + step + " of " + by);
            }
        });
    }
}
