package io.millwright.certificate.bounds;

import java.math.BigInteger;
import java.util.regex.Pattern;

/// An exact fraction in lowest terms.
///
/// @param above the number above the line
/// @param below the number below it, positive
record Fraction(BigInteger above, BigInteger below) implements Comparable<Fraction> {

    static final Fraction ZERO = new Fraction(BigInteger.ZERO, BigInteger.ONE);

    private static final Pattern FORM = Pattern.compile("[0-9]{1,4000}(/[0-9]{1,4000})?");

    Fraction {
        if (below.signum() == 0) {
            throw new ArithmeticException("divided by zero");
        }
        var common = above.gcd(below);
        common = below.signum() < 0 ? common.negate() : common;
        above = above.divide(common);
        below = below.divide(common);
    }

    /// Reads `3` or `3/4`; there are no negative numbers in a trace.
    static Fraction read(String text) throws Malformed {
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

    Fraction plus(Fraction other) {
        return new Fraction(above.multiply(other.below).add(other.above.multiply(below)), below.multiply(other.below));
    }

    Fraction minus(Fraction other) {
        return new Fraction(
                above.multiply(other.below).subtract(other.above.multiply(below)), below.multiply(other.below));
    }

    Fraction times(Fraction other) {
        return new Fraction(above.multiply(other.above), below.multiply(other.below));
    }

    Fraction over(Fraction other) {
        return new Fraction(above.multiply(other.below), below.multiply(other.above));
    }

    Fraction least(Fraction other) {
        return compareTo(other) <= 0 ? this : other;
    }

    Fraction most(Fraction other) {
        return compareTo(other) >= 0 ? this : other;
    }

    boolean isPositive() {
        return above.signum() > 0;
    }

    @Override
    public int compareTo(Fraction other) {
        return above.multiply(other.below).compareTo(other.above.multiply(below));
    }

    @Override
    public String toString() {
        return below.equals(BigInteger.ONE) ? above.toString() : above + "/" + below;
    }
}
