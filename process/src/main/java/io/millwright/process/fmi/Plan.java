package io.millwright.process.fmi;

/// When a simulation from start to stop communicates.
///
/// @param start in seconds
/// @param stop in seconds, above start
/// @param stepNanos from one communication point to the next, above 0
public record Plan(double start, double stop, long stepNanos) {

    /// What a model is given that asks for nothing.
    private static final double USUAL_STEPS = 500;

    private static final double NANOS = 1e9;
    private static final long STEPS_MAX = 1_000_000_000;

    public Plan {
        if (!(Double.isFinite(start) && Double.isFinite(stop) && stop > start && stepNanos > 0)) {
            throw new FmuError("a simulation goes from start to a later stop by steps above 0, not from " + start
                    + " s to " + stop + " s by " + stepNanos + " ns");
        }
        if ((stop - start) * NANOS / stepNanos > STEPS_MAX) {
            throw new FmuError("from " + start + " s to " + stop + " s by " + stepNanos + " ns are more than "
                    + STEPS_MAX + " steps");
        }
    }

    /// What the model asks for, as far as nothing else is given.
    ///
    /// @param stop in seconds; NaN for the model's
    /// @param stepNanos 0 for the model's: the step of its default experiment, or that of its solver, or a
    ///     500th
    /// @throws FmuError if neither says when to stop
    public static Plan of(Fmu fmu, double stop, long stepNanos) {
        var experiment = fmu.description().experiment();
        double start = experiment.start().orElse(0);
        double end = Double.isNaN(stop) ? experiment.stop().orElse(Double.NaN) : stop;
        if (Double.isNaN(end)) {
            throw new FmuError(fmu.name() + ": does not say when to stop; give a time");
        }
        if (stepNanos > 0) {
            return new Plan(start, end, stepNanos);
        }
        double solver = fmu.description()
                .coSimulation()
                .flatMap(c -> c.fixedInternalStepSize().stream().boxed().findFirst())
                .orElse((end - start) / USUAL_STEPS);
        double step = experiment.stepSize().orElse(solver);
        return new Plan(start, end, Math.max(1, Math.round(step * NANOS)));
    }

    /// How many whole steps there are. What then remains of the time is one step more, shorter.
    long wholeSteps() {
        return (long) Math.floor((stop - start) * NANOS / stepNanos + 1e-6);
    }

    /// The communication point after so many steps.
    double point(long steps) {
        return steps <= wholeSteps() ? start + steps * stepNanos / NANOS : stop;
    }

    /// How many steps there are in all.
    long steps() {
        return stop - point(wholeSteps()) > 0.5 / NANOS ? wholeSteps() + 1 : wholeSteps();
    }
}
