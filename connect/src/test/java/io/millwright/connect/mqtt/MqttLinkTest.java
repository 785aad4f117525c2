package io.millwright.connect.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.connect.Link;
import io.millwright.connect.LinkContext;
import io.millwright.connect.LinkException;
import io.millwright.connect.LinkState.Phase;
import io.millwright.connect.PointDescription;
import io.millwright.model.Connection;
import io.millwright.model.IngestionStopped;
import io.millwright.model.PointAddress;
import io.millwright.model.Quality;
import io.millwright.model.Sample;
import io.millwright.model.SampleSink;
import io.millwright.model.Signal;
import io.millwright.model.SignalName;
import io.millwright.model.Time;
import io.millwright.model.Unit;
import io.millwright.model.Value;
import io.millwright.testkit.Await;
import io.millwright.testkit.MisbehavingServer;
import io.millwright.testkit.MisbehavingServer.Habit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Against Mosquitto, with its command line clients as peers.
class MqttLinkTest {

    @TempDir
    Path folder;

    private Link open(String endpoint, SampleSink sink, Map<String, String> settings) {
        var connection = new Connection("line", "mqtt", endpoint, settings);
        var protocol = new MqttProtocol();
        assertEquals(List.of(), protocol.check(connection));
        return protocol.open(connection, new LinkContext(Time.system(), sink, _ -> {}, folder));
    }

    private static Signal signal(String name, String point) {
        return new Signal(
                SignalName.of("a", name),
                Unit.ONE,
                Optional.empty(),
                Optional.of(new PointAddress("line", point)),
                Optional.empty(),
                Signal.USUAL_INTERVAL);
    }

    private static void awaitConnected(Link link) {
        Await.until("the link is connected", () -> link.state().phase() == Phase.CONNECTED);
    }

    private static boolean is(Sample sample, Value value, Quality quality) {
        return sample.value().equals(value) && sample.quality().equals(quality);
    }

    /// MQTT 5, 4.3.2 and 4.4: the receiver acknowledges after it has taken ownership; what is not acknowledged is
    /// sent again when the session is resumed. Ownership here means durable.
    @ParameterizedTest
    @ValueSource(strings = {"5", "3.1.1"})
    void messagesAreAcknowledgedOnlyWhenDurable(String version) throws Exception {
        for (int qos = 1; qos <= 2; qos++) {
            var settings = Map.of("version", version, "qos", Integer.toString(qos), "client-id", "durable");
            try (var broker = new Mosquitto(folder)) {
                var never = new CollectingSink();
                never.answerWith(new CompletableFuture<>());
                try (Link link = open(broker.endpoint(), never, settings)) {
                    link.start(List.of(signal("x", "p/x")));
                    awaitConnected(link);
                    broker.publish(qos, "p/x", "41");
                    Await.until(
                            "the sink got the value",
                            () -> never.latestIs("a/x", s -> s.quality().isGood()));
                }
                var good = new CollectingSink();
                try (Link link = open(broker.endpoint(), good, settings)) {
                    link.start(List.of(signal("x", "p/x")));
                    Await.until(
                            "the broker sends it again",
                            () -> good.latestIs("a/x", s -> is(s, Value.of(41), Quality.GOOD)));
                }
                var later = new CollectingSink();
                try (Link link = open(broker.endpoint(), later, settings)) {
                    link.start(List.of(signal("x", "p/x")));
                    awaitConnected(link);
                    broker.publish(qos, "p/x", "42");
                    Await.until(
                            "the next value comes",
                            () -> later.latestIs("a/x", s -> is(s, Value.of(42), Quality.GOOD)));
                    assertEquals(0, later.count(s -> s.value().equals(Value.of(41))), "acknowledged, so not again");
                }
            }
        }
    }

    /// The same link goes on by itself when the sink takes samples again, and nothing published meanwhile is lost.
    @Test
    void aSinkThatStoppedAndReturnsLosesNothing() throws Exception {
        try (var broker = new Mosquitto(folder)) {
            var sink = new CollectingSink();
            try (Link link = open(broker.endpoint(), sink, Map.of())) {
                link.start(List.of(signal("x", "p/x")));
                awaitConnected(link);
                sink.answerWith(CompletableFuture.failedFuture(new IngestionStopped("the disk is full")));
                broker.publish(1, "p/x", "1");
                Await.until(
                        "the link says why it waits",
                        () -> link.state().phase() == Phase.WAITING
                                && link.state().reason().contains("the disk is full"));
                broker.publish(1, "p/x", "2");
                sink.samples().clear();
                sink.answerWith(CompletableFuture.completedFuture(null));
                Await.until(
                        "both values come",
                        () -> sink.count(s -> s.value().equals(Value.of(1))) > 0
                                && sink.count(s -> s.value().equals(Value.of(2))) > 0);
                assertEquals(Phase.CONNECTED, link.state().phase());
            }
        }
    }

