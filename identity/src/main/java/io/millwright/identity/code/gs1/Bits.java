package io.millwright.identity.code.gs1;

import java.math.BigInteger;

/// A text of bits, read from the front.
public final class Bits {

    private final String bits;
    private int at;

    /// @param bits zeros and ones only
    public Bits(String bits) {
        this.bits = bits;
    }

    /// How many are left.
    public int left() {
        return bits.length() - at;
    }

    /// How many were read.
    public int read() {
        return at;
    }

    /// Whether only zeros are left.
    public boolean isPadding() {
        return bits.indexOf('1', at) < 0;
    }

    /// The next bits as a number; those that are missing at the end count as zeros.
    ///
    /// @param count at most 31
    public int number(int count) {
        return big(count).intValue();
    }

    /// The next bits as a number of any size.
    public BigInteger big(int count) {
        int end = Math.min(bits.length(), at + count);
        var taken = bits.substring(at, end);
        int missing = count - taken.length();
        at = end;
        return (taken.isEmpty() ? BigInteger.ZERO : new BigInteger(taken, 2)).shiftLeft(missing);
    }

    /// A number as that many bits.
    ///
    /// @throws IllegalArgumentException if it needs more
    public static String of(BigInteger number, int count) {
        var text = number.signum() == 0 ? "" : number.toString(2);
        if (number.signum() < 0 || text.length() > count) {
            throw new IllegalArgumentException(number + " does not fit into " + count + " bits");
        }
        return "0".repeat(count - text.length()) + text;
    }

    /// A number as that many bits.
    public static String of(long number, int count) {
        return of(BigInteger.valueOf(number), count);
    }
}
