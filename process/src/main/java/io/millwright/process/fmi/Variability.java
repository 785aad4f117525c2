package io.millwright.process.fmi;

/// When a variable may change (FMI 2.0 section 2.2.7, FMI 3.0 section 2.4.7.4).
public enum Variability {
    CONSTANT,
    FIXED,
    TUNABLE,
    DISCRETE,
    CONTINUOUS
}
