package io.millwright.node.id;

import io.millwright.identity.door.DnsDoor;
import io.millwright.identity.door.DoorSettings;
import io.millwright.identity.door.WebDoors;
import io.millwright.identity.server.Certificates;
import io.millwright.identity.server.DnsServer;
import io.millwright.identity.server.HandleServer;
import io.millwright.identity.server.ServerSettings;
import io.millwright.model.Time;
import io.millwright.node.command.Address;
import io.millwright.node.command.TimeSpan;
import io.millwright.node.command.UsageError;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Supplier;
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
            names = "--https-port",
            paramLabel = "PORT",
            description = "The same over HTTPS; 0 for a free port. Without --tls-cert, the node signs a certificate"
                    + " with its own key.")
    private Optional<Integer> httpsPort = Optional.empty();

    @Option(names = "--tls-cert", paramLabel = "FILE", description = "The certificate for HTTPS and its chain, PEM.")
    private Optional<Path> certificate = Optional.empty();

    @Option(names = "--tls-key", paramLabel = "FILE", description = "The certificate's private key, PKCS #8 in PEM.")
    private Optional<Path> key = Optional.empty();

    @Option(
            names = "--token-life",
            paramLabel = "TIME",
            converter = TimeSpan.class,
            defaultValue = "24h",
            description = "How long tokens of the enterprise and second-level interfaces are good"
                    + " (default: ${DEFAULT-VALUE}).")
    private Duration tokenLife = DoorSettings.TOKEN_LIFE;

    @Option(
            names = "--origin",
            paramLabel = "URL",
            description = "How the web finds this node; for links and did:web (default: the address).")
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
    record Opened(Optional<InetSocketAddress> http, Optional<InetSocketAddress> https, Optional<DnsServer> dns)
            implements AutoCloseable {

        static final Opened NONE = new Opened(Optional.empty(), Optional.empty(), Optional.empty());

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
        return httpPort.isPresent() || httpsPort.isPresent() || dnsPort.isPresent();
    }

    /// For the settings of the server.
    int httpPort() {
        return port("--http-port", httpPort).orElse(ServerSettings.CLOSED);
    }

    /// The settings with HTTPS, if that is asked for.
    ///
    /// @param own the node's own key, for a certificate that it signs itself
    /// @throws IOException if a file cannot be read
    ServerSettings secured(ServerSettings plain, Supplier<KeyPair> own) throws IOException {
        var port = port("--https-port", httpsPort);
        if (certificate.isPresent() != key.isPresent() || certificate.isPresent() && port.isEmpty()) {
            throw new UsageError("--tls-cert and --tls-key go together, with --https-port");
        }
        if (port.isEmpty()) {
            return plain;
        }
        var context = certificate.isPresent()
                ? Certificates.of(certificate.get(), key.orElseThrow())
                : Certificates.selfSigned(own.get(), plain.address(), Time.system());
        return plain.withTls(new ServerSettings.Tls(port.get(), context));
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
        var address = server.httpsAddress()
                .map(a -> "https://" + Address.text(a))
                .or(() -> server.httpAddress().map(a -> "http://" + Address.text(a)));
        if (address.isPresent()) {
            var settings = doorSettings(prefix, URI.create(address.get()));
            server.withDoors(node -> new WebDoors(node, settings));
        }
    }

    private DoorSettings doorSettings(String prefix, URI address) {
        var now = Instant.ofEpochSecond(Time.system().epochNanos() / NANOS_PER_SECOND);
        int year = LocalDate.ofInstant(now, ZoneOffset.UTC).getYear();
        try {
            return new DoorSettings(prefix, origin.orElse(address), year, tokenLife);
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
            return new Opened(server.httpAddress(), server.httpsAddress(), Optional.empty());
        }
        var dns = DnsServer.bind(at, port.get(), Time.system());
        try {
            dns.serve(new DnsDoor(server.node(), prefix, dnsZone));
            return new Opened(server.httpAddress(), server.httpsAddress(), Optional.of(dns));
        } catch (IllegalArgumentException e) {
            dns.close();
            throw new UsageError("--dns-zone: " + e.getMessage());
        }
    }
}
