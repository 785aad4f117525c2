package io.millwright.bench.plc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WritersTest {
    /// @param rows how many values the first PLC wrote, then the other one, and so on
    private static List<WatchedDevice.Written> rows(int... rows) {
        return IntStream.range(0, rows.length)
                .boxed()
                .flatMap(i -> Collections.nCopies(rows[i], i % 2).stream())
                .map(door -> new WatchedDevice.Written(door, 0, 0))
                .toList();
    }

    @Test
    void oneChangeIsThatOfTheKill() {
        assertEquals(new Writers(0, 0), Writers.of(rows(100, 20), 1));
    }

    /// The master was late and went on alone in an epoch of its own, and was killed later.
    @Test
    void anEpochThatWasKeptIsNoChange() {
        assertEquals(new Writers(0, 0), Writers.of(rows(100, 20), 2));
    }

    @Test
    void eachOfTwoThatChangePlacesWritesForLong() {
        assertEquals(new Writers(2, 0), Writers.of(rows(100, 47, 53, 20), 3));
    }

    /// One value of who was killed came after the first one of the other.
    @Test
    void aValueThatCameLateIsNoChange() {
        assertEquals(new Writers(0, 1), Writers.of(rows(100, 30, 1, 20), 1));
    }

    /// Both write: neither is in the right, and there are more changes than epochs.
    @Test
    void whoWritesWithoutAnEpochIsSeen() {
        assertEquals(7, Writers.of(rows(50, 1, 1, 1, 1, 1, 1, 1, 50), 1).strays());
        assertEquals(2, Writers.of(rows(50, 40, 30, 20), 1).strays());
    }
}
