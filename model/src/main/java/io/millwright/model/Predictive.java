package io.millwright.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A predictive controller beside a plant's control logic: once in a period it plans the inputs of a process whose
/// inputs and outputs are tied together, within limits. It reads and writes variables of the programs.
///
/// @param name its name in the plant file
/// @param every its period
public record Predictive(String name, Duration every, LinearProcess process, Variables variables, Aims aims) {
    /// How far it looks ahead where the plant file does not say, in periods.
    public static final int USUAL_HORIZON = 20;

    /// In how many periods inputs may move where the plant file does not say.
    public static final int USUAL_MOVES = 5;

    /// How many states, inputs and outputs there may be each.
    public static final int SIZE_MAX = 50;

    /// How far it may look ahead, in periods.
    public static final int HORIZON_MAX = 500;

    /// How many moves of how many inputs a plan may have, multiplied.
    public static final int UNKNOWNS_MAX = 500;

    /// A linear process of n states, m inputs u and p outputs y, about a point at which it rests:
    /// y = y₀ + C x, and x' = A x + B (u - u₀).
    ///
    /// @param discrete whether x' is the state one period later; otherwise how fast the state changes, per second
    /// @param a n rows of n
    /// @param b n rows of m
    /// @param c p rows of n
    /// @param inputsAt u₀
    /// @param outputsAt y₀
    public record LinearProcess(
            boolean discrete,
            List<List<Double>> a,
            List<List<Double>> b,
            List<List<Double>> c,
            List<Double> inputsAt,
            List<Double> outputsAt) {
        public LinearProcess {
            a = rows(a);
            b = rows(b);
            c = rows(c);
            inputsAt = List.copyOf(inputsAt);
            outputsAt = List.copyOf(outputsAt);
        }

        private static List<List<Double>> rows(List<List<Double>> matrix) {
            return matrix.stream().map(List::copyOf).toList();
        }
    }

    /// Variables of the control logic, by their paths: `main.level[1]`.
    ///
    /// @param setPoints one for each output
    /// @param measurements one for each output
    /// @param inputs one for each input; they are written
    /// @param applied one for each input: what the process got; none where it always is what was written
    /// @param enabled a truth value: nothing is written while it is FALSE
    /// @param outcome a whole number, which tells how the last plan came about
    public record Variables(
            List<String> setPoints,
            List<String> measurements,
            List<String> inputs,
            List<String> applied,
            Optional<String> enabled,
            Optional<String> outcome) {
        public Variables {
            setPoints = List.copyOf(setPoints);
            measurements = List.copyOf(measurements);
            inputs = List.copyOf(inputs);
            applied = List.copyOf(applied);
        }
    }

    /// What it is to do, in the units of the process. A list that is empty stands for what is usual: no limit, 1 for
    /// an output, 0.1 for a move.
    ///
    /// @param horizon how many periods it looks ahead
    /// @param moves in how many of them the inputs may move
    /// @param inputMax as the other limits of inputs never passed
    /// @param moveMax how far an input may move in a period
    /// @param outputMax as the other limits of outputs passed only where there is no other way
    /// @param disturbedInputs whether what disturbs the process is thought to enter where its inputs do
    /// @param variances how much states and disturbances wander in a period, and the noise of measurements; none
    ///     for what is usual
    public record Aims(
            int horizon,
            int moves,
            List<Double> outputWeights,
            List<Double> moveWeights,
            List<Double> inputMin,
            List<Double> inputMax,
            List<Double> moveMax,
            List<Double> outputMin,
            List<Double> outputMax,
            boolean disturbedInputs,
            Optional<Variances> variances) {
        public Aims {
            outputWeights = List.copyOf(outputWeights);
            moveWeights = List.copyOf(moveWeights);
            inputMin = List.copyOf(inputMin);
            inputMax = List.copyOf(inputMax);
            moveMax = List.copyOf(moveMax);
            outputMin = List.copyOf(outputMin);
            outputMax = List.copyOf(outputMax);
        }
    }

    /// Variances, each above 0.
    public record Variances(double state, double disturbance, double measurement) {}
}
