package io.millwright.identity.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millwright.testkit.Property;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Against a tree map that compares keys octet by octet.
class ChunkTest {

    @Test
    void recordsComeInTheOrderOfTheirKeys() {
        Property.check(2000, random -> {
            var expected = new TreeMap<byte[], byte[]>(Arrays::compareUnsigned);
            byte[] common = octets(random, 0, 20, 256);
            var chunk = new Chunk(1 << 20);
            for (int i = random.nextInt(1, 60); i > 0; i--) {
                byte[] key = joined(common, octets(random, 0, 12, random.nextBoolean() ? 2 : 256));
                byte[] packed = octets(random, 0, 5, 256);
                if (expected.putIfAbsent(key, packed) == null) {
                    chunk.add(key, packed);
                }
            }
            chunk.sort();
            assertEquals(expected.size(), chunk.count());
            assertEquals(0, chunk.repeated());
            int place = 0;
            for (var record : expected.entrySet()) {
                assertArrayEquals(record.getKey(), chunk.key(place));
                assertArrayEquals(record.getValue(), chunk.packed(place));
                place++;
            }
        });
    }

    @Test
    void aKeyThatComesTwiceIsFound() {
        var chunk = new Chunk(1 << 20);
        for (byte[] key : new byte[][] {{3}, {1, 0}, {2}, {1}, {2}}) {
            chunk.add(key, new byte[] {7});
        }
        chunk.sort();
        assertArrayEquals(new byte[] {2}, chunk.key(chunk.repeated()));
    }

    private static byte[] octets(SplittableRandom random, int least, int most, int values) {
        byte[] octets = new byte[random.nextInt(least, most + 1)];
        for (int i = 0; i < octets.length; i++) {
            octets[i] = (byte) random.nextInt(values);
        }
        return octets;
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }
}
