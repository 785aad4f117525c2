package io.millwright.node.plc;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a predictive controller does.
///
/// @param outcome off, best, shifted (the plan before goes on), held (the inputs stay), no-number (a set point,
///     input or first measurement is none)
/// @param plans how many plans it made
/// @param longestMillis how long the longest took, by the clock
/// @param problem why it does not work; empty while it does
public record PredictiveView(
        String name, double everyMillis, String outcome, long plans, double longestMillis, String problem) {

    /// What it saw, plans and expects. Where it is off there is neither past nor future.
    ///
    /// @param outputs of the process
    /// @param inputs of the process
    public record CourseView(String name, double everyMillis, List<Line> outputs, List<Line> inputs) {}

    /// The course of a variable, a value for each period.
    ///
    /// @param low its least value; null where there is no limit
    /// @param high its largest value; null where there is no limit
    /// @param wanted the set point in each period that has passed; empty for inputs
    /// @param past what was measured or applied, the newest last; null where it was no number
    /// @param ahead what is expected or planned, the next period first
    public record Line(
            String variable,
            @Nullable Double low,
            @Nullable Double high,
            List<@Nullable Double> wanted,
            List<@Nullable Double> past,
            List<@Nullable Double> ahead) {}
}
