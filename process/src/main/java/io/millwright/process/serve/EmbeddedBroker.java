package io.millwright.process.serve;

import com.hivemq.embedded.EmbeddedHiveMQ;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;

/// An MQTT broker within this process: HiveMQ Community Edition, for plants without a broker of their own. Keeps its
/// messages in memory and listens on the loopback address. A client that is slow or away for a while is queued up to
/// [#QUEUE_MAX] messages, because the usual thousand would be discarded silently beyond.
public final class EmbeddedBroker implements AutoCloseable {

    /// The most messages that wait for one client.
    public static final int QUEUE_MAX = 1_000_000;

    private final EmbeddedHiveMQ broker;
    private final int port;

    private EmbeddedBroker(EmbeddedHiveMQ broker, int port) {
        this.broker = broker;
        this.port = port;
    }

    /// Starts the broker; takes a second or two.
    ///
    /// @param wanted the port; 0 for any free one
    /// @param folder for its configuration
    /// @throws PortTaken if the port is taken
    /// @throws IOException if the folder cannot be written or the broker does not start
    public static EmbeddedBroker start(int wanted, Path folder) throws IOException {
        int port = Ports.claim("MQTT broker", wanted);
        Path configuration = Files.createDirectories(folder.resolve("conf"));
        Files.writeString(configuration.resolve("config.xml"), """
                <?xml version="1.0"?>
                <hivemq>
                  <listeners>
                    <tcp-listener><port>%d</port><bind-address>127.0.0.1</bind-address></tcp-listener>
                  </listeners>
                  <persistence><mode>in-memory</mode></persistence>
                  <mqtt><queued-messages><max-queue-size>%d</max-queue-size></queued-messages></mqtt>
                  <anonymous-usage-statistics><enabled>false</enabled></anonymous-usage-statistics>
                </hivemq>
                """.formatted(port, QUEUE_MAX));
        var broker = EmbeddedHiveMQ.builder()
                .withConfigurationFolder(configuration)
                .withDataFolder(Files.createDirectories(folder.resolve("data")))
                .withExtensionsFolder(Files.createDirectories(folder.resolve("extensions")))
                .withoutLoggingBootstrap()
                .build();
        try {
            broker.start().get();
        } catch (ExecutionException e) {
            throw new IOException("the embedded MQTT broker does not start: " + e.getCause(), e);
        } catch (InterruptedException e) {
            throw new IOException("interrupted while the embedded MQTT broker started", e);
        }
        return new EmbeddedBroker(broker, port);
    }

    /// The port it listens on.
    public int port() {
        return port;
    }

    @Override
    public void close() {
        try {
            broker.close();
        } catch (ExecutionException | InterruptedException e) {
            // It is gone one way or the other.
        }
    }
}
