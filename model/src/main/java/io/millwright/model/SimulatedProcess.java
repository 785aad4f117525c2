package io.millwright.model;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// A process model in the place of devices: what a plant's control logic is tried against.
///
/// @param name its name in the plant file
/// @param model a built-in model, e.g. `quadruple-tank`, or a file that ends with `.fmu`, beside the plant file
/// @param step how far its time goes at once
/// @param seed of its noise
/// @param start values it begins with, by their names in the model, as written
/// @param binds which signal each of its inputs and outputs stands for
public record SimulatedProcess(
        String name, String model, Duration step, long seed, Map<String, String> start, Map<String, SignalName> binds) {

    /// The step of a model whose plant file gives none.
    public static final Duration USUAL_STEP = Duration.ofMillis(10);

    public SimulatedProcess {
        start = Collections.unmodifiableMap(new LinkedHashMap<>(start));
        binds = Collections.unmodifiableMap(new LinkedHashMap<>(binds));
        if (!step.isPositive()) {
            throw new IllegalArgumentException(name + ": `step` must be longer than nothing, e.g. 10ms");
        }
    }

    /// Whether its model is a file with code of its own.
    public boolean isUnit() {
        return model.endsWith(".fmu");
    }

    /// The same with another model.
    public SimulatedProcess with(String otherModel) {
        return new SimulatedProcess(name, otherModel, step, seed, start, binds);
    }
}
