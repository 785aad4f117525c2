package io.millwright.bench;

import io.millwright.bench.Report.Figure;
import io.millwright.connect.Link;
import io.millwright.connect.LinkContext;
import io.millwright.connect.LinkException;
import io.millwright.connect.LinkState.Phase;
import io.millwright.connect.mqtt.BrokerAddress;
import io.millwright.connect.mqtt.BrokerConnection;
import io.millwright.connect.mqtt.BrokerSettings;
import io.millwright.connect.mqtt.MqttProtocol;
import io.millwright.connect.mqtt.MqttPublication;
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
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/// `mw bench mqtt`: messages of QoS 1 per second from Mosquitto through the driver, acknowledged only when they are
/// durable, beside the same with a sink that answers at once and beside Mosquitto's own command line subscriber.
///
/// The messages are published beforehand into a session that the broker keeps, so that no publisher takes part of the
/// machine while the receivers are measured.
public final class MqttBenchmark implements Benchmark {

    private static final int MESSAGES = 100_000;
    private static final int ROUNDS = 3;
    private static final int TOPICS = 100;
    private static final int AHEAD = 1000;
    private static final long PATIENCE_SECONDS = 60;
    private static final Map<String, String> SETTINGS = Map.of("client-id", "mw-bench");

    @Override
    public String name() {
        return "mqtt";
    }

    @Override
    public String summary() {
        return "QoS 1 messages acknowledged when durable, beside a sink that answers at once and a bare subscriber";
    }

    @Override
    public Report run(Path folder, Consumer<String> progress) throws Exception {
        String mosquitto = Peer.program("mosquitto");
        String subscriber = Peer.program("mosquitto_sub");
        if (mosquitto.isEmpty() || subscriber.isEmpty()) {
            return new Report(name(), List.of(), List.of("mosquitto and mosquitto-clients are not installed"));
        }
        int port = Peer.freePort();
        Process broker = broker(mosquitto, folder, port);
        try {
            progress.accept("warming up");
            driver(port, folder, MqttBenchmark::atOnce);
            var atOnces = new double[ROUNDS];
            var durables = new double[ROUNDS];
            var bares = new double[ROUNDS];
            for (int round = 0; round < ROUNDS; round++) {
                progress.accept("round %d of %d".formatted(round + 1, ROUNDS));
                atOnces[round] = driver(port, folder, MqttBenchmark::atOnce);
                durables[round] = durable(port, folder);
                bares[round] = bare(subscriber, port);
            }
            double atOnce = median(atOnces);
            double durable = median(durables);
            double bare = median(bares);
            return new Report(
                    name(),
                    List.of(
                            new Figure("acknowledged when durable", durable, "messages/s", "≥ 15 000"),
                            new Figure("acknowledged by a sink that answers at once", atOnce, "messages/s", ""),
                            new Figure("mosquitto_sub, which keeps nothing", bare, "messages/s", ""),
                            new Figure("durable to at once", durable / atOnce, "ratio", ""),
                            new Figure("durable to mosquitto_sub", durable / bare, "ratio", "")),
                    List.of(
                            MESSAGES + " messages of QoS 1 on " + TOPICS + " topics, queued in the broker before",
                            "median of " + ROUNDS + " rounds",
                            "durable: in the historian's journal, forced",
                            "broker and driver share the machine"));
        } finally {
            broker.destroyForcibly().waitFor();
        }
    }

    private static double median(double[] rounds) {
        Arrays.sort(rounds);
        return rounds[rounds.length / 2];
    }

    /// With the usual 20 messages in flight and small packets held back, the broker would be what is measured.
    private static Process broker(String program, Path folder, int port) throws IOException {
        Path config = Files.write(
                folder.resolve("mosquitto.conf"),
                List.of(
                        "listener " + port + " 127.0.0.1",
                        "user root",
                        "allow_anonymous true",
                        "persistence false",
                        "max_queued_messages 0",
                        "max_inflight_messages 4000",
                        "set_tcp_nodelay true",
                        "log_dest none"));
        Process broker = new ProcessBuilder(program, "-c", config.toString()).start();
        Peer.awaitListening("mosquitto", port);
        return broker;
    }

