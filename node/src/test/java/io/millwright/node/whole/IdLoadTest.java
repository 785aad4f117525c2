package io.millwright.node.whole;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.identity.client.Endpoint;
import io.millwright.identity.client.HandleClient;
import io.millwright.identity.client.Resolution;
import io.millwright.identity.record.Handle;
import io.millwright.testkit.Await;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Many records registered over the network, as a user does it; the node is killed, copied and started again.
class IdLoadTest {

    private static final int RECORDS = 1500;
    private static final int VALUES = 3;
    private static final Pattern GO_ON = Pattern.compile("go on with --from (\\d+)");

    @TempDir
    private Path folder;

    private String secret = "";
    private String data = "";
    private final SplittableRandom random = new SplittableRandom(Long.getLong("mw.seed", System.nanoTime()));

    @BeforeEach
    void secret() throws IOException {
        var file = folder.resolve("secret");
        Files.writeString(file, "the secret of this node\n");
        secret = file.toString();
        data = folder.resolve("data").toString();
    }

    private MwProcess serve(String from) {
        String[] more = {"--prefix", "88.118.7", "--secret", secret, "--data", from};
        var arguments =
                new ArrayList<>(List.of("id", "serve", "--role", "enterprise", "--at", "127.0.0.1:0", "--json"));
        arguments.addAll(List.of(more));
        return MwProcess.start(folder, arguments.toArray(String[]::new));
    }

    private static String at(MwProcess node) {
        return node.ready().get("identifiers").asString();
    }

    private MwProcess load(String at, Path file, String... more) {
        var arguments = new ArrayList<>(List.of("id", "load", file.toString(), "--at", at));
        arguments.addAll(List.of("--as", "300:0.NA/88.118.7", "--secret", secret));
        arguments.addAll(List.of(more));
        return MwProcess.start(folder, arguments.toArray(String[]::new));
    }

    private MwProcess.Ended loaded(String at, Path file, String... more) throws InterruptedException {
        try (var process = load(at, file, more)) {
            return process.ended().withoutStackTrace();
        }
    }

    private static Handle handle(int number) {
        return Handle.of("88.118.7/part-" + number);
    }

    private static String text(int number, int value) {
        return "value " + value + " of part " + number;
    }

    private static String line(int number) {
        var values = new ArrayList<String>();
        for (int i = 1; i <= VALUES; i++) {
            String base64 = Base64.getEncoder().encodeToString(text(number, i).getBytes(StandardCharsets.UTF_8));
            values.add("{\"index\":%d,\"type\":\"DESC\",\"data\":\"%s\",\"permissions\":14,\"ttlType\":0,\"ttl\":60,"
                            .formatted(i, base64)
                    + "\"references\":[]}");
        }
        return "{\"handle\":\"%s\",\"values\":[%s]}".formatted(handle(number), String.join(",", values));
    }

    private Path records(int count) throws IOException {
        var lines = new ArrayList<String>();
        for (int number = 1; number <= count; number++) {
            lines.add(line(number));
        }
        return Files.write(folder.resolve("records.ndjson"), lines);
    }

    /// Asks in this process; a record that is there is there whole.
    private static boolean isThere(String at, int number) {
        var address = new InetSocketAddress("127.0.0.1", Integer.parseInt(at.substring(at.lastIndexOf(':') + 1)));
        try (var client = HandleClient.to(Endpoint.udp(address))) {
            return switch (client.resolve(handle(number))) {
                case Resolution.Found(var found, var _) -> {
                    assertEquals(VALUES, found.values().size(), () -> "half a record: " + found);
                    found.values().forEach(v -> assertEquals(text(number, v.index()), v.text()));
                    yield true;
                }
                case Resolution.NotFound _ -> false;
                case Resolution other -> throw new AssertionError(other);
            };
        }
    }

    private static int count(String at) {
        int count = 0;
        for (int number = 1; number <= RECORDS; number++) {
            count += isThere(at, number) ? 1 : 0;
        }
        return count;
    }

