package io.millwright.node.id;

import io.millwright.identity.door.DnsDoor;
import io.millwright.identity.door.DoorSettings;
import io.millwright.identity.door.WebDoors;
import io.millwright.identity.server.DnsServer;
import io.millwright.identity.server.HandleServer;
import io.millwright.identity.server.ServerSettings;
import io.millwright.model.Time;
import io.millwright.node.command.Address;
import io.millwright.node.command.UsageError;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import picocli.CommandLine.Option;

/// The doors of `mw id serve` beside the Handle protocol over UDP and TCP: on the web and by DNS.
final class DoorOptions {

    private static final int PORT_MAX = 65_535;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

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

    /// The doors that were opened.
    record Opened(Optional<InetSocketAddress> http, Optional<DnsServer> dns) implements AutoCloseable {

        Optional<InetSocketAddress> dnsAddress() {
            return dns.map(DnsServer::address);
        }

        @Override
        public void close() throws IOException {
            if (dns.isPresent()) {
                dns.get().close();
            }
        }
    }

    /// Whether any door is asked for.
    boolean isGiven() {
        return httpPort.isPresent() || dnsPort.isPresent();
    }

    /// For the settings of the server.
    int httpPort() {
        return port("--http-port", httpPort).orElse(ServerSettings.CLOSED);
    }

    private static Optional<Integer> port(String option, Optional<Integer> given) {
        if (given.isPresent() && (given.get() < 0 || given.get() > PORT_MAX)) {
            throw new UsageError(option + ": a port is a number from 0 to " + PORT_MAX + ", not " + given.get());
        }
        return given;
    }

    /// Puts the web's doors in, before the server serves.
    ///
    /// @param prefix what the node answers for
    void prepare(HandleServer server, String prefix) {
        server.httpAddress().ifPresent(address -> {
            var settings = doorSettings(prefix, address);
            server.withDoors(node -> new WebDoors(node, settings));
        });
    }

    private DoorSettings doorSettings(String prefix, InetSocketAddress address) {
        var now = Instant.ofEpochSecond(Time.system().epochNanos() / NANOS_PER_SECOND);
        int year = LocalDate.ofInstant(now, ZoneOffset.UTC).getYear();
        var found = origin.orElseGet(() -> URI.create("http://" + Address.text(address)));
        try {
            return new DoorSettings(prefix, found, year);
        } catch (IllegalArgumentException e) {
            throw new UsageError("--origin: " + e.getMessage());
        }
    }

    /// Opens the rest, once the server serves.
    ///
    /// @throws IOException if the port of DNS cannot be had
    Opened open(HandleServer server, InetAddress at, String prefix) throws IOException {
        var port = port("--dns-port", dnsPort);
        if (port.isEmpty()) {
            return new Opened(server.httpAddress(), Optional.empty());
        }
        var dns = DnsServer.bind(at, port.get(), Time.system());
        try {
            dns.serve(new DnsDoor(server.node(), prefix, dnsZone));
            return new Opened(server.httpAddress(), Optional.of(dns));
        } catch (IllegalArgumentException e) {
            dns.close();
            throw new UsageError("--dns-zone: " + e.getMessage());
        }
    }
}
