package io.millwright.model.unit;

/// What a unit code means.
///
/// @param dimension what it measures
/// @param scale how its values turn into base units
public record Meaning(Dimension dimension, Scale scale) {

    static final Meaning ONE = new Meaning(Dimension.NONE, new Scale.Ratio(1));

    /// Whether its values are plain multiples of the base unit, so that it can be part of a product.
    boolean isRatio() {
        return scale instanceof Scale.Ratio;
    }

    double factor() {
        return scale instanceof Scale.Ratio(double factor) ? factor : Double.NaN;
    }

    Meaning times(Meaning other, int exponent) {
        double factor = factor() * Math.pow(other.factor(), exponent);
        return new Meaning(dimension.plus(other.dimension, exponent), new Scale.Ratio(factor));
    }
}
