package io.millwright.plc.mpc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.plc.mpc.MpcSettings.Disturbance;
import io.millwright.testkit.Property;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.ojalgo.matrix.MatrixR064;

/// Expected values: closed solutions, the Riccati recursion, and the conditions of Karush, Kuhn and Tucker,
/// which hold of a best plan whoever found it.
class ModelPredictiveControllerTest {
    private static double[][] random(SplittableRandom random, int rows, int columns, double scale) {
        var values = new double[rows][columns];
        for (double[] row : values) {
            Arrays.setAll(row, _ -> scale * (2 * random.nextDouble() - 1));
        }
        return values;
    }

    private static LinearModel randomModel(SplittableRandom random) {
        int states = 1 + random.nextInt(4);
        int channels = 1 + random.nextInt(2);
        // Rows whose absolute values sum up to less than 1: stable (Gershgorin).
        double[][] a = random(random, states, states, 0.95 / states);
        double[][] b = random(random, states, channels, 1);
        double[][] c = random(random, channels, states, 1);
        return LinearModel.of(a, b, c, 1);
    }

    /// The best first moves without limits, by dynamic programming over (x, d, u, r): the backward Riccati
    /// recursion of z⁺ = A z + B Δu with the cost weight (y⁺ - r)² + weight Δu² (D. P. Bertsekas, Dynamic
    /// Programming, 4.1).
    private static double[] byRecursion(
            LinearModel model, MpcSettings settings, double[] state, double[] u, double[] r) {
        int n = model.states();
        int m = model.inputs();
        int p = model.outputs();
        int size = n + m + p;
        var a = new double[size][size];
        var b = new double[size][m];
        for (int i = 0; i < n; i++) {
            System.arraycopy(model.a()[i], 0, a[i], 0, n);
            System.arraycopy(model.b()[i], 0, a[i], n, m);
            System.arraycopy(model.b()[i], 0, b[i], 0, m);
        }
        for (int i = n; i < size; i++) {
            a[i][i] = 1;
        }
        for (int i = 0; i < m; i++) {
            b[n + i][i] = 1;
        }
        var error = new double[p][size];
        for (int i = 0; i < p; i++) {
            System.arraycopy(model.c()[i], 0, error[i], 0, n);
            error[i][n + m + i] = -1;
        }
        MatrixR064 am = LinearModel.matrix(a);
        MatrixR064 bm = LinearModel.matrix(b);
        MatrixR064 em = LinearModel.matrix(error);
        MatrixR064 q =
                em.transpose().multiply(diagonal(settings.outputWeights())).multiply(em);
        MatrixR064 cost = q;
        MatrixR064 gain = bm.transpose();
        for (int i = 0; i < settings.horizon(); i++) {
            MatrixR064 inner = diagonal(settings.moveWeights())
                    .add(bm.transpose().multiply(cost).multiply(bm));
            gain = inner.invert().multiply(bm.transpose()).multiply(cost).multiply(am);
            MatrixR064 closed = am.subtract(bm.multiply(gain));
            MatrixR064 here = i + 1 < settings.horizon() ? q : q.multiply(0.0);
            cost = here.add(am.transpose().multiply(cost).multiply(closed));
        }
        var z = new double[size];
        System.arraycopy(state, 0, z, 0, n);
        System.arraycopy(u, 0, z, n, m);
        System.arraycopy(r, 0, z, n + m, p);
        double[] moves = Estimator.times(gain.toRawCopy2D(), z);
        return Arrays.stream(moves).map(v -> -v).toArray();
    }

    private static MatrixR064 diagonal(double[] values) {
        var matrix = new double[values.length][values.length];
        for (int i = 0; i < values.length; i++) {
            matrix[i][i] = values[i];
        }
        return LinearModel.matrix(matrix);
    }

    @Test
    void withoutLimitsTheFirstMoveIsThatOfTheRiccatiRecursion() {
        Property.check(60, random -> {
            LinearModel model = randomModel(random);
            int horizon = 1 + random.nextInt(20);
            MpcSettings settings = MpcSettings.of(model, horizon, horizon);
            Estimator estimator;
            try {
                estimator = new Estimator(model, settings);
            } catch (IllegalArgumentException e) {
                return; // An output that nothing moves.
            }
            var controller = new ModelPredictiveController(model, settings);
            double[] u = random(random, 1, model.inputs(), 3)[0];
            double[] r = random(random, 1, model.outputs(), 3)[0];
            // At rest with these inputs and no disturbance.
            estimator.rest(u, new double[model.outputs()]);
            double[] x = resting(model, u);
            double[] y = Estimator.times(model.c(), x);
            Move move = controller.step(r, y, u);
            assertEquals(Move.Outcome.OPTIMAL, move.outcome());
            double[] expected = byRecursion(model, settings, x, u, r);
            for (int i = 0; i < u.length; i++) {
                assertEquals(expected[i], move.inputs()[i] - u[i], 1e-5 * (1 + Math.abs(expected[i])));
            }
        });
    }

