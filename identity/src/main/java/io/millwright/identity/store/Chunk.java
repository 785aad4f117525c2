package io.millwright.identity.store;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// Packed records and their keys, one behind the other in one array, to be brought into the order of their keys. Used
/// again and again, so that loading millions leaves no objects behind.
final class Chunk {

    private byte[] octets = new byte[1 << 16];

    /// For each record where its key begins; that of the next is where it ends.
    private int[] starts = new int[1024];

    private int[] keyLengths = new int[1024];

    /// The numbers of the records in the order of their keys; meaningful after [#sort].
    private int[] order = {};

    private final int bytesMax;
    private int count;

    /// @param bytesMax octets after which it is full
    Chunk(int bytesMax) {
        this.bytesMax = bytesMax;
    }

    void add(byte[] key, byte[] packed) {
        int start = starts[count];
        int end = start + key.length + packed.length;
        if (end > octets.length) {
            octets = Arrays.copyOf(octets, Math.max(end, Math.min(2 * octets.length, bytesMax + bytesMax / 16)));
        }
        if (count + 2 > starts.length) {
            starts = Arrays.copyOf(starts, 2 * starts.length);
            keyLengths = Arrays.copyOf(keyLengths, 2 * keyLengths.length);
        }
        System.arraycopy(key, 0, octets, start, key.length);
        System.arraycopy(packed, 0, octets, start + key.length, packed.length);
        keyLengths[count] = key.length;
        starts[++count] = end;
    }

    int count() {
        return count;
    }

    boolean isFull() {
        return starts[count] >= bytesMax;
    }

    void clear() {
        count = 0;
    }

    /// Brings the records into the order of their keys; costs next to nothing if they came in it. By merging runs
    /// of twice the length again and again. Beside each number goes the head of its key, which decides nearly every
    /// comparison without a look at the octets.
    void sort() {
        order = new int[count];
        Arrays.setAll(order, i -> i);
        if (isSorted()) {
            return;
        }
        var from = new Run(order, heads());
        var to = new Run(new int[count], new long[count]);
        for (long width = 1; width < count; width *= 2) {
            for (long start = 0; start < count; start += 2 * width) {
                merge(from, to, (int) start, (int) Math.min(count, start + width), (int)
                        Math.min(count, start + 2 * width));
            }
            var merged = to;
            to = from;
            from = merged;
        }
        order = from.numbers;
    }

    private boolean isSorted() {
        for (int i = 1; i < count; i++) {
            if (compare(i - 1, i) > 0) {
                return false;
            }
        }
        return true;
    }

    /// Numbers of records and the heads of their keys, in one order.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Run(int[] numbers, long[] heads) {}

    /// Of each key the eight octets behind those that all keys begin with, such that signed comparison is theirs.
    private long[] heads() {
        int common = common();
        var heads = new long[count];
        for (int i = 0; i < count; i++) {
            int from = starts[i] + common;
            int length = Math.min(Long.BYTES, keyLengths[i] - common);
            long head = 0;
            for (int k = 0; k < length; k++) {
                head |= (octets[from + k] & 0xffL) << 56 - 8 * k;
            }
            heads[i] = head ^ Long.MIN_VALUE;
        }
        return heads;
    }

    /// How many octets all keys begin with.
    private int common() {
        int common = keyLengths[0];
        for (int i = 1; i < count; i++) {
            int differs = Arrays.mismatch(
                    octets,
                    starts[0],
                    starts[0] + common,
                    octets,
                    starts[i],
                    starts[i] + Math.min(common, keyLengths[i]));
            common = differs < 0 ? common : differs;
        }
        return common;
    }

    private void merge(Run from, Run to, int start, int middle, int end) {
        int left = start;
        int right = middle;
        for (int i = start; i < end; i++) {
            boolean takeLeft = left < middle && (right >= end || compare(from, left, right) <= 0);
            int taken = takeLeft ? left++ : right++;
            to.numbers[i] = from.numbers[taken];
            to.heads[i] = from.heads[taken];
        }
    }

    private int compare(Run run, int a, int b) {
        int heads = Long.compare(run.heads[a], run.heads[b]);
        return heads != 0 ? heads : compare(run.numbers[a], run.numbers[b]);
    }

    private int compare(int a, int b) {
        return Arrays.compareUnsigned(
                octets, starts[a], starts[a] + keyLengths[a], octets, starts[b], starts[b] + keyLengths[b]);
    }

    /// The place of the first record that has the same key as the one before it; 0 if there is none.
    int repeated() {
        for (int i = 1; i < count; i++) {
            if (compare(order[i - 1], order[i]) == 0) {
                return i;
            }
        }
        return 0;
    }

    /// @param place from 0, in the order of the keys
    byte[] key(int place) {
        int start = starts[order[place]];
        return Arrays.copyOfRange(octets, start, start + keyLengths[order[place]]);
    }

    byte[] packed(int place) {
        return Arrays.copyOfRange(octets, starts[order[place]] + keyLengths[order[place]], starts[order[place] + 1]);
    }

    /// Copies a record.
    ///
    /// @param key with room for the longest
    /// @param packed with room for [#packedLength] octets
    void copy(int place, ByteBuffer key, ByteBuffer packed) {
        int number = order[place];
        key.clear().put(octets, starts[number], keyLengths[number]).flip();
        packed.clear()
                .put(octets, starts[number] + keyLengths[number], packedLength(place))
                .flip();
    }

    int packedLength(int place) {
        int number = order[place];
        return starts[number + 1] - starts[number] - keyLengths[number];
    }
}
