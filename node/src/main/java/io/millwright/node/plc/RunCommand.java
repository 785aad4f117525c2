package io.millwright.node.plc;

import io.millwright.identity.udp.UdpPort;
import io.millwright.node.api.HttpServer;
import io.millwright.node.command.DataFolder;
import io.millwright.node.command.NodeOptions;
import io.millwright.node.command.Output;
import io.millwright.node.command.UpCommand;
import io.millwright.node.command.UsageError;
import io.millwright.node.runtime.PlantRuntime;
import io.millwright.node.simulate.LargeStack;
import io.millwright.node.simulate.ModelOptions;
import io.millwright.node.simulate.SimulatedDevices;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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
            "  mw plc run examples/tanks --simulated",
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

    @Option(
            names = "--simulated",
            description = "Run against the process models beneath `simulation:` in the plant file, in the time of the"
                    + " clock; no device is connected. Data is kept apart, in a folder of its own.")
    private boolean simulated;

    @Mixin
    private final ModelOptions models = new ModelOptions();

    @Override
    public Integer call() throws Exception {
        if (models.isGiven() && !simulated) {
            throw new UsageError("--model, --fault and --trust-fmu go with --simulated");
        }
        // What the node needs is loaded while the program is read and compiled.
        var preparing = Thread.ofPlatform().daemon().name("plc prepare").start(() -> {
            UdpPort.prepare();
            HttpServer.prepare();
        });
        var read = project.read();
        if (simulated && options.settings(read.plant()).standby().isPresent()) {
            throw new UsageError("--simulated runs one PLC against models of its own; leave out --fence, --standby-port"
                    + " and --standby-of");
        }
        var settings = options.settings(read.plant());
        // Whatever is started meanwhile is asked for again by the thread that scans.
        Thread.ofPlatform().daemon().name("plc hurry").start(settings::hurryProcess);
        preparing.join();
        return simulated ? simulate(read) : run(read);
    }

    private int simulate(ProjectArgument.Read read) throws Exception {
        var started = LargeStack.call(() -> models.start(read.plant(), read.folder()));
        try (var devices = new SimulatedDevices(read.plant(), started)) {
            var plant = devices.simulated();
            var settings = node.settings(plant.name());
            var control = new PlantRuntime.Control(
                    read.control(), options.settings(read.plant()).simulating(devices.text()));
            try (var _ = DataFolder.claim(settings.folder())) {
                return UpCommand.run(plant, devices.protocols(), Optional.of(control), settings, output);
            }
        }
    }

    private int run(ProjectArgument.Read read) throws Exception {
        var plant = read.plant();
        var settings = node.settings(plant.name());
        try (var _ = DataFolder.claim(settings.folder())) {
            return UpCommand.run(
                    plant,
                    Optional.of(new PlantRuntime.Control(read.control(), options.settings(plant))),
                    settings,
                    output);
        }
    }
}
