package io.millwright.plc.record;

/// Something that happened in a run besides its scans: where one looks first.
///
/// @param scan the last scan before it; of a fault and an overrun the one that it happened in
/// @param epochNanos when, by the clock of the machine that recorded, since 1970-01-01T00:00:00Z
/// @param text what, for people
public record Mark(long scan, long epochNanos, Kind kind, String text) {
    /// What it was.
    public enum Kind {
        /// A scan that did not end well.
        FAULT,
        /// A variable was forced or released.
        FORCE,
        /// A variable was changed once.
        WRITE,
        /// The PLC began to run, stopped or paused.
        MODE,
        /// Another program runs.
        PROGRAM,
        /// A scan came too late: others before it were left out.
        OVERRUN,
        /// Scans are missing in the recording.
        GAP
    }
}
