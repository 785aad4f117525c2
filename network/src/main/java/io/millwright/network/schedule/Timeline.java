package io.millwright.network.schedule;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;

/// When a link, or a queue, is occupied: intervals that each repeat with a period of their own.
///
/// Let one occupy `[a, a + m)` with period `p`, another `[b, b + n)` with period `q`. Some two of their
/// repetitions overlap if and only if `a + i·p < b + j·q + n` and `b + j·q < a + i·p + m` for some whole `i`
/// and `j`. The numbers `j·q − i·p` are just the multiples of `g = gcd(p, q)` (Bézout), so that they overlap if
/// and only if some `b − a + k·g` lies strictly between `−n` and `m`: if `(b − a) mod g < m` or `(a − b) mod g
/// < n`. No hyperperiod comes in.
///
/// Intervals of one period are kept together in order of their starts. Where that period divides the one asked
/// for, a binary search answers; else all are looked at.
final class Timeline {

    /// The clearance of an interval that overlaps another one wherever it is moved to.
    static final long NEVER = Long.MAX_VALUE / 4;

    /// Who is in the way at the end of a period.
    static final int NOBODY = -1;

    private Lane[] lanes = new Lane[2];
    private int count;

    /// How far an interval must at least be moved to later to get out of the way of some interval here that it
    /// overlaps; 0 if it overlaps none, [#NEVER] if it always will.
    long clearance(long period, long start, long length) {
        for (int i = 0; i < count; i++) {
            long by = lanes[i].clearance(period, start, length);
            if (by > 0) {
                return by;
            }
        }
        return 0;
    }

    /// Tells the streams of all intervals that an interval overlaps; a stream may be told more than once.
    void overlapping(long period, long start, long length, IntConsumer stream) {
        for (int i = 0; i < count; i++) {
            lanes[i].overlapping(period, start, length, stream);
        }
    }

    /// Is told moments at which something is in the way.
    @FunctionalInterface
    interface Obstacles {

        /// A stream is in the way in `[start, start + length)`, and so on in every `repeat`.
        void add(long repeat, long start, long length, int stream);
    }

    /// Tells the moments at which an interval would overlap one of those here.
    ///
    /// @param lead what is added to a moment for the start
    void obstacles(long period, long lead, long length, Obstacles told) {
        for (int i = 0; i < count; i++) {
            lanes[i].obstacles(period, lead, length, told);
        }
    }

    void add(long period, long start, long length, int stream) {
        for (int i = 0; i < count; i++) {
            if (lanes[i].period == period) {
                lanes[i].add(Math.floorMod(start, period), length, stream);
                return;
            }
        }
        if (count == lanes.length) {
            lanes = Arrays.copyOf(lanes, 2 * count);
        }
        lanes[count] = new Lane(period);
        lanes[count++].add(Math.floorMod(start, period), length, stream);
    }

    /// Removes an interval that was added.
    void remove(long period, long start) {
        for (int i = 0; i < count; i++) {
            if (lanes[i].period == period) {
                lanes[i].remove(Math.floorMod(start, period));
                return;
            }
        }
    }

    /// The start of some interval, drawn by lot; -1 where there is none.
    long someStart(SplittableRandom random) {
        if (count == 0) {
            return -1;
        }
        var lane = lanes[random.nextInt(count)];
        return lane.size == 0 ? -1 : lane.starts[random.nextInt(lane.size)];
    }

    /// The intervals of one period.
    private static final class Lane {
        private final long period;
        private long[] starts = new long[4];
        private long[] lengths = new long[4];
        private int[] streams = new int[4];
        private int size;
        private long otherPeriod;
        private long common;

        Lane(long period) {
            this.period = period;
        }

        private long common(long other) {
            if (other != otherPeriod) {
                otherPeriod = other;
                common = Periods.gcd(period, other);
            }
            return common;
        }

        void add(long start, long length, int stream) {
            if (size == starts.length) {
                starts = Arrays.copyOf(starts, 2 * size);
                lengths = Arrays.copyOf(lengths, 2 * size);
                streams = Arrays.copyOf(streams, 2 * size);
            }
            int at = upper(start);
            System.arraycopy(starts, at, starts, at + 1, size - at);
            System.arraycopy(lengths, at, lengths, at + 1, size - at);
            System.arraycopy(streams, at, streams, at + 1, size - at);
            starts[at] = start;
            lengths[at] = length;
            streams[at] = stream;
            size++;
        }

        void remove(long start) {
            int at = upper(start) - 1;
            size--;
            System.arraycopy(starts, at + 1, starts, at, size - at);
            System.arraycopy(lengths, at + 1, lengths, at, size - at);
            System.arraycopy(streams, at + 1, streams, at, size - at);
        }

        /// How many intervals start no later.
        private int upper(long start) {
            int low = 0;
            int high = size;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (starts[middle] <= start) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low;
        }

        long clearance(long other, long start, long length) {
            if (size == 0) {
                return 0;
            }
            long g = common(other);
            return g == period ? next(Math.floorMod(start, period), length) : farthest(g, start, length);
        }

        private long next(long start, long length) {
            int after = upper(start);
            int before = after == 0 ? size - 1 : after - 1;
            long end = starts[before] + lengths[before] - (after == 0 ? period : 0);
            if (end > start) {
                return end - start;
            }
            long begin = after == size ? starts[0] + period : starts[after];
            return begin < start + length ? begin + lengths[after == size ? 0 : after] - start : 0;
        }

        private long farthest(long g, long start, long length) {
            long most = 0;
            for (int i = 0; i < size; i++) {
                if (lengths[i] + length > g) {
                    return NEVER;
                }
                long since = Math.floorMod(start - starts[i], g);
                if (since < lengths[i]) {
                    most = Math.max(most, lengths[i] - since);
                } else if (g - since < length) {
                    most = Math.max(most, g - since + lengths[i]);
                }
            }
            return most;
        }

        void obstacles(long other, long lead, long length, Obstacles told) {
            long g = common(other);
            for (int i = 0; i < size; i++) {
                told.add(g, starts[i] - length + 1 - lead, lengths[i] + length - 1, streams[i]);
            }
        }

        void overlapping(long other, long start, long length, IntConsumer stream) {
            long g = common(other);
            for (int i = 0; i < size; i++) {
                long since = Math.floorMod(start - starts[i], g);
                if (since < lengths[i] || g - since < length) {
                    stream.accept(streams[i]);
                }
            }
        }
    }
}
