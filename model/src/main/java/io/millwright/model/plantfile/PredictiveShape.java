package io.millwright.model.plantfile;

import io.millwright.model.Predictive;
import io.millwright.model.plantfile.ListOf.Item;
import io.millwright.model.plantfile.Reference.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What the plant file says of predictive controllers.
final class PredictiveShape {
    private static final String NAME = "[\\p{L}_][\\p{L}\\p{N}_]{0,127}(\\[[0-9, -]{1,40}\\])?";

    private static final Notation<String> VARIABLE =
            Notation.of("a variable", "^" + NAME + "(\\." + NAME + "){0,20}$", Function.identity(), "main.level[1]");

    private static final Field<Duration> EVERY = Field.required("every", PlantShape.DURATION, "Its period.");
    private static final Field<Boolean> DISCRETE = Field.optional(
            "model",
            new Choice<>("model", _ -> List.of("continuous", "discrete"), "discrete"::equals),
            "continuous",
            "Whether a and b say how fast the state changes, per second (continuous), or what it is a period later.");
    private static final Field<List<Item<List<Item<Double>>>>> A =
            Field.required("a", matrix(), "What the state does by itself: a row for each state.");
    private static final Field<List<Item<List<Item<Double>>>>> B =
            Field.required("b", matrix(), "What inputs do to the state: a row for each state.");
    private static final Field<List<Item<List<Item<Double>>>>> C =
            Field.required("c", matrix(), "What outputs show of the state: a row for each output.");
    private static final Field<List<Item<Double>>> INPUTS_AT =
            numbers("inputs-at", "The inputs at which the process rests; 0 where it is not said.");
    private static final Field<List<Item<Double>>> OUTPUTS_AT =
            numbers("outputs-at", "The outputs at which it rests then; 0 where it is not said.");

    private static final Field<List<Item<String>>> SET_POINTS =
            Field.required("set-points", variables(), "For each output the variable that says what it is to be.");
    private static final Field<List<Item<String>>> MEASUREMENTS =
            Field.required("measurements", variables(), "For each output the variable that says what it is.");
    private static final Field<List<Item<String>>> INPUTS =
            Field.required("inputs", variables(), "For each input the variable that is written.");
    private static final Field<List<Item<String>>> APPLIED = Field.optional(
            "applied",
            variables(),
            "For each input the variable that says what the process got, where a hand may act.");
    private static final Field<String> ENABLED =
            Field.optional("enabled", VARIABLE, "A BOOL: nothing is written while it is FALSE.");
    private static final Field<String> OUTCOME = Field.optional(
            "outcome",
            VARIABLE,
            "A whole number, which is written: 0 off, 1 the best plan, 2 the plan before goes on, 3 inputs stay, 4 no"
                    + " number.");

    private static final Field<Integer> HORIZON = Field.optional(
            "horizon",
            new Whole(1, Predictive.HORIZON_MAX),
            String.valueOf(Predictive.USUAL_HORIZON),
            "How many periods it looks ahead.");
    private static final Field<Integer> MOVES = Field.optional(
            "moves",
            new Whole(1, Predictive.HORIZON_MAX),
            String.valueOf(Predictive.USUAL_MOVES),
            "In how many of them inputs may move.");
    private static final Field<List<Item<Double>>> OUTPUT_WEIGHTS =
            numbers("output-weights", "What the square of each output's error costs; 1 where it is not said.");
    private static final Field<List<Item<Double>>> MOVE_WEIGHTS =
            numbers("move-weights", "What the square of each input's move costs; 0.1 where it is not said.");
    private static final Field<List<Item<Double>>> INPUT_MIN = numbers("input-min", "Least value of each input.");
    private static final Field<List<Item<Double>>> INPUT_MAX = numbers("input-max", "Largest value of each input.");
    private static final Field<List<Item<Double>>> MOVE_MAX =
            numbers("move-max", "How far each input may move in a period.");
    private static final Field<List<Item<Double>>> OUTPUT_MIN =
            numbers("output-min", "Least value of each output; passed only where there is no other way.");
    private static final Field<List<Item<Double>>> OUTPUT_MAX =
            numbers("output-max", "Largest value of each output; passed only where there is no other way.");
    private static final Field<Boolean> DISTURBED_INPUTS = Field.optional(
            "disturbances",
            new Choice<>("place", _ -> List.of("outputs", "inputs"), "inputs"::equals),
            "outputs",
            "Where lasting disturbances enter; inputs for a process that integrates.");
    private static final Field<List<Item<Double>>> VARIANCES = Field.optional(
            "variances",
            new ListOf<>(new Decimal(), 3, 3, false),
            "How much states and disturbances wander in a period, and the noise of measurements.");