    private static double[] resting(LinearModel model, double[] u) {
        double[] x = new double[model.states()];
        for (int k = 0; k < 5000; k++) {
            double[] next = Estimator.times(model.a(), x);
            double[] pushed = Estimator.times(model.b(), u);
            for (int i = 0; i < x.length; i++) {
                next[i] += pushed[i];
            }
            x = next;
        }
        return x;
    }

    /// With a far horizon the gain is that of the LQ regulator, from the algebraic equation. Here for x⁺ = x +
    /// Δu, by hand: p = (q + √(q² + 4 q r))/2 is the cost of the state, and the gain is p/(p + r) (with the
    /// weight of y⁺).
    @Test
    void aFarHorizonGivesTheGainOfTheLinearQuadraticRegulator() {
        LinearModel model = LinearModel.of(new double[][] {{0}}, new double[][] {{1}}, new double[][] {{1}}, 1);
        double q = 2;
        double r = 5;
        MpcSettings settings = MpcSettings.of(model, 60, 60).weights(new double[] {q}, new double[] {r});
        var controller = new ModelPredictiveController(model, settings);
        Move move = controller.step(new double[] {0}, new double[] {1}, new double[] {1});
        double p = (q + Math.sqrt(q * q + 4 * q * r)) / 2;
        assertEquals(-p / (p + r), move.inputs()[0] - 1, 1e-6);
    }

    @Test
    void theDoublingSolvesTheRiccatiEquation() {
        Property.check(50, random -> {
            int n = 1 + random.nextInt(5);
            int m = 1 + random.nextInt(3);
            MatrixR064 a = LinearModel.matrix(random(random, n, n, 1.2 / Math.sqrt(n)));
            MatrixR064 b = LinearModel.matrix(random(random, n, m, 1));
            MatrixR064 root = LinearModel.matrix(random(random, n, n, 1));
            MatrixR064 q = root.multiply(root.transpose())
                    .add(MatrixR064.FACTORY.makeEye(n, n).multiply(0.1));
            MatrixR064 r = MatrixR064.FACTORY.makeEye(m, m);
            MatrixR064 p = Riccati.solve(a, b, q, r);
            MatrixR064 bpa = b.transpose().multiply(p).multiply(a);
            MatrixR064 inner = r.add(b.transpose().multiply(p).multiply(b));
            MatrixR064 right = q.add(a.transpose().multiply(p).multiply(a))
                    .subtract(bpa.transpose().multiply(inner.invert()).multiply(bpa));
            assertTrue(p.subtract(right).norm() <= 1e-6 * (1 + p.norm()), () -> "residual of " + p);
        });
        // One state, by hand: p² b² + p (r - a² r - q b²) - q r = 0; with a = 2, b = q = r = 1, p = 2 + √5.
        MatrixR064 one = MatrixR064.FACTORY.makeEye(1, 1);
        assertEquals(
                2 + Math.sqrt(5),
                Riccati.solve(one.multiply(2.0), one, one, one).doubleValue(0, 0),
                1e-9);
    }

    @Test
    void anUnstableStateThatNothingMovesIsRefused() {
        MatrixR064 one = MatrixR064.FACTORY.makeEye(1, 1);
        assertThrows(
                IllegalArgumentException.class, () -> Riccati.solve(one.multiply(2.0), one.multiply(0.0), one, one));
    }