    /// Fills the broker's queue for a session that is away.
    private static void publish(int port) throws LinkException, InterruptedException {
        var address = BrokerAddress.parse("mqtt://127.0.0.1:" + port, BrokerAddress.SCHEMES);
        var settings = BrokerSettings.clean(
                address, "mw-bench-publisher", Optional.empty(), Optional.empty(), Optional.empty());
        var ahead = new Semaphore(AHEAD);
        try (BrokerConnection connection = BrokerConnection.open(settings, _ -> {}, _ -> {})) {
            for (int i = 0; i < MESSAGES; i++) {
                ahead.acquire();
                byte[] payload = Integer.toString(i).getBytes(StandardCharsets.US_ASCII);
                var _ = connection
                        .publish(new MqttPublication("bench/" + i % TOPICS, payload, 1, false))
                        .whenComplete((_, _) -> ahead.release());
            }
            ahead.acquire(AHEAD);
        }
    }

    private static double durable(int port, Path folder) throws IOException, LinkException, InterruptedException {
        var store = folder.resolve("store");
        try (var historian = Historian.open(store, HistorianSettings.usual(), Time.system())) {
            return driver(port, folder, historian);
        }
    }

    private static CompletableFuture<Void> atOnce(List<Sample> batch) {
        return CompletableFuture.completedFuture(null);
    }

    /// Messages per second from the first connect to the moment the last is durable.
    private static double driver(int port, Path folder, SampleSink sink) throws LinkException, InterruptedException {
        var done = new LongAdder();
        SampleSink counting = batch -> sink.append(batch).thenRun(() -> done.add(batch.size()));
        try (Link link = open(port, folder, counting)) {
            link.start(signals());
            Peer.await("the session is there", () -> link.state().phase() == Phase.CONNECTED);
        }
        publish(port);
        done.reset();
        long began = System.nanoTime();
        try (Link link = open(port, folder, counting)) {
            link.start(signals());
            Peer.await("all messages are stored", () -> done.sum() >= MESSAGES);
            return MESSAGES * 1e9 / (System.nanoTime() - began);
        }
    }

    private static Link open(int port, Path folder, SampleSink sink) {
        var connection = new Connection("bench", "mqtt", "mqtt://127.0.0.1:" + port, SETTINGS);
        return new MqttProtocol().open(connection, new LinkContext(Time.system(), sink, _ -> {}, folder));
    }

    private static List<Signal> signals() {
        return IntStream.range(0, TOPICS)
                .mapToObj(i -> new Signal(
                        SignalName.of("bench", "s" + i),
                        Unit.ONE,
                        Optional.empty(),
                        Optional.of(new PointAddress("bench", "bench/" + i)),
                        Optional.empty(),
                        Signal.USUAL_INTERVAL))
                .toList();
    }

    /// The same through `mosquitto_sub`, told to stop after as many messages.
    private static double bare(String program, int port) throws Exception {
        List<String> session = List.of(
                program,
                "-p",
                Integer.toString(port),
                "-V",
                "mqttv5",
                "-q",
                "1",
                "-c",
                "-x",
                "3600",
                "-i",
                "mw-bare",
                "-D",
                "connect",
                "receive-maximum",
                "8192",
                "-t",
                "bench/#");
        // Subscribes and leaves: the session stays.
        var subscribe = new ArrayList<>(session);
        subscribe.add("-E");
        run(subscribe);
        publish(port);
        var receive = new ArrayList<>(session);
        receive.addAll(List.of("-C", Integer.toString(MESSAGES)));
        long began = System.nanoTime();
        run(receive);
        return MESSAGES * 1e9 / (System.nanoTime() - began);
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException(command.getFirst() + " failed");
        }
    }
}
