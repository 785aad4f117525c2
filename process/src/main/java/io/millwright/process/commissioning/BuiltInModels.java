package io.millwright.process.commissioning;

import io.millwright.process.equations.TankParameters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The process models that come with the program, by name.
public final class BuiltInModels {

    /// All names.
    public static final List<String> NAMES = List.of("quadruple-tank", "tank-cell", "pump-set");

    /// Johansson 2000, table II: the levels at 3 V.
    private static final double[] OPERATING_LEVELS = {12.4, 12.7, 1.8, 1.4};

    private BuiltInModels() {}

    /// Starts a model.
    ///
    /// @param name one of [#NAMES]
    /// @param starts values that inputs begin with, by name; of the quadruple tank also the levels `h1` to `h4`
    /// @throws ProcessError if there is no such model, or it takes no such value
    public static ProcessModel start(String name, Map<String, Double> starts, long seed) {
        return switch (name) {
            case "quadruple-tank" -> tanks(starts);
            case "tank-cell" -> given(name, PointModel.tankCell(seed), starts);
            case "pump-set" -> given(name, PointModel.pumpSet(seed), starts);
            default ->
                throw new ProcessError("there is no process model \"" + name + "\"; there are "
                        + String.join(", ", NAMES) + ", and files that end with .fmu");
        };
    }

    private static ProcessModel tanks(Map<String, Double> starts) {
        var parameters = TankParameters.MINIMUM_PHASE;
        var levels = OPERATING_LEVELS.clone();
        var inputs = new LinkedHashMap<String, Double>();
        starts.forEach((key, value) -> {
            if (key.matches("h[1-4]")) {
                levels[key.charAt(1) - '1'] = level(key, value, parameters.height());
            } else {
                inputs.put(key, value);
            }
        });
        return given("quadruple-tank", new QuadrupleTankModel(parameters, levels), inputs);
    }

    private static double level(String key, double value, double height) {
        if (!(value >= 0 && value <= height)) {
            throw new ProcessError("quadruple-tank: " + key + " is a level of 0 to " + height + " cm, not " + value);
        }
        return value;
    }

    private static ProcessModel given(String name, ProcessModel model, Map<String, Double> starts) {
        starts.forEach((key, value) -> {
            try {
                model.set(model.input(key), value);
            } catch (IllegalArgumentException e) {
                throw new ProcessError(name + " does not begin with \"" + key + "\": " + e.getMessage());
            }
        });
        return model;
    }
}
