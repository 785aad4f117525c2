package io.millwright.node.command;

import io.millwright.connect.Protocols;
import io.millwright.model.Plant;
import io.millwright.node.plc.ControlOptions;
import io.millwright.node.plc.ControlProject;
import io.millwright.node.runtime.PlantRuntime;
import io.millwright.node.runtime.RuntimeSettings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `mw up`: runs a plant until it is told to end.
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = "Run a plant: connect, name, keep and show everything in its plant file.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  mw up plant.yaml",
            "  mw up plant.yaml --data /var/lib/millwright --http 0.0.0.0:8420",
            "",
            "On another address than loopback callers must show the token that is kept in DATA/security/token."
        })
public final class UpCommand implements Callable<Integer> {

    @Mixin
    private final Output output = new Output();

    @Parameters(paramLabel = "PLANT", description = "The plant file.")
    private Path file = Path.of("plant.yaml");

    @Mixin
    private final NodeOptions node = new NodeOptions();

    @Mixin
    private final ControlOptions control = new ControlOptions();

    @Override
    public Integer call() throws Exception {
        String text = PlantFiles.text(file);
        var plant = PlantFiles.of(text, file.toString());
        var settings = node.settings(plant.name());
        try (var _ = DataFolder.claim(settings.folder())) {
            var project = ControlProject.of(plant, folder(file)).map(p -> p.withManifest(text));
            return run(plant, project.map(p -> new PlantRuntime.Control(p, control.settings(plant))), settings, output);
        }
    }

    /// The folder in which a file lies.
    private static Path folder(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? Path.of("") : parent;
    }

    /// Runs a plant until the process is told to end.
    public static int run(Plant plant, Optional<PlantRuntime.Control> control, RuntimeSettings settings, Output output)
            throws InterruptedException {
        return run(plant, KnownProtocols.ALL, control, settings, output);
    }

    /// As the other `run`, with connections of other protocols.
    public static int run(
            Plant plant,
            Protocols protocols,
            Optional<PlantRuntime.Control> control,
            RuntimeSettings settings,
            Output output)
            throws InterruptedException {
        new Ending<>(RunningPlant::close, output)
                .await(
                        () -> RunningPlant.start(plant, protocols, control, settings),
                        running -> tell(plant, running, control, settings, output));
        return ExitStatus.OK;
    }

    private static void tell(
            Plant plant,
            RunningPlant running,
            Optional<PlantRuntime.Control> control,
            RuntimeSettings settings,
            Output output) {
        var identity = running.runtime().identity();
        output.text("""
                Plant %s is running: %d assets, %d signals, %d connections.
                  console      %s
                  identifiers  %s
                    over HTTP  %s
                    over DNS   %s
                  data         %s
                Ctrl-C ends it.""".formatted(
                        plant.name(),
                        plant.assets().size(),
                        plant.signals().count(),
                        plant.connections().size(),
                        running.url(),
                        Address.text(identity.address()),
                        "http://" + Address.text(identity.webAddress()) + "/",
                        Address.text(identity.dnsAddress()),
                        settings.folder()));
        output.jsonLine(Map.of(
                "console", running.url(),
                "identifiers", Address.text(identity.address()),
                "identifiersHttp", "http://" + Address.text(identity.webAddress()) + "/",
                "identifiersDns", Address.text(identity.dnsAddress()),
                "data", settings.folder().toString()));
        if (control.isPresent()) {
            String simulated = control.get().settings().simulated();
            output.text(
                    simulated.isEmpty()
                            ? "Control logic runs; `mw plc status` shows it."
                            : "Control logic runs against what is simulated: " + simulated
                                    + ". No device is connected; `mw plc status` shows it.");
        }
    }
}
