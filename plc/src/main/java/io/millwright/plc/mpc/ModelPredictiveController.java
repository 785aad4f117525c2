package io.millwright.plc.mpc;

import static io.millwright.plc.mpc.LinearModel.require;

import io.millwright.plc.mpc.Move.Outcome;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.ojalgo.matrix.store.R064Store;
import org.ojalgo.matrix.store.RawStore;
import org.ojalgo.optimisation.Optimisation;
import org.ojalgo.optimisation.convex.ConvexSolver;

/// Controls a linear process within limits. One thread at a time; it keeps its estimate and its last plan.
///
/// A step takes at most [MpcSettings#iterationsMax] iterations of the solver, and as many again where those
/// lead to no best plan. Every plan is looked at before it is followed: one that breaks a limit, or is not the
/// best, is not; then the last one goes on, and [Move#outcome] says so.
public final class ModelPredictiveController {
    private final LinearModel model;
    private final MpcSettings settings;
    private final Estimator estimator;
    private final Horizon horizon;
    private final Optimisation.Options options = new Optimisation.Options();
    private double @Nullable [] given;
    private double[] plan;

    /// @throws IllegalArgumentException where model and settings do not go together; the message says why
    public ModelPredictiveController(LinearModel model, MpcSettings settings) {
        this.model = model;
        this.settings = settings;
        checkSize("output weights", settings.outputWeights(), model.outputs());
        checkSize("move weights", settings.moveWeights(), model.inputs());
        checkSize("move limits", settings.moveMax(), model.inputs());
        checkSize("input limits", settings.inputMin(), model.inputs());
        checkSize("output limits", settings.outputMin(), model.outputs());
        this.estimator = new Estimator(model, settings);
        this.horizon = new Horizon(model, settings, estimator);
        this.plan = new double[0];
        options.iterations_abort = settings.iterationsMax();
        options.iterations_suffice = settings.iterationsMax();
        // No clock: the same inputs give the same moves, on any machine.
        options.time_abort = Long.MAX_VALUE;
        options.time_suffice = Long.MAX_VALUE;
    }

    private static void checkSize(String what, double[] values, int size) {
        require(values.length == size, "there are %d %s for %d", values.length, what, size);
    }

    public LinearModel model() {
        return model;
    }

    public MpcSettings settings() {
        return settings;
    }

    /// Forgets what was; the next step takes for true that the process rests, as the first one does.
    public void reset() {
        given = null;
        plan = new double[0];
    }

    /// One period.
    ///
    /// @param setPoints for each output
    /// @param measured each output; one that is no number says nothing, and the model goes on alone
    /// @param applied what the process got since the last step: the inputs of the last [Move], or what a hand
    ///     or a limit made of them
    /// @throws IllegalArgumentException where a set point or an input is no number, or at the first step a
    ///     measurement
    public Move step(double[] setPoints, double[] measured, double[] applied) {
        checkSize("set points", setPoints, model.outputs());
        checkSize("measurements", measured, model.outputs());
        checkSize("inputs", applied, model.inputs());
        require(finite(setPoints), "a set point is no number: %s", Arrays.toString(setPoints));
        require(finite(applied), "an input is no number: %s", Arrays.toString(applied));
        if (given == null) {
            require(finite(measured), "a first measurement is no number: %s", Arrays.toString(measured));
            estimator.rest(applied, measured);
        } else {
            estimator.predict(applied);
            estimator.correct(measured);
        }
        double[][] free = horizon.free(estimator.estimate(), applied);
        var problem = horizon.problem(free, applied, setPoints);
        double[] found = solve(problem, problem.bounds());
        if (found == null) {
            // Where several limits meet in a point, the active set may run in circles; not so when they are moved
            // apart.
            found = solve(problem, apart(problem.bounds()));
        }
        Outcome outcome = found != null ? Outcome.OPTIMAL : plan.length > 0 ? Outcome.SHIFTED : Outcome.HELD;
        plan = found != null ? found : shifted();
        double[] inputs = applied.clone();
        for (int m = 0; m < inputs.length; m++) {
            double move = plan.length == 0 ? 0 : plan[m];
            double most = settings.moveMax()[m];
            double next = Math.clamp(
                    applied[m] + Math.clamp(move, -most, most), settings.inputMin()[m], settings.inputMax()[m]);
            inputs[m] = Math.clamp(next, applied[m] - most, applied[m] + most);
        }
        given = inputs;
        return new Move(inputs.clone(), outcome, outputs(), violations(), horizon.course(free, applied, plan));
    }

    /// A period passed without a step; the process got these inputs.
    public void skip(double[] applied) {
        checkSize("inputs", applied, model.inputs());
        require(finite(applied), "an input is no number: %s", Arrays.toString(applied));
        if (given != null) {
            estimator.predict(applied);
            plan = shifted();
        }
    }

    private static boolean finite(double[] values) {
        return Arrays.stream(values).allMatch(Double::isFinite);
    }

    private double[] outputs() {
        var outputs = new double[model.outputs()];
        Arrays.setAll(outputs, estimator::output);
        return outputs;
    }

    private double[] violations() {
        return plan.length == 0
                ? new double[model.outputs()]
                : Arrays.copyOfRange(plan, plan.length - model.outputs(), plan.length);
    }

    /// The last plan, one period later.
    private double[] shifted() {
        if (plan.length == 0) {
            return plan;
        }
        int moves = settings.moves() * model.inputs();
        double[] later = plan.clone();
        System.arraycopy(plan, model.inputs(), later, 0, moves - model.inputs());
        Arrays.fill(later, moves - model.inputs(), moves, 0);
        return later;
    }

    /// The best moves, or null where the solver does not come to an end, or to none that holds.
    private double @Nullable [] solve(Horizon.Problem problem, double[] bounds) {
        var solver = ConvexSolver.newBuilder()
                .objective(RawStore.wrap(problem.hessian()), R064Store.FACTORY.column(negative(problem.linear())))
                .inequalities(RawStore.wrap(problem.constraints()), R064Store.FACTORY.column(bounds))
                .build(options);
        Optimisation.Result result = solver.solve();
        if (!result.getState().isOptimal()) {
            return null;
        }
        var found = new double[problem.linear().length];
        Arrays.setAll(found, result::doubleValue);
        return finite(found) && holds(problem, found) ? found : null;
    }

    /// Bounds that are wider by less than plans are checked for, each by another amount.
    private static double[] apart(double[] bounds) {
        var wider = new double[bounds.length];
        Arrays.setAll(wider, i -> bounds[i] + 5e-7 * (1 + (i * 7 % 11) / 11.0) * (1 + Math.abs(bounds[i])) / 2);
        return wider;
    }

    private static double[] negative(double[] values) {
        return Arrays.stream(values).map(v -> -v).toArray();
    }

    private static boolean holds(Horizon.Problem problem, double[] found) {
        double[] left = Estimator.times(problem.constraints(), found);
        for (int i = 0; i < left.length; i++) {
            if (left[i] > problem.bounds()[i] + 1e-6 * (1 + Math.abs(problem.bounds()[i]))) {
                return false;
            }
        }
        return true;
    }

    /// For tests: what stands behind a step.
    Horizon horizon() {
        return horizon;
    }

    Estimator estimator() {
        return estimator;
    }

    double[] plan() {
        return plan.clone();
    }
}
