package io.millwright.node.id;

import io.millwright.identity.client.ClientSettings;
import io.millwright.identity.client.Mirror;
import io.millwright.identity.record.Administrator;
import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.record.HandleValue;
import io.millwright.identity.record.Permissions;
import io.millwright.identity.record.Site;
import io.millwright.identity.record.TimeToLive;
import io.millwright.identity.record.ValueTypes;
import io.millwright.identity.recursive.RecursionStatistics;
import io.millwright.identity.recursive.RecursiveNode;
import io.millwright.identity.registry.Change;
import io.millwright.identity.registry.Ledger;
import io.millwright.identity.registry.MemoryRegistry;
import io.millwright.identity.server.Administration;
import io.millwright.identity.server.HandleServer;
import io.millwright.identity.server.ServerSettings;
import io.millwright.identity.store.IdentityStore;
import io.millwright.identity.store.StoreSettings;
import io.millwright.identity.wire.Octets;
import io.millwright.model.Time;
import io.millwright.node.command.UsageError;
import io.millwright.node.tree.RunningNode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A running node of identifiers, of any role.
final class IdNode implements AutoCloseable {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int SITE_SERIAL = 1;

    private final HandleServer server;
    private final Ledger ledger;
    private final Optional<Recursing> recursion;
    private final Optional<Follower> follower;
    private final DoorOptions.Opened doors;
    private final Optional<BackupDoor> backups;
    private volatile boolean closed;

    private IdNode(
            HandleServer server,
            Ledger ledger,
            Optional<Recursing> recursion,
            Optional<Follower> follower,
            DoorOptions.Opened doors,
            Optional<BackupDoor> backups) {
        this.backups = backups;
        this.server = server;
        this.ledger = ledger;
        this.recursion = recursion;
        this.follower = follower;
        this.doors = doors;
    }

    /// What only a recursive node has.
    private record Recursing(RecursiveNode node, RootWatch watch) {}

    /// Starts a node.
    ///
    /// @throws IOException if a port or the folder cannot be had
    /// @throws UsageError if another node answers for its prefix already
    static IdNode start(IdNodeSettings settings, Time time) throws IOException {
        return start(settings, new DoorOptions(), time);
    }

