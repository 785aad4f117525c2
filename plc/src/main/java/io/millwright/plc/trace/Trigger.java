package io.millwright.plc.trace;

/// When a trace is taken.
///
/// @param channel the place of the variable that is looked at
/// @param kind what it must do
/// @param level compared with its value; TRUE is 1
public record Trigger(int channel, Kind kind, double level) {
    /// What the variable must do.
    public enum Kind {
        /// Anything: the trace begins as soon as there is enough before it.
        ALWAYS,
        /// Be at or below the level, and above it in the next scan.
        RISING,
        /// Be at or above the level, and below it in the next scan.
        FALLING,
        /// Be above the level.
        ABOVE,
        /// Be below the level.
        BELOW,
        /// Be at or above the level.
        AT_LEAST,
        /// Be at or below the level.
        AT_MOST,
        /// Be the level.
        EQUAL,
        /// Be another value than the level.
        OTHER,
        /// Be another value than in the scan before.
        CHANGE
    }

    boolean fires(double before, double now) {
        return switch (kind) {
            case ALWAYS -> true;
            case RISING -> before <= level && now > level;
            case FALLING -> before >= level && now < level;
            case ABOVE -> now > level;
            case BELOW -> now < level;
            case AT_LEAST -> now >= level;
            case AT_MOST -> now <= level;
            case EQUAL -> now == level;
            case OTHER -> now < level || now > level;
            case CHANGE -> !Double.isNaN(before) && Double.compare(before, now) != 0;
        };
    }
}
