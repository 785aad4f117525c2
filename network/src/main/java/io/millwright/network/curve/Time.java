package io.millwright.network.curve;

import io.millwright.network.number.Rational;
import io.millwright.network.number.Scalar;

/// A span of time, in seconds; in a file without units, in whatever its numbers count.
///
/// @param seconds the number of seconds
public record Time(Scalar seconds) {

    public static final Time ZERO = new Time(Rational.ZERO);

    /// A whole number of seconds.
    public static Time of(long seconds) {
        return new Time(Rational.of(seconds));
    }

    /// A number of seconds.
    public static Time of(Scalar seconds) {
        return new Time(seconds);
    }

    /// The sum.
    public Time plus(Time other) {
        return new Time(seconds.plus(other.seconds));
    }

    /// The difference; negative where the other is larger.
    public Time minus(Time other) {
        return new Time(seconds.minus(other.seconds));
    }

    /// The smaller of the two.
    public Time min(Time other) {
        return new Time(Scalar.min(seconds, other.seconds));
    }

    /// The larger of the two.
    public Time max(Time other) {
        return new Time(Scalar.max(seconds, other.seconds));
    }

    /// Whether this is, as a bound from above, smaller than another.
    public boolean isTighterThan(Time other) {
        return seconds.isTighterThan(other.seconds);
    }

    @Override
    public String toString() {
        return seconds.toString();
    }
}
