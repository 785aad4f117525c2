package io.millwright.model;

/// The answer to reading one point of a device once.
///
/// @param value the value, [Value.Missing] when the device gave none
/// @param quality how far it can be trusted
/// @param sourceNanos nanoseconds since the epoch by the device's clock; by ours where the device gives none
public record Reading(Value value, Quality quality, long sourceNanos) {}
