package io.millwright.plc.mpc;

import static io.millwright.plc.mpc.LinearModel.matrix;
import static io.millwright.plc.mpc.LinearModel.require;

import io.millwright.plc.mpc.MpcSettings.Disturbance;
import org.ojalgo.matrix.MatrixR064;
import org.ojalgo.matrix.decomposition.SingularValue;

/// Tells the state of a process and what disturbs it from inputs and measurements: the Kalman filter at rest,
/// of the process with one lasting disturbance for each output.
final class Estimator {
    private final LinearModel model;
    private final double[][] disturbedStates;
    private final double[][] disturbedOutputs;
    private final double[][] gain;
    private final double[][] rest;
    private final MatrixR064 covariance;
    private double[] estimate;

    Estimator(LinearModel model, MpcSettings settings) {
        this.model = model;
        int states = model.states();
        int outputs = model.outputs();
        boolean atInputs = settings.disturbance() == Disturbance.INPUT;
        require(
                !atInputs || model.inputs() == outputs,
                "disturbances at the inputs ask for as many inputs as outputs; there are %d and %d",
                model.inputs(),
                outputs);
        this.disturbedStates = atInputs ? model.b() : new double[states][outputs];
        this.disturbedOutputs = new double[outputs][outputs];
        for (int i = 0; i < outputs && !atInputs; i++) {
            disturbedOutputs[i][i] = 1;
        }
        MatrixR064 restOf = matrix(restEquations());
        double condition = condition(restOf);
        require(
                condition < 1e12,
                "the disturbances cannot be told from the states; %s",
                atInputs
                        ? "an output is not moved by the inputs at rest"
                        : "where the process integrates, let the disturbances be at the inputs");
        this.rest = restOf.invert().toRawCopy2D();
        int size = states + outputs;
        var a = new double[size][size];
        var c = new double[outputs][size];
        var q = new double[size][size];
        var r = new double[outputs][outputs];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                boolean state = i < states;
                a[i][j] = state ? j < states ? model.a()[i][j] : disturbedStates[i][j - states] : i == j ? 1 : 0;
            }
            q[i][i] = i < states ? settings.stateVariance() : settings.disturbanceVariance();
        }
        for (int i = 0; i < outputs; i++) {
            System.arraycopy(model.c()[i], 0, c[i], 0, states);
            System.arraycopy(disturbedOutputs[i], 0, c[i], states, outputs);
            r[i][i] = settings.measurementVariance();
        }
        MatrixR064 cm = matrix(c);
        this.covariance = Riccati.solve(matrix(a).transpose(), cm.transpose(), matrix(q), matrix(r));
        MatrixR064 innovation = cm.multiply(covariance).multiply(cm.transpose()).add(matrix(r));
        this.gain = covariance
                .multiply(cm.transpose())
                .multiply(innovation.invert())
                .toRawCopy2D();
        this.estimate = new double[size];
    }

    /// [I - A, -Bd; C, Cd], which gives B u and y of the state and disturbance that rest with them.
    private double[][] restEquations() {
        int states = model.states();
        int size = states + model.outputs();
        var equations = new double[size][size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                equations[i][j] = i < states
                        ? j < states ? (i == j ? 1 : 0) - model.a()[i][j] : -disturbedStates[i][j - states]
                        : j < states ? model.c()[i - states][j] : disturbedOutputs[i - states][j - states];
            }
        }
        return equations;
    }

    private static double condition(MatrixR064 matrix) {
        SingularValue<Double> values = SingularValue.R064.make(matrix);
        values.decompose(matrix);
        return values.getCondition();
    }

    /// Takes for true that the process rests.
    void rest(double[] inputs, double[] measured) {
        int states = model.states();
        var right = new double[estimate.length];
        for (int i = 0; i < states; i++) {
            for (int j = 0; j < inputs.length; j++) {
                right[i] += model.b()[i][j] * (inputs[j] - model.inputsAt()[j]);
            }
        }
        for (int i = 0; i < measured.length; i++) {
            right[states + i] = measured[i] - model.outputsAt()[i];
        }
        estimate = times(rest, right);
    }

    /// Lets a period pass with these inputs.
    void predict(double[] inputs) {
        int states = model.states();
        double[] next = estimate.clone();
        for (int i = 0; i < states; i++) {
            double sum = 0;
            for (int j = 0; j < states; j++) {
                sum += model.a()[i][j] * estimate[j];
            }
            for (int j = 0; j < inputs.length; j++) {
                sum += model.b()[i][j] * (inputs[j] - model.inputsAt()[j]);
            }
            for (int j = 0; j < model.outputs(); j++) {
                sum += disturbedStates[i][j] * estimate[states + j];
            }
            next[i] = sum;
        }
        estimate = next;
    }

    /// Takes measurements in. One that is no number says nothing.
    void correct(double[] measured) {
        var surprise = new double[measured.length];
        for (int i = 0; i < measured.length; i++) {
            double seen = measured[i] - output(i);
            surprise[i] = Double.isFinite(seen) ? seen : 0;
        }
        double[] change = times(gain, surprise);
        for (int i = 0; i < estimate.length; i++) {
            estimate[i] += change[i];
        }
    }

    /// What output i should be now.
    double output(int i) {
        double y = model.outputsAt()[i];
        for (int j = 0; j < model.states(); j++) {
            y += model.c()[i][j] * estimate[j];
        }
        for (int j = 0; j < model.outputs(); j++) {
            y += disturbedOutputs[i][j] * estimate[model.states() + j];
        }
        return y;
    }

    /// The states, then the disturbances.
    double[] estimate() {
        return estimate;
    }

    double[][] disturbedStates() {
        return disturbedStates;
    }

    double[][] disturbedOutputs() {
        return disturbedOutputs;
    }

    /// Of the error of the prediction.
    MatrixR064 covariance() {
        return covariance;
    }

    static double[] times(double[][] matrix, double[] vector) {
        var product = new double[matrix.length];
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j < vector.length; j++) {
                product[i] += matrix[i][j] * vector[j];
            }
        }
        return product;
    }
}
