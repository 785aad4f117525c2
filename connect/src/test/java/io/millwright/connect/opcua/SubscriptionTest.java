package io.millwright.connect.opcua;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.connect.Link;
import io.millwright.connect.LinkState.Phase;
import io.millwright.connect.Recorder;
import io.millwright.connect.Signals;
import io.millwright.model.Connection;
import io.millwright.model.Quality;
import io.millwright.model.Sample;
import io.millwright.model.Signal;
import io.millwright.model.Value;
import io.millwright.testkit.Await;
import io.millwright.testkit.MisbehavingServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a subscription promises: each value that the server sends arrives, and arrives once.
final class SubscriptionTest {

    private static final int NODES = 300;
    private static final long EVERY_MILLIS = 20;

    private final Recorder recorder = new Recorder();

    @TempDir
    private Path security = Path.of("");

    private Link link(int port) {
        var settings = Map.of("security", "None", "publishing", "100ms");
        var connection = new Connection("server", "opc-ua", "opc.tcp://127.0.0.1:" + port, settings);
        return new OpcUaProtocol().open(connection, recorder.context(security));
    }

    /// The server keeps counting while the connection is cut: what it counted meanwhile comes when the connection is
    /// back (OPC 10000-4, 5.14.1.2: queues and the retransmission queue).
    @Test
    void nothingIsLostOrDoubledUnderLoadAndAcrossCutConnections() throws Exception {
        int port = MisbehavingServer.refusingPort();
        try (var server = new TestServer(port);
                var proxy = new CuttingProxy(port);
                var ticker = Executors.newSingleThreadScheduledExecutor();
                var link = link(proxy.port())) {
            var signals = new ArrayList<Signal>();
            for (int i = 0; i < NODES; i++) {
                server.add("count", "n" + i, NodeIds.Int64, 0L);
                signals.add(Signals.of("t/n" + i, "ns=2;s=count.n" + i, Duration.ofMillis(EVERY_MILLIS)));
            }
            link.start(signals);
            Await.until("connected", () -> link.state().phase() == Phase.CONNECTED);
            var count = new AtomicLong();
            var counting = ticker.scheduleAtFixedRate(
                    () -> server.count(value(count.incrementAndGet())), 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
            for (int cut = 0; cut < 3; cut++) {
                awaitCount(count.get() + 50);
                proxy.cut();
                Await.until("noticed", () -> link.state().phase() != Phase.CONNECTED);
                Await.until("back", () -> link.state().phase() == Phase.CONNECTED);
            }
            awaitCount(count.get() + 50);
            counting.cancel(false);
            ticker.submit(() -> {}).get();
            awaitCount(count.get());
            long last = count.get();
            for (Signal signal : signals) {
                List<Long> counts = counts(signal.name().toString());
                assertEquals(
                        LongStream.rangeClosed(counts.getFirst(), last).boxed().toList(), counts, "each value once");
            }
            assertEquals(0, link.skipped());
        }
    }

    private void awaitCount(long least) {
        for (int i = 0; i < NODES; i++) {
            String signal = "t/n" + i;
            Await.until(
                    signal + " counts to " + least,
                    () -> counts(signal).stream().anyMatch(c -> c >= least));
        }
    }

    private List<Long> counts(String signal) {
        return recorder.of(signal).stream()
                .filter(s -> s.quality().isGood())
                .map(s -> ((Value.Int) s.value()).value())
                .filter(c -> c > 0)
                .sorted()
                .toList();
    }

    private static DataValue value(long count) {
        return new DataValue(Variant.of(count), StatusCode.GOOD, DateTime.nowNanos());
    }

    /// A value that does not change keeps its source time, which lies before the outage: told with that time, it would
    /// stay hidden behind the bad sample. The server's timestamp says that it holds again (OPC 10000-4, 7.11).
    @Test
    void unchangedValueIsGoodAgainFromTheTimeItIsKnownAgain() throws Exception {
        int port = MisbehavingServer.refusingPort();
        var old = new DateTime(Instant.parse("2026-01-01T00:00:00Z"));
        try (var server = new TestServer(port);
                var proxy = new CuttingProxy(port);
                var link = link(proxy.port())) {
            server.add("tank", "set-point", NodeIds.Double, 1.0)
                    .setValue(new DataValue(Variant.of(1.0), StatusCode.GOOD, old));
            link.start(List.of(Signals.of("t/a", "ns=2;s=tank.set-point")));
            recorder.awaitValue("t/a", Value.of(1.0));
            assertEquals(
                    old.getJavaInstant().getEpochSecond() * 1_000_000_000L,
                    recorder.last("t/a").orElseThrow().sourceNanos());
            proxy.cut();
            recorder.awaitQuality("t/a", Quality.BAD_NO_COMMUNICATION);
            long bad = recorder.last("t/a").orElseThrow().sourceNanos();
            recorder.awaitValue("t/a", Value.of(1.0));
            Sample again = recorder.last("t/a").orElseThrow();
            assertTrue(again.sourceNanos() > bad, again + " after " + bad);
        }
    }
}
