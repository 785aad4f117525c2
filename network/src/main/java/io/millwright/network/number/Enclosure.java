package io.millwright.network.number;

/// Two floating-point numbers with the exact value between them, both ends included: interval arithmetic (R. E.
/// Moore, Interval Analysis, 1966; IEEE 1788-2015). Each operation rounds outward by one unit in the last
/// place, which covers the half unit by which IEEE 754 operations may be wrong.
///
/// @param lower the lower end, not above `upper`
/// @param upper the upper end
public record Enclosure(double lower, double upper) implements Scalar {

    public Enclosure {
        if (!(lower <= upper)) { // also where an end is not a number
            throw new ArithmeticException("no enclosure from " + lower + " to " + upper);
        }
    }

    /// What surely encloses a scalar.
    static Enclosure of(Scalar scalar) {
        return scalar instanceof Enclosure e ? e : new Enclosure(scalar.lower(), scalar.upper());
    }

    @Override
    public Scalar plus(Scalar other) {
        if (other.isZero()) {
            return this;
        }
        return outward(lower + other.lower(), upper + other.upper());
    }

    @Override
    public Scalar minus(Scalar other) {
        if (other.isZero()) {
            return this;
        }
        return outward(lower - other.upper(), upper - other.lower());
    }

    @Override
    public Scalar times(Scalar other) {
        if (other.isZero() || isZero()) {
            return Rational.ZERO;
        }
        double a = lower * other.lower();
        double b = lower * other.upper();
        double c = upper * other.lower();
        double d = upper * other.upper();
        return outward(Math.min(Math.min(a, b), Math.min(c, d)), Math.max(Math.max(a, b), Math.max(c, d)));
    }

    @Override
    public Scalar over(Scalar divisor) {
        if (divisor.lowerSign() <= 0 && divisor.upperSign() >= 0) {
            throw new ArithmeticException("divided by what may be zero");
        }
        double a = lower / divisor.lower();
        double b = lower / divisor.upper();
        double c = upper / divisor.lower();
        double d = upper / divisor.upper();
        return outward(Math.min(Math.min(a, b), Math.min(c, d)), Math.max(Math.max(a, b), Math.max(c, d)));
    }

    @Override
    public int upperSign() {
        return (int) Math.signum(upper);
    }

    @Override
    public int lowerSign() {
        return (int) Math.signum(lower);
    }

    @Override
    public boolean isTighterThan(Scalar other) {
        return upper < other.upper();
    }

    private static Enclosure outward(double lower, double upper) {
        return new Enclosure(Math.nextDown(lower), Math.nextUp(upper));
    }
}
