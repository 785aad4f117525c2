package io.millwright.process.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.connect.opcua.OpcUaProtocol;
import io.millwright.model.Sample;
import io.millwright.model.Time;
import io.millwright.process.Collected;
import io.millwright.process.replay.ReplaySettings.Times;
import io.millwright.testkit.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an OPC UA client receives from a replay is what the file holds, read here a second time by other means.
class ReplayTest {

    @TempDir
    Path folder;

    /// Replays a file and collects one signal until the last row.
    private List<Sample> replayed(Path file, String node, double speed, Times times, long rows) throws Exception {
        var recordings = RecordingFolder.read(file);
        var settings = new ReplaySettings(0, Optional.empty(), folder.resolve("server"), times, speed, false);
        try (var replay = Replay.serve(recordings, settings, Time.system());
                var collected = new Collected(folder.resolve("client"))) {
            collected
                    .open(new OpcUaProtocol(), replay.endpoint(), Map.of("security", "None"))
                    .start(List.of(Collected.signal("opc-ua", node, Duration.ofMillis(10))));
            Await.until("the client monitors", () -> replay.monitored() == 1);
            replay.play();
            Await.until(
                    () -> collected.good(node).size() + " of " + replay.produced() + " changes",
                    () -> collected.good(node).size() >= replay.produced());
            assertTrue(replay.produced() > rows / 2, "most rows bring a change");
            return collected.good(node);
        }
    }

    /// Each sample must be the file's at its time, and no change of the file may be missing.
    private static void assertSame(TreeMap<Long, Double> file, List<Sample> samples) {
        var seen = new TreeMap<Long, Double>();
        samples.forEach(s -> seen.put(s.sourceNanos(), s.value().asDouble()));
        seen.forEach((time, value) -> assertEquals(file.get(time), value, "at " + Instant.ofEpochSecond(0, time)));
        Double last = null;
        for (var row : file.entrySet()) {
            if (!row.getValue().equals(last)) {
                assertTrue(seen.containsKey(row.getKey()), "missing " + Instant.ofEpochSecond(0, row.getKey()));
            }
            last = row.getValue();
        }
    }

    @Test
    void tennesseeEastmanArrivesWithItsValuesAndTimes() throws Exception {
        Path file = RecordingTest.shared("process/tennessee-eastman/d01.dat");
        var expected = new TreeMap<Long, Double>();
        long start = Instant.parse("2000-01-01T00:00:00Z").getEpochSecond();
        try (var lines = Files.lines(file)) {
            lines.forEach(line -> expected.put(
                    (start + 180L * expected.size()) * 1_000_000_000L,
                    Double.valueOf(line.substring(0, 16).strip())));
        }
        assertSame(expected, replayed(file, "ns=2;s=d01.xmeas-01", 40_000, Times.ORIGINAL, 480));
    }

    @Test
    void skabArrivesWithItsValuesAndTimes() throws Exception {
        Path file = RecordingTest.shared("process/skab/valve1/1.csv");
        var expected = new TreeMap<Long, Double>();
        for (var line :
                Files.readAllLines(file).subList(1, Files.readAllLines(file).size())) {
            var time =
                    LocalDateTime.parse(line.substring(0, 19).replace(' ', 'T')).toInstant(ZoneOffset.UTC);
            expected.put(time.getEpochSecond() * 1_000_000_000L, Double.valueOf(line.split(";")[3]));
        }
        assertSame(expected, replayed(file, "ns=2;s=1.current", 500, Times.ORIGINAL, expected.size()));
    }

    @Test
    void steelArrivesInOrderThroughEveryMidnight() throws Exception {
        Path file = RecordingTest.shared("energy/steel/steel_jan_sep.csv");
        var lines = Files.readAllLines(file);
        var expected = new TreeMap<Long, Double>();
        long first = Instant.parse("2018-01-01T00:15:00Z").getEpochSecond();
        // A quarter-hour after another, whatever the stamps say about midnight.
        for (int row = 1; row < lines.size(); row++) {
            expected.put(
                    (first + 900L * (row - 1)) * 1_000_000_000L,
                    Double.valueOf(lines.get(row).split(",")[1]));
        }
        assertSame(expected, replayed(file, "ns=2;s=steel_jan_sep.energy", 4_000_000, Times.ORIGINAL, 20_000));
    }

    @Test
    void replayWithTheTimesOfNowKeepsTheDistances() throws Exception {
        Files.writeString(folder.resolve("recording.yaml"), """
                files: "*.csv"
                interval: PT1S
                signals: {x: {}}
                """);
        Files.writeString(folder.resolve("ramp.csv"), "x\n1\n2\n3\n4\n");
        long before = Time.system().epochNanos();
        var samples = new ArrayList<>(replayed(folder, "ns=2;s=ramp.x", 10, Times.NOW, 4));
        assertEquals(
                List.of(1.0, 2.0, 3.0, 4.0),
                samples.stream().map(s -> s.value().asDouble()).toList());
        assertTrue(samples.getFirst().sourceNanos() >= before / 100 * 100);
        for (int i = 1; i < 4; i++) {
            assertEquals(
                    100_000_000L,
                    samples.get(i).sourceNanos() - samples.get(i - 1).sourceNanos());
        }
    }
}