    @Test
    void messagesSentWhileTheNodeIsDownAreDelivered() throws Exception {
        try (var broker = new Mosquitto(folder)) {
            try (Link link = open(broker.endpoint(), new CollectingSink(), Map.of())) {
                link.start(List.of(signal("x", "p/x")));
                awaitConnected(link);
            }
            for (int i = 0; i < 3; i++) {
                broker.publish(1, "p/x", Integer.toString(i));
            }
            var sink = new CollectingSink();
            try (Link link = open(broker.endpoint(), sink, Map.of())) {
                link.start(List.of(signal("x", "p/x")));
                Await.until("all three come", () -> sink.samples().size() >= 3);
                assertEquals(
                        List.of(Value.of(0), Value.of(1), Value.of(2)),
                        sink.samples().stream().map(Sample::value).toList());
            }
        }
    }

    @Test
    void aKilledBrokerMakesSignalsBadAtOnceAndItsReturnMendsThem() throws Exception {
        try (var broker = new Mosquitto(folder)) {
            var sink = new CollectingSink();
            try (Link link = open(broker.endpoint(), sink, Map.of())) {
                link.start(List.of(signal("x", "p/x"), signal("y", "p/y")));
                awaitConnected(link);
                broker.publish(1, "p/x", "1");
                Await.until("a value comes", () -> sink.latestIs("a/x", s -> is(s, Value.of(1), Quality.GOOD)));
                broker.kill();
                Await.until(
                        "both signals are bad",
                        () -> sink.latestIs("a/x", s -> s.quality().isBad())
                                && sink.latestIs("a/y", s -> s.quality().isBad()));
                Sample good = sink.samples().getFirst();
                Sample bad = sink.latest("a/x").orElseThrow();
                assertTrue(bad.sourceNanos() > good.sourceNanos(), "the bad sample is the later one");
                broker.restart();
                awaitConnected(link);
                broker.publish(1, "p/x", "2");
                Await.until("values come again", () -> sink.latestIs("a/x", s -> is(s, Value.of(2), Quality.GOOD)));
                assertEquals(
                        1,
                        sink.count(s -> s.quality().equals(bad.quality())
                                && s.signal().signal().equals("x")),
                        "one bad sample for each reason");
            }
        }
    }

    @Test
    void membersOfJsonCarryTheirSourceTime() throws Exception {
        try (var broker = new Mosquitto(folder)) {
            var sink = new CollectingSink();
            try (Link link = open(broker.endpoint(), sink, Map.of("time", "/ts"))) {
                link.start(List.of(
                        signal("speed", "m/1#/motor/speed"), signal("on", "m/1#/on"), signal("absent", "m/1#/none")));
                awaitConnected(link);
                broker.publish(1, "m/1", "{\"ts\":1486144502122,\"motor\":{\"speed\":1480.5},\"on\":true}");
                Await.until("both members come", () -> sink.samples().size() == 2);
                Sample speed = sink.latest("a/speed").orElseThrow();
                assertEquals(Value.of(1480.5), speed.value());
                assertEquals(1_486_144_502_122_000_000L, speed.sourceNanos());
                assertEquals(Value.of(true), sink.latest("a/on").orElseThrow().value());
                broker.publish(1, "m/1", "{\"ts\":");
                Await.until(
                        "all three are bad",
                        () -> sink.count(s -> s.quality().equals(Quality.BAD_DECODING_ERROR)) == 3);
            }
        }
    }

    /// The broker does not tell the age of a retained message, so a value without a time of its own is uncertain.
    @Test
    void retainedValuesAreReadAndUncertain() throws Exception {
        try (var broker = new Mosquitto(folder)) {
            broker.publish(1, "p/x", "7", "-r");
            try (Link link = open(broker.endpoint(), new CollectingSink(), Map.of())) {
                var reading = link.read("p/x");
                assertEquals(Value.of(7), reading.value());
                assertEquals(Quality.UNCERTAIN_LAST_USABLE_VALUE, reading.quality());
            }
        }
    }

