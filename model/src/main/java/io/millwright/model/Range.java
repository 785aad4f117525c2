package io.millwright.model;

/// A closed interval of a signal's values, in the signal's unit.
///
/// @param min the lowest value
/// @param max the highest value, above min
public record Range(double min, double max) {

    public Range {
        if (!(min < max)) {
            throw new IllegalArgumentException("range [" + min + ", " + max + "] must go from low to high");
        }
    }

    /// Whether the value lies inside; false for NaN.
    public boolean contains(double value) {
        return value >= min && value <= max;
    }
}
