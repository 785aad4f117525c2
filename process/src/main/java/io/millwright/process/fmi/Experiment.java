package io.millwright.process.fmi;

import java.util.OptionalDouble;

/// How an FMU would like to be simulated, as far as it says so. Times in seconds.
public record Experiment(
        OptionalDouble start, OptionalDouble stop, OptionalDouble tolerance, OptionalDouble stepSize) {}
