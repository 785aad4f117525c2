package io.millwright.plc.mpc;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The quadratic program of a horizon: least ½ vᵀ H v + fᵀ v with G v ≤ h, where v are the moves of the inputs,
/// period by period, then the largest violation of each output's limits.
///
/// With the responses Θ of the outputs to a step of each input, the outputs are y = free + Θ Δu, where "free"
/// is what comes without a move (J. M. Maciejowski, Predictive Control with Constraints, 2002, chapters 2 and
/// 3).
final class Horizon {
    private final LinearModel model;
    private final MpcSettings settings;
    private final Estimator estimator;
    private final int moves;
    private final int size;
    /// For each period p × m: the outputs behind a step of the inputs one period before the first.
    private final double[][][] responses;
    private final double[][] hessian;
    private final double[][] constraints;
    /// What stands behind each row of the constraints.
    private final List<Row> rows = new ArrayList<>();

    private sealed interface Row {
        record Input(int period, int input, double sign) implements Row {}

        record Move(int input) implements Row {}

        record Output(int period, int output, double sign) implements Row {}

        record Violation() implements Row {}
    }

    /// @param bounds h, that goes with [#constraints]
    record Problem(double[][] hessian, double[] linear, double[][] constraints, double[] bounds) {}

    Horizon(LinearModel model, MpcSettings settings, Estimator estimator) {
        this.model = model;
        this.settings = settings;
        this.estimator = estimator;
        this.moves = settings.moves() * model.inputs();
        this.size = moves + model.outputs();
        this.responses = responses();
        this.hessian = hessian();
        List<double[]> all = new ArrayList<>();
        for (int k = 0; k < settings.moves(); k++) {
            inputRows(all, k);
        }
        for (int i = 0; i < settings.horizon(); i++) {
            outputRows(all, i);
        }
        for (int p = 0; p < model.outputs(); p++) {
            var row = new double[size];
            row[moves + p] = -1;
            all.add(row);
            rows.add(new Row.Violation());
        }
        this.constraints = all.toArray(double[][]::new);
    }

    private double[][][] responses() {
        int states = model.states();
        var found = new double[settings.horizon()][model.outputs()][model.inputs()];
        for (int m = 0; m < model.inputs(); m++) {
            double[] state = new double[states];
            for (int i = 0; i < settings.horizon(); i++) {
                double[] next = Estimator.times(model.a(), state);
                for (int s = 0; s < states; s++) {
                    next[s] += model.b()[s][m];
                }
                state = next;
                double[] outputs = Estimator.times(model.c(), state);
                for (int p = 0; p < outputs.length; p++) {
                    found[i][p][m] = outputs[p];
                }
            }
        }
        return found;
    }

    /// How output p in period i (from 0) answers to the move of input m in period k.
    private double response(int i, int p, int k, int m) {
        return i < k ? 0 : responses[i - k][p][m];
    }

    private double[][] hessian() {
        int inputs = model.inputs();
        var h = new double[size][size];
        for (int i = 0; i < settings.horizon(); i++) {
            for (int p = 0; p < model.outputs(); p++) {
                double weight = 2 * settings.outputWeights()[p];
                for (int r = 0; r < moves && weight > 0; r++) {
                    double left = weight * response(i, p, r / inputs, r % inputs);
                    for (int c = 0; c < moves && left != 0; c++) {
                        h[r][c] += left * response(i, p, c / inputs, c % inputs);
                    }
                }
            }
        }
        for (int r = 0; r < moves; r++) {
            h[r][r] += 2 * settings.moveWeights()[r % inputs];
        }
        for (int p = 0; p < model.outputs(); p++) {
            h[moves + p][moves + p] = 2 * settings.softness();
        }
        return h;
    }

    private void inputRows(List<double[]> all, int k) {
        int inputs = model.inputs();
        for (int m = 0; m < inputs; m++) {
            for (double sign : new double[] {1, -1}) {
                double limit = sign > 0 ? settings.inputMax()[m] : settings.inputMin()[m];
                if (Double.isFinite(limit)) {
                    var row = new double[size];
                    for (int j = 0; j <= k; j++) {
                        row[j * inputs + m] = sign;
                    }
                    all.add(row);
                    rows.add(new Row.Input(k, m, sign));
                }
                if (Double.isFinite(settings.moveMax()[m])) {
                    var row = new double[size];
                    row[k * inputs + m] = sign;
                    all.add(row);
                    rows.add(new Row.Move(m));
                }
            }
        }
    }

