package io.millwright.connect.sparkplug;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.connect.DeviceProcess;
import io.millwright.connect.Link;
import io.millwright.connect.LinkContext;
import io.millwright.connect.NpmPackage;
import io.millwright.connect.mqtt.CollectingSink;
import io.millwright.connect.mqtt.Mosquitto;
import io.millwright.model.Connection;
import io.millwright.model.PointAddress;
import io.millwright.model.Signal;
import io.millwright.model.SignalName;
import io.millwright.model.Time;
import io.millwright.model.Unit;
import io.millwright.model.Value;
import io.millwright.testkit.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The host against an edge node by sparkplug-client (npm), through Mosquitto: births, data, commands and deaths.
class SparkplugClientTest {

    private static final NpmPackage PACKAGE = new NpmPackage("sparkplug-client@3.2.4");
    private static final List<Signal> SIGNALS = List.of(
            signal("speed", "edge/pump/Motor/Speed"),
            signal("starts", "edge/pump/Motor/Starts"),
            signal("offset", "edge/pump/Motor/Offset"),
            signal("running", "edge/pump/Motor/Running"),
            signal("maker", "edge/pump/Motor/Maker"),
            signal("load", "edge//Load"));

    @TempDir
    Path folder;

    private static Signal signal(String name, String point) {
        return new Signal(
                SignalName.of("a", name),
                Unit.ONE,
                Optional.empty(),
                Optional.of(new PointAddress("meters", point)),
                Optional.empty(),
                Signal.USUAL_INTERVAL);
    }

    private Link open(Mosquitto broker, CollectingSink sink) {
        var connection = new Connection("meters", "sparkplug", broker.endpoint(), Map.of("group", "g"));
        Link link = new SparkplugProtocol().open(connection, new LinkContext(Time.system(), sink, _ -> {}, folder));
        link.start(SIGNALS);
        return link;
    }

    private static void awaitGood(CollectingSink sink, String signal, Value value) {
        Await.until(
                signal + " is " + value,
                () -> sink.latestIs(
                        signal, s -> s.value().equals(value) && s.quality().isGood()));
    }

    private static void awaitBad(CollectingSink sink, String signal) {
        Await.until(
                signal + " is bad", () -> sink.latestIs(signal, s -> s.quality().isBad()));
    }

    private static void tell(DeviceProcess edge, String line) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), edge.port())) {
            socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
        }
    }

    @Test
    void birthsCommandsAndDeathsAreUnderstood() throws Exception {
        try (var broker = new Mosquitto(folder);
                var edge = PACKAGE.start("/sparkplug-client/edge.cjs", broker.endpoint())) {
            var sink = new CollectingSink();
            try (Link link = open(broker, sink)) {
                awaitGood(sink, "a/speed", Value.of(1480.5));
                awaitGood(sink, "a/starts", Value.of(4_000_000_000L));
                awaitGood(sink, "a/offset", Value.of(-7));
                awaitGood(sink, "a/running", Value.of(true));
                awaitGood(sink, "a/maker", Value.of("甲"));
                awaitGood(sink, "a/load", Value.of(0.5));

                assertEquals(
                        Value.of(1200.25),
                        link.write("edge/pump/Motor/Speed", Value.of(1200.25)).value());
                awaitGood(sink, "a/speed", Value.of(1200.25));

                tell(edge, "gone");
                awaitBad(sink, "a/speed");
                assertTrue(sink.latestIs("a/load", s -> s.quality().isGood()), "the edge node itself is there");
                tell(edge, "back");
                awaitGood(sink, "a/speed", Value.of(1200.25));

                edge.kill();
                awaitBad(sink, "a/load");
                awaitBad(sink, "a/maker");
                edge.restart();
                awaitGood(sink, "a/load", Value.of(0.5));
                awaitGood(sink, "a/speed", Value.of(1480.5));
            }
        }
    }
}
