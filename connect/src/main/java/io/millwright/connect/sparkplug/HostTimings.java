package io.millwright.connect.sparkplug;

import java.time.Duration;

/// How long a host waits.
///
/// @param reorderNanos for a message that is missing in a sequence, before it asks for a rebirth (Sparkplug 3.0.0,
///     5.4: reorder timeout)
/// @param birthNanos for a birth that it asked for, before the signals behind it are bad
/// @param rebirthNanos between two requests to one edge node; doubled each time up to [#REBIRTH_NANOS_MAX]
record HostTimings(long reorderNanos, long birthNanos, long rebirthNanos) {

    static final long REBIRTH_NANOS_MAX = Duration.ofMinutes(5).toNanos();

    static final HostTimings USUAL = new HostTimings(
            Duration.ofSeconds(2).toNanos(),
            Duration.ofSeconds(5).toNanos(),
            Duration.ofSeconds(5).toNanos());
}
