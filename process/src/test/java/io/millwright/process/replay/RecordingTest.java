package io.millwright.process.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.model.Value;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Expected values are read off the files by eye.
class RecordingTest {

    @TempDir
    Path folder;

    static Path shared(String path) {
        String shared = System.getProperty("mw.shared", System.getProperty("mw.root", ".") + "/../shared");
        Path file = Path.of(shared, "data", path);
        Assumptions.assumeTrue(Files.exists(file), () -> "needs the recording " + file);
        return file;
    }

    private static Instant at(Recording recording, int row) {
        return Instant.ofEpochSecond(0, recording.times().get(row));
    }

    @Test
    void tennesseeEastmanHas52VariablesEveryThreeMinutes() throws Exception {
        var recording = RecordingFolder.read(shared("process/tennessee-eastman/d01.dat"))
                .getFirst();
        assertEquals("d01", recording.name());
        assertEquals(480, recording.rows().size());
        assertEquals(52, recording.columns().size());
        assertEquals("xmeas-01", recording.columns().getFirst().signal());
        assertEquals("xmv-11", recording.columns().getLast().signal());
        assertEquals(Value.of(0.23766), recording.rows().getFirst().getFirst());
        assertEquals(Value.of(3641.3), recording.rows().getFirst().get(1));
        assertEquals(180, at(recording, 1).getEpochSecond() - at(recording, 0).getEpochSecond());
    }

    /// d00.dat holds a line for each variable; XMEAS(1) begins 0.24987, 0.25118, 0.25185.
    @Test
    void transposedFileIsTurned() throws Exception {
        var recording = RecordingFolder.read(shared("process/tennessee-eastman/d00.dat"))
                .getFirst();
        assertEquals(500, recording.rows().size());
        assertEquals(
                List.of(Value.of(0.24987), Value.of(0.25118), Value.of(0.25185)),
                recording.rows().stream().limit(3).map(List::getFirst).toList());
    }

    @Test
    void midnightClosesTheDayOfTheSteelPlant() throws Exception {
        var recording = RecordingFolder.read(shared("energy/steel")).getFirst();
        assertEquals(26_208, recording.rows().size());
        assertEquals(Instant.parse("2018-01-01T00:15:00Z"), at(recording, 0));
        assertEquals(Value.of(3.17), recording.rows().getFirst().getFirst());
        assertEquals(Instant.parse("2018-01-01T23:45:00Z"), at(recording, 94));
        assertEquals(Instant.parse("2018-01-02T00:00:00Z"), at(recording, 95));
        assertEquals(Value.of(3.42), recording.rows().get(95).getFirst());
        assertEquals(Instant.parse("2018-01-02T00:15:00Z"), at(recording, 96));
        assertEquals(Value.of("Light_Load"), recording.rows().getFirst().getLast());
        for (int row = 1; row < recording.times().size(); row++) {
            assertEquals(
                    900_000_000_000L,
                    recording.times().get(row) - recording.times().get(row - 1),
                    "row " + row);
        }
    }

    @Test
    void skabHasLabelsOrNone() throws Exception {
        var labelled = RecordingFolder.read(shared("process/skab/valve1/1.csv")).getFirst();
        assertEquals(10, labelled.columns().size());
        assertEquals(Instant.parse("2020-03-09T10:34:33Z"), at(labelled, 0));
        assertEquals(Value.of(244.091), labelled.rows().getFirst().get(6));
        var free = RecordingFolder.read(shared("process/skab/anomaly-free")).getFirst();
        assertEquals(8, free.columns().size());
        assertEquals(Value.of(122.664), free.rows().getFirst().getLast());
        assertEquals(16, RecordingFolder.read(shared("process/skab/valve1")).size());
    }

    @Test
    void describedFileIsReadAsDescribed() throws Exception {
        Files.writeString(folder.resolve("recording.yaml"), """
                files: "*.txt"
                separator: blank
                header: false
                start: 2026-01-01T00:00:00Z
                interval: PT10S
                signals:
                  flow: {column: 2, unit: L/min}
                  mode: {column: 1, text: true}
                """);
        Files.writeString(folder.resolve("pump.txt"), "on  1.5\noff nonsense\n");
        Files.writeString(folder.resolve("other.csv"), "not meant");
        var recording = RecordingFolder.read(folder).getFirst();
        assertEquals(List.of(Value.of(1.5), Value.of("on")), recording.rows().getFirst());
        assertInstanceOf(Value.Missing.class, recording.rows().get(1).getFirst());
        assertEquals(Instant.parse("2026-01-01T00:00:10Z"), at(recording, 1));
        String plant = PlantFragment.of("replayed", "88.118.7", List.of(recording), "opc.tcp://127.0.0.1:4840");
        assertTrue(plant.contains("flow: {unit: \"L/min\", from: \"replay/ns=2;s=pump.flow\""), plant);
    }

    @Test
    void whatIsWrongIsSaidWithItsPlace() throws Exception {
        assertTrue(refusal(folder).contains("recording.yaml"));
        Path description = folder.resolve("recording.yaml");
        Files.writeString(folder.resolve("a.csv"), "t;x\n2020-01-01 00:00;1\nyesterday;2\n");
        Files.writeString(description, "files: \"*.csv\"\nseparatr: \";\"\nsignals: {x: {}}\n");
        assertTrue(refusal(folder).contains("separatr"));
        String right =
                "files: \"*.csv\"\nseparator: \";\"\nsignals: {%s: {}}\ntime: {column: t, format: yyyy-MM-dd HH:mm}\n";
        Files.writeString(description, right.formatted("x"));
        assertTrue(refusal(folder).contains("line 3: \"yesterday\""), refusal(folder));
        Files.writeString(description, right.formatted("y"));
        assertTrue(refusal(folder).contains("no column \"y\""), refusal(folder));
        Files.writeString(folder.resolve("a.csv"), "t;x\n2020-01-01 00:00\n");
        Files.writeString(description, right.formatted("x"));
        assertTrue(refusal(folder).contains("columns"), refusal(folder));
        Files.writeString(description, "[:");
        assertTrue(refusal(folder).contains("recording.yaml"), refusal(folder));
    }

    private static String refusal(Path path) {
        return assertThrows(RecordingError.class, () -> RecordingFolder.read(path))
                .getMessage();
    }
}
