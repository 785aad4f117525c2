package io.millwright.node.whole;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `mw data` as a user runs it, on folders that no node uses.
class DataCommandsTest {

    /// Every type, qualities with name, number and flag bits, times to the nanosecond, a text with all that CSV quotes.
    private static final List<String> ROWS = List.of(
            "signal,source time,value,quality,receive time,type",
            "m/a,2026-11-21T06:00:00Z,1.5,Good,2026-11-21T06:00:00.250Z,real",
            "m/a,2026-11-21T06:00:01.000000001Z,NaN,BadTimeout,2026-11-21T06:00:01.300Z,real",
            "m/b,2026-11-21T06:00:00Z,9007199254740993,0x40940400,2026-11-21T06:00:00.500Z,int",
            "m/c,2026-11-21T06:00:00Z,true,Uncertain,2026-11-21T06:00:00.000000007Z,bool",
            "m/d,2026-11-21T06:00:00Z,\"say \"\"no\"\", or\nnot\",Good,2026-11-21T06:00:00.500Z,text",
            "m/e,2026-11-21T06:00:00Z,,BadNoCommunication,2026-11-21T06:00:00.500Z,");

    @TempDir
    private Path folder;

    private MwProcess.Ended mw(String... arguments) throws InterruptedException {
        try (var process = MwProcess.start(folder, arguments)) {
            return process.ended().withoutStackTrace();
        }
    }

    private String file(String name, String... lines) throws Exception {
        return Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n")
                .toString();
    }

    private String at(String name) {
        return folder.resolve(name).toString();
    }

    private void holds(MwProcess.Ended ended) {
        assertEquals(0, ended.status(), ended.err());
    }

    @Test
    void whatIsExportedAndImportedAgainIsTheSameToTheNanosecondInBothNotations() throws Exception {
        var original = file("original.csv", ROWS.toArray(String[]::new));
        var imported = mw("data", "import", original, "--data", at("one"), "--json");
        holds(imported);
        assertEquals(ROWS.size() - 1, imported.json().get("imported").asInt());
        assertEquals(0, imported.json().get("wrong").asInt());
        holds(mw("data", "export", "-o", at("one.csv"), "--data", at("one")));
        assertEquals(Files.readString(Path.of(original)), Files.readString(folder.resolve("one.csv")));
        var exported =
                mw("data", "export", "--format", "ndjson", "-o", at("one.ndjson"), "--data", at("one"), "--json");
        holds(exported);
        assertEquals(ROWS.size() - 1, exported.json().get("samples").asInt());
        holds(mw("data", "import", at("one.ndjson"), "--data", at("two")));
        holds(mw("data", "export", "-o", at("two.csv"), "--data", at("two")));
        assertEquals(Files.readString(Path.of(original)), Files.readString(folder.resolve("two.csv")));
    }

    /// Six samples over ten seconds: 1 to 5 good and one bad that counts for no mean.
    @Test
    void aWideTableIsImportedAndSummedUpPerInterval() throws Exception {
        var wide = file(
                "wide.csv",
                "time,m/a,m/b",
                "2026-11-21T06:00:00Z,1,",
                "2026-11-21T06:00:02Z,2,on",
                "1795240804000,3,",
                "2026-11-21T08:00:06+02:00,4,",
                "2026-11-21 06:00:08Z,5,off");
        var bad = file("bad.csv", "signal,source_time,value,quality", "m/a,2026-11-21T06:00:09Z,99,Bad");
        var both = mw("data", "import", wide, bad, "--data", at("wide"), "--json");
        holds(both);
        assertEquals(8, both.json().get("imported").asInt());
        var rows = mw(
                        "data",
                        "query",
                        "m/a",
                        "--buckets",
                        "2",
                        "--from",
                        "2026-11-21T06:00:00Z",
                        "--to",
                        "2026-11-21T06:00:10Z",
                        "--data",
                        at("wide"),
                        "--json")
                .json();
        assertEquals(2, rows.size());
        assertEquals("2026-11-21T06:00:05Z", rows.get(1).get("from").asString());
        assertEquals(2.0, rows.get(0).get("mean").asDouble());
        assertEquals(4.5, rows.get(1).get("mean").asDouble());
        assertEquals(5.0, rows.get(1).get("max").asDouble());
        assertEquals(3, rows.get(1).get("count").asInt());
        assertEquals(1, rows.get(1).get("bad").asInt());
        var texts = mw("data", "query", "m/b", "--data", at("wide"), "--json").json();
        assertEquals("on", texts.get(0).get("value").asString());
        assertEquals("text", texts.get(1).get("type").asString());
    }

