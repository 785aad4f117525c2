package io.millwright.network.number;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A fraction in lowest terms with a positive denominator, exact at any size. Fractions of 63-bit numbers are
/// computed in `long` arithmetic; where that would overflow, in [BigInteger].
public final class Rational implements Scalar, Comparable<Rational> {

    public static final Rational ZERO = new Rational(0, 1);
    public static final Rational ONE = new Rational(1, 1);

    private static final Pattern FRACTION = Pattern.compile("[+-]?[0-9]{1,400}(/[0-9]{1,400})?");
    private static final Pattern DECIMAL =
            Pattern.compile("[+-]?([0-9]{1,400}\\.?[0-9]{0,400}|\\.[0-9]{1,400})([eE][+-]?[0-9]{1,3})?");
    private static final MathContext DOWN = new MathContext(18, RoundingMode.FLOOR);
    private static final MathContext UP = new MathContext(18, RoundingMode.CEILING);

    private final long numerator;
    private final long denominator;
    /// Both are given where one does not fit into a `long`.
    private final @Nullable BigInteger largeNumerator;

    private final @Nullable BigInteger largeDenominator;

    private Rational(long numerator, long denominator) {
        this.numerator = numerator;
        this.denominator = denominator;
        this.largeNumerator = null;
        this.largeDenominator = null;
    }

    private Rational(BigInteger numerator, BigInteger denominator) {
        this.numerator = 0;
        this.denominator = 0;
        this.largeNumerator = numerator;
        this.largeDenominator = denominator;
    }

    /// A whole number.
    public static Rational of(long value) {
        return value == Long.MIN_VALUE ? of(BigInteger.valueOf(value), BigInteger.ONE) : new Rational(value, 1);
    }

    /// A fraction.
    ///
    /// @throws ArithmeticException when the denominator is zero
    public static Rational of(long numerator, long denominator) {
        return of(BigInteger.valueOf(numerator), BigInteger.valueOf(denominator));
    }

    /// A fraction of whole numbers of any size.
    ///
    /// @throws ArithmeticException when the denominator is zero
    public static Rational of(BigInteger numerator, BigInteger denominator) {
        if (denominator.signum() == 0) {
            throw new ArithmeticException("a fraction with denominator zero");
        }
        var divisor = numerator.gcd(denominator);
        if (denominator.signum() < 0) {
            divisor = divisor.negate();
        }
        var n = numerator.divide(divisor);
        var d = denominator.divide(divisor);
        return n.bitLength() < Long.SIZE - 1 && d.bitLength() < Long.SIZE - 1
                ? new Rational(n.longValue(), d.longValue())
                : new Rational(n, d);
    }

    /// Reads `3`, `-3/4`, `0.75` or `7.5e-1`.
    ///
    /// @throws NumberFormatException when the text is none of these, or has more than 400 digits on a side
    public static Rational parse(String text) {
        if (FRACTION.matcher(text).matches()) {
            int slash = text.indexOf('/');
            var numerator = new BigInteger(slash < 0 ? text : text.substring(0, slash));
            var denominator = slash < 0 ? BigInteger.ONE : new BigInteger(text.substring(slash + 1));
            if (denominator.signum() == 0) {
                throw new NumberFormatException("denominator zero in " + text);
            }
            return of(numerator, denominator);
        }
        if (!DECIMAL.matcher(text).matches()) {
            throw new NumberFormatException("not a number: " + text);
        }
        return of(new BigDecimal(text));
    }

    /// A finite floating-point number, exactly.
    public static Rational of(double value) {
        return of(new BigDecimal(value));
    }

    private static Rational of(BigDecimal decimal) {
        var unscaled = decimal.unscaledValue();
        return decimal.scale() <= 0
                ? of(unscaled.multiply(BigInteger.TEN.pow(-decimal.scale())), BigInteger.ONE)
                : of(unscaled, BigInteger.TEN.pow(decimal.scale()));
    }

    /// The number above the fraction line.
    public BigInteger numerator() {
        return largeNumerator != null ? largeNumerator : BigInteger.valueOf(numerator);
    }

    /// The number below the fraction line: positive.
    public BigInteger denominator() {
        return largeDenominator != null ? largeDenominator : BigInteger.valueOf(denominator);
    }

    @Override
    public Scalar plus(Scalar other) {
        return other instanceof Rational r ? plus(r) : Enclosure.of(this).plus(other);
    }

