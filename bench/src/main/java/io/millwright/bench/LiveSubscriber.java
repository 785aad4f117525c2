package io.millwright.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads Millwright's stream of samples as a browser does, and measures how old each good value is when it is parsed.
final class LiveSubscriber implements AutoCloseable {

    private static final int LONGEST_MILLIS = 60_000;
    private static final double MICROS = 1e6;

    private final HttpClient client = HttpClient.newHttpClient();
    private final BufferedReader lines;
    private final CountDownLatch first = new CountDownLatch(1);
    private final long[] agesMillis = new long[LONGEST_MILLIS + 1];
    private long count;

    /// @param api the address of the console, with a slash at its end
    LiveSubscriber(String api) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(api + "api/v1/stream")).build();
        var body =
                client.send(request, HttpResponse.BodyHandlers.ofInputStream()).body();
        lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8), 1 << 16);
        Thread.ofPlatform().daemon().name("subscriber").start(this::read);
    }

    /// Waits for the first good value.
    ///
    /// @return whether one came within a minute
    boolean awaitFirst() throws InterruptedException {
        return first.await(1, TimeUnit.MINUTES);
    }

    private void read() {
        try {
            boolean samples = false;
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("data:") && samples) {
                    take(JsonMapper.shared().readTree(line.substring("data:".length())));
                } else if (line.startsWith("event:")) {
                    samples = line.endsWith("samples");
                }
            }
        } catch (IOException e) {
            // Closed: the end of this subscriber.
        }
    }

    private synchronized void take(JsonNode batch) {
        var now = Instant.now();
        double nowMillis = now.getEpochSecond() * 1e3 + now.getNano() / MICROS;
        for (var sample : batch) {
            if (sample.get(2).asLong() == 0) {
                long age = Math.clamp(Math.round(nowMillis - sample.get(3).asDouble()), 0, LONGEST_MILLIS);
                agesMillis[(int) age]++;
                count++;
                first.countDown();
            }
        }
    }

    /// Forgets what it counted.
    synchronized void reset() {
        java.util.Arrays.fill(agesMillis, 0);
        count = 0;
    }

    /// How many good values came.
    synchronized long count() {
        return count;
    }

    /// The age below or at which so many of the values were, in whole milliseconds.
    ///
    /// @param share 0 to 1
    synchronized long percentileMillis(double share) {
        long left = (long) Math.ceil(count * share);
        int age = 0;
        for (long seen = agesMillis[0]; seen < left; seen += agesMillis[age]) {
            age++;
        }
        return age;
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
