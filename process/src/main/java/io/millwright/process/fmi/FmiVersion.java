package io.millwright.process.fmi;

/// The generations of the standard that are read.
public enum FmiVersion {
    /// FMI 2.0, with its maintenance releases 2.0.1 to 2.0.5.
    V2,
    /// FMI 3.0 and its minor versions, which are compatible with it (FMI 3.0, section 2.6).
    V3
}