    @Test
    void everyRowThatCannotBeUsedIsNamedWithItsLineAndColumnAndTheOthersAreKept() throws Exception {
        var csv = file(
                "rows.csv",
                "signal,source time,value,quality,receive time,type",
                "m/a,2026-11-21T06:00:00Z,1",
                "m/a,yesterday,2",
                "m/a,2026-11-21T06:00:01Z,3,Fine",
                "m/a,2026-11-21T06:00:02Z,4,,,decimal",
                "m/a,2026-11-21T06:00:03Z,four,,,int",
                "m/a,2026-11-21T06:00:04Z,5,,,,,more",
                "m/a,2026-11-21T06:00:05Z");
        var ndjson = file(
                "rows.ndjson",
                "{\"signal\":\"m/a\",\"sourceTime\":\"2026-11-21T06:00:06Z\",\"value\":6}",
                "{\"signal\":\"m/a\",\"sourceTime\":\"2026-11-21T06:00:07Z\",\"value\":}",
                "{\"signal\":\"m/a\",\"value\":8}",
                "{\"signal\":\"m/a\",\"sourceTime\":\"noon\",\"value\":9}",
                "[10]");
        var ended = mw("data", "import", csv, ndjson, "--data", at("rows"), "--json");
        assertEquals(1, ended.status(), ended.err());
        assertEquals(2, ended.json().get("imported").asInt());
        assertEquals(10, ended.json().get("wrong").asInt());
        var said = ended.err().lines().toList();
        var places = List.of(
                csv + ":3:5: ", csv + ":4:28: ", csv + ":5:30: ", csv + ":6:26: ", csv + ":7:31: ", csv + ":8:1: ");
        for (var place : places) {
            assertTrue(said.stream().anyMatch(line -> line.startsWith(place)), place + " is missing in " + said);
        }
        for (var place :
                List.of(ndjson + ":2:", ndjson + ":3:1: \"sourceTime\"", ndjson + ":4:30: ", ndjson + ":5:1: ")) {
            assertTrue(said.stream().anyMatch(line -> line.startsWith(place)), place + " is missing in " + said);
        }
    }

    @Test
    void whatIsNoFileOfHistoryIsRefusedInOneLine() throws Exception {
        mw("data", "import", file("header.csv", "a,b,c", "1,2,3"), "--data", at("x"))
                .saysOneLine(2, "header.csv:1:1:", "signal,source time,value");
        var latin = Files.write(
                folder.resolve("latin.csv"),
                "signal,source time,value\nm/ä,2026-11-21T06:00:00Z,1\n".getBytes(StandardCharsets.ISO_8859_1));
        mw("data", "import", latin.toString(), "--data", at("x")).saysOneLine(2, "latin.csv", "UTF-8");
        mw("data", "import", at("nowhere.csv"), "--data", at("x")).saysOneLine(2, "nowhere.csv");
        mw("data", "query", "m/a", "--data", at("none")).saysOneLine(2, at("none"), "--data");
        mw("data", "query", "m/a", "--data", at("x")).saysOneLine(2, "m/a");
    }

    /// The plant file says every second and 0 to 10: one distance of ten seconds is a gap, 11 is outside.
    @Test
    void theReportOfQualityKnowsIntervalAndRangeFromThePlantFile() throws Exception {
        var plant = file(
                "plant.yaml",
                "plant: workshop",
                "prefix: 88.118.7",
                "assets:",
                "  m:",
                "    signals:",
                "      a: {unit: cm, range: [0, 10], from: \"plc/input/0:float32\", every: 1s}",
                "connections:",
                "  plc: {protocol: modbus-tcp, endpoint: \"127.0.0.1:1502\"}");
        var history = file(
                "history.csv",
                "signal,source time,value,quality",
                "m/a,2026-11-21T06:00:00Z,1.0,Good",
                "m/a,2026-11-21T06:00:01Z,11.0,Good",
                "m/a,2026-11-21T06:00:11Z,2.0,Bad",
                "m/a,2026-11-21T06:00:12Z,3.0,Uncertain");
        holds(mw("data", "import", history, "--data", at("q")));
        var report = mw("data", "quality", "--plant", plant, "--data", at("q"), "--json")
                .json();
        assertEquals(1, report.size());
        var signal = report.get(0);
        assertEquals(4, signal.get("samples").asInt());
        assertEquals(50.0, signal.get("goodPercent").asDouble());
        assertEquals(25.0, signal.get("badPercent").asDouble());
        assertEquals(1.0, signal.get("intervalSeconds").asDouble());
        assertEquals(1, signal.get("gaps").asInt());
        assertEquals(10.0, signal.get("longestGapSeconds").asDouble());
        assertEquals(1, signal.get("outOfRange").asInt());
    }

    /// A node that others can reach wants its token; the file it keeps it in is what `--token` takes.
    @Test
    void aRunningNodeIsAskedWithItsToken() throws Exception {
        var plant = file(
                "plant.yaml",
                "plant: workshop",
                "prefix: 88.118.7",
                "assets:",
                "  m:",
                "    signals:",
                "      a: {unit: cm, from: \"plc/input/0:float32\"}",
                "connections:",
                "  plc: {protocol: modbus-tcp, endpoint: \"127.0.0.1:9\"}");
        try (var node = MwProcess.start(
                folder,
                "up",
                plant,
                "--json",
                "--data",
                at("node"),
                "--http",
                "0.0.0.0:0",
                "--handle",
                "127.0.0.1:0")) {
            var port = LivePlant.port(node.ready().get("console").asString().replaceFirst("/$", ""));
            var url = "http://127.0.0.1:" + port;
            mw("data", "quality", "--at", url).saysOneLine(2, "--token");
            mw("data", "quality", "--at", url, "--token", file("wrong", "0".repeat(64)))
                    .saysOneLine(2, "refuses");
            var asked = mw("data", "quality", "--at", url, "--token", at("node/security/token"), "--json");
            holds(asked);
            assertTrue(asked.json().isArray(), asked.out());
            mw("data", "quality", "--data", at("node")).saysOneLine(2, at("node"), "--at");
        }
    }
}
