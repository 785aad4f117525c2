package io.millwright.node.simulate;

import io.millwright.model.SimulatedProcess;
import io.millwright.node.command.UsageError;
import io.millwright.process.commissioning.BuiltInModels;
import io.millwright.process.commissioning.ProcessError;
import io.millwright.process.commissioning.ProcessModel;
import io.millwright.process.fmi.Fmu;
import io.millwright.process.fmi.FmuModel;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// Starts process models.
///
/// @param folder in which files of models lie
/// @param trusted whether code of functional mock-up units may run in this process
public record Models(Path folder, boolean trusted) {

    /// Starts the model of a simulated process.
    ///
    /// @throws UsageError if it cannot be started; the message says why
    public ProcessModel start(SimulatedProcess process) {
        try {
            return process.isUnit()
                    ? FmuModel.start(unit(process.model()), process.start())
                    : BuiltInModels.start(process.model(), numbers(process), process.seed());
        } catch (ProcessError e) {
            boolean named = process.name().equals(process.model());
            throw new UsageError((named ? "" : process.name() + ": ") + e.getMessage());
        }
    }

    private Fmu unit(String file) {
        if (!trusted) {
            throw new ProcessError(file + " holds native code of whoever made it, which can do whatever you can;"
                    + " if you trust it, say --trust-fmu");
        }
        return Fmu.open(folder.resolve(file));
    }

    private static Map<String, Double> numbers(SimulatedProcess process) {
        var numbers = new LinkedHashMap<String, Double>();
        process.start().forEach((name, text) -> {
            try {
                double number = Double.parseDouble(text);
                if (!Double.isFinite(number)) {
                    throw new NumberFormatException(text);
                }
                numbers.put(name, number);
            } catch (NumberFormatException e) {
                throw new UsageError(process.name() + ": " + name + " begins with a number, not \"" + text + "\"");
            }
        });
        return numbers;
    }
}
