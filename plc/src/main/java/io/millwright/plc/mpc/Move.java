package io.millwright.plc.mpc;

/// What a predictive controller says in one period.
///
/// @param inputs what the process shall get
/// @param outcome where they come from
/// @param outputs what the outputs are thought to be now
/// @param violations how far each output's limits are broken at worst in the plan
/// @param course what is planned and expected over the horizon
public record Move(double[] inputs, Outcome outcome, double[] outputs, double[] violations, Course course) {
    /// What is planned and expected in the periods to come.
    ///
    /// @param inputs for each period of the horizon, what each input is to be in it
    /// @param outputs for each period of the horizon, what each output will be at its end
    public record Course(double[][] inputs, double[][] outputs) {}

    /// Where the inputs come from.
    public enum Outcome {
        /// The best plan.
        OPTIMAL,
        /// The solver did not end within its limit: what the last plan said for this period.
        SHIFTED,
        /// There is no such plan either: the inputs stay.
        HELD
    }
}
