package io.millwright.network.schedule;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntToLongFunction;

/// What it costs to begin at each moment of a period, where streams that would be in the way have to be driven
/// out: the sum of their costs, each counted once.
///
/// Intervals of moments are collected first, each repeated within the period. Then the steps of the sum are
/// walked along.
final class Tolls {

    /// The cost of what cannot be driven out.
    static final long FORBIDDEN = 1L << 40;

    /// With more steps than this nothing is looked up.
    private static final int MOST_STEPS = 40_000;

    private final long period;
    private int count;
    private int[] streams = new int[64];
    private long[] repeats = new long[64];
    private long[] starts = new long[64];
    private long[] ends = new long[64];

    private int steps;
    private long[] moments = new long[0];
    private long[] costs = new long[0];

    Tolls(long period) {
        this.period = period;
    }

    /// A stream is in the way of those that begin in `[start, start + length)`, and so on in every `repeat`, which
    /// divides the period.
    void add(long repeat, long start, long length, int stream) {
        long in = length >= repeat ? 0 : Math.floorMod(start, repeat);
        long end = Math.min(length, repeat) + in;
        put(stream, repeat, in, Math.min(end, repeat));
        if (end > repeat) {
            put(stream, repeat, 0, end - repeat);
        }
    }

    private void put(int stream, long repeat, long start, long end) {
        if (start == end) {
            return;
        }
        if (count == streams.length) {
            streams = Arrays.copyOf(streams, 2 * count);
            repeats = Arrays.copyOf(repeats, 2 * count);
            starts = Arrays.copyOf(starts, 2 * count);
            ends = Arrays.copyOf(ends, 2 * count);
        }
        streams[count] = stream;
        repeats[count] = repeat;
        starts[count] = start;
        ends[count++] = end;
    }

    /// Adds all up.
    ///
    /// @return whether there are not too many steps
    boolean sum(IntToLongFunction cost) {
        long others = 1L + Arrays.stream(streams, 0, count).max().orElse(0);
        if (period > Long.MAX_VALUE / ((others + 1) * (2L * count + 1))) {
            return false;
        }
        merge();
        long most = 1;
        for (int i = 0; i < count; i++) {
            most += 2 * (period / repeats[i]);
        }
        if (most > MOST_STEPS) {
            return false;
        }
        // a moment and whose interval begins or ends there, in one number
        var events = new long[(int) most];
        int width = 2 * count + 1;
        int n = 0;
        events[n++] = width - 1L;
        for (int i = 0; i < count; i++) {
            for (long turn = 0; turn < period; turn += repeats[i]) {
                events[n++] = (turn + starts[i]) * width + 2L * i;
                events[n++] = (turn + ends[i]) * width + 2L * i + 1;
            }
        }
        Arrays.sort(events);
        var each = new long[count];
        Arrays.setAll(each, i -> streams[i] == Timeline.NOBODY ? FORBIDDEN : cost.applyAsLong(streams[i]));
        walk(events, width, each);
        return true;
    }

    private void walk(long[] events, int width, long[] each) {
        moments = new long[events.length];
        costs = new long[events.length];
        steps = 0;
        long sum = 0;
        for (int i = 0; i < events.length; i++) {
            long moment = events[i] / width;
            int what = (int) (events[i] % width);
            if (what < width - 1) {
                sum += what % 2 == 0 ? each[what / 2] : -each[what / 2];
            }
            if (moment < period && (i + 1 == events.length || events[i + 1] / width > moment)) {
                moments[steps] = moment;
                costs[steps++] = sum;
            }
        }
    }

    /// Makes one of intervals of the same stream that overlap: it is driven out once.
    private void merge() {
        // the stream, the start and the interval in one number; all that one stream does repeats in the same way
        var order = new long[count];
        Arrays.setAll(order, i -> ((streams[i] + 1) * period + starts[i]) * count + i);
        Arrays.sort(order);
        var merged = new Tolls(period);
        for (long one : order) {
            int i = (int) (one % count);
            int last = merged.count - 1;
            if (last >= 0 && merged.streams[last] == streams[i] && merged.ends[last] >= starts[i]) {
                merged.ends[last] = Math.max(merged.ends[last], ends[i]);
            } else {
                merged.put(streams[i], repeats[i], starts[i], ends[i]);
            }
        }
        count = merged.count;
        streams = merged.streams;
        repeats = merged.repeats;
        starts = merged.starts;
        ends = merged.ends;
    }

    /// A moment of least cost: of all that cost the same by lot, and then the first of its step, the last, or any.
    ///
    /// @param from the first moment, of any period
    /// @param until after the last, at most a period later
    /// @return -1 if all are forbidden; else a moment of the period of `from`, or of the next
    long cheapest(long from, long until, SplittableRandom random) {
        long base = Math.floorDiv(from, period) * period;
        long least = FORBIDDEN;
        int ties = 0;
        long first = -1;
        long last = -1;
        for (long turn = base; turn < until && turn < base + 2 * period; turn += period) {
            for (int i = 0; i < steps; i++) {
                long begin = Math.max(from, turn + moments[i]);
                long end = Math.min(until, turn + (i + 1 < steps ? moments[i + 1] : period)) - 1;
                if (begin > end || costs[i] > least || costs[i] >= FORBIDDEN) {
                    continue;
                }
                ties = costs[i] < least ? 1 : ties + 1;
                least = costs[i];
                if (random.nextInt(ties) == 0) {
                    first = begin;
                    last = end;
                }
            }
        }
        return first < 0
                ? -1
                : switch (random.nextInt(3)) {
                    case 0 -> first;
                    case 1 -> last;
                    default -> random.nextLong(first, last + 1);
                };
    }
}