    /// The cost that the program writes as a quadratic form is the sum over the horizon, by running the model.
    @Test
    void theQuadraticFormIsTheCostOfTheSimulatedPlan() {
        Property.check(40, random -> {
            LinearModel model = randomModel(random);
            MpcSettings settings = MpcSettings.of(model, 8, 3);
            Horizon horizon;
            Estimator estimator;
            try {
                estimator = new Estimator(model, settings);
                horizon = new Horizon(model, settings, estimator);
            } catch (IllegalArgumentException e) {
                return;
            }
            double[] u = random(random, 1, model.inputs(), 1)[0];
            double[] r = random(random, 1, model.outputs(), 1)[0];
            double[] y = random(random, 1, model.outputs(), 1)[0];
            estimator.rest(u, y);
            double[][] free = horizon.free(estimator.estimate(), u);
            Horizon.Problem problem = horizon.problem(free, u, r);
            int moves = 3 * model.inputs();
            double[] nothing = new double[moves + model.outputs()];
            double[] plan = nothing.clone();
            for (int i = 0; i < moves; i++) {
                plan[i] = 2 * random.nextDouble() - 1;
            }
            double difference = simulated(model, settings, estimator, u, r, plan)
                    - simulated(model, settings, estimator, u, r, nothing);
            double[] hv = Estimator.times(problem.hessian(), plan);
            double form = 0;
            for (int i = 0; i < plan.length; i++) {
                form += plan[i] * (0.5 * hv[i] + problem.linear()[i]);
            }
            assertEquals(difference, form, 1e-8 * (1 + Math.abs(difference)));
            double simulated = simulated(model, settings, estimator, u, r, plan);
            assertEquals(
                    simulated, cost(settings, horizon.course(free, u, plan), u, r), 1e-8 * (1 + Math.abs(simulated)));
        });
    }

    /// What a course that is shown would cost.
    private static double cost(MpcSettings settings, Move.Course course, double[] u, double[] r) {
        double cost = 0;
        double[] before = u;
        for (int i = 0; i < settings.horizon(); i++) {
            double[] now = course.inputs()[i];
            for (int m = 0; m < u.length; m++) {
                cost += settings.moveWeights()[m] * (now[m] - before[m]) * (now[m] - before[m]);
            }
            for (int p = 0; p < r.length; p++) {
                double error = course.outputs()[i][p] - r[p];
                cost += settings.outputWeights()[p] * error * error;
            }
            before = now;
        }
        return cost;
    }

    private static double simulated(
            LinearModel model, MpcSettings settings, Estimator estimator, double[] u, double[] r, double[] plan) {
        double[] state = Arrays.copyOf(estimator.estimate(), model.states());
        double[] now = u.clone();
        double cost = 0;
        for (int i = 0; i < settings.horizon(); i++) {
            for (int m = 0; m < now.length && i < settings.moves(); m++) {
                double move = plan[i * now.length + m];
                now[m] += move;
                cost += settings.moveWeights()[m] * move * move;
            }
            double[] next = Estimator.times(model.a(), state);
            double[] pushed = Estimator.times(model.b(), now);
            for (int s = 0; s < next.length; s++) {
                next[s] += pushed[s];
            }
            state = next;
            double[] y = Estimator.times(model.c(), state);
            for (int p = 0; p < y.length; p++) {
                double error = y[p] + estimator.estimate()[model.states() + p] - r[p];
                cost += settings.outputWeights()[p] * error * error;
            }
        }
        return cost;
    }

    /// H v + f + Gᵀ λ = 0 with λ ≥ 0 on the limits that are touched, 0 elsewhere. Limits hold in every plan;
    /// where many meet in a point, the solver stops beside the best one in some of a thousand random problems.
    @Test
    void plansWithinLimitsMeetTheConditionsOfKarushKuhnAndTucker() {
        var touched = new int[1];
        var worse = new int[1];
        Property.check(60, random -> {
            LinearModel model = randomModel(random);
            int m = model.inputs();
            int p = model.outputs();
            MpcSettings settings = MpcSettings.of(model, 10, 3)
                    .inputs(filled(m, -1), filled(m, 1), filled(m, 0.4))
                    .outputs(filled(p, -0.5), filled(p, 0.5), 100);
            ModelPredictiveController controller;
            try {
                controller = new ModelPredictiveController(model, settings);
            } catch (IllegalArgumentException e) {
                return;
            }
            double[] u = random(random, 1, m, 1)[0];
            double[] r = random(random, 1, p, 2)[0];
            double[] y = random(random, 1, p, 1)[0];
            Move move = controller.step(r, y, u);
            if (move.outcome() != Move.Outcome.OPTIMAL) {
                worse[0]++;
                return;
            }
            double[][] free = controller.horizon().free(controller.estimator().estimate(), u);
            Horizon.Problem problem = controller.horizon().problem(free, u, r);
            int active = checkConditions(problem, controller.plan());
            touched[0] += Math.max(0, active);
            worse[0] += active < 0 ? 1 : 0;
        });
        assertTrue(System.getProperty("mw.seed") != null || touched[0] > 50, "limits were touched " + touched[0]);
        assertTrue(worse[0] <= 3, "plans that are not the best: " + worse[0]);
    }

