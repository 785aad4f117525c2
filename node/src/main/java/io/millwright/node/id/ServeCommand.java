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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `mw id serve`: a node of identifiers over the Handle protocol, and nothing else: of a role, or for the identifiers
/// of a plant file. The plant itself may run elsewhere, or not at all.
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        header = "Answer for identifiers: of a plant file, or in a role.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  mw id serve --plant plant.yaml",
            "  mw id serve --plant plant.yaml --at 0.0.0.0:2641 --base http://192.0.2.7:8420/",
            "  mw id serve --plant plant.yaml --http-port 8000 --dns-port 5353",
            "  mw id serve --role root --secret root.secret --data root",
            "  mw id serve --role national --prefix 88 --secret 88.secret --data 88 --at 192.0.2.2:2641",
            "  mw id serve --role enterprise --prefix 88.118.7 --secret 7.secret --data 7 --https-port 8443",
            "  mw id serve --role recursive --root 192.0.2.1 --at 0.0.0.0:2641"
        })
final class ServeCommand implements Callable<Integer> {

    private static final int SITE_SERIAL = 1;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    @Mixin
    private final Output output = new Output();

    @Mixin
    private final ServeOptions options = new ServeOptions();

    @Mixin
    private final DoorOptions doors = new DoorOptions();

    @Option(names = "--plant", paramLabel = "PLANT", description = "The plant file whose identifiers to answer for.")
    private Optional<Path> plantFile = Optional.empty();

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
        if (plantFile.isPresent() == options.isGiven()) {
            throw new UsageError("write --plant PLANT, or --role ROLE with --prefix PREFIX; one of the two");
        }
        var ended = new CountDownLatch(1);
        try {
            var serving = plantFile.isPresent() ? servePlant(plantFile.get()) : serveRole();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(serving, ended)));
        } catch (IOException e) {
            throw new UsageError(IoReason.of(e));
        }
        ended.await();
        return ExitStatus.OK;
    }

    private AutoCloseable serveRole() throws IOException {
        var node = IdNode.start(options.settings(at), doors, Time.system());
        var address = Address.text(node.address());
        output.text("%d identifiers are answered for at %s. Ctrl-C ends it."
                .formatted(node.ledger().size(), address));
        var told = new LinkedHashMap<String, Object>();
        told.put("identifiers", address);
        told.put("registered", node.ledger().size());
        told.put("prefixes", node.ledger().prefixes());
        node.root().ifPresent(state -> told.put("root", state.toString()));
        tellDoors(node.doors(), told);
        return node;
    }

    private AutoCloseable servePlant(Path file) throws IOException {
        var plant = PlantFiles.read(file);
        var plain = ServerSettings.on(at.getAddress(), at.getPort(), doors.httpPort());
        var settings = doors.secured(plain, NodeKey::generate);
        var server = HandleServer.bind(settings, SITE_SERIAL, Time.system());
        int seconds = (int) (Time.system().epochNanos() / NANOS_PER_SECOND);
        try {
            var registry = new PlantRecords(plant, base, server.site(), seconds).register();
            doors.prepare(server, plant.prefix());
            server.serve(registry);
            var opened = doors.open(server, at.getAddress(), plant.prefix());
            var address = Address.text(server.udpAddress().orElseThrow());
            output.text("%d identifiers of plant %s are answered for at %s. Ctrl-C ends it."
                    .formatted(registry.size(), plant.name(), address));
            var told = new LinkedHashMap<String, Object>();
            told.put("identifiers", address);
            told.put("registered", registry.size());
            tellDoors(opened, told);
            return () -> {
                opened.close();
                server.close();
            };
        } catch (IllegalArgumentException e) {
            throw new UsageError(file + ": " + e.getMessage());
        }
    }

    private void tellDoors(DoorOptions.Opened opened, Map<String, Object> told) {
        opened.http().map(Address::text).ifPresent(http -> {
            output.text("Over HTTP at " + http + ".");
            told.put("http", http);
        });
        opened.https().map(Address::text).ifPresent(https -> {
            output.text("Over HTTPS at " + https + ".");
            told.put("https", https);
        });
        opened.dnsAddress().map(Address::text).ifPresent(dns -> {
            output.text("Object identifiers over DNS at " + dns + ".");
            told.put("dns", dns);
        });
        output.jsonLine(told);
    }

    private static void end(AutoCloseable serving, CountDownLatch ended) {
        try {
            serving.close();
        } catch (Exception e) {
            throw new FailedError("the node did not end well: " + e.getMessage());
        } finally {
            ended.countDown();
        }
    }
}
