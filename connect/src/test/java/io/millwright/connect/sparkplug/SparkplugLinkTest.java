package io.millwright.connect.sparkplug;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.connect.Link;
import io.millwright.connect.LinkContext;
import io.millwright.connect.LinkException;
import io.millwright.connect.LinkState.Phase;
import io.millwright.connect.PointDescription;
import io.millwright.connect.mqtt.CollectingSink;
import io.millwright.connect.mqtt.Mosquitto;
import io.millwright.model.Connection;
import io.millwright.model.PointAddress;
import io.millwright.model.Quality;
import io.millwright.model.Sample;
import io.millwright.model.Signal;
import io.millwright.model.SignalName;
import io.millwright.model.Time;
import io.millwright.model.Unit;
import io.millwright.model.Value;
import io.millwright.testkit.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Host and edge nodes through Mosquitto.
class SparkplugLinkTest {

    @TempDir
    Path folder;

    private Link open(Mosquitto broker, CollectingSink sink, Map<String, String> settings) {
        var connection = new Connection("meters", "sparkplug", broker.endpoint(), settings);
        var protocol = new SparkplugProtocol();
        assertEquals(List.of(), protocol.check(connection));
        return protocol.open(connection, new LinkContext(Time.system(), sink, _ -> {}, folder));
    }

    private static Signal signal(String name, String point) {
        return new Signal(
                SignalName.of("a", name),
                Unit.ONE,
                Optional.empty(),
                Optional.of(new PointAddress("meters", point)),
                Optional.empty(),
                Signal.USUAL_INTERVAL);
    }

    private static List<Signal> signals() {
        return List.of(
                signal("speed", "edge/pump/Motor/Speed"),
                signal("starts", "edge/pump/Motor/Starts"),
                signal("load", "edge//Load"));
    }

    private static boolean good(CollectingSink sink, String signal, Value value) {
        return sink.latestIs(signal, s -> s.value().equals(value) && s.quality().isGood());
    }

    @Test
    void birthsDataAndCommandsGoThrough() throws Exception {
        try (var broker = new Mosquitto(folder);
                var node = EdgeNodeProcess.start(broker.endpoint(), Optional.empty())) {
            Await.until("the edge node is born", node::online);
            var sink = new CollectingSink();
            try (Link link = open(broker, sink, Map.of("group", "g"))) {
                // Born before the host came, so the host has to ask for a rebirth.
                link.start(signals());
                Await.until(
                        "all values come",
                        () -> good(sink, "a/speed", Value.of(1480.0))
                                && good(sink, "a/starts", Value.of(4_000_000_000L))
                                && good(sink, "a/load", Value.of(0.5)));
                var confirmed = link.write("edge/pump/Motor/Speed", Value.of(1200.0));
                assertEquals(Value.of(1200.0), confirmed.value());
                assertTrue(confirmed.quality().isGood());
                Await.until("the sample comes too", () -> good(sink, "a/speed", Value.of(1200.0)));
                var unfit =
                        assertThrows(LinkException.class, () -> link.write("edge/pump/Motor/Speed", Value.of("fast")));
                assertEquals("value-unfit", unfit.told().code());
                assertEquals("sparkplug-number", unfit.told().arguments().get("reason.code"));
                assertEquals(Value.of(0.5), link.read("edge//Load").value());
                node.deviceGone("pump");
                Await.until(
                        "the device is gone",
                        () -> sink.latestIs("a/speed", s -> s.quality().isBad()));
                assertTrue(good(sink, "a/load", Value.of(0.5)), "the edge node is not");
                node.deviceBack("pump");
                Await.until("the device is back", () -> good(sink, "a/speed", Value.of(1200.0)));
            }
        }
    }

    @Test
    void aLinkThatIsNotStartedReadsAndBrowses() throws Exception {
        try (var broker = new Mosquitto(folder);
                var node = EdgeNodeProcess.start(broker.endpoint(), Optional.empty());
                Link link = open(broker, new CollectingSink(), Map.of("group", "g"))) {
            Await.until("the edge node is born", node::online);
            assertEquals(Value.of(1480.0), link.read("edge/pump/Motor/Speed").value());
            var found = new ArrayList<PointDescription>();
            link.browse("edge", 5, Duration.ofSeconds(1), found::add);
            assertEquals(
                    List.of("edge//Load", "edge/pump", "edge/pump/Motor/Speed", "edge/pump/Motor/Starts"),
                    found.stream()
                            .map(PointDescription::point)
                            .filter(p -> !p.contains("bdSeq") && !p.contains("Node Control"))
                            .toList());
        }
    }

