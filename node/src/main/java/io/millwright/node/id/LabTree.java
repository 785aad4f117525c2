package io.millwright.node.id;

import io.millwright.identity.authentication.Identity;
import io.millwright.identity.authentication.VerificationKey;
import io.millwright.identity.client.AdministeringClient;
import io.millwright.identity.client.ClientSettings;
import io.millwright.identity.client.Endpoint;
import io.millwright.identity.client.HandleClient;
import io.millwright.identity.client.Resolution;
import io.millwright.identity.client.Resolver;
import io.millwright.identity.client.Result;
import io.millwright.identity.record.Handle;
import io.millwright.identity.record.Site;
import io.millwright.identity.recursive.RecursionSettings;
import io.millwright.identity.wire.MalformedException;
import io.millwright.identity.wire.Octets;
import io.millwright.model.Time;
import io.millwright.node.command.FailedError;
import io.millwright.node.command.IoReason;
import io.millwright.node.tree.KnownNode;
import io.millwright.node.tree.NodeTree;
import io.millwright.node.tree.RunningNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The nodes of `mw id lab`, on free loopback ports: a root, a national and a second-level node, two enterprises, a
/// mirror of one of them and a recursive node. Their records lie in a folder that is removed at the end.
final class LabTree implements AutoCloseable {

    static final String NATIONAL = "88";
    static final String SECOND = "88.118";
    static final String FIRST_ENTERPRISE = "88.118.7";
    static final String OTHER_ENTERPRISE = "88.118.8";

    private static final String ROOT = "0.NA";
    private static final Duration MIRROR_EVERY = Duration.ofMillis(100);
    private static final int SECRET_BYTES = 24;

    /// Who is not there is told soon: all nodes are on this machine.
    private static final ClientSettings PATIENCE = ClientSettings.usual()
            .withUdpTimeouts(List.of(Duration.ofSeconds(2)))
            .withAnswerTimeout(Duration.ofSeconds(5));

    private static final List<String> NAMES =
            List.of("root", "national", "second-level", "enterprise", "other enterprise", "mirror", "recursive");

    private final Path folder;
    private final Map<String, IdNode> nodes = Collections.synchronizedMap(new LinkedHashMap<>());
    private final Map<String, IdNodeSettings> settings = new LinkedHashMap<>();

    LabTree() throws IOException {
        folder = Files.createTempDirectory("mw-id-lab");
    }

    /// Starts all nodes; each prefix is registered by nobody yet.
    void start() throws IOException {
        start("root", primary(Role.ROOT, ROOT));
        start("national", primary(Role.NATIONAL, NATIONAL));
        start("second-level", primary(Role.SECOND_LEVEL, SECOND));
        start("enterprise", primary(Role.ENTERPRISE, FIRST_ENTERPRISE));
        start("other enterprise", primary(Role.ENTERPRISE, OTHER_ENTERPRISE));
        start("mirror", mirror());
        start("recursive", recursive(RecursionSettings.usual().withHot(2, 0.5)));
    }

    private void start(String name, IdNodeSettings given) throws IOException {
        var node = IdNode.start(given, Time.system());
        nodes.put(name, node);
        settings.put(name, at(given, node.address()));
    }

    /// The same node at the port it was given.
    private static IdNodeSettings at(IdNodeSettings s, InetSocketAddress address) {
        return new IdNodeSettings(
                s.role(), address, s.prefix(), s.secret(), s.data(), s.mirrors(), s.root(), s.primary(), s.recursion());
    }

    private IdNodeSettings primary(Role role, String prefix) {
        return new IdNodeSettings(
                role,
                free(),
                prefix,
                Optional.of(secret(prefix)),
                Optional.of(folder.resolve(prefix)),
                List.of(),
                Optional.ofNullable(nodes.get("root")).map(IdNode::site),
                Optional.empty(),
                RecursionSettings.usual());
    }

    /// A new secret, kept in a file for the commands and the console as long as the tree is there.
    private Octets secret(String prefix) {
        byte[] bytes = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(bytes);
        var text = Base64.getEncoder().encodeToString(bytes);
        try {
            NodeKey.keep(secretFile(prefix), text);
        } catch (IOException e) {
            throw new FailedError("the secret of " + prefix + " cannot be written: " + IoReason.of(e));
        }
        return Octets.utf8(text);
    }

    /// The prefixes of the primary nodes.
    List<String> stewards() {
        return List.of(ROOT, NATIONAL, SECOND, FIRST_ENTERPRISE, OTHER_ENTERPRISE);
    }

    /// Where the secret of a prefix is.
    Path secretFile(String prefix) {
        return folder.resolve(prefix + ".secret");
    }

    private IdNodeSettings mirror() {
        var primary = node("enterprise");
        try {
            var key = VerificationKey.decode(primary.site().servers().getFirst().publicKey());
            return new IdNodeSettings(
                    Role.ENTERPRISE,
                    free(),
                    FIRST_ENTERPRISE,
                    settings("enterprise").secret(),
                    Optional.of(folder.resolve("mirror")),
                    List.of(),
                    Optional.empty(),
                    Optional.of(new IdNodeSettings.Primary(primary.address(), key, MIRROR_EVERY, Optional.empty())),
                    RecursionSettings.usual());
        } catch (MalformedException e) {
            throw new AssertionError("a node knows its own key", e);
        }
    }

