package io.millwright.plc.mpc;

import io.millwright.iec61131.Run;
import io.millwright.iec61131.machine.Slot;
import io.millwright.iec61131.type.Value;
import io.millwright.model.Predictive;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Lets a predictive controller work within a program: it reads and writes variables of the program, by their
/// names.
///
/// Between two scans the variables are [#read], then a step is taken where it is time for one ([#plan], by any
/// thread, while scans go on or not), and what it says is written between two scans ([#values]). [#scan] does all of
/// it at once. So the program sees the inputs as any other block's outputs: it can limit them, hand them on, or go
/// by hand and tell by `applied` what the process got instead. While `enabled` is FALSE nothing is written, and
/// when it becomes TRUE the first plan begins where the process is.
public final class MpcStep {
    /// How often in a row periods may be left out before everything that is known is too old.
    private static final int SKIPS_MAX = 50;

    private static final double[] NOTHING = {};

    private final ModelPredictiveController controller;
    private final Names names;
    private final Slot[] setPoints;
    private final Slot[] measurements;
    private final Slot[] inputs;
    private final Slot[] applied;
    private final @Nullable Slot enabled;
    private final @Nullable Slot outcome;
    private final long periodNanos;
    private boolean working;
    private long lastNanos;

    /// The variables of a program, as paths such as `tanks.mpc.level[1]`.
    ///
    /// @param setPoints of REAL or LREAL, one for each output of the model
    /// @param measurements of REAL or LREAL, one for each output
    /// @param inputs of REAL or LREAL, one for each input; they are written
    /// @param applied of REAL or LREAL, one for each input: what the process got since the last step; none
    ///     where it is always what was written
    /// @param enabled a BOOL, or nothing: always
    /// @param outcome a whole number that tells what the last step came to, or nothing: 0 off, 1 the best plan,
    ///     2 the last plan goes on, 3 the inputs stay, 4 a set point or input is no number
    public record Names(
            List<String> setPoints,
            List<String> measurements,
            List<String> inputs,
            List<String> applied,
            String enabled,
            String outcome) {
        public Names {
            setPoints = List.copyOf(setPoints);
            measurements = List.copyOf(measurements);
            inputs = List.copyOf(inputs);
            applied = List.copyOf(applied);
        }

        /// Those of a plant file.
        public static Names of(Predictive.Variables said) {
            return new Names(
                    said.setPoints(),
                    said.measurements(),
                    said.inputs(),
                    said.applied(),
                    said.enabled().orElse(""),
                    said.outcome().orElse(""));
        }
    }

    /// @param names of variables of the program
    /// @throws IllegalArgumentException where a variable is missing or of another type, or their number is
    ///     wrong
    public MpcStep(Run run, ModelPredictiveController controller, Names names) {
        LinearModel model = controller.model();
        this.controller = controller;
        this.names = names;
        this.setPoints = reals(run, "set points", names.setPoints(), model.outputs());
        this.measurements = reals(run, "measurements", names.measurements(), model.outputs());
        this.inputs = reals(run, "inputs", names.inputs(), model.inputs());
        this.applied =
                names.applied().isEmpty() ? inputs : reals(run, "applied inputs", names.applied(), model.inputs());
        this.enabled = names.enabled().isEmpty() ? null : slot(run, names.enabled(), new Value.Truth(true));
        this.outcome = names.outcome().isEmpty() ? null : slot(run, names.outcome(), new Value.Whole(0));
        this.periodNanos = Math.round(model.period() * 1e9);
    }

