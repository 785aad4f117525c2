package io.millwright.plc;

/// What a PLC is doing.
public enum Mode {
    /// No scans; outputs have their safe values.
    STOPPED,
    /// Scans as its tasks say.
    RUNNING,
    /// No scans; outputs stay as they are. Of a simulation.
    PAUSED,
    /// It stopped by itself; outputs have their safe values. It runs again when it is told to.
    FAULT
}
