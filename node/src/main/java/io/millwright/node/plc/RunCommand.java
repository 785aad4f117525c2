package io.millwright.node.plc;

import io.millwright.node.command.DataFolder;
import io.millwright.node.command.NodeOptions;
import io.millwright.node.command.Output;
import io.millwright.node.command.UpCommand;
import io.millwright.node.runtime.PlantRuntime;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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
    @Mixin
    private final Output output = new Output();

    @Mixin
    private final ProjectArgument project = new ProjectArgument();

    @Mixin
    private final NodeOptions node = new NodeOptions();

    @Mixin
    private final ControlOptions options = new ControlOptions();

    @Override
    public Integer call() throws Exception {
        var read = project.read();
        var plant = read.plant();
        var settings = node.settings(plant.name());
        try (var _ = DataFolder.claim(settings.folder())) {
            return UpCommand.run(
                    plant, Optional.of(new PlantRuntime.Control(read.control(), options.settings())), settings, output);
        }
    }
}
