package io.millwright.connect.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millwright.connect.Link;
import io.millwright.connect.LinkContext;
import io.millwright.connect.LinkState;
import io.millwright.connect.LinkState.Phase;
import io.millwright.model.Connection;
import io.millwright.model.PointAddress;
import io.millwright.model.Sample;
import io.millwright.model.SampleSink;
import io.millwright.model.Signal;
import io.millwright.model.SignalName;
import io.millwright.model.Time;
import io.millwright.model.Unit;
import io.millwright.testkit.Await;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A broker that has kept more than may be on its way at once. Mosquitto 2.0.11 then sends far more than the receive
/// maximum of MQTT 5 allows.
class BacklogTest {

    @TempDir
    Path folder;

    private final List<LinkState> states = new CopyOnWriteArrayList<>();

    private Link open(Mosquitto broker, String version, int receiveMaximum, SampleSink sink) {
        var settings =
                Map.of("version", version, "client-id", "backlog", "receive-maximum", Integer.toString(receiveMaximum));
        var connection = new Connection("line", "mqtt", broker.endpoint(), settings);
        Link link = new MqttProtocol().open(connection, new LinkContext(Time.system(), sink, states::add, folder));
        link.start(List.of(new Signal(
                SignalName.of("a", "x"),
                Unit.ONE,
                Optional.empty(),
                Optional.of(new PointAddress("line", "p/x")),
                Optional.empty(),
                Signal.USUAL_INTERVAL)));
        return link;
    }

    private void fill(Mosquitto broker, String version, int messages) throws Exception {
        try (Link link = open(broker, version, 100, _ -> CompletableFuture.completedFuture(null))) {
            Await.until("the session is there", () -> link.state().phase() == Phase.CONNECTED);
        }
        states.clear();
        broker.publishEach(
                "p/x", IntStream.range(0, messages).mapToObj(Integer::toString).toList());
    }

    /// 0, 1, 2 …, each once.
    private static void assertCounts(int count, List<Double> values) {
        for (int i = 0; i < Math.min(count, values.size()); i++) {
            assertEquals(i, values.get(i), "at " + i + " of " + values.size());
        }
        assertEquals(count, values.size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "3.1.1"})
    void everyMessageComesOnceAndInOrderOverOneConnection(String version) throws Exception {
        int messages = 20_000;
        try (var broker = new Mosquitto(folder)) {
            fill(broker, version, messages);
            var values = new CopyOnWriteArrayList<Double>();
            SampleSink slowly = batch -> CompletableFuture.runAsync(
                    () -> values.addAll(good(batch)), CompletableFuture.delayedExecutor(1, TimeUnit.MILLISECONDS));
            var inOrder = new SerialSink(slowly);
            try (Link link = open(broker, version, 100, inOrder)) {
                Await.until(() -> values.size() + " of all messages", () -> values.size() >= messages);
                assertEquals(Phase.CONNECTED, link.state().phase());
            }
            assertCounts(messages, values);
            assertEquals(
                    1, states.stream().filter(s -> s.phase() == Phase.CONNECTED).count(), "connections");
        }
    }

    /// What is beyond the limit stays in the socket: it is neither read nor acknowledged.
    @Test
    void noMoreThanAllowedWaitsForAStoreThatDoesNotAnswer() throws Exception {
        try (var broker = new Mosquitto(folder)) {
            fill(broker, "5", 5000);
            var taken = new CopyOnWriteArrayList<Double>();
            var answer = new CompletableFuture<Void>();
            SampleSink stuck = batch -> {
                taken.addAll(good(batch));
                return answer;
            };
            try (Link link = open(broker, "5", 100, stuck)) {
                Await.until("as many as allowed", () -> taken.size() >= 100);
                TimeUnit.MILLISECONDS.sleep(300);
                assertEquals(100, taken.size());
                answer.complete(null);
                Await.until(() -> taken.size() + " of 5000", () -> taken.size() >= 5000);
                assertCounts(5000, taken);
                assertEquals(Phase.CONNECTED, link.state().phase());
            }
        }
    }

    private static List<Double> good(List<Sample> batch) {
        return batch.stream()
                .filter(s -> s.quality().isGood())
                .map(s -> s.value().asDouble())
                .toList();
    }

    /// Hands on one batch after the other.
    private static final class SerialSink implements SampleSink {

        private final SampleSink next;
        private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

        SerialSink(SampleSink next) {
            this.next = next;
        }

        @Override
        public synchronized CompletableFuture<Void> append(List<Sample> batch) {
            var copy = new ArrayList<>(batch);
            last = last.thenCompose(_ -> next.append(copy));
            return last;
        }
    }
}
