package io.millwright.node.runtime;

import io.millwright.identity.client.ClientSettings;
import io.millwright.identity.client.Endpoint;
import io.millwright.identity.client.HandleClient;
import io.millwright.identity.client.Resolution;
import io.millwright.identity.door.DnsDoor;
import io.millwright.identity.door.DoorSettings;
import io.millwright.identity.door.WebDoors;
import io.millwright.identity.record.Handle;
import io.millwright.identity.registry.MemoryRegistry;
import io.millwright.identity.registry.PlantRecords;
import io.millwright.identity.server.DnsServer;
import io.millwright.identity.server.HandleServer;
import io.millwright.identity.server.ServerSettings;
import io.millwright.model.Plant;
import io.millwright.model.Time;
import io.millwright.node.tree.KnownNode;
import io.millwright.node.tree.NodeTree;
import io.millwright.node.tree.RunningNode;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/// The plant's own identifier node: it answers for every asset of the plant file over the Handle protocol (RFC
/// 3652).
public final class PlantIdentity implements AutoCloseable {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int SITE_SERIAL = 1;

    private final HandleServer server;
    private final DnsServer dns;
    private final Time time;
    private volatile Optional<MemoryRegistry> published = Optional.empty();

    private PlantIdentity(HandleServer server, DnsServer dns, Time time) {
        this.server = server;
        this.dns = dns;
        this.time = time;
    }

    /// Takes the ports, UDP and TCP on the same number.
    ///
    /// @throws IOException if they cannot be had; the message names them
    static PlantIdentity bind(InetSocketAddress address, RuntimeSettings.Doors doors, Time time) throws IOException {
        var settings = ServerSettings.on(address.getAddress(), address.getPort(), doors.http());
        var server = HandleServer.bind(settings, SITE_SERIAL, time);
        try {
            return new PlantIdentity(server, DnsServer.bind(address.getAddress(), doors.dns(), time), time);
        } catch (IOException e) {
            server.close();
            throw e;
        }
    }

    /// Registers every asset and starts answering.
    ///
    /// @param base where the HTTP API is reached, for the values that say where live values are
    void publish(Plant plant, URI base) {
        int seconds = (int) (time.epochNanos() / NANOS_PER_SECOND);
        var registry = new PlantRecords(plant, base, server.site(), seconds).register();
        published = Optional.of(registry);
        var origin = URI.create("http://" + text(webAddress()));
        int year = Instant.ofEpochSecond(seconds).atZone(ZoneOffset.UTC).getYear();
        server.withDoors(node -> new WebDoors(node, new DoorSettings(plant.prefix(), origin, year), time));
        server.serve(registry);
        dns.serve(() -> new DnsDoor(server.node(), plant.prefix(), DnsDoor.ORS_ZONE));
    }

    private static String text(InetSocketAddress address) {
        var host = address.getAddress().getHostAddress();
        return (address.getAddress() instanceof Inet6Address ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    /// Where the Handle REST API and the other doors on the web are.
    public InetSocketAddress webAddress() {
        return server.httpAddress().orElseThrow();
    }

    /// Where object identifiers are answered for over DNS.
    public InetSocketAddress dnsAddress() {
        return dns.address();
    }

    /// Where the node listens.
    public InetSocketAddress address() {
        return server.udpAddress().orElseThrow();
    }

    /// How many identifiers it answers for.
    public long registered() {
        return published.map(MemoryRegistry::size).orElse(0L);
    }

    /// How many requests it answered with a record since the start.
    public long resolved() {
        return server.statistics().succeeded();
    }

    /// This node alone, for the console. To be closed by who asks for it.
    public NodeTree tree(String prefix) {
        var node = new KnownNode("plant", "enterprise", prefix, "", "", "", this::running);
        return new NodeTree(List.of(node), Optional::empty, ClientSettings.usual(), time);
    }

    private Optional<RunningNode> running() {
        return published.map(registry ->
                new RunningNode(address(), server::statistics, server::openConnections, registry, Optional.empty()));
    }

    /// Resolves as anybody would, by the protocol.
    public Resolution resolve(Handle handle) {
        try (var client = HandleClient.to(Endpoint.udp(address()))) {
            return client.resolve(handle);
        }
    }

    /// Stops answering.
    ///
    /// @throws IOException if a port cannot be given back
    @Override
    public void close() throws IOException {
        try (dns) {
            server.close();
        }
    }
}
