package io.millwright.plc.mpc;

import static io.millwright.plc.mpc.LinearModel.require;

import io.millwright.model.Predictive;
import java.util.Arrays;
import java.util.List;

/// What a predictive controller is to do, in the units of the process.
///
/// The plan makes Σ weight (y - r)² over the horizon, plus Σ weight (Δu)² of the moves, as small as the limits
/// allow. Limits of inputs and of their moves hold always. Limits of outputs are soft: where they cannot hold,
/// the largest violation v of each costs [#softness] (v + v²) more.
///
/// @param horizon how many periods are looked ahead, 1 to 500
/// @param moves in how many of them the inputs may move, 1 to the horizon
/// @param outputWeights for each output, 0 and more
/// @param moveWeights for each input, above 0
/// @param inputMin least value of each input
/// @param inputMax largest value of each input
/// @param moveMax how far each input may move in a period, above 0; infinite where there is no limit
/// @param outputMin least value of each output; -infinite where there is none
/// @param outputMax largest value of each output; infinite where there is none
/// @param softness the price of a violation, above 0; far above the weights
/// @param disturbance where the process is thought to be disturbed
/// @param stateVariance how much each state wanders in a period, as variance, above 0
/// @param disturbanceVariance how much each disturbance wanders in a period, as variance, above 0
/// @param measurementVariance the noise of each measurement, as variance, above 0
/// @param iterationsMax how many iterations the solver may take in a step, 1 and more
public record MpcSettings(
        int horizon,
        int moves,
        double[] outputWeights,
        double[] moveWeights,
        double[] inputMin,
        double[] inputMax,
        double[] moveMax,
        double[] outputMin,
        double[] outputMax,
        double softness,
        Disturbance disturbance,
        double stateVariance,
        double disturbanceVariance,
        double measurementVariance,
        int iterationsMax) {

    /// Where a lasting disturbance enters. One for each output is estimated; that is what takes offsets away
    /// (U. Maeder, F. Borrelli, M. Morari, Linear offset-free Model Predictive Control, Automatica 45(10),
    /// 2009).
    public enum Disturbance {
        /// At the measurement. Not for processes that integrate.
        OUTPUT,
        /// At the inputs. Where there are as many inputs as outputs.
        INPUT
    }

    public MpcSettings {
        require(
                horizon >= 1 && horizon <= Predictive.HORIZON_MAX,
                "the horizon is %d; it must be 1 to %d",
                horizon,
                Predictive.HORIZON_MAX);
        require(
                moves >= 1 && moves <= horizon,
                "there are %d moves; there must be 1 to the horizon, %d",
                moves,
                horizon);
        check("weight of output", outputWeights, 0, false);
        check("weight of move", moveWeights, 0, true);
        check("move limit of input", moveMax, 0, true);
        ordered("input", inputMin, inputMax);
        ordered("output", outputMin, outputMax);
        require(softness > 0 && Double.isFinite(softness), "the softness is %s; it must be above 0", softness);
        check("variance", new double[] {stateVariance, disturbanceVariance, measurementVariance}, 0, true);
        require(iterationsMax >= 1, "there are %d iterations; there must be one", iterationsMax);
    }

    /// Settings with wide limits, for a model: no weight but 1 for outputs and 0.1 for moves.
    public static MpcSettings of(LinearModel model, int horizon, int moves) {
        double infinite = Double.POSITIVE_INFINITY;
        return new MpcSettings(
                horizon,
                moves,
                filled(model.outputs(), 1),
                filled(model.inputs(), 0.1),
                filled(model.inputs(), -infinite),
                filled(model.inputs(), infinite),
                filled(model.inputs(), infinite),
                filled(model.outputs(), -infinite),
                filled(model.outputs(), infinite),
                1e4,
                Disturbance.OUTPUT,
                1e-3,
                1e-2,
                1e-2,
                500);
    }

    /// Those of a plant file.
    ///
    /// @throws IllegalArgumentException where they do not go together
    public static MpcSettings of(LinearModel model, Predictive.Aims said) {
        MpcSettings usual = of(model, said.horizon(), said.moves());
        Predictive.Variances variances = said.variances()
                .orElse(new Predictive.Variances(
                        usual.stateVariance(), usual.disturbanceVariance(), usual.measurementVariance()));
        return usual.weights(
                        or(said.outputWeights(), usual.outputWeights()), or(said.moveWeights(), usual.moveWeights()))
                .inputs(
                        or(said.inputMin(), usual.inputMin()),
                        or(said.inputMax(), usual.inputMax()),
                        or(said.moveMax(), usual.moveMax()))
                .outputs(
                        or(said.outputMin(), usual.outputMin()),
                        or(said.outputMax(), usual.outputMax()),
                        usual.softness())
                .disturbed(
                        said.disturbedInputs() ? Disturbance.INPUT : Disturbance.OUTPUT,
                        variances.state(),
                        variances.disturbance(),
                        variances.measurement());
    }

    private static double[] or(List<Double> said, double[] usual) {
        return said.isEmpty() ? usual : LinearModel.row(said);
    }

    private static double[] filled(int size, double value) {
        var values = new double[size];
        Arrays.fill(values, value);
        return values;
    }

    /// With other weights.
    public MpcSettings weights(double[] outputs, double[] moves) {
        return new MpcSettings(
                horizon,
                this.moves,
                outputs,
                moves,
                inputMin,
                inputMax,
                moveMax,
                outputMin,
                outputMax,
                softness,
                disturbance,
                stateVariance,
                disturbanceVariance,
                measurementVariance,
                iterationsMax);
    }

    /// With limits of the inputs and their moves.
    public MpcSettings inputs(double[] min, double[] max, double[] move) {
        return new MpcSettings(
                horizon,
                moves,
                outputWeights,
                moveWeights,
                min,
                max,
                move,
                outputMin,
                outputMax,
                softness,
                disturbance,
                stateVariance,
                disturbanceVariance,
                measurementVariance,
                iterationsMax);
    }

    /// With soft limits of the outputs.
    public MpcSettings outputs(double[] min, double[] max, double softness) {
        return new MpcSettings(
                horizon,
                moves,
                outputWeights,
                moveWeights,
                inputMin,
                inputMax,
                moveMax,
                min,
                max,
                softness,
                disturbance,
                stateVariance,
                disturbanceVariance,
                measurementVariance,
                iterationsMax);
    }

    /// With another estimate of what disturbs the process.
    public MpcSettings disturbed(Disturbance at, double state, double lasting, double measurement) {
        return new MpcSettings(
                horizon,
                moves,
                outputWeights,
                moveWeights,
                inputMin,
                inputMax,
                moveMax,
                outputMin,
                outputMax,
                softness,
                at,
                state,
                lasting,
                measurement,
                iterationsMax);
    }

    /// With another limit of the work of a step.
    public MpcSettings iterations(int max) {
        return new MpcSettings(
                horizon,
                moves,
                outputWeights,
                moveWeights,
                inputMin,
                inputMax,
                moveMax,
                outputMin,
                outputMax,
                softness,
                disturbance,
                stateVariance,
                disturbanceVariance,
                measurementVariance,
                max);
    }

    private static void check(String what, double[] values, double least, boolean above) {
        for (int i = 0; i < values.length; i++) {
            boolean right = above ? values[i] > least : values[i] >= least && Double.isFinite(values[i]);
            require(
                    right,
                    "%s %d is %s; it must be %s %s",
                    what,
                    i + 1,
                    values[i],
                    above ? "above" : "at least",
                    least);
        }
    }

    private static void ordered(String what, double[] min, double[] max) {
        require(min.length == max.length, "%d lower and %d upper limits of %ss", min.length, max.length, what);
        for (int i = 0; i < min.length; i++) {
            require(min[i] <= max[i], "%s %d has the limits %s and %s", what, i + 1, min[i], max[i]);
        }
    }
}
