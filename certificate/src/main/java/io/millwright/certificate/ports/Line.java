package io.millwright.certificate.ports;

import io.millwright.certificate.Fraction;

/// A straight line over time: `base + rate · t`.
record Line(Fraction base, Fraction rate) {

    Fraction at(Fraction time) {
        return base.plus(rate.times(time));
    }

    Line plus(Line other) {
        return new Line(base.plus(other.base), rate.plus(other.rate));
    }

    Line minus(Line other) {
        return new Line(base.minus(other.base), rate.minus(other.rate));
    }

    Line times(Fraction factor) {
        return new Line(base.times(factor), rate.times(factor));
    }

    /// When this line meets a flatter one.
    Fraction meets(Line flatter) {
        return flatter.base.minus(base).over(rate.minus(flatter.rate));
    }
}
