package io.millwright.node.id;

import io.millwright.identity.registry.PlantRecords;
import io.millwright.identity.server.HandleServer;
import io.millwright.identity.server.ServerSettings;
import io.millwright.model.Time;
import io.millwright.node.command.Address;
import io.millwright.node.command.ExitStatus;
import io.millwright.node.command.FailedError;
import io.millwright.node.command.IoReason;
import io.millwright.node.command.Output;
import io.millwright.node.command.PlantFiles;
import io.millwright.node.command.UsageError;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `mw id serve`: answers for the identifiers of a plant file over the Handle protocol, and does nothing else. The
/// plant itself may run elsewhere, or not at all.
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        header = "Answer for the identifiers of a plant file, without running the plant.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  mw id serve --plant plant.yaml",
            "  mw id serve --plant plant.yaml --at 0.0.0.0:2641 --base http://192.0.2.7:8420/"
        })
final class ServeCommand implements Callable<Integer> {

    private static final int SITE_SERIAL = 1;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    @Mixin
    private final Output output = new Output();

    @Option(names = "--plant", paramLabel = "PLANT", required = true, description = "The plant file.")
    private Path plantFile = Path.of("plant.yaml");

    @Option(
            names = "--at",
            paramLabel = "HOST:PORT",
            converter = Address.class,
            defaultValue = "127.0.0.1:2641",
            description = "Where to listen, UDP and TCP (default: ${DEFAULT-VALUE}).")
    private InetSocketAddress at = new InetSocketAddress(ServerSettings.HANDLE_PORT);

    @Option(
            names = "--base",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:8420/",
            description = "Where the plant's API and console are, for the records (default: ${DEFAULT-VALUE}).")
    private URI base = URI.create("http://127.0.0.1:8420/");

    @Override
    public Integer call() throws InterruptedException {
        var plant = PlantFiles.read(plantFile);
        var ended = new CountDownLatch(1);
        try {
            var settings = ServerSettings.on(at.getAddress(), at.getPort(), ServerSettings.CLOSED);
            var server = HandleServer.bind(settings, SITE_SERIAL, Time.system());
            int seconds = (int) (Time.system().epochNanos() / NANOS_PER_SECOND);
            var registry = new PlantRecords(plant, base, server.site(), seconds).register();
            server.serve(registry);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server, ended)));
            var address = Address.text(server.udpAddress().orElseThrow());
            output.text("%d identifiers of plant %s are answered for at %s. Ctrl-C ends it."
                    .formatted(registry.size(), plant.name(), address));
            output.jsonLine(Map.of("identifiers", address, "registered", registry.size()));
        } catch (IOException e) {
            throw new UsageError(IoReason.of(e));
        } catch (IllegalArgumentException e) {
            throw new UsageError(plantFile + ": " + e.getMessage());
        }
        ended.await();
        return ExitStatus.OK;
    }

    private static void end(HandleServer server, CountDownLatch ended) {
        try {
            server.close();
        } catch (IOException e) {
            throw new FailedError("the node did not end well: " + e.getMessage());
        } finally {
            ended.countDown();
        }
    }
}
