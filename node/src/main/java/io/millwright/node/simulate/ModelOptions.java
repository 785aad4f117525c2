package io.millwright.node.simulate;

import io.millwright.model.Plant;
import io.millwright.model.SimulatedProcess;
import io.millwright.node.command.UsageError;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/// Which models stand in the place of a plant's devices. A mixin of `plc simulate` and `plc run`.
public final class ModelOptions {
    @Option(
            names = "--model",
            paramLabel = "NAME=MODEL",
            description = "Use another model for a process beneath `simulation:` in the plant file: quadruple-tank,"
                    + " tank-cell, pump-set or FILE.fmu; repeatable.")
    private Map<String, String> replaced = new LinkedHashMap<>();

    @Option(
            names = "--fault",
            paramLabel = TimedFault.FORM,
            description = "Disturb a signal from a time on, until another if given: stuck, broken, lost[=SHARE],"
                    + " bias=OFFSET, drift=PER-SECOND, noise=DEVIATION or late=TIME, in the model's unit; repeatable.")
    private List<String> faults = List.of();

    @Option(
            names = "--trust-fmu",
            description = "Let functional mock-up units run: native code of whoever made them, which can do whatever"
                    + " you can.")
    private boolean trusted;

    /// Whether anything was asked for.
    public boolean isGiven() {
        return trusted || !faults.isEmpty() || !replaced.isEmpty();
    }

    /// Starts the models of a plant, with their faults planned.
    ///
    /// @throws UsageError if one cannot be started, or a fault is none
    public SimulatedPlant start(Plant plant, Path folder) {
        List<TimedFault> planned = faults.stream().map(TimedFault::parse).toList();
        var models = SimulatedPlant.start(with(plant), new Models(folder, trusted)::start);
        try {
            models.fault(planned);
            return models;
        } catch (UsageError e) {
            models.close();
            throw e;
        }
    }

    private Plant with(Plant plant) {
        replaced.keySet().forEach(name -> {
            if (plant.simulation().stream().noneMatch(p -> p.name().equals(name))) {
                throw new UsageError("--model " + name + ": the plant file has no simulation." + name
                        + "; add it with what it binds, e.g. {model: quadruple-tank, binds: {h1: tank-1/level}}");
            }
        });
        List<SimulatedProcess> processes = plant.simulation().stream()
                .map(p -> p.with(replaced.getOrDefault(p.name(), p.model())))
                .toList();
        return plant.with(processes);
    }
}
