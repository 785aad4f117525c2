package io.millwright.iec61131.machine;

/// What it takes when other variables are forced, made by another thread than the one that scans: of a large
/// program that takes longer than a scan. Of no use once the machine forces or releases anything else.
public interface PreparedForces {
    /// Nothing is made ready.
    PreparedForces NONE = new PreparedForces() {};
}