    static final ObjectOf<Predictive> PREDICTIVE = new ObjectOf<>(
            "Predictive controller",
            List.of(
                    EVERY,
                    DISCRETE,
                    A,
                    B,
                    C,
                    INPUTS_AT,
                    OUTPUTS_AT,
                    SET_POINTS,
                    MEASUREMENTS,
                    INPUTS,
                    APPLIED,
                    ENABLED,
                    OUTCOME,
                    HORIZON,
                    MOVES,
                    OUTPUT_WEIGHTS,
                    MOVE_WEIGHTS,
                    INPUT_MIN,
                    INPUT_MAX,
                    MOVE_MAX,
                    OUTPUT_MIN,
                    OUTPUT_MAX,
                    DISTURBED_INPUTS,
                    VARIANCES),
            PredictiveShape::predictive);

    private PredictiveShape() {}

    private static ListOf<List<Item<Double>>> matrix() {
        return new ListOf<>(new ListOf<>(new Decimal(), 1, Predictive.SIZE_MAX, false), 1, Predictive.SIZE_MAX, false);
    }

    private static Field<List<Item<Double>>> numbers(String key, String help) {
        return Field.optional(key, new ListOf<>(new Decimal(), 1, Predictive.SIZE_MAX, true), help);
    }

    private static ListOf<String> variables() {
        return new ListOf<>(VARIABLE, 1, Predictive.SIZE_MAX, true);
    }

    private static @Nullable Predictive predictive(Fields f) {
        if (!f.complete()) {
            return null;
        }
        List<List<Double>> a = rows(f.require(A));
        List<List<Double>> b = rows(f.require(B));
        List<List<Double>> c = rows(f.require(C));
        int states = a.size();
        int inputs = b.getFirst().size();
        int outputs = c.size();
        columns(f, A, a, states, "states");
        columns(f, B, b, inputs, "inputs");
        columns(f, C, c, states, "states");
        count(f, B, b.size(), states, "states");
        List.of(INPUTS_AT, MOVE_WEIGHTS, INPUT_MIN, INPUT_MAX, MOVE_MAX)
                .forEach(field -> count(f, field, f.or(field, List.of()).size(), inputs, "inputs"));
        List.of(OUTPUTS_AT, OUTPUT_WEIGHTS, OUTPUT_MIN, OUTPUT_MAX)
                .forEach(field -> count(f, field, f.or(field, List.of()).size(), outputs, "outputs"));
        List.of(SET_POINTS, MEASUREMENTS)
                .forEach(field -> count(f, field, f.require(field).size(), outputs, "outputs"));
        count(f, INPUTS, f.require(INPUTS).size(), inputs, "inputs");
        count(f, APPLIED, f.or(APPLIED, List.of()).size(), inputs, "inputs");
        limits(f, inputs);
        return f.complete() ? made(f, new Rows(a, b, c)) : null;
    }

    private record Rows(List<List<Double>> a, List<List<Double>> b, List<List<Double>> c) {}

