package io.millwright.node.command;

import io.millwright.connect.Link;
import io.millwright.connect.LinkContext;
import io.millwright.connect.LinkException;
import io.millwright.connect.Protocols;
import io.millwright.model.Connection;
import io.millwright.model.Quality;
import io.millwright.model.Reading;
import io.millwright.model.Time;
import io.millwright.model.Value;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The device that a command talks to, and how its values are shown. A mixin of `browse`, `read` and `write`.
final class DeviceArgument {

    private static final Protocols PROTOCOLS = KnownProtocols.ALL;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    @Parameters(
            index = "0",
            paramLabel = "CONNECTION",
            description = "A connection of the plant file, or where the device listens, with its settings, e.g."
                    + " opc.tcp://host:4840 or \"modbus-tcp://host:502?unit=1\".")
    private String device = "";

    @Option(
            names = "--plant",
            paramLabel = "PLANT",
            description = "The plant file that names the connection (default: ${DEFAULT-VALUE}).")
    private Path plantFile = Path.of("plant.yaml");

    @Option(
            names = "--security",
            paramLabel = "DIR",
            description = "Folder of this node's certificate and of the servers it trusts (default: ${DEFAULT-VALUE}).")
    private Path security = DataFolder.usual("security");

    /// What is asked of the device.
    @FunctionalInterface
    interface Request<T> {
        T of(Link link) throws LinkException;
    }

    /// Connects, asks, and closes.
    <T> T ask(Request<T> request) {
        return ask(connection(), security, request);
    }

    /// Connects, asks, and closes.
    ///
    /// @param security folder of this node's certificate and of the servers it trusts
    /// @throws UsageError if the connection or the point is written wrongly
    /// @throws FailedError if the device cannot be reached or refuses
    static <T> T ask(Connection connection, Path security, Request<T> request) {
        var context =
                new LinkContext(Time.system(), _ -> CompletableFuture.allOf(), _ -> {}, security.toAbsolutePath());
        try (Link link = PROTOCOLS.open(connection, context)) {
            return request.of(link);
        } catch (LinkException e) {
            if (e.quality().equals(Quality.BAD_CONFIGURATION_ERROR)) {
                throw new UsageError(e.getMessage());
            }
            throw new FailedError(e.getMessage());
        }
    }

    private Connection connection() {
        if (Protocols.isBareEndpoint(device)) {
            try {
                return PROTOCOLS.parse(device);
            } catch (IllegalArgumentException e) {
                throw new UsageError(String.valueOf(e.getMessage()));
            }
        }
        var plant = PlantFiles.read(plantFile);
        return plant.connection(device)
                .orElseThrow(() -> new UsageError("%s has no connection %s; it has %s"
                        .formatted(
                                plantFile,
                                device,
                                String.join(
                                        ", ",
                                        plant.connections().stream()
                                                .map(Connection::name)
                                                .toList()))));
    }

    /// Shows a reading.
    ///
    /// @return the command's exit status: a bad value is a failure
    static int report(Output output, String point, Reading reading) {
        Instant source = Instant.ofEpochSecond(
                Math.floorDiv(reading.sourceNanos(), NANOS_PER_SECOND),
                Math.floorMod(reading.sourceNanos(), NANOS_PER_SECOND));
        output.text(reading.value() + "  " + reading.quality() + "  " + source);
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("point", point);
        report.put("value", json(reading.value()));
        report.put(
                "quality",
                Map.of(
                        "code", Integer.toUnsignedLong(reading.quality().code()),
                        "name", reading.quality().name()));
        report.put("sourceTime", source.toString());
        output.json(report);
        return reading.quality().isBad() ? ExitStatus.FAILED : ExitStatus.OK;
    }

    private static @Nullable Object json(Value value) {
        return switch (value) {
            case Value.Bool(boolean b) -> b;
            case Value.Int(long i) -> i;
            case Value.Real(double r) -> Double.isFinite(r) ? r : Double.toString(r);
            case Value.Text(String text) -> text;
            case Value.Missing _ -> null;
        };
    }
}