    /// The controller of a plant file within its programs.
    ///
    /// @throws IllegalArgumentException where these have no such variables, or where the model cannot be
    public static MpcStep of(Predictive said, Run run) {
        try {
            LinearModel model = LinearModel.of(said);
            var controller = new ModelPredictiveController(model, MpcSettings.of(model, said.aims()));
            return new MpcStep(run, controller, Names.of(said.variables()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("predictive." + said.name() + ": " + e.getMessage(), e);
        }
    }

    private static Slot[] reals(Run run, String what, List<String> names, int count) {
        LinearModel.require(
                names.size() == count, "the model has %d %s, but %d are named: %s", count, what, names.size(), names);
        return names.stream().map(n -> slot(run, n, new Value.Real(0))).toArray(Slot[]::new);
    }

    private static Slot slot(Run run, String name, Value like) {
        Slot slot = run.slot(name)
                .orElseThrow(() -> new IllegalArgumentException("the program has no variable " + name
                        + " of an elementary type; write the path from a global or an instance of a program"));
        LinearModel.require(
                slot.value().getClass() == like.getClass(),
                "%s is of type %s; a variable of %s is needed",
                name,
                slot.type().name(),
                like instanceof Value.Real ? "REAL or LREAL" : like instanceof Value.Truth ? "BOOL" : "a whole number");
        return slot;
    }

    /// The same controller, in the middle of its work, for another program that goes on where this one was.
    ///
    /// @throws IllegalArgumentException as of the constructor
    public MpcStep in(Run run) {
        var other = new MpcStep(run, controller, names);
        other.working = working;
        other.lastNanos = lastNanos;
        return other;
    }

    /// What the variables say at a moment.
    ///
    /// @param nowNanos the time of the task
    public record Reading(
            long nowNanos, boolean enabled, double[] setPoints, double[] measurements, double[] applied) {}

    /// What a step came to.
    ///
    /// @param outcome as of [Names]
    /// @param inputs to be written; none where there is nothing to write
    /// @param course what is planned and expected; null where nothing is planned
    public record Plan(int outcome, double[] inputs, Move.@Nullable Course course) {
        static Plan none(int outcome) {
            return new Plan(outcome, NOTHING, null);
        }
    }

    /// What it is to do.
    public MpcSettings settings() {
        return controller.settings();
    }

    /// Whether the program wants it. Between scans.
    public boolean isEnabled() {
        return enabled == null || enabled.value() instanceof Value.Truth(boolean on) && on;
    }

    /// Reads the variables. Between scans.
    ///
    /// @param nowNanos the time of the task
    public Reading read(long nowNanos) {
        return new Reading(nowNanos, isEnabled(), values(setPoints), values(measurements), values(applied));
    }

    /// Takes a step.
    ///
    /// @return null where it is not yet time for one
    public @Nullable Plan plan(Reading now) {
        if (!now.enabled()) {
            working = false;
            return Plan.none(0);
        }
        if (!working) {
            controller.reset();
        } else if (now.nowNanos() - lastNanos < periodNanos) {
            return null;
        }
        if (!finite(now.applied()) || !finite(now.setPoints()) || !working && !finite(now.measurements())) {
            working = false;
            return Plan.none(4);
        }
        long missed = working ? (now.nowNanos() - lastNanos) / periodNanos - 1 : 0;
        if (missed > SKIPS_MAX) {
            controller.reset();
        }
        for (long i = 0; i < missed && missed <= SKIPS_MAX; i++) {
            controller.skip(now.applied());
        }
        // A grid of periods, so that the step does not drift with the scans.
        lastNanos = working ? lastNanos + (missed + 1) * periodNanos : now.nowNanos();
        if (missed > SKIPS_MAX && !finite(now.measurements())) {
            working = false;
            return Plan.none(4);
        }
        working = true;
        Move move = controller.step(now.setPoints(), now.measurements(), now.applied());
        return new Plan(
                switch (move.outcome()) {
                    case OPTIMAL -> 1;
                    case SHIFTED -> 2;
                    case HELD -> 3;
                },
                move.inputs(),
                move.course());
    }

    /// Lets the next step be the first one: meanwhile nobody looked.
    public void forget() {
        working = false;
    }

    /// The variables that a step changes, and what they become. Between scans.
    public Map<Slot, Value> values(Plan plan) {
        Map<Slot, Value> values = new LinkedHashMap<>();
        for (int i = 0; i < plan.inputs().length; i++) {
            values.put(inputs[i], new Value.Real(plan.inputs()[i]));
        }
        if (outcome != null) {
            values.put(outcome, new Value.Whole(plan.outcome()));
        }
        return values;
    }

    /// Takes a step if it is time for one. Between scans.
    ///
    /// @param nowNanos the time of the task
    public void scan(long nowNanos) {
        Plan plan = plan(read(nowNanos));
        if (plan != null) {
            values(plan).forEach(Slot::set);
        }
    }

    private static boolean finite(double[] values) {
        return Arrays.stream(values).allMatch(Double::isFinite);
    }

    private static double[] values(Slot[] slots) {
        return Arrays.stream(slots)
                .mapToDouble(s -> s.value() instanceof Value.Real(double value) ? value : Double.NaN)
                .toArray();
    }
}
