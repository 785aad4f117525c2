package io.millwright.network.failure;

import java.time.Duration;

/// How long a stream is away that moves after a failure.
///
/// After the failure it takes `detect` until it is known, and `load` until all devices that change hold what is
/// new and the talkers that change are silent. Frames that were sent before are through after `drain`. Lists of
/// gates change where a hyperperiod begins (IEEE 802.1Q-2022, 8.6.9.3, ConfigChangeTime), at most one later.
/// From there on the stream is sent at its new offset.
///
/// @param detect from the failure until the failure is known
/// @param load from then until every device is ready to change
public record Recovery(Duration detect, Duration load) {

    /// @throws IllegalArgumentException if one of them is negative
    public Recovery {
        if (detect.isNegative() || load.isNegative()) {
            throw new IllegalArgumentException("times to detect and to load are not below zero");
        }
    }

    /// From the failure to the change, at most.
    public long changeNanos(Consequence consequence) {
        return detect.toNanos() + load.toNanos() + consequence.drainNanos() + consequence.hyperperiodNanos();
    }

    /// From the failure until the first frame of a stream is at its last listener again, at most.
    public long outageNanos(Consequence consequence, Fate.Moved stream) {
        return changeNanos(consequence) + stream.offsetNanos() + stream.delayNanos();
    }

    /// How many of its frames do not arrive, at most: those under way when the failure happens, and those that
    /// would be sent until the change.
    public long framesLost(Consequence consequence, Fate.Moved stream, long periodNanos) {
        return (changeNanos(consequence) + stream.delayBeforeNanos()) / periodNanos + 1;
    }
}