    @Override
    public Scalar minus(Scalar other) {
        return other instanceof Rational r
                ? plus(r.negate())
                : Enclosure.of(this).minus(other);
    }

    @Override
    public Scalar times(Scalar other) {
        return other instanceof Rational r ? times(r) : Enclosure.of(this).times(other);
    }

    @Override
    public Scalar over(Scalar divisor) {
        return divisor instanceof Rational r
                ? times(r.inverse())
                : Enclosure.of(this).over(divisor);
    }

    /// The sum.
    public Rational plus(Rational other) {
        if (fits(this) && fits(other)) {
            long high = Math.multiplyHigh(numerator, other.denominator);
            long left = numerator * other.denominator;
            long otherHigh = Math.multiplyHigh(other.numerator, denominator);
            long right = other.numerator * denominator;
            long sum = left + right;
            boolean exact = high == left >> 63 && otherHigh == right >> 63 && ((left ^ sum) & (right ^ sum)) >= 0;
            long d = denominator * other.denominator;
            if (exact && sum != Long.MIN_VALUE && Math.multiplyHigh(denominator, other.denominator) == 0 && d > 0) {
                return reduced(sum, d);
            }
        }
        return of(
                numerator().multiply(other.denominator()).add(other.numerator().multiply(denominator())),
                denominator().multiply(other.denominator()));
    }

    /// The product.
    public Rational times(Rational other) {
        if (fits(this) && fits(other)) {
            long n = numerator * other.numerator;
            long d = denominator * other.denominator;
            if (Math.multiplyHigh(numerator, other.numerator) == n >> 63
                    && n != Long.MIN_VALUE
                    && Math.multiplyHigh(denominator, other.denominator) == 0
                    && d > 0) {
                return reduced(n, d);
            }
        }
        return of(numerator().multiply(other.numerator()), denominator().multiply(other.denominator()));
    }

    /// The number with its sign changed.
    public Rational negate() {
        return fits(this)
                ? new Rational(-numerator, denominator)
                : new Rational(numerator().negate(), denominator());
    }

    /// One over this number.
    ///
    /// @throws ArithmeticException when this is zero
    public Rational inverse() {
        return of(denominator(), numerator());
    }

    @Override
    public double upper() {
        return fitsDouble() ? (double) numerator : Math.nextUp(rounded(UP));
    }

    @Override
    public double lower() {
        return fitsDouble() ? (double) numerator : Math.nextDown(rounded(DOWN));
    }

    /// The nearest floating-point number, or its neighbour.
    public double toDouble() {
        return fitsDouble() ? (double) numerator : rounded(MathContext.DECIMAL64);
    }

    private double rounded(MathContext rounding) {
        return new BigDecimal(numerator())
                .divide(new BigDecimal(denominator()), rounding)
                .doubleValue();
    }

    private boolean fitsDouble() {
        return denominator == 1 && Math.abs(numerator) < 1L << 53;
    }

    @Override
    public int upperSign() {
        return largeNumerator != null ? largeNumerator.signum() : Long.signum(numerator);
    }

    @Override
    public int lowerSign() {
        return upperSign();
    }

    @Override
    public boolean isTighterThan(Scalar other) {
        return other instanceof Rational r ? compareTo(r) < 0 : upper() < other.upper();
    }

    @Override
    public int compareTo(Rational other) {
        if (denominator == 1 && other.denominator == 1) {
            return Long.compare(numerator, other.numerator);
        }
        return numerator()
                .multiply(other.denominator())
                .compareTo(other.numerator().multiply(denominator()));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Rational r
                && numerator().equals(r.numerator())
                && denominator().equals(r.denominator());
    }

    @Override
    public int hashCode() {
        return 31 * numerator().hashCode() + denominator().hashCode();
    }

    /// The fraction, as `3/4`; a whole number without its denominator.
    @Override
    public String toString() {
        return denominator().equals(BigInteger.ONE) ? numerator().toString() : numerator() + "/" + denominator();
    }

    private static boolean fits(Rational r) {
        return r.largeNumerator == null;
    }

    private static Rational reduced(long n, long d) {
        long a = Math.abs(n);
        long b = d;
        while (b != 0) {
            long rest = a % b;
            a = b;
            b = rest;
        }
        return new Rational(n / a, d / a);
    }
}
