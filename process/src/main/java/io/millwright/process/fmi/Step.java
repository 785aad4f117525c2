package io.millwright.process.fmi;

/// How far a co-simulation came.
///
/// @param reached the time, in seconds
/// @param ended whether the model asked to end the simulation there
/// @param events how many events it handled on the way; FMI 3 only
public record Step(double reached, boolean ended, int events) {}
