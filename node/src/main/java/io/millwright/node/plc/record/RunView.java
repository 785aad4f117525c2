package io.millwright.node.plc.record;

import io.millwright.plc.record.RecordedRun;

/// What a recording holds of one run of a PLC.
///
/// @param run its number in the recording, from 1
/// @param firstScan the scan from whose end on it can be replayed
/// @param fromEpochMillis when that was, by the clock of the machine that recorded, since 1970
public record RunView(int run, long firstScan, long lastScan, double fromEpochMillis, double toEpochMillis) {
    private static final double NANOS_PER_MILLI = 1e6;

    static RunView of(Held held, RecordedRun run) {
        return new RunView(
                held.number(run),
                run.stretch().firstScan(),
                run.stretch().lastScan(),
                run.stretch().epochNanos() / NANOS_PER_MILLI,
                run.endNanos() / NANOS_PER_MILLI);
    }
}
