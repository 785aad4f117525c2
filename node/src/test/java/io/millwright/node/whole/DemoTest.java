package io.millwright.node.whole;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The first command of the README.
class DemoTest {

    @TempDir
    private Path folder;

    @Test
    void theDemonstrationEndsWithASummaryInWhichNothingIsLost() throws Exception {
        var arguments = new String[] {
            "demo",
            "--for",
            "10s",
            "--headless",
            "--json",
            "--data",
            folder.resolve("demo").toString(),
            "--http",
            "127.0.0.1:0",
            "--handle",
            "127.0.0.1:0"
        };
        try (var demo = MwProcess.start(folder, arguments)) {
            var ended = demo.ended().withoutStackTrace();
            assertEquals(0, ended.status(), ended.err());
            var summary = ended.json();
            assertEquals(Set.of("samples", "latencyMillis", "identifiers"), Set.copyOf(summary.propertyNames()));
            var samples = summary.get("samples");
            assertEquals(Set.of("produced", "stored", "lost"), Set.copyOf(samples.propertyNames()));
            assertTrue(samples.get("produced").asLong() > 0, ended.out());
            assertEquals(samples.get("produced").asLong(), samples.get("stored").asLong());
            assertEquals(0, samples.get("lost").asLong());
            var latency = summary.get("latencyMillis");
            assertTrue(latency.get("p50").asDouble() > 0, ended.out());
            assertTrue(latency.get("p99").asDouble() >= latency.get("p50").asDouble(), ended.out());
            var identifiers = summary.get("identifiers");
            assertTrue(identifiers.get("registered").asLong() > 0, ended.out());
            assertEquals(
                    identifiers.get("registered").asLong(),
                    identifiers.get("resolved").asLong());
            assertTrue(Files.exists(folder.resolve("demo/historian")), "the data is where it was asked for");
        }
    }
}
