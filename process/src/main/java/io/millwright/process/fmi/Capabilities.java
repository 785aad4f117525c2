package io.millwright.process.fmi;

import java.util.OptionalDouble;

/// What an FMU can do in co-simulation (FMI 2.0 section 4.3.1, FMI 3.0 section 4.4).
///
/// @param modelIdentifier the name of its binary, a C identifier
/// @param needsExecutionTool whether it only drives a program that must be installed
/// @param variableStepSize whether the steps may differ in length
/// @param fixedInternalStepSize the step of its solver, in seconds, where it is fixed
/// @param eventMode whether it can be told of events; FMI 3 only
/// @param returnsEarly whether a step may end before its time; FMI 3 only
/// @param oncePerProcess whether a process may hold only one instance of it
/// @param savesState whether its state can be saved and set
public record Capabilities(
        String modelIdentifier,
        boolean needsExecutionTool,
        boolean variableStepSize,
        OptionalDouble fixedInternalStepSize,
        boolean eventMode,
        boolean returnsEarly,
        boolean oncePerProcess,
        boolean savesState) {}
