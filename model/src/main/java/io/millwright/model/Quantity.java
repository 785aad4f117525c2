package io.millwright.model;

/// A number with its unit.
///
/// @param value how many
/// @param unit of what
public record Quantity(double value, Unit unit) {

    /// The same quantity in another unit.
    ///
    /// @param other a unit of the same dimension
    /// @throws IllegalArgumentException if the units measure different things
    public Quantity to(Unit other) {
        if (other.equals(unit)) {
            return this;
        }
        if (!unit.isCommensurableWith(other)) {
            throw new IllegalArgumentException("%s does not convert to %s: %s is not %s"
                    .formatted(unit, other, unit.dimension(), other.dimension()));
        }
        return new Quantity(other.scale().fromBase(unit.scale().toBase(value)), other);
    }

    /// The number and the code, e.g. `2.5 m3/h`.
    @Override
    public String toString() {
        return value + " " + unit;
    }
}
