package io.millwright.identity.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.testkit.Property;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PackedCacheTest {

    private static final int RECORDS = 10_000;

    private final PackedCache cache = new PackedCache();
    private final AtomicInteger reads = new AtomicInteger();

    private static byte[] key(int number) {
        return ("88.118.7/PUMP-" + number).getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] octets(SplittableRandom random) {
        byte[] octets = new byte[random.nextInt(20) == 0 ? random.nextInt(2000) : random.nextInt(60)];
        random.nextBytes(octets);
        return octets;
    }

    /// Whatever is read, changed and pushed out in between, and however the room grows.
    @Test
    void whatIsFoundIsWhatWasLastStored() {
        Property.check(20, random -> {
            var tried = new PackedCache();
            Map<Integer, byte[]> stored = new HashMap<>();
            for (int step = 0; step < 20_000; step++) {
                int number = random.nextInt(2000);
                if (random.nextInt(4) == 0) {
                    tried.changing(List.of(key(number), key(number + 1)));
                    stored.put(number, octets(random));
                    stored.remove(number + 1);
                    tried.changed(List.of(key(number), key(number + 1)));
                }
                byte[] found = tried.get(key(number), step, key -> stored.get(number));
                assertArrayEquals(stored.get(number), found);
            }
        });
    }

    @Test
    void whatWasReadIsNotReadAgain() {
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < RECORDS; i++) {
                byte[] record = {(byte) i, (byte) (i >> 8)};
                assertArrayEquals(record, cache.get(key(i), RECORDS, key -> {
                    reads.incrementAndGet();
                    return record;
                }));
            }
        }
        assertTrue(reads.get() < RECORDS + RECORDS / 10, () -> reads + " reads of " + RECORDS + " records, twice each");
    }

    /// Who begins to read while a change is made and ends after it may bring what is no longer so.
    @Test
    void whatWasReadDuringAChangeIsNotKept() {
        byte[] before = {1};
        byte[] after = {2};
        cache.changing(List.of(key(1)));
        assertArrayEquals(before, cache.get(key(1), 1, key -> {
            cache.changed(List.of(key));
            return before;
        }));
        assertArrayEquals(after, cache.get(key(1), 1, key -> after));
    }

    /// Who has begun to read before a change and ends after it brings what is no longer so.
    @Test
    void whatAChangeHasOvertakenIsNotKept() {
        byte[] before = {1};
        byte[] after = {2};
        assertArrayEquals(before, cache.get(key(1), 1, key -> {
            cache.changing(List.of(key));
            cache.changed(List.of(key));
            return before;
        }));
        assertArrayEquals(after, cache.get(key(1), 1, key -> after));
    }

    /// What is read while a change is being made may be what was before.
    @Test
    void nothingIsKeptWhileItIsBeingChanged() {
        cache.changing(List.of(key(1)));
        assertArrayEquals(new byte[] {1}, cache.get(key(1), 1, key -> new byte[] {1}));
        cache.changed(List.of(key(1)));
        assertArrayEquals(new byte[] {2}, cache.get(key(1), 1, key -> new byte[] {2}));
    }

    @Test
    void whatIsNotThereIsAskedForAgain() {
        for (int i = 0; i < 3; i++) {
            assertNull(cache.get(key(1), 1, key -> {
                reads.incrementAndGet();
                return null;
            }));
        }
        assertEquals(3, reads.get());
    }
}
