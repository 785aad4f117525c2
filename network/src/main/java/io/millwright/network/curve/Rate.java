package io.millwright.network.curve;

import io.millwright.network.number.Rational;
import io.millwright.network.number.Scalar;

/// A rate of data, in bits per second; in a file without units, in whatever its numbers count.
///
/// @param bitsPerSecond the number of bits per second
public record Rate(Scalar bitsPerSecond) {

    public static final Rate ZERO = new Rate(Rational.ZERO);

    /// A whole number of bits per second.
    public static Rate of(long bitsPerSecond) {
        return new Rate(Rational.of(bitsPerSecond));
    }

    /// A number of bits per second.
    public static Rate of(Scalar bitsPerSecond) {
        return new Rate(bitsPerSecond);
    }

    /// The sum.
    public Rate plus(Rate other) {
        return new Rate(bitsPerSecond.plus(other.bitsPerSecond));
    }

    /// The difference; negative where the other is larger.
    public Rate minus(Rate other) {
        return new Rate(bitsPerSecond.minus(other.bitsPerSecond));
    }

    /// What comes at this rate in a time.
    public Data during(Time time) {
        return new Data(bitsPerSecond.times(time.seconds()));
    }

    /// Whether the rate is surely above zero.
    public boolean isPositive() {
        return bitsPerSecond.isPositive();
    }

    /// Whether the rate is surely not below another.
    public boolean isAtLeast(Rate other) {
        return bitsPerSecond.minus(other.bitsPerSecond).isNonNegative();
    }

    /// The smaller of the two.
    public Rate min(Rate other) {
        return new Rate(Scalar.min(bitsPerSecond, other.bitsPerSecond));
    }

    /// The larger of the two.
    public Rate max(Rate other) {
        return new Rate(Scalar.max(bitsPerSecond, other.bitsPerSecond));
    }

    /// Whether this is, as a bound from above, smaller than another.
    public boolean isTighterThan(Rate other) {
        return bitsPerSecond.isTighterThan(other.bitsPerSecond);
    }

    @Override
    public String toString() {
        return bitsPerSecond.toString();
    }
}
