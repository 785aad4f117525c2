package io.millwright.node.command;

import io.millwright.node.runtime.RuntimeSettings;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
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

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where the data is kept (default: ~/.local/state/millwright/PLANT).")
    private @org.jspecify.annotations.Nullable Path data;

    @Option(
            names = "--http",
            paramLabel = "HOST:PORT",
            converter = Address.class,
            defaultValue = "127.0.0.1:8420",
            description = "Where API and console listen (default: ${DEFAULT-VALUE}).")
    private InetSocketAddress http = new InetSocketAddress(RuntimeSettings.HTTP_PORT);

    @Option(
            names = "--handle",
            paramLabel = "HOST:PORT",
            converter = Address.class,
            defaultValue = "127.0.0.1:2641",
            description = "Where the identifier node listens (default: ${DEFAULT-VALUE}).")
    private InetSocketAddress handle = new InetSocketAddress(RuntimeSettings.HANDLE_PORT);

    @Override
    public Integer call() throws InterruptedException {
        var plant = PlantFiles.read(file);
        var folder = data == null ? DataFolder.usual(plant.name()) : data;
        var settings = new RuntimeSettings(folder, http, handle, Map.of());
        var running = RunningPlant.start(plant, settings);
        var ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            running.close();
            ended.countDown();
        }));
        output.text("""
                Plant %s is running: %d assets, %d signals, %d connections.
                  console      %s
                  identifiers  %s
                  data         %s
                Ctrl-C ends it.""".formatted(
                        plant.name(),
                        plant.assets().size(),
                        plant.signals().count(),
                        plant.connections().size(),
                        running.url(),
                        Address.text(running.runtime().identity().address()),
                        folder));
        output.jsonLine(Map.of(
                "console", running.url(),
                "identifiers", Address.text(running.runtime().identity().address()),
                "data", folder.toString()));
        ended.await();
        return ExitStatus.OK;
    }
}