    private IdNodeSettings recursive(RecursionSettings recursion) {
        return new IdNodeSettings(
                Role.RECURSIVE,
                free(),
                "",
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.of(rootSite()),
                Optional.empty(),
                recursion);
    }

    private static InetSocketAddress free() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    /// The tree for the console. To be closed by who asks for it.
    NodeTree shown() {
        return new NodeTree(
                NAMES.stream().map(this::known).toList(),
                () -> Optional.ofNullable(nodes.get("root"))
                        .filter(r -> r.running().isPresent())
                        .map(IdNode::site),
                PATIENCE,
                Time.system());
    }

    private KnownNode known(String name) {
        return switch (name) {
            case "root" -> known(name, Role.ROOT, ROOT, "");
            case "national" -> known(name, Role.NATIONAL, NATIONAL, "root");
            case "second-level" -> known(name, Role.SECOND_LEVEL, SECOND, "national");
            case "enterprise" -> known(name, Role.ENTERPRISE, FIRST_ENTERPRISE, "second-level");
            case "other enterprise" -> known(name, Role.ENTERPRISE, OTHER_ENTERPRISE, "second-level");
            case "mirror" ->
                new KnownNode(
                        name,
                        Role.ENTERPRISE.toString(),
                        FIRST_ENTERPRISE,
                        "second-level",
                        "enterprise",
                        "",
                        () -> running(name));
            default -> new KnownNode(name, Role.RECURSIVE.toString(), "", "", "", "", () -> running(name));
        };
    }

    private KnownNode known(String name, Role role, String prefix, String above) {
        var steward = IdNodeSettings.steward(prefix).toString();
        return new KnownNode(name, role.toString(), prefix, above, "", steward, () -> running(name));
    }

    private Optional<RunningNode> running(String name) {
        return Optional.ofNullable(nodes.get(name)).flatMap(IdNode::running);
    }

    /// One more recursive node, for what would disturb the first.
    IdNode anotherRecursive(RecursionSettings recursion) throws IOException {
        return IdNode.start(recursive(recursion), Time.system());
    }

    /// A second node that would answer for a prefix.
    IdNode secondPrimary() throws IOException {
        var given = settings("enterprise");
        var elsewhere = Optional.of(folder.resolve("second primary"));
        return IdNode.start(
                new IdNodeSettings(
                        given.role(),
                        free(),
                        given.prefix(),
                        given.secret(),
                        elsewhere,
                        given.mirrors(),
                        given.root(),
                        given.primary(),
                        given.recursion()),
                Time.system());
    }

    Map<String, IdNode> nodes() {
        return nodes;
    }

    IdNode node(String name) {
        return Optional.ofNullable(nodes.get(name)).orElseThrow();
    }

    private IdNodeSettings settings(String name) {
        return Optional.ofNullable(settings.get(name)).orElseThrow();
    }

    private Site rootSite() {
        return node("root").site();
    }

    void stop(String name) throws IOException {
        node(name).close();
    }

    /// Starts a stopped node again, with the records it had and at the port it had.
    void startAgain(String name) throws IOException {
        nodes.put(name, IdNode.start(settings(name), Time.system()));
    }

    /// Does something as the steward of a node.
    Result as(String name, Function<AdministeringClient, Result> action) {
        try (var client = HandleClient.to(Endpoint.tcp(node(name).address()), PATIENCE, Time.system())) {
            return action.apply(client.as(steward(name)));
        }
    }

    Identity steward(String name) {
        var given = settings(name);
        return new Identity.SecretKey(
                IdNodeSettings.steward(given.prefix()), given.secret().orElseThrow());
    }

    /// Has a node delegate a prefix to others.
    void delegate(String by, String prefix, String... to) {
        var sites = List.of(to).stream().map(name -> node(name).site()).toList();
        var added = DelegateCommand.record(prefix, sites, steward(by).reference());
        var result = as(by, client -> client.create(added));
        if (!(result instanceof Result.Done)) {
            throw new FailedError("prefix " + prefix + " could not be delegated: " + Answers.words(result));
        }
    }

    /// Searches from the root.
    Resolution search(String code, List<Resolver.Hop> hops) {
        return new Resolver(List.of(rootSite()), PATIENCE, Time.system())
                .observed(hops::add)
                .resolve(Handle.of(code));
    }

    /// Asks a recursive node.
    static Resolution ask(IdNode recursive, String code) {
        var patient = PATIENCE.withUdpTimeouts(List.of(Duration.ofSeconds(10)));
        try (var client = HandleClient.to(Endpoint.udp(recursive.address()), patient, Time.system())) {
            return client.resolve(Handle.of(code));
        }
    }

    @Override
    public void close() throws IOException {
        for (var node : List.copyOf(nodes.values())) {
            node.close();
        }
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
