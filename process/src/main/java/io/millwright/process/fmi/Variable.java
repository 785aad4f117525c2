package io.millwright.process.fmi;

import io.millwright.model.Range;
import io.millwright.model.Unit;
import java.util.List;

/// A variable of an FMU.
///
/// @param name unique in its FMU
/// @param reference the number by which its functions know it, 0 to 2³² − 1
/// @param initial `exact`, `approx` or `calculated`; empty where the standard's table decides
/// @param start the values at first, in row-major order; empty where the file gives none
/// @param unit what the model calls the unit, as a UCUM code; an annotation such as `{rpm}` where there is no
///     such code
/// @param range its `min` and `max`; infinite where the file gives none
/// @param dimensions of an array; empty for a scalar
/// @param description for people; may be empty
public record Variable(
        String name,
        long reference,
        VariableType type,
        Causality causality,
        Variability variability,
        String initial,
        List<String> start,
        Unit unit,
        Range range,
        List<Dimension> dimensions,
        String description) {

    /// One dimension of an array: a number, or the value of a structural parameter (FMI 3.0 section 2.4.7.2).
    public sealed interface Dimension {
        /// @param size 1 or more
        record Fixed(long size) implements Dimension {}

        /// @param reference value reference of the structural parameter
        record Structural(long reference) implements Dimension {}
    }

    /// Whether its value can be given before the simulation starts (FMI 2.0 table in section 2.2.7, FMI 3.0
    /// section 2.4.7.4): a parameter, an input, or what has a start value that holds or is guessed.
    public boolean isSettable() {
        if (variability == Variability.CONSTANT) {
            return false;
        }
        return switch (causality) {
            case PARAMETER, STRUCTURAL_PARAMETER, INPUT -> true;
            case OUTPUT, LOCAL -> initial.equals("exact") || initial.equals("approx");
            case CALCULATED_PARAMETER, INDEPENDENT -> false;
        };
    }
}