    private static double[] filled(int size, double value) {
        var values = new double[size];
        Arrays.fill(values, value);
        return values;
    }

    /// @return how many limits are touched, or -1 where the plan is not the best
    private static int checkConditions(Horizon.Problem problem, double[] v) {
        double[] gradient = Estimator.times(problem.hessian(), v);
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] += problem.linear()[i];
        }
        double[] left = Estimator.times(problem.constraints(), v);
        int[] active = IntStream.range(0, left.length)
                .filter(i -> {
                    assertTrue(left[i] <= problem.bounds()[i] + 1e-6, "limit " + i + " is broken");
                    return left[i] >= problem.bounds()[i] - 1e-5;
                })
                .toArray();
        // λ ≥ 0 with the least |gradient + Gᵀ λ|, coordinate by coordinate.
        var lambda = new double[active.length];
        double scale = largest(problem.linear());
        for (int round = 0; round < 2_000_000 && (round < 10 || largest(gradient) > 1e-3 * scale); round++) {
            for (int k = 0; k < active.length; k++) {
                double[] row = problem.constraints()[active[k]];
                double along = 0;
                double square = 0;
                for (int i = 0; i < row.length; i++) {
                    along += row[i] * gradient[i];
                    square += row[i] * row[i];
                }
                double next = Math.max(0, lambda[k] - along / square);
                for (int i = 0; i < row.length; i++) {
                    gradient[i] += (next - lambda[k]) * row[i];
                }
                lambda[k] = next;
            }
        }
        double rest = largest(gradient);
        return rest <= 1e-3 * scale ? active.length : -1;
    }

    private static double largest(double[] values) {
        return Arrays.stream(values).map(Math::abs).max().orElse(0);
    }

    /// A process with another gain than the model's, and a load: at rest there is no offset (Maeder, Borrelli
    /// and Morari 2009, theorem 1), since the filter finds out what disturbs.
    @Test
    void thereIsNoOffsetInSpiteOfALoadAndAWrongGain() {
        for (Disturbance at : Disturbance.values()) {
            LinearModel model = LinearModel.of(new double[][] {{0.9}}, new double[][] {{0.1}}, new double[][] {{1}}, 1);
            MpcSettings settings = MpcSettings.of(model, 20, 5)
                    .inputs(new double[] {0}, new double[] {10}, new double[] {1})
                    .disturbed(at, 1e-4, 1e-2, 1e-2);
            var controller = new ModelPredictiveController(model, settings);
            double x = 0;
            double[] u = {0};
            for (int k = 0; k < 300; k++) {
                u = controller.step(new double[] {4}, new double[] {x}, u).inputs();
                x = 0.9 * x + 0.1 * (1.4 * u[0] - 2);
            }
            assertEquals(4, x, 1e-4, at.name());
        }
    }

    @Test
    void aTankThatIntegratesNeedsDisturbancesAtTheInputs() {
        LinearModel model = LinearModel.of(new double[][] {{1}}, new double[][] {{0.1}}, new double[][] {{1}}, 1);
        MpcSettings settings = MpcSettings.of(model, 20, 5);
        var refused =
                assertThrows(IllegalArgumentException.class, () -> new ModelPredictiveController(model, settings));
        assertTrue(refused.getMessage().contains("let the disturbances be at the inputs"), refused.getMessage());
        var controller = new ModelPredictiveController(model, settings.disturbed(Disturbance.INPUT, 1e-4, 1e-2, 1e-2));
        double x = 1;
        double[] u = {0};
        for (int k = 0; k < 300; k++) {
            u = controller.step(new double[] {3}, new double[] {x}, u).inputs();
            x = x + 0.1 * (u[0] - 0.7);
        }
        assertEquals(3, x, 1e-4);
    }

    /// A step that may not end in time gives what the plan before said, within the limits, and says so.
    @Test
    void withoutIterationsThePlanGoesOnAndSaysSo() {
        LinearModel model = LinearModel.of(
                new double[][] {{0.9, 0.05}, {0, 0.8}}, new double[][] {{0}, {1}}, new double[][] {{1, 0}}, 1);
        MpcSettings settings = MpcSettings.of(model, 20, 6)
                .inputs(new double[] {-1}, new double[] {1}, new double[] {0.3})
                .outputs(new double[] {-0.2}, new double[] {0.2}, 1e4)
                .iterations(1);
        var controller = new ModelPredictiveController(model, settings);
        double[] u = {0};
        int otherwise = 0;
        for (int k = 0; k < 50; k++) {
            Move move = controller.step(new double[] {1}, new double[] {0.01 * k}, u);
            assertTrue(Math.abs(move.inputs()[0]) <= 1 && Math.abs(move.inputs()[0] - u[0]) <= 0.3 + 1e-9);
            otherwise += move.outcome() == Move.Outcome.OPTIMAL ? 0 : 1;
            u = move.inputs();
        }
        assertTrue(otherwise > 0, "a single iteration is not enough for every plan");
    }

    @Test
    void aMeasurementThatIsNoNumberIsPassedOver() {
        LinearModel model = LinearModel.of(new double[][] {{0.9}}, new double[][] {{0.1}}, new double[][] {{1}}, 1);
        var controller = new ModelPredictiveController(model, MpcSettings.of(model, 10, 3));
        double[] u = controller
                .step(new double[] {1}, new double[] {0}, new double[] {0})
                .inputs();
        double x = 0;
        for (int k = 0; k < 100; k++) {
            x = 0.9 * x + 0.1 * u[0];
            u = controller
                    .step(new double[] {1}, new double[] {k % 3 == 0 ? Double.NaN : x}, u)
                    .inputs();
        }
        assertEquals(1, x, 1e-3);
    }

    /// 1/(1 + 5 s) and 1/s², sampled, by hand.
    @Test
    void samplingIsExact() {
        LinearModel lag = LinearModel.sampled(
                new double[][] {{-0.2}}, new double[][] {{0.2}}, new double[][] {{1}}, new double[1], new double[1], 2);
        assertEquals(Math.exp(-0.4), lag.a()[0][0], 1e-14);
        assertEquals(1 - Math.exp(-0.4), lag.b()[0][0], 1e-14);
        LinearModel twice = LinearModel.sampled(
                new double[][] {{0, 1}, {0, 0}},
                new double[][] {{0}, {1}},
                new double[][] {{1, 0}},
                new double[1],
                new double[1],
                3);
        assertArrayEquals(new double[] {1, 3}, twice.a()[0], 1e-12);
        assertEquals(4.5, twice.b()[0][0], 1e-12);
    }

    /// Of a state that wanders with variance q and is seen with variance r: P² - q P - q r = 0 for the
    /// prediction.
    @Test
    void theKalmanFilterIsTheClosedSolutionOfARandomWalk() {
        // No state of its own: what wanders is the disturbance at the output.
        LinearModel model = LinearModel.of(new double[][] {{0}}, new double[][] {{1}}, new double[][] {{1}}, 1);
        double q = 0.3;
        double r = 0.7;
        MpcSettings settings = MpcSettings.of(model, 2, 1).disturbed(Disturbance.OUTPUT, 1e-12, q, r);
        double p = (q + Math.sqrt(q * q + 4 * q * r)) / 2;
        assertEquals(p, new Estimator(model, settings).covariance().doubleValue(1, 1), 1e-9);
    }

    @Test
    void whatDoesNotGoTogetherIsSaid() {
        LinearModel model = LinearModel.of(new double[][] {{0.9}}, new double[][] {{0.1}}, new double[][] {{1}}, 1);
        says(
                "B has 2 rows; it must have those of A, 1",
                () -> LinearModel.of(new double[][] {{0.9}}, new double[][] {{1}, {1}}, new double[][] {{1}}, 1));
        says("the horizon is 0; it must be 1 to 500", () -> MpcSettings.of(model, 0, 0));
        says(
                "weight of move 1 is 0.0; it must be above 0.0",
                () -> MpcSettings.of(model, 5, 2).weights(new double[] {1}, new double[] {0}));
        says(
                "there are 2 output weights for 1",
                () -> new ModelPredictiveController(
                        model, MpcSettings.of(model, 5, 2).weights(new double[] {1, 1}, new double[] {1})));
        says(
                "an input is no number: [NaN]",
                () -> new ModelPredictiveController(model, MpcSettings.of(model, 5, 2))
                        .step(new double[] {1}, new double[] {1}, new double[] {Double.NaN}));
    }

    private static void says(String message, Runnable what) {
        assertEquals(
                message, assertThrows(IllegalArgumentException.class, what::run).getMessage());
    }
}
