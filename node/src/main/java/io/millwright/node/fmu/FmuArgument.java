package io.millwright.node.fmu;

import io.millwright.node.command.UsageError;
import io.millwright.process.fmi.Fmu;
import io.millwright.process.fmi.FmuError;
import java.nio.file.Path;
import picocli.CommandLine.Parameters;

/// The file that a command is about.
final class FmuArgument {

    @Parameters(paramLabel = "FILE", description = "The unit, a file that ends with .fmu.")
    private Path file = Path.of("model.fmu");

    /// Opens it; nothing of it runs.
    Fmu open() {
        try {
            return Fmu.open(file);
        } catch (FmuError e) {
            throw new UsageError(String.valueOf(e.getMessage()));
        }
    }
}
