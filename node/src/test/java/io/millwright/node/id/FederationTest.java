package io.millwright.node.id;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.identity.authentication.VerificationKey;
import io.millwright.identity.client.Endpoint;
import io.millwright.identity.client.HandleClient;
import io.millwright.identity.client.Mirror;
import io.millwright.identity.client.Resolution;
import io.millwright.identity.record.Handle;
import io.millwright.identity.record.Site;
import io.millwright.identity.record.ValueReference;
import io.millwright.identity.recursive.RecursionSettings;
import io.millwright.identity.wire.Octets;
import io.millwright.model.Time;
import io.millwright.node.Mw;
import io.millwright.node.command.ExitStatus;
import io.millwright.testkit.Await;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Nodes as `mw id serve` runs them, and the commands beside them: a mirror by its own key, a primary restored from a
/// backup, a recursive node whose root is away.
class FederationTest {

    private static final String PREFIX = "88.118.7";
    private static final String SECRET = "correct horse battery staple";

    @TempDir
    private Path folder;

    private record Ran(int status, String err) {}

    private static Ran run(String... line) {
        var err = new StringWriter();
        var commands = Mw.commandLine();
        commands.setErr(new PrintWriter(err));
        commands.setOut(new PrintWriter(new StringWriter()));
        return new Ran(commands.execute(line), err.toString());
    }

    private static InetSocketAddress at(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private IdNode primary(String data, int port, List<VerificationKey> mirrors) throws IOException {
        return IdNode.start(
                new IdNodeSettings(
                        Role.ENTERPRISE,
                        at(port),
                        PREFIX,
                        Optional.of(Octets.utf8(SECRET)),
                        Optional.of(folder.resolve(data)),
                        mirrors,
                        Optional.empty(),
                        Optional.empty(),
                        RecursionSettings.usual()),
                Time.system());
    }

    private IdNode mirror(int of, VerificationKey key) throws IOException {
        var as = new ValueReference(Handle.ofPrefix(PREFIX), IdNodeSettings.MIRROR_KEY_INDEX);
        var primary = new IdNodeSettings.Primary(at(of), key, Duration.ofMillis(50), Optional.of(as));
        return IdNode.start(
                new IdNodeSettings(
                        Role.ENTERPRISE,
                        at(0),
                        PREFIX,
                        Optional.empty(),
                        Optional.of(folder.resolve("mirror")),
                        List.of(),
                        Optional.empty(),
                        Optional.of(primary),
                        RecursionSettings.usual()),
                Time.system());
    }

    private static VerificationKey keyOf(IdNode node) throws Exception {
        return VerificationKey.decode(node.site().servers().getFirst().publicKey());
    }

    private VerificationKey ownKey(String data) throws IOException {
        KeyPair pair = NodeKey.kept(folder.resolve(data));
        return new VerificationKey.Standard(pair.getPublic());
    }

    private String file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
    }

    private Ran register(String handle, int port) throws IOException {
        return run(
                "id",
                "register",
                handle,
                "--value",
                "DESC=" + handle,
                "--at",
                "127.0.0.1:" + port,
                "--as",
                "300:0.NA/" + PREFIX,
                "--secret",
                file("secret", SECRET),
                "--login");
    }

    private static Resolution ask(IdNode node, String handle) {
        try (var client = HandleClient.to(Endpoint.udp(node.address()))) {
            return client.resolve(Handle.of(handle));
        }
    }

    private static void awaitKept(IdNode mirror, String handle) {
        Await.until("the mirror has " + handle, () -> ask(mirror, handle) instanceof Resolution.Found);
    }

    private Path onlyBackup() throws IOException {
        try (var backups = Files.list(folder.resolve("primary/backups"))) {
            return backups.findFirst().orElseThrow();
        }
    }

