package io.millwright.connect.mqtt;

import io.millwright.testkit.Await;
import io.millwright.testkit.MisbehavingServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/// Eclipse Mosquitto, an independent broker, as a process of its own on a free loopback port.
public final class Mosquitto implements AutoCloseable {

    private static final List<String> FOLDERS = List.of("/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin");

    private final int port = MisbehavingServer.refusingPort();
    private final Path config;
    private Process process;

    /// @param folder for its configuration
    /// @param more further lines of configuration
    public Mosquitto(Path folder, String... more) {
        Assumptions.assumeTrue(!program("mosquitto").isEmpty(), "mosquitto is not installed");
        Assumptions.assumeTrue(!program("mosquitto_pub").isEmpty(), "mosquitto-clients is not installed");
        var lines = new ArrayList<>(List.of(
                "listener " + port + " 127.0.0.1",
                // Started by root it would give root up, and with it the right to read its configuration.
                "user root",
                "persistence false",
                "max_queued_messages 0",
                "log_dest none"));
        lines.addAll(List.of(more));
        if (lines.stream().noneMatch(line -> line.startsWith("allow_anonymous"))) {
            lines.add("allow_anonymous true");
        }
        try {
            config = Files.write(folder.resolve("mosquitto-" + port + ".conf"), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        process = launch();
    }

    static String program(String name) {
        return FOLDERS.stream()
                .map(folder -> folder + "/" + name)
                .filter(path -> Files.isExecutable(Path.of(path)))
                .findFirst()
                .orElse("");
    }

    private Process launch() {
        Process started = run(List.of(program("mosquitto"), "-c", config.toString()));
        Await.until("mosquitto listens", () -> {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return socket.isConnected();
            } catch (IOException e) {
                return false;
            }
        });
        return started;
    }

    private static Process run(List<String> command) {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return port;
    }

    public String endpoint() {
        return "mqtt://127.0.0.1:" + port;
    }

    /// SIGKILL.
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /// Starts it again on the same port.
    public void restart() {
        process = launch();
    }

    /// Publishes with `mosquitto_pub`, and waits until it is done.
    public void publish(int qos, String topic, String payload, String... more) throws InterruptedException {
        var command = new ArrayList<>(List.of(
                program("mosquitto_pub"), "-p", Integer.toString(port), "-q", Integer.toString(qos), "-t", topic));
        command.addAll(List.of("-m", payload));
        command.addAll(List.of(more));
        Process pub = run(command);
        if (!pub.waitFor(20, TimeUnit.SECONDS) || pub.exitValue() != 0) {
            throw new AssertionError("mosquitto_pub failed for " + topic);
        }
    }

    /// Publishes many messages of QoS 1 to a topic with one `mosquitto_pub`, and waits until the broker has them.
    public void publishEach(String topic, List<String> payloads) throws IOException, InterruptedException {
        Process pub =
                run(List.of(program("mosquitto_pub"), "-p", Integer.toString(port), "-q", "1", "-t", topic, "-l"));
        try (var lines = pub.outputWriter()) {
            for (String payload : payloads) {
                lines.write(payload);
                lines.write('\n');
            }
        }
        if (!pub.waitFor(60, TimeUnit.SECONDS) || pub.exitValue() != 0) {
            throw new AssertionError("mosquitto_pub failed for " + topic);
        }
    }

    /// Starts `mosquitto_sub` for one message, whose payload it prints to the file.
    public Process subscribe(Path output, String topic) {
        try {
            return new ProcessBuilder(
                            program("mosquitto_sub"), "-p", Integer.toString(port), "-q", "1", "-C", "1", "-t", topic)
                    .redirectOutput(output.toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