    /// Starts a node with more doors.
    ///
    /// @throws IOException if a port or the folder cannot be had
    /// @throws UsageError if another node answers for its prefix already, or a recursive node is to have doors
    static IdNode start(IdNodeSettings settings, DoorOptions doors, Time time) throws IOException {
        if (doors.isGiven() && settings.role() == Role.RECURSIVE) {
            throw new UsageError(
                    "--http-port, --https-port and --dns-port go with a node that has records; a recursive node has"
                            + " none");
        }
        var key = key(settings);
        var backUp = new BackUpFolder(settings.data());
        var server = HandleServer.bind(serverSettings(settings, doors, key, backUp), SITE_SERIAL, time);
        try {
            refuseSecondPrimary(settings, server.site());
            var ledger = ledger(settings, time);
            backUp.of(ledger);
            doors.prepare(server, settings.prefix());
            return begin(settings, doors, server, ledger, key, time);
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private static IdNode begin(
            IdNodeSettings settings, DoorOptions doors, HandleServer server, Ledger ledger, KeyPair key, Time time)
            throws IOException {
        if (settings.role() == Role.RECURSIVE) {
            var patience = ClientSettings.usual().withConnectTimeout(Duration.ofSeconds(1));
            var root = settings.root().stream().toList();
            var recursion = new RecursiveNode(root, patience, settings.recursion(), time);
            server.serve(ledger, recursion);
            var watch = new RootWatch(root.getFirst(), recursion, time);
            var none = DoorOptions.Opened.NONE;
            return new IdNode(
                    server,
                    ledger,
                    Optional.of(new Recursing(recursion, watch)),
                    Optional.empty(),
                    none,
                    Optional.empty());
        }
        if (settings.primary().isPresent()) {
            server.serve(ledger, Sites.mirror(server.site()), 0);
            var opened = doors.open(server, settings.at().getAddress(), settings.prefix());
            var follower = new Follower(settings, key, ledger, time);
            return new IdNode(
                    server, ledger, Optional.empty(), Optional.of(follower), opened, backups(settings, ledger));
        }
        prepare(settings, server.site(), ledger, (int) (time.epochNanos() / NANOS_PER_SECOND));
        server.serve(ledger);
        var opened = doors.open(server, settings.at().getAddress(), settings.prefix());
        return new IdNode(server, ledger, Optional.empty(), Optional.empty(), opened, backups(settings, ledger));
    }

    private static Optional<BackupDoor> backups(IdNodeSettings settings, Ledger ledger) {
        return ledger instanceof IdentityStore store
                ? settings.data().flatMap(data -> BackupDoor.open(data, store))
                : Optional.empty();
    }

    private static KeyPair key(IdNodeSettings settings) throws IOException {
        return settings.data().isPresent() ? NodeKey.kept(settings.data().get()) : NodeKey.generate();
    }

    private static ServerSettings serverSettings(
            IdNodeSettings settings, DoorOptions doors, KeyPair key, BackUpFolder backUp) throws IOException {
        var at = settings.at();
        var plain = ServerSettings.on(at.getAddress(), at.getPort(), doors.httpPort());
        if (settings.role() == Role.RECURSIVE) {
            return doors.secured(plain, NodeKey::generate);
        }
        var steward = IdNodeSettings.steward(settings.prefix());
        var administration = Administration.by(Set.of(steward))
                .withMirrors(settings.mirrorReferences())
                .withKey(key);
        return doors.secured(plain, () -> key)
                .withAdministration(settings.data().isPresent() ? administration.withBackUp(backUp) : administration);
    }

    private static void refuseSecondPrimary(IdNodeSettings settings, Site own) {
        if (settings.role() == Role.RECURSIVE || settings.primary().isPresent()) {
            return;
        }
        settings.root()
                .flatMap(root -> Sites.otherPrimary(root, settings.prefix(), own))
                .ifPresent(other -> {
                    throw new UsageError("prefix " + settings.prefix() + " is answered for by " + other
                            + " already, says 0.NA/" + settings.prefix()
                            + "; run a mirror of it (--mirror-of), or delegate the prefix anew first");
                });
    }

    private static Ledger ledger(IdNodeSettings settings, Time time) throws IOException {
        return settings.data().isPresent()
                ? IdentityStore.open(settings.data().get().resolve("records"), List.of(), StoreSettings.usual(), time)
                : new MemoryRegistry(List.of(), time);
    }

    /// Homes the prefix and registers its record, with the site as it is now. What is there already stays.
    private static void prepare(IdNodeSettings settings, Site site, Ledger ledger, int seconds) {
        if (!ledger.prefixes().contains(settings.prefix())) {
            ledger.commit(new Change.Home(settings.prefix())).join();
        }
        var own = Handle.ofPrefix(settings.prefix());
        var before = ledger.find(own);
        var kept = new ArrayList<HandleValue>();
        kept.add(value(1, ValueTypes.HS_SITE, site.encode(), Permissions.PUBLISHED, seconds));
        if (before.isPresent()) {
            before.get().values().stream().filter(v -> v.index() != 1).forEach(kept::add);
        } else {
            var steward = new Administrator(Administrator.ALL, IdNodeSettings.steward(settings.prefix()));
            kept.add(value(
                    IdNodeSettings.ADMIN_INDEX, ValueTypes.HS_ADMIN, steward.encode(), Permissions.PUBLISHED, seconds));
        }
        settings.secret().ifPresent(secret -> {
            kept.removeIf(v -> v.index() == IdNodeSettings.ADMIN_KEY_INDEX);
            kept.add(value(IdNodeSettings.ADMIN_KEY_INDEX, ValueTypes.HS_SECKEY, secret, Permissions.SECRET, seconds));
        });
        kept.removeIf(v -> isMirrorKey(v.index()));
        for (int i = 0; i < settings.mirrors().size(); i++) {
            var key = settings.mirrors().get(i).encode();
            int index = IdNodeSettings.MIRROR_KEY_INDEX + i;
            kept.add(value(index, ValueTypes.HS_PUBKEY, key, Permissions.PUBLISHED, seconds));
        }
        before.ifPresent(known -> kept.replaceAll(value -> unchanged(known, value)));
        var after = new HandleRecord(own, kept);
        if (before.isEmpty()) {
            ledger.commit(new Change.Create(after)).join();
        } else if (!before.get().equals(after)) {
            ledger.commit(new Change.Replace(before.get(), after)).join();
        }
    }

    /// The value as it was registered, if only its time would change: a start alone changes nothing.
    private static HandleValue unchanged(HandleRecord known, HandleValue value) {
        return known.value(value.index())
                .filter(v -> v.type().equals(value.type())
                        && v.data().equals(value.data())
                        && v.permissions().equals(value.permissions()))
                .orElse(value);
    }

    private static boolean isMirrorKey(int index) {
        int first = IdNodeSettings.MIRROR_KEY_INDEX;
        return index >= first && index < first + IdNodeSettings.MIRRORS_MAX;
    }

    private static HandleValue value(int index, String type, Octets data, Permissions permissions, int seconds) {
        return new HandleValue(index, type, data, permissions, TimeToLive.DAY, seconds, List.of());
    }

    Site site() {
        return follower.isPresent() ? Sites.mirror(server.site()) : server.site();
    }

    /// Where it listens for UDP and TCP.
    InetSocketAddress address() {
        return server.udpAddress().orElseThrow();
    }

    /// Its doors beside the protocol's.
    DoorOptions.Opened doors() {
        return doors;
    }

    Ledger ledger() {
        return ledger;
    }

    /// Nothing on a node that asks no other.
    Optional<RecursionStatistics> recursion() {
        return recursion.map(r -> r.node().statistics());
    }

    /// What is known of the root; nothing on a node that asks no other.
    Optional<RootWatch.State> root() {
        return recursion.map(r -> r.watch().state());
    }

    /// It as the console sees it; nothing once it is closed.
    Optional<RunningNode> running() {
        return closed
                ? Optional.empty()
                : Optional.of(new RunningNode(
                        address(),
                        server::statistics,
                        server::openConnections,
                        ledger,
                        recursion.map(Recursing::node)));
    }

    /// What came of following the primary last; nothing on a node that follows none, or has not yet.
    Optional<Mirror.Progress> following() {
        return follower.flatMap(Follower::last);
    }

    @Override
    public void close() throws IOException {
        closed = true;
        doors.close();
        server.close();
        recursion.ifPresent(r -> r.watch().close());
        follower.ifPresent(Follower::close);
        if (backups.isPresent()) {
            backups.get().close();
        }
        if (ledger instanceof IdentityStore store) {
            store.close();
        }
    }
}
