package io.millwright.model.plantfile;

import io.millwright.model.SignalName;
import io.millwright.model.SimulatedProcess;
import io.millwright.model.plantfile.Reference.Kind;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the plant file says of process models.
final class SimulationShape {
    private static final int SEED_MAX = Integer.MAX_VALUE;

    private static final Field<String> MODEL = Field.required(
            "model",
            Notation.text("quadruple-tank", "press.fmu"),
            "A built-in model, or a functional mock-up unit beside the plant file.");
    private static final Field<Duration> STEP =
            Field.optional("step", PlantShape.DURATION, "10ms", "How far the model's time goes at once.");
    private static final Field<Integer> SEED =
            Field.optional("seed", new Whole(0, SEED_MAX), "0", "Of its noise: the same seed gives the same noise.");
    private static final Field<Map<String, String>> START = Field.optional(
            "start", byPort(Notation.anyScalar()), "Values the model begins with, by their names in it.");
    private static final Field<Map<String, String>> BINDS = Field.optional(
            "binds", byPort(Reference.to(Kind.SIGNAL)), "Which signal each input and output of the model stands for.");

    static final ObjectOf<SimulatedProcess> PROCESS =
            new ObjectOf<>("Simulated process", List.of(MODEL, STEP, SEED, START, BINDS), SimulationShape::process);

    private SimulationShape() {}

    /// Names of a model are whatever the tool that made it allows.
    private static <T> MapOf<T> byPort(Shape<T> value) {
        return new MapOf<>(Optional.empty(), "variable", "^\\S.{0,255}$", value);
    }

    private static @Nullable SimulatedProcess process(Fields f) {
        if (!f.complete()) {
            return null;
        }
        var binds = new LinkedHashMap<String, SignalName>();
        f.or(BINDS, Map.of()).forEach((port, signal) -> binds.put(port, SignalName.parse(signal)));
        return new SimulatedProcess(
                f.name(Kind.SIMULATION),
                f.require(MODEL),
                f.or(STEP, SimulatedProcess.USUAL_STEP),
                f.or(SEED, 0),
                f.or(START, Map.of()),
                binds);
    }
}
