package io.millwright.node.whole;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.testkit.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Recordings, replays and traces by the commands a user has, over a running `mw plc run`.
class PlcRecordTest {
    /// Count is the number of the scan, so what a replay shows can be told without one.
    private static final String COUNTER = """
            PROGRAM Counter
            VAR
              Count : DINT;
              Twice : LREAL;
              Offset : DINT;
            END_VAR
            Count := Count + 1;
            Twice := 2.0 * DINT_TO_LREAL(Count + Offset);
            END_PROGRAM
            CONFIGURATION c
            RESOURCE r ON jvm
            TASK main(INTERVAL := T#10ms, PRIORITY := 1);
            PROGRAM p WITH main : Counter;
            END_RESOURCE
            END_CONFIGURATION
            """;

    @TempDir
    private Path folder;

    private MwProcess plc;
    private String at;

    private void start(String... options) throws Exception {
        Files.writeString(folder.resolve("counter.st"), COUNTER);
        var all = new java.util.ArrayList<>(
                List.of("plc", "run", "counter.st", "--json", "--data", "data", "--http", "127.0.0.1:0", "--handle"));
        all.add("127.0.0.1:0");
        all.addAll(List.of(options));
        plc = MwProcess.start(folder, all.toArray(String[]::new));
        at = plc.readyInTheEnd().get("console").asString();
    }

    @AfterEach
    void end() {
        if (plc != null) {
            plc.close();
        }
    }

    private MwProcess.Ended offline(String... arguments) throws InterruptedException {
        var all = new java.util.ArrayList<>(List.of("plc"));
        all.addAll(List.of(arguments));
        all.add("--json");
        return MwProcess.start(folder, all.toArray(String[]::new)).ended().withoutStackTrace();
    }

    private MwProcess.Ended online(String... arguments) throws InterruptedException {
        var all = new java.util.ArrayList<>(List.of(arguments));
        all.addAll(List.of("--at", at));
        return offline(all.toArray(String[]::new));
    }

    private JsonNode recording() throws InterruptedException {
        return online("status").json().get("recording");
    }

    private static double value(JsonNode moment, String path) {
        return StreamSupport.stream(moment.get("values").spliterator(), false)
                .filter(v -> v.get("path").asString().equals(path))
                .findFirst()
                .orElseThrow()
                .get("value")
                .asDouble();
    }

    /// kill -9 in the middle: what was flushed is replayed, every scan as the program's own count says.
    @Test
    void whatAKilledPlcRecordedIsReplayed() throws Exception {
        start();
        Await.until(
                "two hundred scans are on the disk",
                () -> recording().get("scans").asLong() > 200);
        assertEquals("recording", recording().get("state").asString());
        assertEquals(0, recording().get("lost").asLong());
        plc.kill();

        JsonNode list = offline("record", "list", "data").json();
        long last = list.get("runs").get(0).get("run").get("lastScan").asLong();
        assertTrue(last >= 200, list.toString());
        JsonNode moment = offline("replay", "data", "--scan", "150").json();
        assertEquals(150, value(moment, "p.Count"));
        assertEquals(300, value(moment, "p.Twice"));
        assertTrue(moment.get("agrees").asBoolean());
        assertEquals(
                149,
                value(offline("replay", "data", "--scan", "150", "--back", "1").json(), "p.Count"));
        JsonNode found = offline("replay", "data", "--until", "p.Twice >= 240").json();
        assertEquals(120, found.get("scan").asLong());
        assertEquals(1, offline("replay", "data", "--until", "p.Twice < 0").status());
        assertEquals(
                119,
                offline("replay", "data", "--last", "p.Twice < 240")
                        .json()
                        .get("scan")
                        .asLong());

        assertEquals(
                0,
                offline("replay", "data", "--scan", "10", "--forward", "5", "--csv", "x.csv")
                        .status());
        List<String> rows = Files.readAllLines(folder.resolve("x.csv"));
        assertEquals("time,millis,scan,p.Count,p.Twice,p.Offset", rows.getFirst());
        assertEquals(7, rows.size());
        assertTrue(rows.getLast().endsWith(",15,15,30.0,0"), rows.getLast());

        assertEquals(
                0,
                offline("record", "save", "data", "part.plcrec", "--from", "100", "--to", "160")
                        .status());
        JsonNode part = offline("replay", "part.plcrec", "--scan", "155").json();
        assertEquals(155, value(part, "p.Count"));
        offline("replay", "data", "--scan", "99999999").saysOneLine(2, "99999999 was not recorded", "ends with scan");
        offline("replay", "nowhere").saysOneLine(2, "there is no nowhere");
        Path cut = Files.write(
                folder.resolve("cut.plcrec"),
                java.util.Arrays.copyOf(Files.readAllBytes(folder.resolve("part.plcrec")), 100));
        offline("replay", cut.toString()).saysOneLine(2, "cut.plcrec", "cut short");
    }

