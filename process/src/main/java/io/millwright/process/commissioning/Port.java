package io.millwright.process.commissioning;

import io.millwright.model.Range;
import io.millwright.model.Unit;

/// One quantity by which a process model is driven or seen.
///
/// @param name unique among the inputs, and among the outputs, of its model
/// @param unit the unit of its values; truth values are 0 and 1 of [Unit#ONE]
/// @param range what its values lie in; [#UNBOUNDED] where the model says nothing
/// @param description for people; may be empty
public record Port(String name, Unit unit, Range range, String description) {

    /// Every number.
    public static final Range UNBOUNDED = new Range(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

    /// The value in the range that is nearest: where an actuator stops.
    ///
    /// @param value a number; not NaN
    public double nearest(double value) {
        return Math.clamp(value, range.min(), range.max());
    }
}
