package io.millwright.bench;

import io.millwright.bench.Report.Figure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `mw bench plant`: the whole platform as a user runs it. The simulated machines and `mw up` run as processes of their
/// own, one subscriber reads every value as a browser does; beside the platform's own count of what is stored stands
/// the machines' count of what they produced.
public final class PlantBenchmark implements Benchmark {

    private static final int SIGNALS = 10_000;
    private static final int SIGNALS_PER_ASSET = 100;
    private static final long WARM_UP_SECONDS = 15;
    private static final long MEASURE_SECONDS = 60;

    @Override
    public String name() {
        return "plant";
    }

    @Override
    public String summary() {
        return "The whole platform with " + SIGNALS + " signals once a second: stored beside produced, memory, latency"
                + " to a subscriber";
    }

    @Override
    public Report run(Path folder, Consumer<String> progress) throws Exception {
        progress.accept("starting machines and platform");
        var machinesFolder = folder.resolve("machines").toString();
        try (var machines = Millwright.start(List.of(
                        "machines",
                        "--any-port",
                        "--json",
                        "--load",
                        Integer.toString(SIGNALS),
                        "--load-every",
                        "1s",
                        "--data",
                        machinesFolder));
                var plant = Started.platform(plantFile(folder, machines.ready("opcUa")), folder);
                var subscriber = new LiveSubscriber(plant.platform.ready("console"))) {
            if (!subscriber.awaitFirst()) {
                throw new IOException("no value came within a minute");
            }
            double startSeconds = (System.nanoTime() - plant.beganNanos) / 1e9;
            progress.accept("warming up for " + WARM_UP_SECONDS + " s");
            TimeUnit.SECONDS.sleep(WARM_UP_SECONDS);
            progress.accept("measuring for " + MEASURE_SECONDS + " s");
            var from = Reading.take(plant.platform, machines);
            subscriber.reset();
            TimeUnit.SECONDS.sleep(MEASURE_SECONDS);
            var to = Reading.take(plant.platform, machines);
            return report(startSeconds, from, to, subscriber, plant.platform);
        }
    }

    private Report report(double startSeconds, Reading from, Reading to, LiveSubscriber subscriber, Millwright platform)
            throws IOException {
        double seconds = (to.nanos - from.nanos) / 1e9;
        return new Report(
                name(),
                List.of(
                        new Figure("produced", (to.produced - from.produced) / seconds, "samples/s", ""),
                        new Figure("stored", (to.stored - from.stored) / seconds, "samples/s", "≥ 10 000"),
                        new Figure("to the subscriber", subscriber.count() / seconds, "samples/s", "≥ 10 000"),
                        new Figure("source to subscriber, median", subscriber.percentileMillis(0.5), "ms", ""),
                        new Figure("source to subscriber, p99", subscriber.percentileMillis(0.99), "ms", "≤ 300"),
                        new Figure("platform, resident, most", platform.memoryMegabytes("VmHWM"), "MB", "≤ 300"),
                        new Figure("platform, resident, at the end", platform.memoryMegabytes("VmRSS"), "MB", ""),
                        new Figure(
                                "platform, processor",
                                100 * (to.processorNanos - from.processorNanos) / (seconds * 1e9),
                                "% of a core",
                                ""),
                        new Figure("start to first value at the subscriber", startSeconds, "s", "")),
                List.of(
                        SIGNALS + " OPC UA nodes change once a second, all at the same moment; security None;"
                                + " publishing 100 ms",
                        "machines, platform and subscriber are three processes that share this machine",
                        "a value's age runs from its source time to when the subscriber has parsed it"));
    }

    /// What the platform had done at a moment.
    private record Reading(long nanos, long processorNanos, long stored, long produced) {

        static Reading take(Millwright platform, Millwright machines) throws IOException, InterruptedException {
            try (var client = HttpClient.newHttpClient()) {
                var request = HttpRequest.newBuilder(URI.create(platform.ready("console") + "api/v1/state"))
                        .build();
                var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
                JsonNode state = JsonMapper.shared().readTree(answer.body());
                return new Reading(
                        System.nanoTime(),
                        platform.processorNanos(),
                        state.get("samples").get("stored").asLong(),
                        machines.ask("produced").get("produced").get("opc-ua").asLong());
            }
        }
    }

    private record Started(Millwright platform, long beganNanos) implements AutoCloseable {

        static Started platform(Path plantFile, Path folder) throws IOException {
            long began = System.nanoTime();
            return new Started(
                    Millwright.start(List.of(
                            "up",
                            plantFile.toString(),
                            "--http",
                            "127.0.0.1:0",
                            "--handle",
                            "127.0.0.1:0",
                            "--json",
                            "--data",
                            folder.resolve("plant").toString())),
                    began);
        }

        @Override
        public void close() {
            platform.close();
        }
    }

    private static Path plantFile(Path folder, String endpoint) throws IOException {
        var text = new StringBuilder("plant: load\nprefix: 88.118.7\nassets:\n");
        for (int i = 0; i < SIGNALS; i++) {
            if (i % SIGNALS_PER_ASSET == 0) {
                text.append("  machine-%d:%n    signals:%n".formatted(i / SIGNALS_PER_ASSET));
            }
            text.append("      s-%d: {unit: \"1\", from: \"line-opc/ns=2;s=load.%05d\", every: 1s}%n"
                    .formatted(i % SIGNALS_PER_ASSET, i));
        }
        text.append(
                "connections:\n  line-opc: {protocol: opc-ua, endpoint: \"%s\", security: None}\n".formatted(endpoint));
        return Files.writeString(folder.resolve("plant.yaml"), text);
    }
}
