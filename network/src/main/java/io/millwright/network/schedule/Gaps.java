package io.millwright.network.schedule;

import java.util.Arrays;

/// The moments of a period that remain when intervals are blocked, each of which may pass the end of the period
/// and goes on at its start then.
final class Gaps {

    private final long period;
    private long[] starts = new long[16];
    private long[] ends = new long[16];
    private int count;

    Gaps(long period) {
        this.period = period;
    }

    /// Blocks the moments of `[start, start + length)`.
    void block(long start, long length) {
        if (length <= 0) {
            return;
        }
        long in = Math.floorMod(start, period);
        if (length >= period) {
            add(0, period);
        } else if (in + length > period) {
            add(in, period);
            add(0, in + length - period);
        } else {
            add(in, in + length);
        }
    }

    /// The same in every `repeat`, which divides the period.
    void blockEvery(long repeat, long start, long length) {
        if (length >= repeat) {
            block(0, period);
            return;
        }
        long first = Math.floorMod(start, repeat);
        for (long at = first; at < period; at += repeat) {
            block(at, length);
        }
    }

    private void add(long start, long end) {
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, 2 * count);
            ends = Arrays.copyOf(ends, 2 * count);
        }
        starts[count] = start;
        ends[count++] = end;
    }

    /// What remains, as first and last moment of each gap in turn, in order.
    long[] remaining() {
        var order = new Integer[count];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Long.compare(starts[a], starts[b]));
        var gaps = new long[2 * count + 2];
        int n = 0;
        long end = 0;
        for (int i : order) {
            if (starts[i] > end) {
                gaps[n++] = end;
                gaps[n++] = starts[i] - 1;
            }
            end = Math.max(end, ends[i]);
        }
        if (end < period) {
            gaps[n++] = end;
            gaps[n++] = period - 1;
        }
        return Arrays.copyOf(gaps, n);
    }

    /// What remains in a number of periods, one after another.
    long[] remaining(int periods) {
        var one = remaining();
        var all = new long[one.length * periods];
        for (int i = 0; i < all.length; i++) {
            all[i] = one[i % one.length] + i / one.length * period;
        }
        return all;
    }
}
