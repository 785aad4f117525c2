package io.millwright.process.fmi;

/// What a variable is to the world around its FMU (FMI 2.0 section 2.2.7, FMI 3.0 section 2.4.7.4).
public enum Causality {
    PARAMETER,
    CALCULATED_PARAMETER,
    STRUCTURAL_PARAMETER,
    INPUT,
    OUTPUT,
    LOCAL,
    INDEPENDENT
}
