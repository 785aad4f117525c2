package io.millwright.node.whole;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Nodes of each role as a user starts them, each a process of its own, from a root to a recursive node.
class IdRolesTest {

    @TempDir
    private Path folder;

    private String secret(String name) throws IOException {
        var file = folder.resolve(name + ".secret");
        Files.writeString(file, "the secret of " + name + "\n");
        return file.toString();
    }

    private MwProcess serve(String role, String... more) {
        var arguments = new ArrayList<>(List.of("id", "serve", "--role", role, "--at", "127.0.0.1:0", "--json"));
        arguments.addAll(List.of(more));
        return MwProcess.start(folder, arguments.toArray(String[]::new));
    }

    private static String at(MwProcess node) {
        return node.ready().get("identifiers").asString();
    }

    private MwProcess.Ended mw(String... arguments) throws InterruptedException {
        try (var process = MwProcess.start(folder, arguments)) {
            return process.ended().withoutStackTrace();
        }
    }

    private MwProcess.Ended did(String... arguments) throws InterruptedException {
        var ended = mw(arguments);
        assertEquals(0, ended.status(), ended.err());
        return ended;
    }

    @Test
    void aTreeIsBuiltByHand() throws Exception {
        String rootSecret = secret("root");
        String ownSecret = secret("enterprise");
        String data = folder.resolve("kept").toString();
        String pump = "88.118.7/pump-9";
        try (var root = serve("root", "--secret", rootSecret);
                var node = serve("enterprise", "--prefix", "88.118.7", "--secret", ownSecret, "--data", data)) {
            String[] steward = {"--as", "300:0.NA/88.118.7", "--secret", ownSecret, "--at", at(node)};
            String[] rootSteward = {"--as", "300:0.NA/0.NA", "--secret", rootSecret, "--at", at(root)};
            did(with(rootSteward, "id", "delegate", "88.118.7", "--to", at(node)));
            did(with(steward, "id", "register", pump, "--value", "DESC=Feed pump", "--ttl", "60"));
            mw(with(steward, "id", "register", pump, "--value", "DESC=Other")).saysOneLine(1, "exists already");
            mw(with(rootSteward, "id", "delegate", "88.118.7", "--to", at(node)))
                    .saysOneLine(1, "delegated already");
            assertEquals(
                    pump,
                    did(with(steward, "id", "list", "88.118.7", "--json"))
                            .json()
                            .get(0)
                            .asString());
            var traced = did("id", "resolve", pump, "--root", at(root), "--trace", "--json")
                    .json();
            assertEquals("Feed pump", traced.get("description").asString());
            assertEquals(2, traced.get("trace").size());
            assertEquals("0.NA/88.118.7", traced.get("trace").get(0).get("what").asString());
            try (var recursive = serve("recursive", "--root", at(root));
                    var claiming =
                            serve("enterprise", "--prefix", "88.118.7", "--root", at(root), "--secret", ownSecret)) {
                claiming.ended().saysOneLine(2, "prefix 88.118.7 is answered for by", at(node));
                var found = did("id", "resolve", pump, "--at", at(recursive), "--json")
                        .json();
                assertEquals("Feed pump", found.get("description").asString());
                recordsAreWrittenReadAndCopied(steward, at(node), ownSecret);
                mirrorAnswersWhenItsPrimaryIsGone(node, root, rootSteward, ownSecret, pump);
            }
        }
    }

    private void recordsAreWrittenReadAndCopied(String[] steward, String at, String ownSecret) throws Exception {
        var file = folder.resolve("records.ndjson");
        did(with(steward, "id", "dump", "88.118.7", "-o", file.toString()));
        var dumped = Files.readString(file);
        Files.writeString(file, dumped.replace("pump-9", "pump-10"));
        did(with(steward, "id", "load", file.toString()));
        mw(with(steward, "id", "load", file.toString())).saysOneLine(1, "records.ndjson:1", "exists already");
        Files.writeString(file, dumped + "{\"handle\":3}\n");
        mw(with(steward, "id", "load", file.toString(), "--replace")).saysOneLine(1, "records.ndjson:2");
        did(with(steward, "id", "dump", "88.118.7", "-o", file.toString()));
        assertEquals(2, Files.readAllLines(file).size());
        assertTrue(Files.readString(file).contains(dumped.strip()), "read as it was written");
        var copy = folder.resolve("copy").toString();
        String[] copying = {"id", "replicate", "88.118.7", "--from", at, "--secret", ownSecret, "--data", copy};
        String[] from = {"--primary-key", primaryKey(at).toString(), "--json"};
        assertEquals(3, did(with(from, copying)).json().get("records").asInt());
        assertEquals(3, did(with(from, copying)).json().get("records").asInt());
    }

    private Path primaryKey(String at) throws Exception {
        var status = did("id", "status", "--at", at, "--json").json();
        assertTrue(status.get("primary").asBoolean());
        var key = folder.resolve("primary.key");
        Files.writeString(key, status.get("servers").get(0).get("publicKey").asString());
        return key;
    }

    private static String[] with(String[] last, String... first) {
        var all = new ArrayList<>(List.of(first));
        all.addAll(List.of(last));
        return all.toArray(String[]::new);
    }

    private void mirrorAnswersWhenItsPrimaryIsGone(
            MwProcess node, MwProcess root, String[] rootSteward, String ownSecret, String pump) throws Exception {
        var key = primaryKey(at(node));
        String[] following = {
            "--prefix",
            "88.118.7",
            "--secret",
            ownSecret,
            "--mirror-of",
            at(node),
            "--primary-key",
            key.toString(),
            "--every",
            "100ms"
        };
        try (var mirror = serve("enterprise", following)) {
            Await.until(
                    "the mirror has followed",
                    () -> mw("id", "resolve", pump, "--at", at(mirror)).status() == 0);
            did(with(rootSteward, "id", "delegate", "88.118.7", "--replace", "--to", at(node), "--to", at(mirror)));
            mw(
                            "id",
                            "register",
                            "88.118.7/x",
                            "--value",
                            "DESC=x",
                            "--at",
                            at(mirror),
                            "--as",
                            "300:0.NA/88.118.7",
                            "--secret",
                            ownSecret)
                    .saysOneLine(1, "this is a mirror");
            node.kill();
            assertEquals(
                    "Feed pump",
                    did("id", "resolve", pump, "--root", at(root), "--json")
                            .json()
                            .get("description")
                            .asString());
        }
    }

    @Test
    void whatIsMissingOrWrongIsSaid() throws Exception {
        var brief = folder.resolve("brief");
        Files.writeString(brief, "abc");
        mw("id", "serve").saysOneLine(2, "--role ROLE");
        mw("id", "serve", "--role", "king").saysOneLine(2, "root, national, second-level");
        mw("id", "serve", "--role", "national", "--prefix", "88.118").saysOneLine(2, "e.g., 88");
        mw("id", "serve", "--role", "recursive").saysOneLine(2, "--root HOST:PORT");
        mw("id", "serve", "--role", "root", "--secret", brief.toString()).saysOneLine(2, "shorter than");
        mw("id", "serve", "--role", "root", "--secret", "no-such-file").saysOneLine(2, "there is no");
        mw("id", "serve", "--role", "enterprise", "--prefix", "88.1", "--mirror-of", "127.0.0.1")
                .saysOneLine(2, "--primary-key");
        mw("id", "list", "--as", "nobody", "--secret", brief.toString()).saysOneLine(2, "names no value");
        mw("id", "resolve", "88.118.7/x", "--root", "127.0.0.1:1").saysOneLine(1, "nobody listens");
    }
}
