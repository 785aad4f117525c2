package io.millwright.network.schedule;

import java.util.Arrays;

/// What periods have in common.
final class Periods {

    private static final long TOO_LONG = Long.MAX_VALUE;

    private Periods() {}

    static long gcd(long a, long b) {
        while (b != 0) {
            long rest = a % b;
            a = b;
            b = rest;
        }
        return a;
    }

    /// The least common multiple; [Long#MAX_VALUE] where it has no room in a `long`.
    static long hyperperiod(long... periods) {
        long multiple = 1;
        for (long period : periods) {
            long high = Math.multiplyHigh(multiple / gcd(multiple, period), period);
            long low = multiple / gcd(multiple, period) * period;
            if (multiple == TOO_LONG || high != 0 || low < 0) {
                return TOO_LONG;
            }
            multiple = low;
        }
        return multiple;
    }

    /// Whether a hyperperiod has no more frames than it may.
    static boolean isBounded(long most, long... periods) {
        double hyperperiod = hyperperiod(periods);
        return Arrays.stream(periods).mapToDouble(p -> hyperperiod / p).sum() <= most;
    }

    /// The greatest common divisor of some periods; 0 of none.
    static long common(long... periods) {
        return Arrays.stream(periods).reduce(0, Periods::gcd);
    }
}