    /// The whole story, by commands: backed up, changed, lost, restored, noticed, refused, given back.
    @Test
    void aPrimaryThatWasRestoredGetsBackWhatItsMirrorKept() throws Exception {
        int port;
        IdNode mirror;
        try (var primary = primary("primary", 0, List.of(ownKey("mirror")))) {
            port = primary.address().getPort();
            assertEquals(ExitStatus.OK, register(PREFIX + "/old", port).status());
            try (var client = HandleClient.to(Endpoint.tcp(primary.address()))) {
                var steward = new io.millwright.identity.authentication.Identity.SecretKey(
                        IdNodeSettings.steward(PREFIX), Octets.utf8(SECRET));
                assertInstanceOf(
                        io.millwright.identity.client.Result.Done.class,
                        client.as(steward).backUp());
            }
            assertEquals(ExitStatus.OK, register(PREFIX + "/new", port).status());
            mirror = mirror(port, keyOf(primary));
            awaitKept(mirror, PREFIX + "/new");
        }
        try (mirror) {
            Files.createDirectories(folder.resolve("restored"));
            Files.copy(folder.resolve("primary/node-key.der"), folder.resolve("restored/node-key.der"));
            Files.move(onlyBackup(), folder.resolve("restored/records"));
            try (var restored = primary("restored", port, List.of(ownKey("mirror")))) {
                assertInstanceOf(Resolution.NotFound.class, ask(restored, PREFIX + "/new"));
                Await.until("it is noticed", () -> mirror.following().orElseThrow() instanceof Mirror.Progress.Ahead);
                var refused = register(PREFIX + "/other", port);
                assertEquals(ExitStatus.FAILED, refused.status());
                assertTrue(refused.err().contains("restored from an older copy"), refused.err());
            }
            var recovered = run(
                    "id",
                    "replicate",
                    PREFIX,
                    "--recover",
                    "--from",
                    "127.0.0.1:" + mirror.address().getPort(),
                    "--primary-key",
                    file("mirror.key", keyOf(mirror).encode().toString()),
                    "--secret",
                    file("secret", SECRET),
                    "--data",
                    folder.resolve("restored").toString());
            assertEquals(ExitStatus.OK, recovered.status(), recovered.err());
            try (var again = primary("restored", port, List.of(ownKey("mirror")))) {
                assertInstanceOf(Resolution.Found.class, ask(again, PREFIX + "/new"));
                Await.until(
                        "the mirror follows again",
                        () -> mirror.following().orElseThrow() instanceof Mirror.Progress.CaughtUp);
                assertEquals(ExitStatus.OK, register(PREFIX + "/other", port).status());
                awaitKept(mirror, PREFIX + "/other");
            }
        }
    }

    /// A start alone is no change: what a mirror gives back is not hidden behind it.
    @Test
    void aStartChangesNothing() throws Exception {
        long last;
        int port;
        try (var primary = primary("primary", 0, List.of(ownKey("mirror")))) {
            last = primary.ledger().lastTransaction();
            port = primary.address().getPort();
        }
        try (var again = primary("primary", port, List.of(ownKey("mirror")))) {
            assertEquals(last, again.ledger().lastTransaction());
        }
    }

    @Test
    void aRecursiveNodeStartsBeforeItsRoot() throws Exception {
        int port;
        try (var primary = primary("primary", 0, List.of())) {
            port = primary.address().getPort();
        }
        Site presumed = Sites.presumed(at(port));
        var settings = new IdNodeSettings(
                Role.RECURSIVE,
                at(0),
                "",
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.of(presumed),
                Optional.empty(),
                RecursionSettings.usual());
        try (var recursive = IdNode.start(settings, Time.system())) {
            Await.until("the root is away", () -> recursive.root().orElseThrow() == RootWatch.State.AWAY);
            try (var root = primary("primary", port, List.of())) {
                Await.until("the root is there", () -> recursive.root().orElseThrow() == RootWatch.State.ANSWERING);
                assertInstanceOf(Resolution.Found.class, ask(recursive, "0.NA/" + PREFIX));
                assertEquals(1, root.ledger().size());
            }
        }
    }
}
