package io.millwright.iec61131.machine;

import io.millwright.iec61131.type.Variable;

/// One step on the way to a variable of a running program.
public sealed interface Step {
    /// A global, a variable of an instance, a field of a structure.
    record Member(Variable variable) implements Step {}

    /// An element of an array, counted row by row from 0.
    record Element(int place) implements Step {}
}