    @Test
    void forcesAndOnlineChangesAreReplayedAndMarked() throws Exception {
        start();
        assertEquals(
                0, online("force", "p.Offset", "1000", "--reason", "a test").status());
        JsonNode trace =
                online("trace", "p.Count", "p.Twice", "--for", "50ms").json().get("trace");
        double count = trace.get("values").get("p.Count").get(4).asDouble();
        assertEquals(
                2 * (count + 1000), trace.get("values").get("p.Twice").get(4).asDouble());
        assertEquals(count, trace.get("values").get("p.Count").get(3).asDouble() + 1, "a trace has every scan");
        online("trace", "p.Count", "--trigger", "p.Nothing > 1").saysOneLine(2, "p.Nothing");
        assertEquals(0, online("unforce", "--all").status());

        Files.writeString(folder.resolve("counter.st"), COUNTER.replace("2.0 *", "3.0 *"));
        JsonNode changed =
                online("change", "counter.st", "--shadow", "5", "--trial", "5").json();
        // The trial of five scans may be over when the command looks.
        assertTrue(Set.of("swapped", "settled").contains(changed.get("state").asString()), changed.toString());
        Await.until("it is on the disk", () -> {
            JsonNode now = offline("replay", "data").json();
            return value(now, "p.Twice") == 3 * (value(now, "p.Count") + 1000);
        });
        JsonNode forced =
                offline("replay", "data", "--until", "p.Offset = 1000").json();
        assertEquals(2 * (value(forced, "p.Count") + 1000), value(forced, "p.Twice"));
        assertTrue(forced.get("news").toString().contains("p.Offset was forced to 1000"), forced.toString());
        JsonNode run = offline("record", "list", "data").json().get("runs").get(0);
        List<String> kinds = StreamSupport.stream(run.get("marks").spliterator(), false)
                .map(m -> m.get("kind").asString())
                .filter(k -> !k.equals("overrun"))
                .toList();
        assertEquals(List.of("mode", "force", "release", "program"), kinds);
        long before = forced.get("scan").asLong();
        assertEquals(
                2 * (value(forced, "p.Count") + 1000),
                value(
                        offline("replay", "data", "--scan", String.valueOf(before))
                                .json(),
                        "p.Twice"));
    }

    /// Where the recording cannot be written the scans go on, and the status says why nothing is recorded.
    @Test
    void aDiskThatFailsStopsNothing() throws Exception {
        Files.createDirectories(folder.resolve("data/plc"));
        Files.writeString(folder.resolve("data/plc/recording"), "in the way");
        start();
        Await.until("it is told", () -> recording().get("state").asString().equals("failing"));
        JsonNode status = online("status").json();
        assertEquals("running", status.get("mode").asString());
        assertFalse(status.get("recording").get("reason").asString().isEmpty());
        assertTrue(status.get("recording").get("lost").asLong() > 0, status.toString());
        long scans = status.get("tasks").get(0).get("scans").asLong();
        Await.until(
                "the scans go on",
                () -> online("status").json().get("tasks").get(0).get("scans").asLong() > scans + 20);
        Files.delete(folder.resolve("data/plc/recording"));
        Await.until(
                "it is recorded again",
                () -> recording().get("state").asString().equals("recording")
                        && recording().get("scans").asLong() > 0);
        assertTrue(offline("replay", "data").json().get("agrees").asBoolean());
    }

    @Test
    void nothingIsRecordedWhereThatIsAskedFor() throws Exception {
        start("--no-record");
        assertEquals("off", recording().get("state").asString());
        assertFalse(Files.exists(folder.resolve("data/plc/recording")));
    }
}
