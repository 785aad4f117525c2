package io.millwright.bench;

import io.millwright.bench.Report.Figure;
import io.millwright.connect.Link;
import io.millwright.connect.LinkContext;
import io.millwright.connect.opcua.OpcUaProtocol;
import io.millwright.historian.Historian;
import io.millwright.historian.HistorianSettings;
import io.millwright.model.Connection;
import io.millwright.model.PointAddress;
import io.millwright.model.Sample;
import io.millwright.model.SampleSink;
import io.millwright.model.Signal;
import io.millwright.model.SignalName;
import io.millwright.model.Time;
import io.millwright.model.Unit;
import io.millwright.model.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;

/// `mw bench opcua`: values per second from an OPC UA server in another process through the driver, to a sink that
/// only counts and to a sink that keeps them, beside batched reads by the bare client library.
public final class OpcUaBenchmark implements Benchmark {

    private static final int NODES = 6_000;
    private static final int EVERY_MILLIS = 100;
    private static final int READ_TOGETHER = 1000;
    private static final long WARM_UP_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long MEASURE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final String TARGET = "≥ 50 000";

    @Override
    public String name() {
        return "opcua";
    }

    @Override
    public String summary() {
        return "OPC UA values per second through the driver, beside batched reads by the bare client library.";
    }

    @Override
    public Report run(Path folder, Consumer<String> progress) throws Exception {
        int port = Peer.freePort();
        Process server = startServer(port);
        try {
            Peer.awaitListening("the server", port);
            var figures = new ArrayList<Figure>();
            progress.accept("batched reads by the bare client");
            double reads = readsPerSecond(port);
            progress.accept("subscription to a sink that counts");
            double counted = measure(port, folder, new Tally(OpcUaBenchmark::keepNothing), "counting sink", figures);
            progress.accept("subscription to the historian");
            var store = folder.resolve("store");
            try (var historian = Historian.open(store, HistorianSettings.usual(), Time.system())) {
                measure(port, folder, new Tally(historian), "historian", figures);
            }
            figures.add(new Figure("batched reads by the bare client library", reads, "values/s", ""));
            figures.add(new Figure("driver to counting sink / batched reads", counted / reads, "ratio", ""));
            return new Report(
                    name(),
                    figures,
                    List.of(
                            NODES + " nodes counting every " + EVERY_MILLIS + " ms, so " + NODES * 1000 / EVERY_MILLIS
                                    + " values/s are offered; security None; the server shares this machine's cores.",
                            "Missing values are gaps in what each node counts; a value sent twice counts once."));
        } finally {
            server.destroy();
        }
    }

    private double measure(int port, Path folder, Tally tally, String what, List<Figure> figures) {
        var context = new LinkContext(Time.system(), tally, _ -> {}, folder.resolve("security"));
        var connection = new Connection(
                "source", "opc-ua", "opc.tcp://127.0.0.1:" + port, Map.of("security", "None", "publishing", "100ms"));
        try (Link link = new OpcUaProtocol().open(connection, context)) {
            link.start(signals());
            LockSupport.parkNanos(WARM_UP_NANOS);
            long before = tally.good.sum();
            long missingBefore = tally.missing.sum();
            long from = System.nanoTime();
            LockSupport.parkNanos(MEASURE_NANOS);
            double perSecond = (tally.good.sum() - before) * 1e9 / (System.nanoTime() - from);
            figures.add(new Figure("driver to " + what, perSecond, "values/s", TARGET));
            figures.add(new Figure("missing, " + what, tally.missing.sum() - missingBefore, "values", "0"));
            figures.add(new Figure("sent twice, " + what, tally.repeated.sum(), "values", ""));
            return perSecond;
        }
    }

    private static CompletableFuture<Void> keepNothing(List<Sample> batch) {
        return CompletableFuture.completedFuture(null);
    }

    private static List<Signal> signals() {
        var signals = new ArrayList<Signal>(NODES);
        for (int i = 0; i < NODES; i++) {
            signals.add(new Signal(
                    SignalName.of("source", "n" + i),
                    Unit.ONE,
                    Optional.empty(),
                    Optional.of(new PointAddress("source", "ns=2;i=" + i)),
                    Optional.empty(),
                    Duration.ofMillis(EVERY_MILLIS)));
        }
        return signals;
    }

    /// Counts, finds gaps, and hands on.
    private static final class Tally implements SampleSink {
        final LongAdder good = new LongAdder();
        final LongAdder missing = new LongAdder();
        final LongAdder repeated = new LongAdder();
        private final long[] last = new long[NODES];
        private final SampleSink next;

        Tally(SampleSink next) {
            this.next = next;
        }

        @Override
        public CompletableFuture<Void> append(List<Sample> batch) {
            for (Sample sample : batch) {
                if (sample.quality().isGood() && sample.value() instanceof Value.Int(long count) && count >= 0) {
                    int node = Integer.parseInt(sample.signal().signal().substring(1));
                    if (count <= last[node]) {
                        repeated.increment();
                        continue;
                    }
                    missing.add(last[node] > 0 ? count - last[node] - 1 : 0);
                    last[node] = count;
                    good.increment();
                }
            }
            return next.append(batch);
        }
    }

    private static double readsPerSecond(int port) throws Exception {
        OpcUaClient client = OpcUaClient.create("opc.tcp://127.0.0.1:" + port);
        client.connect();
        try {
            var ids = new ArrayList<NodeId>(READ_TOGETHER);
            for (int i = 0; i < READ_TOGETHER; i++) {
                ids.add(new NodeId(2, i));
            }
            long end = System.nanoTime() + WARM_UP_NANOS;
            while (System.nanoTime() < end) {
                client.readValues(0, TimestampsToReturn.Both, ids);
            }
            long values = 0;
            long from = System.nanoTime();
            while (System.nanoTime() - from < MEASURE_NANOS) {
                values += client.readValues(0, TimestampsToReturn.Both, ids).size();
            }
            return values * 1e9 / (System.nanoTime() - from);
        } finally {
            client.disconnect();
        }
    }

    private static Process startServer(int port) throws IOException {
        return new ProcessBuilder(
                        Peer.java(),
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        OpcUaSource.class.getName(),
                        Integer.toString(port),
                        Integer.toString(NODES),
                        Integer.toString(EVERY_MILLIS))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
