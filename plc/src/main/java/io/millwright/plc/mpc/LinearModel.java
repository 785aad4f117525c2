package io.millwright.plc.mpc;

import io.millwright.model.Predictive;
import java.util.List;
import org.ojalgo.matrix.MatrixR064;
import org.ojalgo.matrix.store.RawStore;

/// A linear process in discrete time, about a point at which it rests: x⁺ = A x + B (u - u₀), y = y₀ + C x.
///
/// @param a n × n
/// @param b n × m, for m inputs
/// @param c p × n, for p outputs
/// @param inputsAt u₀, the inputs at rest
/// @param outputsAt y₀, the outputs at rest
/// @param period what passes from one step to the next, in s
public record LinearModel(
        double[][] a, double[][] b, double[][] c, double[] inputsAt, double[] outputsAt, double period) {
    /// How many states there may be.
    public static final int STATES_MAX = Predictive.SIZE_MAX;

    public LinearModel {
        int states = a.length;
        require(states >= 1 && states <= STATES_MAX, "A has %d rows; 1 to %d are taken", states, STATES_MAX);
        require(period > 0 && Double.isFinite(period), "the period is %s s; it must be above 0", period);
        checkShape("A", a, states, states);
        require(b.length == states && b[0].length >= 1, "B has %d rows; it must have those of A, %d", b.length, states);
        checkShape("B", b, states, b[0].length);
        require(c.length >= 1, "C has %d rows; there must be an output", c.length);
        checkShape("C", c, c.length, states);
        require(inputsAt.length == b[0].length, "u₀ has %d values for %d inputs", inputsAt.length, b[0].length);
        require(outputsAt.length == c.length, "y₀ has %d values for %d outputs", outputsAt.length, c.length);
        checkShape("u₀", new double[][] {inputsAt}, 1, inputsAt.length);
        checkShape("y₀", new double[][] {outputsAt}, 1, outputsAt.length);
    }

    /// A model about zero.
    public static LinearModel of(double[][] a, double[][] b, double[][] c, double period) {
        return new LinearModel(a, b, c, new double[b.length == 0 ? 0 : b[0].length], new double[c.length], period);
    }

    /// The process of a plant file.
    ///
    /// @throws IllegalArgumentException where it cannot be one
    public static LinearModel of(Predictive said) {
        Predictive.LinearProcess process = said.process();
        double[][] a = rows(process.a());
        double[][] b = rows(process.b());
        double[][] c = rows(process.c());
        double[] inputs = row(process.inputsAt());
        double[] outputs = row(process.outputsAt());
        double period = said.every().toNanos() / 1e9;
        return process.discrete()
                ? new LinearModel(a, b, c, inputs, outputs, period)
                : sampled(a, b, c, inputs, outputs, period);
    }

    private static double[][] rows(List<List<Double>> matrix) {
        return matrix.stream().map(LinearModel::row).toArray(double[][]::new);
    }

    static double[] row(List<Double> numbers) {
        return numbers.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /// A model of differential equations x' = A x + B u whose inputs stand still between the steps (zero-order
    /// hold): exactly, by the exponential of [A B; 0 0] (C. F. Van Loan, IEEE TAC 23(3), 1978).
    public static LinearModel sampled(
            double[][] a, double[][] b, double[][] c, double[] inputsAt, double[] outputsAt, double period) {
        // The shapes are looked at before anything is computed with them.
        var continuous = new LinearModel(a, b, c, inputsAt, outputsAt, period);
        int states = continuous.states();
        int size = states + continuous.inputs();
        var block = new double[size][size];
        for (int i = 0; i < states; i++) {
            for (int j = 0; j < size; j++) {
                block[i][j] = period * (j < states ? a[i][j] : b[i][j - states]);
            }
        }
        double[][] moved = exponential(block);
        var discreteA = new double[states][states];
        var discreteB = new double[states][continuous.inputs()];
        for (int i = 0; i < states; i++) {
            System.arraycopy(moved[i], 0, discreteA[i], 0, states);
            System.arraycopy(moved[i], states, discreteB[i], 0, continuous.inputs());
        }
        return new LinearModel(discreteA, discreteB, c, inputsAt, outputsAt, period);
    }

    /// By scaling and squaring of the Taylor series (N. J. Higham, Functions of Matrices, SIAM 2008, chapter
    /// 10).
    private static double[][] exponential(double[][] matrix) {
        double norm = 0;
        for (double[] row : matrix) {
            double sum = 0;
            for (double value : row) {
                sum += Math.abs(value);
            }
            norm = Math.max(norm, sum);
        }
        int squarings = Math.clamp(Math.getExponent(norm) + 2L, 0, 1000);
        MatrixR064 scaled = matrix(matrix).multiply(Math.scalb(1.0, -squarings));
        MatrixR064 term = MatrixR064.FACTORY.makeEye(matrix.length, matrix.length);
        MatrixR064 sum = term;
        for (int k = 1; k <= 20; k++) {
            term = term.multiply(scaled).multiply(1.0 / k);
            sum = sum.add(term);
        }
        for (int k = 0; k < squarings; k++) {
            sum = sum.multiply(sum);
        }
        return sum.toRawCopy2D();
    }

    static MatrixR064 matrix(double[][] values) {
        return MatrixR064.FACTORY.copy(RawStore.wrap(values));
    }

    public int states() {
        return a.length;
    }

    public int inputs() {
        return b[0].length;
    }

    public int outputs() {
        return c.length;
    }

    private static void checkShape(String name, double[][] matrix, int rows, int columns) {
        for (int i = 0; i < rows; i++) {
            require(
                    matrix[i].length == columns,
                    "row %d of %s has %d values; it must have %d",
                    i + 1,
                    name,
                    matrix[i].length,
                    columns);
            for (double value : matrix[i]) {
                require(Double.isFinite(value), "row %d of %s holds %s", i + 1, name, value);
            }
        }
    }

    @SuppressWarnings("AnnotateFormatMethod")
    static void require(boolean holds, String message, Object... values) {
        if (!holds) {
            throw new IllegalArgumentException(message.formatted(values));
        }
    }
}
