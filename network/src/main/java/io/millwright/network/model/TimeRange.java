package io.millwright.network.model;

import io.millwright.model.DurationRange;
import io.millwright.network.curve.Time;

/// How long something takes, at least and at most.
///
/// @param least not negative
/// @param most not less than that
public record TimeRange(Time least, Time most) {

    /// No time.
    public static final TimeRange ZERO = exactly(Time.ZERO);

    /// Always the same.
    public static TimeRange exactly(Time time) {
        return new TimeRange(time, time);
    }

    static TimeRange of(DurationRange range) {
        return new TimeRange(Nanos.of(range.least()), Nanos.of(range.most()));
    }

    /// Whether it always takes the same time.
    boolean isExact() {
        return least.equals(most);
    }
}
