package io.millwright.network.curve;

import io.millwright.network.number.Rational;
import io.millwright.network.number.Scalar;

/// An amount of data, in bits; in a file without units, in whatever its numbers count.
///
/// @param bits the number of bits
public record Data(Scalar bits) {

    public static final Data ZERO = new Data(Rational.ZERO);

    /// A whole number of bits.
    public static Data of(long bits) {
        return new Data(Rational.of(bits));
    }

    /// A number of bits.
    public static Data of(Scalar bits) {
        return new Data(bits);
    }

    /// The sum.
    public Data plus(Data other) {
        return new Data(bits.plus(other.bits));
    }

    /// The difference; negative where the other is larger.
    public Data minus(Data other) {
        return new Data(bits.minus(other.bits));
    }

    /// How long it takes at a rate.
    ///
    /// @throws ArithmeticException when the rate is, or may be, zero
    public Time at(Rate rate) {
        return new Time(bits.over(rate.bitsPerSecond()));
    }

    /// The smaller of the two.
    public Data min(Data other) {
        return new Data(Scalar.min(bits, other.bits));
    }

    /// The larger of the two.
    public Data max(Data other) {
        return new Data(Scalar.max(bits, other.bits));
    }

    /// Whether this is, as a bound from above, smaller than another.
    public boolean isTighterThan(Data other) {
        return bits.isTighterThan(other.bits);
    }

    @Override
    public String toString() {
        return bits.toString();
    }
}
