package io.millwright.node.plc;

import io.millwright.model.Plant;
import io.millwright.node.command.DataFolder;
import io.millwright.node.command.NodeOptions;
import io.millwright.node.command.Output;
import io.millwright.node.command.PlantFiles;
import io.millwright.node.command.UpCommand;
import io.millwright.node.command.UsageError;
import io.millwright.node.runtime.PlantRuntime;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `mw plc run`: runs the control logic of a project until it is told to end.
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        header = "Run the control logic of a project, on time, until it is told to end.",
        description = {
            "A project is a folder of .st files with a plant file (plant.yaml) that says which programs run how often"
                    + " and which signals their variables stand for.",
            "A folder of texts alone, one .st file or a project in PLCopen XML runs as its CONFIGURATION says."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  mw plc run examples/tanks",
            "  mw plc run blink.st --http 127.0.0.1:8500",
            "  mw plc run project.xml"
        })
final class RunCommand implements Callable<Integer> {
    /// The manifest of a project.
    private static final String MANIFEST = "plant.yaml";

    @Mixin
    private final Output output = new Output();

    @Parameters(paramLabel = "PROJECT", description = "The folder or file.")
    private Path path = Path.of("");

    @Mixin
    private final NodeOptions node = new NodeOptions();

    @Mixin
    private final ControlOptions options = new ControlOptions();

    @Override
    public Integer call() throws Exception {
        if (!Files.exists(path)) {
            throw new UsageError("there is no " + path);
        }
        Path manifest = Files.isDirectory(path) ? path.resolve(MANIFEST) : path;
        boolean described = manifest.toString().matches(".*\\.ya?ml") && Files.isRegularFile(manifest);
        Plant plant = described ? PlantFiles.read(manifest) : alone(ControlTexts.name(path));
        Optional<ControlProject> control = described
                ? ControlProject.of(
                        plant,
                        Optional.ofNullable(manifest.toAbsolutePath().getParent())
                                .orElse(path))
                : Optional.of(ControlProject.ofTexts(path));
        if (control.isEmpty()) {
            throw new UsageError(manifest + " has no control logic: add an entry beneath `control:`");
        }
        var settings = node.settings(plant.name());
        try (var _ = DataFolder.claim(settings.folder())) {
            return UpCommand.run(
                    plant, control.map(c -> new PlantRuntime.Control(c, options.settings())), settings, output);
        }
    }

    /// A plant of control logic alone.
    private static Plant alone(String name) {
        return new Plant(name, "local", List.of(), List.of());
    }
}
