package io.millwright.model.plantfile;

import io.millwright.model.BadInput;
import io.millwright.model.Program;
import io.millwright.model.SignalName;
import io.millwright.model.Value;
import io.millwright.model.plantfile.Reference.Kind;
import io.millwright.model.text.NotationException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What the plant file says of control logic.
final class ControlShape {
    private static final int PRIORITY_MAX = 65_535;
    private static final List<String> SCALARS = List.of("string", "number", "boolean");
    private static final String NUMBER = "[-+]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][-+]?\\d+)?";

    private static final Field<String> SOURCE = Field.required(
            "program",
            Notation.of("a program", "^[^#]+#[^#]+$", Function.identity(), "dosing.st#LevelControl"),
            "The file and the program in it: file#program.");
    private static final Field<Duration> CYCLE =
            Field.required("every", PlantShape.DURATION, "Cycle time of the task.");
    private static final Field<Map<String, String>> BINDS = Field.optional(
            "binds", byVariable(Reference.to(Kind.SIGNAL)), "Which signal each variable of the program stands for.");
    private static final Field<Duration> DEADLINE = Field.optional(
            "deadline", PlantShape.DURATION, "Longest time from the sensor's sample to the actuator's write.");
    private static final Field<Integer> PRIORITY = Field.optional(
            "priority", new Whole(0, PRIORITY_MAX), "0", "Of programs that are due the one of the lowest number runs.");
    private static final Field<Duration> WATCHDOG = Field.optional(
            "watchdog", PlantShape.DURATION, "How long one scan may take before the controller stops with a fault.");
    private static final Field<Map<String, BadInput>> ON_BAD = Field.optional(
            "on-bad",
            byVariable(new Notation<>(
                    "hold, stop or a value",
                    SCALARS,
                    Optional.empty(),
                    List.of("hold", "stop", "0"),
                    ControlShape::onBad)),
            "What a variable is given when its signal is bad: hold (its last value), stop (the program), or a value.");
    private static final Field<Map<String, Duration>> AGE_MAX = Field.optional(
            "max-age", byVariable(PlantShape.DURATION), "How old a variable's value may be before it counts as bad.");
    private static final Field<Map<String, Value>> SAFE = Field.optional(
            "safe",
            byVariable(new Notation<>(
                    "a number or a truth value",
                    SCALARS,
                    Optional.empty(),
                    List.of("0", "false"),
                    ControlShape::value)),
            "What the signal of a variable is set to when the program does not run.");

    static final ObjectOf<Program> PROGRAM = new ObjectOf<>(
            "Program",
            List.of(SOURCE, CYCLE, BINDS, DEADLINE, PRIORITY, WATCHDOG, ON_BAD, AGE_MAX, SAFE),
            ControlShape::program);

    private ControlShape() {}

    private static <T> MapOf<T> byVariable(Shape<T> value) {
        return new MapOf<>(Optional.empty(), "variable", "^[\\p{L}_][\\p{L}\\p{N}_.]{0,127}$", value);
    }

    private static BadInput onBad(String text) {
        return switch (text) {
            case "hold" -> new BadInput.Hold();
            case "stop" -> new BadInput.Stop();
            default -> new BadInput.Substitute(value(text));
        };
    }

    private static Value value(String text) {
        if (text.equals("true") || text.equals("false")) {
            return Value.of(text.equals("true"));
        }
        if (!text.matches(NUMBER)) {
            throw new NotationException(
                    "\"" + text + "\" is neither a number nor a truth value",
                    Optional.of("write e.g. 0, 12.5 or false"));
        }
        try {
            return Value.of(Long.parseLong(text));
        } catch (NumberFormatException e) {
            return Value.of(Double.parseDouble(text));
        }
    }

    private static @Nullable Program program(Fields f) {
        Map<String, String> bound = f.or(BINDS, Map.of());
        onlyBound(f, ON_BAD, bound);
        onlyBound(f, AGE_MAX, bound);
        onlyBound(f, SAFE, bound);
        if (!f.complete()) {
            return null;
        }
        var binds = new LinkedHashMap<String, SignalName>();
        bound.forEach((variable, signal) -> binds.put(variable, SignalName.parse(signal)));
        var conduct = new Program.Conduct(
                f.or(PRIORITY, 0),
                f.optional(WATCHDOG),
                f.or(ON_BAD, Map.of()),
                f.or(AGE_MAX, Map.of()),
                f.or(SAFE, Map.of()));
        return new Program(
                f.name(Kind.PROGRAM), f.require(SOURCE), f.require(CYCLE), binds, f.optional(DEADLINE), conduct);
    }

    private static <T> void onlyBound(Fields f, Field<Map<String, T>> field, Map<String, String> bound) {
        for (String variable : f.or(field, Map.of()).keySet()) {
            if (!bound.containsKey(variable)) {
                f.report(
                        field.key(),
                        "\"" + variable + "\" is not among the variables in \"binds\"",
                        Optional.of(
                                bound.isEmpty() ? "add it there" : "there are " + String.join(", ", bound.keySet())));
            }
        }
    }
}