    @Test
    void writesReachASubscriberAndSayWhenThereIsNone() throws Exception {
        try (var broker = new Mosquitto(folder);
                Link link = open(broker.endpoint(), new CollectingSink(), Map.of())) {
            assertThrows(LinkException.class, () -> link.write("valve/set#/to/open", Value.of(12.5)));
            Path heard = folder.resolve("heard");
            Process subscriber = broker.subscribe(heard, "valve/set");
            Await.until("somebody hears it", () -> {
                try {
                    link.write("valve/set#/to/open", Value.of(12.5));
                    return true;
                } catch (LinkException e) {
                    return false;
                }
            });
            assertEquals(0, subscriber.waitFor());
            assertEquals("{\"to\":{\"open\":12.5}}", Files.readString(heard).strip());
        }
    }

    @Test
    void browsingListsTopicsAndMembersOfJson() throws Exception {
        try (var broker = new Mosquitto(folder)) {
            broker.publish(1, "hall/a/temp", "21.5", "-r");
            broker.publish(1, "hall/b", "{\"p\":{\"x\":1},\"list\":[true]}", "-r");
            try (Link link = open(broker.endpoint(), new CollectingSink(), Map.of())) {
                var found = new ArrayList<PointDescription>();
                link.browse("", 10, Duration.ofMillis(700), found::add);
                var points = found.stream()
                        .filter(PointDescription::readable)
                        .collect(Collectors.toMap(PointDescription::point, PointDescription::type));
                assertEquals(
                        Map.of("hall/a/temp", "number", "hall/b#/p/x", "number", "hall/b#/list/0", "bool"), points);
                var levels = new HashMap<String, Integer>();
                found.forEach(p -> levels.put(p.point(), p.depth()));
                assertEquals(0, levels.get("hall"));
                assertEquals(2, levels.get("hall/a/temp"));
                assertEquals(3, levels.get("hall/b#/p/x"));
                var top = new ArrayList<PointDescription>();
                link.browse("", 1, Duration.ofMillis(500), top::add);
                assertEquals(
                        List.of("hall"),
                        top.stream().map(PointDescription::point).toList());
            }
        }
    }

    @Test
    void aWrongPasswordIsRefusedAndSaidSo() throws Exception {
        try (var broker = new Mosquitto(folder, "allow_anonymous false")) {
            Path secret = Files.writeString(folder.resolve("secret"), "wrong\n");
            var sink = new CollectingSink();
            try (Link link = open(broker.endpoint(), sink, Map.of("user", "mw", "password-file", secret.toString()))) {
                link.start(List.of(signal("x", "p/x")));
                Await.until("it is refused", () -> link.state().phase() == Phase.REFUSED);
                assertTrue(link.state().reason().contains("does not admit user mw"), link.state()::reason);
                assertEquals("broker-user", link.state().why().code());
                assertEquals("mw", link.state().why().arguments().get("user"));
                assertTrue(sink.latestIs("a/x", s -> s.quality().equals(Quality.BAD_USER_ACCESS_DENIED)));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Habit.class)
    void aBrokerThatMisbehavesMakesSignalsBadAndIsTriedAgain(Habit habit) {
        try (var server = new MisbehavingServer(habit, 1)) {
            var sink = new CollectingSink();
            try (Link link = open("mqtt://127.0.0.1:" + server.port(), sink, Map.of())) {
                link.start(List.of(signal("x", "p/x")));
                Await.until(
                        "the signal is bad",
                        () -> sink.latestIs("a/x", s -> s.quality().isBad()));
                Await.until("it tries again", () -> server.accepted() >= 2);
                assertFalse(link.state().reason().contains("Exception"), link.state()::reason);
            }
        }
    }

    @Test
    void aRefusedConnectionSaysSo() {
        try (Link link = open("mqtt://127.0.0.1:" + MisbehavingServer.refusingPort(), new CollectingSink(), Map.of())) {
            var refused = assertThrows(LinkException.class, () -> link.read("p/x"));
            assertTrue(refused.getMessage().contains("nobody listens"), refused.getMessage());
            assertEquals("broker-nobody-listens", refused.told().code());
        }
    }
}