    private static Predictive made(Fields f, Rows rows) {
        int inputs = rows.b().getFirst().size();
        int outputs = rows.c().size();
        var process = new Predictive.LinearProcess(
                f.or(DISCRETE, false),
                rows.a(),
                rows.b(),
                rows.c(),
                f.has(INPUTS_AT) ? values(f, INPUTS_AT) : zeros(inputs),
                f.has(OUTPUTS_AT) ? values(f, OUTPUTS_AT) : zeros(outputs));
        var variables = new Predictive.Variables(
                PlantShape.values(f.require(SET_POINTS)),
                PlantShape.values(f.require(MEASUREMENTS)),
                PlantShape.values(f.require(INPUTS)),
                PlantShape.values(f.or(APPLIED, List.of())),
                f.optional(ENABLED),
                f.optional(OUTCOME));
        var aims = new Predictive.Aims(
                f.or(HORIZON, Predictive.USUAL_HORIZON),
                f.or(MOVES, Math.min(Predictive.USUAL_MOVES, f.or(HORIZON, Predictive.USUAL_HORIZON))),
                values(f, OUTPUT_WEIGHTS),
                values(f, MOVE_WEIGHTS),
                values(f, INPUT_MIN),
                values(f, INPUT_MAX),
                values(f, MOVE_MAX),
                values(f, OUTPUT_MIN),
                values(f, OUTPUT_MAX),
                f.or(DISTURBED_INPUTS, false),
                f.optional(VARIANCES)
                        .map(PlantShape::values)
                        .map(v -> new Predictive.Variances(v.get(0), v.get(1), v.get(2))));
        return new Predictive(f.name(Kind.PREDICTIVE), f.require(EVERY), process, variables, aims);
    }

    private static void limits(Fields f, int inputs) {
        int horizon = f.or(HORIZON, Predictive.USUAL_HORIZON);
        int moves = f.or(MOVES, Math.min(Predictive.USUAL_MOVES, horizon));
        if (moves > horizon) {
            f.report(
                    MOVES.key(),
                    "inputs are to move in " + moves + " of " + horizon + " periods",
                    Optional.of("write at most " + horizon + ", or a longer horizon"));
        }
        if (moves * inputs > Predictive.UNKNOWNS_MAX) {
            f.report(
                    MOVES.key(),
                    moves + " moves of " + inputs + " inputs are " + moves * inputs + " unknowns",
                    Optional.of("write at most " + Predictive.UNKNOWNS_MAX / inputs));
        }
        least(f, OUTPUT_WEIGHTS, 0, false);
        least(f, MOVE_WEIGHTS, 0, true);
        least(f, MOVE_MAX, 0, true);
        least(f, VARIANCES, 0, true);
        ordered(f, INPUT_MIN, INPUT_MAX);
        ordered(f, OUTPUT_MIN, OUTPUT_MAX);
    }

    private static void least(Fields f, Field<List<Item<Double>>> field, double least, boolean above) {
        for (double value : values(f, field)) {
            if (above ? value <= least : value < least) {
                f.report(
                        field.key(),
                        "found " + value,
                        Optional.of("write " + (above ? "more than " : "at least ") + least));
            }
        }
    }

    private static void ordered(Fields f, Field<List<Item<Double>>> min, Field<List<Item<Double>>> max) {
        List<Double> low = values(f, min);
        List<Double> high = values(f, max);
        for (int i = 0; i < Math.min(low.size(), high.size()); i++) {
            if (low.get(i) > high.get(i)) {
                f.report(
                        max.key(),
                        high.get(i) + " is below " + low.get(i) + ", number " + (i + 1) + " of " + min.key(),
                        Optional.empty());
            }
        }
    }

    private static void columns(
            Fields f, Field<List<Item<List<Item<Double>>>>> field, List<List<Double>> rows, int wanted, String of) {
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).size() != wanted) {
                f.report(
                        field.key(),
                        "row " + (i + 1) + " has " + rows.get(i).size() + " numbers, and there are " + wanted + " "
                                + of,
                        Optional.of("write " + wanted + " in each row"));
                return;
            }
        }
    }

    /// A list that is not there is empty.
    private static void count(Fields f, Field<?> field, int found, int wanted, String of) {
        if (found != wanted && f.has(field)) {
            f.report(
                    field.key(),
                    "found " + found + (found == 1 ? " item" : " items") + ", and there are " + wanted + " " + of,
                    Optional.of("write one for each"));
        }
    }

    private static List<List<Double>> rows(List<Item<List<Item<Double>>>> matrix) {
        return PlantShape.values(matrix).stream().map(PlantShape::values).toList();
    }

    private static List<Double> values(Fields f, Field<List<Item<Double>>> field) {
        return PlantShape.values(f.or(field, List.of()));
    }

    private static List<Double> zeros(int count) {
        return java.util.Collections.nCopies(count, 0.0);
    }
}
