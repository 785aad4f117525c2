package io.millwright.network.model;

import io.millwright.network.curve.Time;
import io.millwright.network.number.Rational;
import java.math.BigInteger;
import java.time.Duration;

/// Times as whole nanoseconds, and back.
final class Nanos {

    private static final Rational SECOND = Rational.of(1_000_000_000);

    private Nanos() {}

    static Time of(Duration duration) {
        return Time.of(Rational.of(duration.toNanos(), 1_000_000_000));
    }

    /// Rounded up, of a time that may be known to some precision only.
    static long above(Time time) {
        return time.seconds() instanceof Rational
                ? in(time)
                : (long) Math.ceil(Math.nextUp(time.seconds().upper() * 1e9));
    }

    /// Rounded up.
    static long in(Time time) {
        var nanos = (Rational) time.seconds().times(SECOND);
        var parts = nanos.numerator().divideAndRemainder(nanos.denominator());
        return parts[1].signum() > 0 ? parts[0].add(BigInteger.ONE).longValueExact() : parts[0].longValueExact();
    }
}
