package io.millwright.certificate;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Pattern;

/// An exact fraction in lowest terms: what checkers compute in.
///
/// @param above the number above the line
/// @param below the number below it, positive
public record Fraction(BigInteger above, BigInteger below) implements Comparable<Fraction> {

    public static final Fraction ZERO = new Fraction(BigInteger.ZERO, BigInteger.ONE);
    public static final Fraction ONE = new Fraction(BigInteger.ONE, BigInteger.ONE);

    private static final int MOST_BITS = 1 << 18;

    private static final Pattern FORM = Pattern.compile("[0-9]{1,4000}(/[0-9]{1,4000})?");

    /// What a trace makes of fractions is too long to be computed in good time.
    public static final class TooLong extends ArithmeticException {
        private static final long serialVersionUID = 1;

        private TooLong() {
            super("its fractions become too long to be computed: more than " + MOST_BITS + " bits");
        }
    }

    public Fraction {
        if (below.signum() == 0) {
            throw new ArithmeticException("divided by zero");
        }
        if (!below.equals(BigInteger.ONE)) {
            var common = above.gcd(below);
            common = below.signum() < 0 ? common.negate() : common;
            above = above.divide(common);
            below = below.divide(common);
        }
        if (above.bitLength() + below.bitLength() > MOST_BITS) {
            throw new TooLong();
        }
    }

    /// A whole number.
    public static Fraction of(long number) {
        return new Fraction(BigInteger.valueOf(number), BigInteger.ONE);
    }

    /// A decimal number.
    public static Fraction of(BigDecimal number) {
        return new Fraction(number.unscaledValue(), BigInteger.TEN.pow(number.scale()));
    }

    /// Reads `3` or `3/4`.
    ///
    /// @throws Malformed for all else, negative numbers too
    public static Fraction read(String text) throws Malformed {
        int line = text.indexOf('/');
        if (!FORM.matcher(text).matches()) {
            throw new Malformed("a number is like 3 or 3/4, not " + Malformed.shown(text));
        }
        var below = line < 0 ? BigInteger.ONE : new BigInteger(text.substring(line + 1));
        if (below.signum() == 0) {
            throw new Malformed("a fraction with zero below the line");
        }
        return new Fraction(new BigInteger(line < 0 ? text : text.substring(0, line)), below);
    }

    public Fraction plus(Fraction other) {
        return below.equals(other.below)
                ? new Fraction(above.add(other.above), below)
                : new Fraction(
                        above.multiply(other.below).add(other.above.multiply(below)), below.multiply(other.below));
    }

    public Fraction minus(Fraction other) {
        return plus(new Fraction(other.above.negate(), other.below));
    }

    public Fraction times(Fraction other) {
        return new Fraction(above.multiply(other.above), below.multiply(other.below));
    }

    public Fraction over(Fraction other) {
        return new Fraction(above.multiply(other.below), below.multiply(other.above));
    }

    public Fraction least(Fraction other) {
        return compareTo(other) <= 0 ? this : other;
    }

    public Fraction most(Fraction other) {
        return compareTo(other) >= 0 ? this : other;
    }

    public boolean isPositive() {
        return above.signum() > 0;
    }

    @Override
    public int compareTo(Fraction other) {
        return below.equals(other.below)
                ? above.compareTo(other.above)
                : above.multiply(other.below).compareTo(other.above.multiply(below));
    }

    @Override
    public String toString() {
        return below.equals(BigInteger.ONE) ? above.toString() : above + "/" + below;
    }
}