    /// A process that is killed closes its socket without a word: the broker publishes its will, the NDEATH.
    @Test
    void aKilledEdgeNodeIsBadAtOnceAndRecovers() throws Exception {
        try (var broker = new Mosquitto(folder)) {
            var sink = new CollectingSink();
            try (Link link = open(broker, sink, Map.of("group", "g"))) {
                link.start(signals());
                Process process = launch(broker);
                Await.until("values come", () -> good(sink, "a/speed", Value.of(1480.0)));
                process.destroyForcibly().waitFor();
                Await.until(
                        "it is dead",
                        () -> sink.latestIs("a/speed", s -> s.quality().equals(Quality.BAD_NOT_CONNECTED)));
                Process again = launch(broker);
                Await.until("it is back", () -> good(sink, "a/speed", Value.of(1480.0)));
                again.destroyForcibly();
            }
        }
    }

    private static Process launch(Mosquitto broker) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EdgeNodeProcess.class.getName(),
                        broker.endpoint())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    @Test
    void aKilledBrokerMakesSignalsBadAndItsReturnMendsThem() throws Exception {
        try (var broker = new Mosquitto(folder);
                var _ = EdgeNodeProcess.start(broker.endpoint(), Optional.empty())) {
            var sink = new CollectingSink();
            try (Link link = open(broker, sink, Map.of("group", "g"))) {
                link.start(signals());
                Await.until("values come", () -> good(sink, "a/load", Value.of(0.5)));
                broker.kill();
                Await.until(
                        "the signal is bad",
                        () -> sink.latestIs("a/load", s -> s.quality().isBad()));
                sink.samples().clear();
                broker.restart();
                Await.until("values come again", () -> good(sink, "a/load", Value.of(0.5)));
            }
        }
    }

    /// 5.5 and 6.4.27: the host says on its STATE topic whether it is there; an edge node that waits for it keeps what
    /// changes meanwhile, and sends it as historical.
    @Test
    void anEdgeNodeWaitsForItsPrimaryHostAndLosesNothing() throws Exception {
        try (var broker = new Mosquitto(folder);
                var node = EdgeNodeProcess.start(broker.endpoint(), Optional.of("mw"))) {
            for (int i = 0; i < 5; i++) {
                node.publish(
                        "pump",
                        List.of(new MetricUpdate(
                                "Motor/Speed", Value.of(100.0 + i), Quality.GOOD, EdgeNodeProcess.now())));
            }
            var sink = new CollectingSink();
            var settings = Map.of("group", "g", "host-id", "mw");
            try (Link link = open(broker, sink, settings)) {
                assertFalse(node.online());
                link.start(signals());
                Await.until("what was kept comes", () -> {
                    List<Value> values =
                            sink.samples().stream().map(Sample::value).toList();
                    return values.containsAll(List.of(
                            Value.of(100.0), Value.of(101.0), Value.of(102.0), Value.of(103.0), Value.of(104.0)));
                });
            }
            Await.until("the edge node hears that the host left", () -> !node.online());
            Path state = folder.resolve("state");
            assertEquals(0, broker.subscribe(state, "spBv1.0/STATE/mw").waitFor());
            assertTrue(Files.readString(state).matches("\\{\"online\":false,\"timestamp\":\\d+}\\s*"));
        }
    }

    @Test
    void garbageInTheGroupDoesNotStopTheLink() throws Exception {
        try (var broker = new Mosquitto(folder);
                var node = EdgeNodeProcess.start(broker.endpoint(), Optional.empty())) {
            var sink = new CollectingSink();
            try (Link link = open(broker, sink, Map.of("group", "g"))) {
                link.start(signals());
                Await.until("values come", () -> good(sink, "a/load", Value.of(0.5)));
                broker.publish(1, "spBv1.0/g/NDATA/edge", "this is no payload");
                broker.publish(1, "spBv1.0/g/nonsense", "x");
                node.publish(
                        "", List.of(new MetricUpdate("Load", Value.of(0.75), Quality.GOOD, EdgeNodeProcess.now())));
                Await.until("values still come", () -> good(sink, "a/load", Value.of(0.75)));
                assertEquals(Phase.CONNECTED, link.state().phase());
            }
        }
    }
}
