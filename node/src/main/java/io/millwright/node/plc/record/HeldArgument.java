package io.millwright.node.plc.record;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The recording that a command is about. A mixin.
final class HeldArgument {
    @Parameters(
            index = "0",
            paramLabel = "RECORDING",
            description = "A data folder, a recording's folder or a saved file.")
    private Path path = Path.of("");

    @Option(
            names = "--with",
            paramLabel = "RECORDING",
            description = "The recording of the other one of two PLCs that stand by for each other; repeatable. Runs"
                    + " of the same scans become one.")
    private List<Path> others = List.of();

    Held open() {
        return Held.open(path, others);
    }
}
