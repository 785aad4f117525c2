package io.millwright.node.whole;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.testkit.Await;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `mw` as a process of its own, as a user starts it. Its outputs go to files, so that it never waits for its
/// reader.
final class MwProcess implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 180;

    private final Process process;
    private final String command;
    private final Path out;
    private final Path err;

    private MwProcess(Process process, String command, Path out, Path err) {
        this.process = process;
        this.command = command;
        this.out = out;
        this.err = err;
    }

    /// How it ended.
    record Ended(int status, String out, String err) {
        /// All it had to say is one message of one line.
        Ended saysOneLine(int status, String... parts) {
            assertTrue(this.status == status, "exit status is " + this.status + ", not " + status + ": " + this);
            var lines = err.strip().lines().toList();
            assertTrue(lines.size() == 1 && lines.getFirst().startsWith("mw: "), "one line: " + err);
            for (var part : parts) {
                assertTrue(err.contains(part), "\"" + part + "\" is missing in: " + err);
            }
            return withoutStackTrace();
        }

        Ended withoutStackTrace() {
            for (var text : List.of(out, err)) {
                assertFalse(text.contains("\tat ") || text.contains("Exception"), text);
                assertFalse(text.contains("this should not have happened"), text);
            }
            return this;
        }

        JsonNode json() {
            return JsonMapper.shared().readTree(out);
        }
    }

    /// The repository, where the demonstration plant's file is.
    static Path root() {
        return Path.of(System.getProperty("mw.root"));
    }

    /// The command that starts it.
    static List<String> command(Path folder, String... arguments) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-Xss512k",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dmw.home=" + root(),
                "-Duser.home=" + folder,
                "-cp",
                System.getProperty("java.class.path"),
                "io.millwright.node.Mw"));
        command.addAll(List.of(arguments));
        return command;
    }

    static MwProcess start(Path folder, String... arguments) {
        try {
            Path out = Files.createTempFile(folder, "mw", ".out");
            Path err = Files.createTempFile(folder, "mw", ".err");
            var process = new ProcessBuilder(command(folder, arguments))
                    .directory(folder.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            return new MwProcess(process, String.join(" ", arguments), out, err);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /// The line of JSON that tells it is ready, once it is there.
    JsonNode ready() {
        Await.until(() -> command + " is ready; it says: " + text(err), () -> {
            assertTrue(process.isAlive() || text(out).contains("\n"), command + " ended: " + text(err));
            return text(out).contains("\n");
        });
        return JsonMapper.shared().readTree(text(out).lines().findFirst().orElseThrow());
    }

    /// The same, for what has much to do before it is ready.
    JsonNode readyInTheEnd() throws InterruptedException {
        for (int i = 0; i < PATIENCE_SECONDS && process.isAlive() && !text(out).contains("\n"); i++) {
            boolean ended = process.waitFor(1, TimeUnit.SECONDS);
            assertFalse(ended, command + " ended: " + text(err));
        }
        return ready();
    }

    /// Waits until it ends by itself.
    Ended ended() throws InterruptedException {
        boolean over = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertTrue(over, command + " does not end; it says: " + text(err));
        return new Ended(process.exitValue(), text(out), text(err));
    }

    /// Ends it as `kill -9` does: it cannot do a thing about it.
    void kill() {
        process.destroyForcibly();
        process.onExit().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    /// Sends it a signal, e.g. `-STOP`.
    void signal(String which) throws IOException, InterruptedException {
        new ProcessBuilder("kill", which, Long.toString(process.pid())).start().waitFor();
    }

    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
