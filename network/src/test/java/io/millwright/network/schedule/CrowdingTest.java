package io.millwright.network.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.testkit.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Streams on one link, an octet a nanosecond.
class CrowdingTest {

    private static final int CASES = Integer.getInteger("mw.cases", 2000);
    private static final long[][] PERIODS = {{6, 9}, {4, 6}, {6, 10, 15}, {8, 12}, {4, 6, 12}, {9, 12, 15}, {10, 15, 20}
    };

    private static Stream stream(int id, int octets, long period) {
        return new Stream(id, 0, List.of(1), octets, period, 1000, 0);
    }

    private static String found(Stream... streams) {
        return Crowding.of(List.of(streams), Stream::octets)
                .map(c -> c.together() + " of " + c.common() + " by "
                        + c.streams().stream().map(Stream::id).toList())
                .orElse("nothing");
    }

    /// Reckoned by hand.
    @Test
    void whatPeriodsHaveInCommonIsToBeShared() {
        assertEquals("4 of 3 by [0, 1]", found(stream(0, 2, 6), stream(1, 2, 9)));
        assertEquals("nothing", found(stream(0, 2, 6), stream(1, 1, 9)));
        // Of three with period 6 and 1 octet two are one after another, or side by side for 2 of 3.
        assertEquals(
                "4 of 3 by [3, 0, 1, 2]", found(stream(0, 1, 6), stream(1, 1, 6), stream(2, 1, 6), stream(3, 2, 9)));
        assertEquals("nothing", found(stream(0, 1, 6), stream(1, 1, 6), stream(3, 2, 9)));
        // 1000 and 1500 come apart alone, and so do 1500 and 2500; but not all three.
        assertEquals(
                "600 of 500 by [0, 1, 2]",
                found(stream(0, 200, 1000), stream(1, 200, 1500), stream(2, 200, 2500), stream(3, 100, 2500)));
        // 4 and 6 have 2 in common, 4 and 8 have 4, 6 and 8 have 2. Modulo 4 those of 4 and 8 occupy 2, so at least 1
        // modulo 2, and that of 6 has the other.
        assertEquals("nothing", found(stream(0, 1, 4), stream(1, 1, 8), stream(2, 1, 6)));
        assertEquals(
                "3 of 2 by [0, 1, 2, 3]", found(stream(0, 1, 4), stream(1, 1, 4), stream(2, 1, 8), stream(3, 1, 6)));
        // One that has more in common with each of the others may be longer than what these have.
        assertEquals("nothing", found(stream(0, 4, 18), stream(1, 1, 6), stream(2, 1, 9)));
    }

    /// All starts are tried.
    private static boolean comeApart(List<Stream> streams, List<Long> starts) {
        int next = starts.size();
        if (next == streams.size()) {
            return true;
        }
        var stream = streams.get(next);
        for (long start = 0; start < stream.periodNanos(); start++) {
            long at = start;
            if (IntStream.range(0, next).allMatch(i -> apart(streams.get(i), starts.get(i), stream, at))) {
                var more = new ArrayList<>(starts);
                more.add(start);
                if (comeApart(streams, more)) {
                    return true;
                }
            }
        }
        return false;
    }

    /// Every nanosecond is looked at.
    private static boolean apart(Stream a, long startA, Stream b, long startB) {
        return IntStream.range(0, (int) (a.periodNanos() * b.periodNanos()))
                .noneMatch(t -> Math.floorMod(t - startA, a.periodNanos()) < a.octets()
                        && Math.floorMod(t - startB, b.periodNanos()) < b.octets());
    }

    @Test
    void whatIsTooCrowdedDoesNotComeApartHoweverItStarts() {
        var crowded = new AtomicInteger();
        var many = new AtomicInteger();
        Property.check(CASES, random -> {
            var streams = streams(random);
            var crowding = Crowding.of(streams, Stream::octets);
            crowding.ifPresent(c -> {
                crowded.incrementAndGet();
                many.addAndGet(c.streams().size() > 2 ? 1 : 0);
                assertFalse(comeApart(c.streams(), List.of()), () -> "they do: " + c);
            });
        });
        if (System.getProperty("mw.seed") == null) {
            assertTrue(crowded.get() > CASES / 20 && many.get() > CASES / 50, crowded + ", of more than two " + many);
        }
    }

    private static List<Stream> streams(SplittableRandom random) {
        var periods = PERIODS[random.nextInt(PERIODS.length)];
        return IntStream.range(0, random.nextInt(2, 7))
                .mapToObj(i -> stream(i, random.nextInt(1, 3), periods[random.nextInt(periods.length)]))
                .toList();
    }
}
