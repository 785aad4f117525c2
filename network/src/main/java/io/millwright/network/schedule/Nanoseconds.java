package io.millwright.network.schedule;

import java.math.BigDecimal;

/// Times as people read them.
public final class Nanoseconds {

    private static final String[] UNITS = {"ns", "µs", "ms", "s"};

    private Nanoseconds() {}

    /// A time in the largest unit of which it has one or more, to the last digit: `31528` is `31.528 µs`.
    public static String text(long nanos) {
        var size = BigDecimal.valueOf(nanos).abs();
        int unit = Math.clamp((size.precision() - 1) / 3, 0, UNITS.length - 1);
        return BigDecimal.valueOf(nanos, 3 * unit).stripTrailingZeros().toPlainString() + " " + UNITS[unit];
    }
}