    private void outputRows(List<double[]> all, int i) {
        int inputs = model.inputs();
        for (int p = 0; p < model.outputs(); p++) {
            for (double sign : new double[] {1, -1}) {
                double limit = sign > 0 ? settings.outputMax()[p] : settings.outputMin()[p];
                if (Double.isFinite(limit)) {
                    var row = new double[size];
                    for (int c = 0; c < moves; c++) {
                        row[c] = sign * response(i, p, c / inputs, c % inputs);
                    }
                    row[moves + p] = -1;
                    all.add(row);
                    rows.add(new Row.Output(i, p, sign));
                }
            }
        }
    }

    /// The outputs of each period if no input moves.
    double[][] free(double[] estimate, double[] inputs) {
        int states = model.states();
        double[] state = Arrays.copyOf(estimate, states);
        double[] lasting = Arrays.copyOfRange(estimate, states, estimate.length);
        double[] pushed = Estimator.times(estimator.disturbedStates(), lasting);
        double[] seen = Estimator.times(estimator.disturbedOutputs(), lasting);
        var outputs = new double[settings.horizon()][];
        for (int i = 0; i < settings.horizon(); i++) {
            double[] next = Estimator.times(model.a(), state);
            for (int s = 0; s < states; s++) {
                next[s] += pushed[s];
                for (int m = 0; m < inputs.length; m++) {
                    next[s] += model.b()[s][m] * (inputs[m] - model.inputsAt()[m]);
                }
            }
            state = next;
            outputs[i] = Estimator.times(model.c(), state);
            for (int p = 0; p < model.outputs(); p++) {
                outputs[i][p] += seen[p] + model.outputsAt()[p];
            }
        }
        return outputs;
    }

    /// What follows if the inputs move by a plan.
    ///
    /// @param free as [#free] tells
    /// @param inputs what the process gets until now
    /// @param plan moves, and perhaps violations behind them; none where the inputs stay
    Move.Course course(double[][] free, double[] inputs, double[] plan) {
        int count = model.inputs();
        var planned = new double[settings.horizon()][];
        var expected = new double[settings.horizon()][];
        double[] now = inputs.clone();
        for (int i = 0; i < settings.horizon(); i++) {
            for (int m = 0; m < count && i < settings.moves() && plan.length > 0; m++) {
                now[m] += plan[i * count + m];
            }
            planned[i] = now.clone();
            expected[i] = free[i].clone();
            for (int c = 0; c < moves && plan.length > 0; c++) {
                for (int p = 0; p < model.outputs(); p++) {
                    expected[i][p] += response(i, p, c / count, c % count) * plan[c];
                }
            }
        }
        return new Move.Course(planned, expected);
    }

    /// The program of a moment.
    ///
    /// @param free the outputs of each period if no input moves
    /// @param inputs what the process gets until now; where it is beyond its limits, it is led back as fast as
    ///     its moves allow
    Problem problem(double[][] free, double[] inputs, double[] setPoints) {
        var linear = new double[size];
        int count = model.inputs();
        for (int i = 0; i < settings.horizon(); i++) {
            for (int p = 0; p < model.outputs(); p++) {
                double error = 2 * settings.outputWeights()[p] * (free[i][p] - setPoints[p]);
                for (int c = 0; c < moves; c++) {
                    linear[c] += error * response(i, p, c / count, c % count);
                }
            }
        }
        Arrays.fill(linear, moves, size, settings.softness());
        var bounds = new double[rows.size()];
        for (int r = 0; r < bounds.length; r++) {
            bounds[r] = bound(rows.get(r), free, inputs);
        }
        return new Problem(hessian, linear, constraints, bounds);
    }

    private double bound(Row row, double[][] free, double[] inputs) {
        return switch (row) {
            case Row.Input(int k, int m, double sign) -> {
                double room = sign > 0 ? settings.inputMax()[m] - inputs[m] : inputs[m] - settings.inputMin()[m];
                yield Math.max(room, -(k + 1) * settings.moveMax()[m]);
            }
            case Row.Move(int m) -> settings.moveMax()[m];
            case Row.Output(int i, int p, double sign) ->
                sign > 0 ? settings.outputMax()[p] - free[i][p] : free[i][p] - settings.outputMin()[p];
            case Row.Violation _ -> 0;
        };
    }
}
