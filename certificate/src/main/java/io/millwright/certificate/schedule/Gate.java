package io.millwright.certificate.schedule;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// When the gate of one queue is open (IEEE 802.1Q-2022, 8.6.8.4), again in every cycle. Times are in ns.
final class Gate {

    /// No time.
    static final long NEVER = Long.MAX_VALUE;

    /// A port without a gate list: its gates are always open.
    static final Gate ALWAYS = new Gate(1, new long[0], new long[0], true);

    private final long cycle;
    private final boolean always;
    /// Where it opens, ascending, within the cycle; the last time may end in the next cycle.
    private final long[] opens;
    private final long[] closes;
    private final long longest;

    private Gate(long cycle, long[] opens, long[] closes, boolean always) {
        this.cycle = cycle;
        this.opens = opens;
        this.closes = closes;
        this.always = always;
        var lengths = IntStream.range(0, opens.length).mapToLong(i -> closes[i] - opens[i]);
        longest = always ? NEVER : lengths.max().orElse(0);
    }

    /// The gate of these times, which are sorted, do not overlap and lie within the cycle. Those that touch are
    /// one.
    static Gate of(List<Tables.Opening> openings) {
        if (openings.isEmpty()) {
            return new Gate(1, new long[0], new long[0], false);
        }
        long cycle = openings.getFirst().cycle();
        var opens = new long[openings.size()];
        var closes = new long[openings.size()];
        int n = 0;
        for (var opening : openings) {
            if (n > 0 && closes[n - 1] == opening.start()) {
                closes[n - 1] = opening.end();
            } else {
                opens[n] = opening.start();
                closes[n++] = opening.end();
            }
        }
        if (n == 1 && opens[0] == 0 && closes[0] == cycle) {
            return ALWAYS;
        }
        boolean around = n > 1 && opens[0] == 0 && closes[n - 1] == cycle;
        if (around) {
            closes[n - 1] += closes[0];
        }
        int from = around ? 1 : 0;
        return new Gate(cycle, Arrays.copyOfRange(opens, from, n), Arrays.copyOfRange(closes, from, n), false);
    }

    /// The longest time it is open without a break.
    long longest() {
        return longest;
    }

    /// The earliest moment from which it is open for as long as is needed; [#NEVER] if it never is.
    long fit(long from, long needed) {
        if (always) {
            return from;
        }
        if (needed > longest) {
            return NEVER;
        }
        int i = at(from);
        long base = base(from, i);
        while (closes[i] - Math.max(opens[i], from - base) < needed) {
            if (++i == opens.length) {
                i = 0;
                base += cycle;
            }
        }
        return Math.max(base + opens[i], from);
    }

    /// When it opened for the last time, at a moment at which it is open; [Long#MIN_VALUE]`/4` if it is always
    /// open.
    long opened(long moment) {
        if (always) {
            return Long.MIN_VALUE / 4;
        }
        int i = at(moment);
        return base(moment, i) + opens[i];
    }

    /// The first time that closes after the moment; the last one, if that began in the cycle before.
    private int at(long moment) {
        long place = Math.floorMod(moment, cycle);
        int last = opens.length - 1;
        if (closes[last] - cycle > place) {
            return last;
        }
        int found = Arrays.binarySearch(closes, place + 1);
        int first = found < 0 ? ~found : found;
        return first == opens.length ? 0 : first;
    }

    /// Where the cycle begins in which time `i`, as [#at] found it, opens.
    private long base(long moment, int i) {
        long place = Math.floorMod(moment, cycle);
        long base = moment - place;
        if (closes[i] - cycle > place && i == opens.length - 1) {
            return base - cycle;
        }
        return closes[i] > place ? base : base + cycle;
    }
}
