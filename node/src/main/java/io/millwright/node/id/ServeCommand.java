package io.millwright.node.id;

import io.millwright.identity.door.DnsDoor;
import io.millwright.identity.door.DoorSettings;
import io.millwright.identity.door.WebDoors;
import io.millwright.identity.registry.PlantRecords;
import io.millwright.identity.server.DnsServer;
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
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `mw id serve`: answers for the identifiers of a plant file over the Handle protocol and, if asked to, through the
/// doors on the web and by DNS, and does nothing else. The plant itself may run elsewhere, or not at all.
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        header = "Answer for the identifiers of a plant file, without running the plant.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  mw id serve --plant plant.yaml",
            "  mw id serve --plant plant.yaml --at 0.0.0.0:2641 --base http://192.0.2.7:8420/",
            "  mw id serve --plant plant.yaml --http-port 8000 --dns-port 5353"
        })
final class ServeCommand implements Callable<Integer> {

    private static final int SITE_SERIAL = 1;
    private static final int PORT_MAX = 65_535;
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

    @Option(
            names = "--http-port",
            paramLabel = "PORT",
            description = "Also answer over HTTP: Handle REST API, GS1 Digital Link, DIDs; 0 for a free port.")
    private Optional<Integer> httpPort = Optional.empty();

    @Option(
            names = "--origin",
            paramLabel = "URL",
            description = "How the web finds this node; for links and did:web (default: the HTTP port's address).")
    private Optional<URI> origin = Optional.empty();

    @Option(
            names = "--dns-port",
            paramLabel = "PORT",
            description = "Also answer object identifiers over DNS, UDP and TCP; 0 for a free port.")
    private Optional<Integer> dnsPort = Optional.empty();

    @Option(
            names = "--dns-zone",
            paramLabel = "NAME",
            defaultValue = DnsDoor.ORS_ZONE,
            description = "The zone of object identifiers (default: ${DEFAULT-VALUE}).")
    private String dnsZone = DnsDoor.ORS_ZONE;

    @Override
    public Integer call() throws InterruptedException {
        httpPort.ifPresent(port -> checkPort("--http-port", port));
        dnsPort.ifPresent(port -> checkPort("--dns-port", port));
        var plant = PlantFiles.read(plantFile);
        var ended = new CountDownLatch(1);
        try {
            var settings = ServerSettings.on(at.getAddress(), at.getPort(), httpPort.orElse(ServerSettings.CLOSED));
            var server = HandleServer.bind(settings, SITE_SERIAL, Time.system());
            int seconds = (int) (Time.system().epochNanos() / NANOS_PER_SECOND);
            var registry = new PlantRecords(plant, base, server.site(), seconds).register();
            server.httpAddress().ifPresent(address -> {
                var names = doorSettings(plant.prefix(), address);
                server.withDoors(node -> new WebDoors(node, names));
            });
            server.serve(registry);
            var dns = openDns(server, plant.prefix());
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server, dns, ended)));
            tell(server, dns, plant.name(), registry.size());
        } catch (IOException e) {
            throw new UsageError(IoReason.of(e));
        } catch (IllegalArgumentException e) {
            throw new UsageError(plantFile + ": " + e.getMessage());
        }
        ended.await();
        return ExitStatus.OK;
    }

    private static void checkPort(String option, int port) {
        if (port < 0 || port > PORT_MAX) {
            throw new UsageError(option + ": a port is a number from 0 to " + PORT_MAX + ", not " + port);
        }
    }

    private DoorSettings doorSettings(String prefix, InetSocketAddress address) {
        int year = LocalDate.ofInstant(
                        Instant.ofEpochSecond(Time.system().epochNanos() / NANOS_PER_SECOND), ZoneOffset.UTC)
                .getYear();
        var found = origin.orElseGet(() -> URI.create("http://" + Address.text(address)));
        try {
            return new DoorSettings(prefix, found, year);
        } catch (IllegalArgumentException e) {
            throw new UsageError("--origin: " + e.getMessage());
        }
    }

    private Optional<DnsServer> openDns(HandleServer server, String prefix) throws IOException {
        if (dnsPort.isEmpty()) {
            return Optional.empty();
        }
        var dns = DnsServer.bind(at.getAddress(), dnsPort.get(), Time.system());
        try {
            dns.serve(new DnsDoor(server.node(), prefix, dnsZone));
        } catch (IllegalArgumentException e) {
            throw new UsageError("--dns-zone: " + e.getMessage());
        }
        return Optional.of(dns);
    }

    private void tell(HandleServer server, Optional<DnsServer> dns, String plant, long registered) {
        var address = Address.text(server.udpAddress().orElseThrow());
        output.text("%d identifiers of plant %s are answered for at %s. Ctrl-C ends it."
                .formatted(registered, plant, address));
        var told = new LinkedHashMap<String, Object>();
        told.put("identifiers", address);
        told.put("registered", registered);
        server.httpAddress().map(Address::text).ifPresent(http -> {
            output.text("Over HTTP at " + http + ".");
            told.put("http", http);
        });
        dns.map(DnsServer::address).map(Address::text).ifPresent(where -> {
            output.text("Object identifiers over DNS at " + where + ".");
            told.put("dns", where);
        });
        output.jsonLine(told);
    }

    private static void end(HandleServer server, Optional<DnsServer> dns, CountDownLatch ended) {
        try {
            if (dns.isPresent()) {
                dns.get().close();
            }
            server.close();
        } catch (IOException e) {
            throw new FailedError("the node did not end well: " + e.getMessage());
        } finally {
            ended.countDown();
        }
    }
}
