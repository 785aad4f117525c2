package io.millwright.identity.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.testkit.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LineageTest {

    /// Starts and changes in any number, by a clock that goes as it likes: numbers grow, and the newest so many are
    /// found in spite of the leaps.
    @Test
    void numbersGrowAndAreCounted() {
        Property.check(500, random -> {
            var given = new ArrayList<Long>();
            var leaps = new ArrayList<List<Long>>();
            long last = 0;
            long now = 1_000_000;
            Lineage lineage = null;
            for (int start = random.nextInt(1, 8); start > 0; start--) {
                now += random.nextInt(-50, 100);
                lineage = new Lineage(last, now, new SplittableRandom(random.nextLong()));
                for (var leap : leaps) {
                    lineage.leapt(leap.getFirst(), leap.getLast());
                }
                for (int i = random.nextInt(5); i > 0; i--) {
                    long next = lineage.after(last);
                    assertTrue(next > last);
                    if (next > last + 1) {
                        leaps.add(List.of(last, next));
                    }
                    last = next;
                    given.add(last);
                }
            }
            for (int count = 0; count <= given.size() + 2; count++) {
                int at = given.size() - count - 1;
                assertEquals(at < 0 ? 0 : given.get(at), lineage.before(last, count));
            }
            for (long number : given) {
                assertEquals(Lineage.Standing.SHARED, lineage.standing(number, last, 0));
                boolean next = given.contains(number + 1);
                assertEquals(
                        next ? Lineage.Standing.SHARED : Lineage.Standing.AHEAD, lineage.standing(number + 1, last, 0));
            }
        });
    }
}
