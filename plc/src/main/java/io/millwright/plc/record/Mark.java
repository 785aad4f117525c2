package io.millwright.plc.record;

/// A place in a run where something happened besides its scans: where one looks first.
///
/// @param scan the last scan before it; of a fault and of scans left out the one that it happened in
/// @param epochNanos when, by the clock of the machine that recorded, since 1970-01-01T00:00:00Z
public record Mark(long scan, long epochNanos, Happening what) {}
