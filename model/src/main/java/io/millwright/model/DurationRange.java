package io.millwright.model;

import java.time.Duration;

/// How long something takes, at least and at most.
///
/// @param least not negative
/// @param most not less than that
public record DurationRange(Duration least, Duration most) {

    /// No time.
    public static final DurationRange ZERO = of(Duration.ZERO);

    public DurationRange {
        if (least.isNegative() || least.compareTo(most) > 0) {
            throw new IllegalArgumentException("not a range of durations: " + least + " to " + most);
        }
    }

    /// Always the same.
    public static DurationRange of(Duration duration) {
        return new DurationRange(duration, duration);
    }

    /// Whether it always takes the same time.
    public boolean isExact() {
        return least.equals(most);
    }
}
