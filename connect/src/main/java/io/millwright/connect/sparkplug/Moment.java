package io.millwright.connect.sparkplug;

/// When something happened, by both clocks.
///
/// @param epochNanos nanoseconds since the epoch
/// @param monotonicNanos for timeouts
record Moment(long epochNanos, long monotonicNanos) {}
