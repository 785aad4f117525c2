package io.millwright.network.number;

/// A real number, known exactly or enclosed. Immutable. What is computed of a rational and an enclosure is an
/// enclosure.
public sealed interface Scalar permits Rational, Enclosure {

    Scalar plus(Scalar other);

    Scalar minus(Scalar other);

    Scalar times(Scalar other);

    /// The quotient.
    ///
    /// @throws ArithmeticException when the divisor is, or may be, zero
    Scalar over(Scalar divisor);

    /// The smallest floating-point number that is surely not below this one.
    double upper();

    /// The largest floating-point number that is surely not above this one.
    double lower();

    /// The sign of the upper end: negative, zero or positive. Not positive means: surely not above zero.
    int upperSign();

    /// The sign of the lower end. Positive means: surely above zero.
    int lowerSign();

    /// Whether this is, as a bound from above, smaller than another: exact for rationals, by the upper ends
    /// otherwise. Either choice is sound where both are bounds.
    boolean isTighterThan(Scalar other);

    /// Whether the number is surely above zero.
    default boolean isPositive() {
        return lowerSign() > 0;
    }

    /// Whether the number is surely not below zero.
    default boolean isNonNegative() {
        return lowerSign() >= 0;
    }

    /// Whether the number is surely zero.
    default boolean isZero() {
        return lowerSign() == 0 && upperSign() == 0;
    }

    /// The smaller of two numbers; of enclosures, an enclosure of the smaller number.
    static Scalar min(Scalar a, Scalar b) {
        if (a instanceof Rational x && b instanceof Rational y) {
            return x.compareTo(y) <= 0 ? x : y;
        }
        return new Enclosure(Math.min(a.lower(), b.lower()), Math.min(a.upper(), b.upper()));
    }

    /// The larger of two numbers; of enclosures, an enclosure of the larger number.
    static Scalar max(Scalar a, Scalar b) {
        if (a instanceof Rational x && b instanceof Rational y) {
            return x.compareTo(y) >= 0 ? x : y;
        }
        return new Enclosure(Math.max(a.lower(), b.lower()), Math.max(a.upper(), b.upper()));
    }
}