    /// What was acknowledged is what the loader says need not be sent again.
    @Test
    void aKilledNodeHasWhatWasAcknowledgedAndTheLoadGoesOn() throws Exception {
        var file = records(RECORDS);
        int killAt = random.nextInt(50, RECORDS / 2);
        int from;
        try (var node = serve(data)) {
            String at = at(node);
            try (var loading = load(at, file)) {
                Await.until(() -> killAt + " is registered", () -> isThere(at, killAt));
                node.kill();
                var ended = loading.ended().withoutStackTrace();
                assertEquals(1, ended.status());
                String said = ended.err().lines().toList().getLast(); // Before it stands how it went.
                assertTrue(said.contains("records.ndjson:") && said.contains("no answer"), ended.err());
                var goOn = GO_ON.matcher(said);
                assertTrue(goOn.find(), ended.err());
                from = Integer.parseInt(goOn.group(1));
            }
        }
        try (var node = serve(data)) {
            String at = at(node);
            for (int number = 1; number < from; number++) {
                assertTrue(isThere(at, number), number + " was acknowledged; sent again is what follows " + from);
            }
            int there = count(at);
            assertTrue(there >= from - 1 && there < RECORDS, there + " of " + RECORDS);
            var ended = loaded(at, file, "--from", Integer.toString(from), "--json");
            assertEquals(0, ended.status(), ended.err());
            assertEquals(there - from + 1, ended.json().get("same").asInt());
            assertEquals(RECORDS - there, ended.json().get("records").asInt());
            assertEquals(RECORDS, count(at));
        }
    }

    /// A copy made while records come holds those of some moment; a node is started from it.
    @Test
    void aRunningNodeIsCopiedAndTheCopyAnswers() throws Exception {
        var file = records(RECORDS);
        var copy = folder.resolve("copy");
        String[] backup = {"id", "backup", copy.toString(), "--data", data};
        int before;
        try (var node = serve(data)) {
            String at = at(node);
            try (var loading = load(at, file)) {
                Await.until(() -> "some are registered", () -> isThere(at, 100));
                before = count(at);
                try (var copying = MwProcess.start(folder, backup)) {
                    var copied = copying.ended().withoutStackTrace();
                    assertEquals(0, copied.status(), copied.err());
                }
                assertEquals(0, loading.ended().status());
            }
            try (var again = MwProcess.start(folder, backup)) {
                again.ended().saysOneLine(1, "copy exists; a backup needs a new folder");
            }
            node.kill();
        }
        try (var restored = serve(copy.toString())) {
            String at = at(restored);
            assertTrue(count(at) >= before, "what was there before the copy was made is in it");
            var ended = loaded(at, file, "--from", "1");
            assertEquals(0, ended.status(), ended.err());
            assertEquals(RECORDS, count(at));
        }
        try (var offline =
                MwProcess.start(folder, "id", "backup", folder.resolve("b").toString(), "--data", data)) {
            assertEquals(0, offline.ended().withoutStackTrace().status());
        }
        assertTrue(Files.exists(folder.resolve("b/node-key.der")));
        assertFalse(Files.exists(folder.resolve("b.part")));
    }

    @Test
    void linesThatAreRefusedAreNamed() throws Exception {
        var file = folder.resolve("records.ndjson");
        Files.write(file, List.of(line(1), "{", line(2), line(1), "{\"handle\":\"10.9/x\",\"values\":[]}", line(3)));
        try (var node = serve(data)) {
            String at = at(node);
            var ended = loaded(at, file, "--keep-going");
            assertEquals(1, ended.status());
            var said = ended.err().lines().toList();
            assertEquals(4, said.size(), ended.err());
            assertTrue(said.get(0).contains("records.ndjson:2: "), ended.err());
            assertTrue(said.get(1).contains("records.ndjson:4: ") && said.get(1).contains("exists already"));
            assertTrue(said.get(2).contains("records.ndjson:5: ") && said.get(2).contains("10.9"), ended.err());
            assertEquals("mw: 3 lines are refused; 3 records are registered", said.get(3));
            assertTrue(isThere(at, 1) && isThere(at, 2) && isThere(at, 3));
            loaded(at, file, "--from", "0").saysOneLine(2, "--from: 0 is no line");
        }
    }
}
