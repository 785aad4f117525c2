package io.millwright.network.bounds;

import io.millwright.network.curve.Time;
import io.millwright.network.number.Rational;
import io.millwright.network.number.Scalar;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/// How a file writes its numbers, so that results are written alike.
///
/// @param decimal whether it has decimals; otherwise results are fractions
/// @param timeUnit the unit of its times, empty in a file without units
/// @param perUnit what one of that unit is in seconds
public record Notation(boolean decimal, String timeUnit, Rational perUnit) {

    private static final int MOST_PLACES = 30;
    private static final MathContext UP = new MathContext(17, RoundingMode.CEILING);

    /// A time that is a bound from above: a fraction where the file has fractions and the number is exact,
    /// otherwise a decimal, rounded up.
    public String write(Time time) {
        return write(time.seconds().over(perUnit)) + timeUnit;
    }

    /// A number that is a bound from above.
    public String write(Scalar number) {
        return !decimal && number instanceof Rational fraction ? fraction.toString() : decimal(number, UP);
    }

    /// A time for people to read: a fraction where that is short, otherwise a decimal of so many digits,
    /// rounded up.
    public String rounded(Time time, int digits) {
        return rounded(time.seconds().over(perUnit), digits) + timeUnit;
    }

    /// A number for people to read: a fraction where that is short, otherwise a decimal of so many digits,
    /// rounded up.
    public String rounded(Scalar number, int digits) {
        var exact = write(number);
        return exact.length() <= digits ? exact : decimal(number, new MathContext(digits, RoundingMode.CEILING));
    }

    private static String decimal(Scalar number, MathContext rounding) {
        var rounded = number instanceof Rational fraction
                ? new BigDecimal(fraction.numerator()).divide(new BigDecimal(fraction.denominator()), rounding)
                : new BigDecimal(number.upper()).round(rounding);
        var plain = rounded.signum() == 0 ? BigDecimal.ZERO : rounded.stripTrailingZeros();
        return Math.abs(plain.scale()) > MOST_PLACES ? plain.toString() : plain.toPlainString();
    }
}
