package io.millwright.node.whole;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.testkit.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The tutorial `docs/tutorial/an-evening.md` from its beginning to its end: its commands, its texts, real
/// processes. What the pumps are told is seen on its way to the device.
class PlcEveningTest {
    private static final String TUTORIAL = "docs/tutorial/an-evening.md";
    private static final int PUMP_1 = 0;
    private static final int PUMP_2 = 2;
    /// So many writes are the reference for the ones around a change.
    private static final int WRITES = 200;

    private static final int FEW = 5;
    /// So often it is looked whether something is recorded; each time a process starts.
    private static final int LOOKS = 30;
    /// A pump may be told steps of that much more than it was told before: a thousandth of its range.
    private static final double STEP_MARGIN = 0.01;
    /// How far the level may be from its set-point, in cm.
    private static final double LEVEL_TOLERANCE = 0.5;

    private static final double SET_POINT = 12.4;
    private static final Pattern BLOCK = Pattern.compile("```st\n(.*?)```", Pattern.DOTALL);
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");

    @TempDir
    private Path folder;

    private final String tutorial = read(MwProcess.root().resolve(TUTORIAL));
    private final List<ModbusTap.Written> log = ModbusTap.log();
    private final Map<String, ModbusTap> taps = new LinkedHashMap<>();
    private final Map<String, MwProcess> running = new LinkedHashMap<>();
    /// What stands in the tutorial, and what it is here.
    private final Map<String, String> places = new LinkedHashMap<>();

    @BeforeEach
    void start() throws Exception {
        int port = freePort();
        run("tanks", "machines", "--any-port", "--modbus-port", String.valueOf(port), "--data", "machines");
        for (String name : List.of("a", "b")) {
            taps.put(name, new ModbusTap(name, port, log));
        }
        places.put("8430", String.valueOf(freePort()));
        places.put("8431", String.valueOf(freePort()));
        Path project = Files.createDirectories(folder.resolve("tanks"));
        try (Stream<Path> files = Files.list(MwProcess.root().resolve("examples/tanks"))) {
            for (Path file : files.toList()) {
                Files.copy(file, project.resolve(file.getFileName()));
            }
        }
        // On a busy machine a scan may be late by more than the example allows.
        plant("watchdog: 50ms", "watchdog: 5s");
        plant("max-age: {Level1: 1s, Level2: 1s}", "max-age: {Level1: 30s, Level2: 30s}");
        plant("127.0.0.1:1502", "127.0.0.1:" + taps.get("a").port());
    }

    @AfterEach
    void end() throws Exception {
        running.values().forEach(MwProcess::close);
        for (ModbusTap tap : taps.values()) {
            tap.close();
        }
    }

    private static int freePort() throws IOException {
        try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void plant(String before, String after) throws IOException {
        edit("plant.yaml", before, after);
    }

    private void edit(String file, String before, String after) throws IOException {
        Path path = folder.resolve("tanks").resolve(file);
        String text = Files.readString(path);
        assertTrue(text.contains(before), file + " has no " + before);
        Files.writeString(path, text.replace(before, after));
    }

    private String program() {
        return read(folder.resolve("tanks/levels.st"));
    }

    private JsonNode run(String name, String... arguments) throws InterruptedException {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--json");
        MwProcess process = MwProcess.start(folder, all.toArray(String[]::new));
        running.put(name, process);
        return process.readyInTheEnd();
    }

    /// The words of a command that stands in the tutorial, with the places of this machine.
    private String[] said(String line, String... more) {
        assertTrue(tutorial.contains("./mw " + line), "the tutorial does not say: " + line);
        String here = line;
        for (Map.Entry<String, String> place : places.entrySet()) {
            here = here.replaceAll("\\b" + place.getKey() + "\\b", place.getValue());
        }
        List<String> words = new ArrayList<>(WORD.matcher(here)
                .results()
                .map(m -> IntStream.rangeClosed(1, 3)
                        .mapToObj(m::group)
                        .filter(g -> g != null)
                        .findFirst()
                        .orElseThrow())
                .toList());
        words.addAll(List.of(more));
        return words.toArray(String[]::new);
    }

    private MwProcess.Ended mw(String line, String... more) throws InterruptedException {
        List<String> all = new ArrayList<>(List.of(more));
        boolean online = line.startsWith("plc change") || line.equals("plc status");
        if (online) {
            all.addAll(List.of("--at", places.get("http://127.0.0.1:8420")));
        }
        all.add("--json");
        return MwProcess.start(folder, said(line, all.toArray(String[]::new)))
                .ended()
                .withoutStackTrace();
    }

    private void plc(String name, String line, String console) throws InterruptedException {
        JsonNode ready = run(
                name,
                Stream.concat(
                                Stream.of(said(line)),
                                Stream.of("--http", "127.0.0.1:0", "--handle", "127.0.0.1:0", "--no-realtime"))
                        .toArray(String[]::new));
        places.put(console, ready.get("console").asString().replaceFirst("/$", ""));
    }

    /// The texts of the tutorial, in their order.
    private String text(int number) {
        return BLOCK.matcher(tutorial)
                .results()
                .map((MatchResult m) -> m.group(1))
                .toList()
                .get(number);
    }

    private List<ModbusTap.Written> writes(int pump) {
        return log.stream().filter(w -> w.address() == pump).toList();
    }

    /// However slow the machine is: the pumps are heard of again and again.
    private void awaitWrites(String name, int more) {
        for (int i = 0; i < more; i += FEW) {
            awaitFew(name);
        }
    }

    private void awaitFew(String name) {
        long there = log.size();
        Await.until(
                "the pumps hear " + name,
                () -> log.stream()
                                .skip(there)
                                .filter(w -> w.client().equals(name) && w.address() == PUMP_1)
                                .count()
                        >= FEW);
    }

    private static double largestStep(List<Double> values) {
        return IntStream.range(1, values.size())
                .mapToDouble(i -> Math.abs(values.get(i) - values.get(i - 1)))
                .max()
                .orElse(0);
    }

    /// What a pump was told after the first writes of a number, as far as another number.
    private List<Double> told(int pump, int from, int to) {
        return writes(pump).subList(from, to).stream()
                .map(w -> (double) w.value())
                .toList();
    }

    /// The steps since a moment are no larger than those before it, which the noise of the levels makes.
    ///
    /// @param from how many writes there were to each pump when the reference began
    /// @param at how many when the moment came
    private void noBump(String when, Map<Integer, Integer> from, Map<Integer, Integer> at) {
        for (int pump : List.of(PUMP_1, PUMP_2)) {
            double reference = largestStep(told(pump, from.get(pump), at.get(pump)));
            double then = largestStep(told(pump, at.get(pump) - 1, writes(pump).size()));
            System.out.printf("%s, pump at %d: at most %.4f V, before %.4f V%n", when, pump, then, reference);
            assertTrue(then <= 2 * reference + STEP_MARGIN, when + ": " + then + " V after " + reference + " V");
        }
    }

    private Map<Integer, Integer> count() {
        return Map.of(PUMP_1, writes(PUMP_1).size(), PUMP_2, writes(PUMP_2).size());
    }

    private JsonNode status(String line) throws InterruptedException {
        return mw(line).json();
    }

    private void awaitReady() throws InterruptedException {
        JsonNode pair = status("plc status --at http://127.0.0.1:8421").get("standby");
        for (int i = 0; i < 40 && !pair.get("ready").asBoolean(); i++) {
            Thread.sleep(300);
            pair = status("plc status --at http://127.0.0.1:8421").get("standby");
        }
        assertTrue(pair.get("ready").asBoolean() && pair.get("agrees").asBoolean(), pair.toString());
    }

    private JsonNode changedTexts() throws Exception {
        var request = HttpRequest.newBuilder(
                        URI.create(places.get("http://127.0.0.1:8420") + "/api/v1/plc/change/texts"))
                .build();
        try (var client = HttpClient.newHttpClient()) {
            return JsonMapper.shared()
                    .readTree(client.send(request, HttpResponse.BodyHandlers.ofString())
                            .body());
        }
    }

    /// The editor underlines a wrong name, offers the right one, and is content in the end.
    private void write() throws Exception {
        String before = program();
        String after = before.replace("PROGRAM Levels", text(0) + "PROGRAM Levels")
                .replace("Start := 3.0);\nEND_VAR", "Start := 3.0);\n" + text(1) + "END_VAR")
                .replace("    Automatic := 0.0;", text(2) + "    Automatic := 0.0;")
                .replace("VoltsPerCm * Level1", "VoltsPerCm * Smooth1.Out")
                .replace("VoltsPerCm * Level2", "VoltsPerCm * Smooth2.Out");
        Path file = folder.resolve("tanks/levels.st");
        try (var editor = EditorProcess.open(folder.resolve("tanks"), file, before)) {
            editor.type(after.replace("Smooth1(Value :=", "Smooth1(Vale :="));
            var mistake = editor.underlined(true).getFirst();
            List<String> lines = after.lines().toList();
            assertTrue(lines.get(mistake.getRange().getStart().getLine()).contains("Smooth1(Value"));
            editor.type(after);
            assertEquals(List.of(), editor.underlined(false));
            int line = IntStream.range(0, lines.size())
                    .filter(i -> lines.get(i).contains("Smooth1.Out"))
                    .findFirst()
                    .orElseThrow();
            List<String> offered = editor.offered(line, lines.get(line).indexOf("Smooth1.Out") + "Smooth1.".length());
            assertTrue(offered.contains("Out"), offered.toString());
        }
        Files.writeString(file, after);
    }

    private void mend() throws IOException {
        edit(
                "levels.st",
                "    Out : LREAL;\nEND_VAR\n    Out := Out + Share",
                "    Out : LREAL;\nEND_VAR\n" + text(3) + text(4) + "    Out := Out + Share");
    }

    @Test
    void anEveningWithTheVirtualPlc() throws Exception {
        String first = program();
        write();
        MwProcess.Ended tested = mw("st test tanks");
        assertEquals(1, tested.status(), tested.toString());
        String written = program();
        Path file = folder.resolve("tanks/levels.st");
        // What is edited meanwhile concerns nobody until it is proposed.
        Files.writeString(file, first);
        plc(
                "a",
                "plc run tanks --data a --fence fence --lease 2s --standby-port 8430 --standby-of 127.0.0.1:8431",
                "http://127.0.0.1:8420");
        awaitWrites("a", 5);
        String ofA = "127.0.0.1:" + taps.get("a").port();
        plant(ofA, "127.0.0.1:" + taps.get("b").port());
        plc(
                "b",
                "plc run tanks --data b --fence fence --lease 2s --standby-port 8431 --standby-of 127.0.0.1:8430",
                "http://127.0.0.1:8421");
        plant("127.0.0.1:" + taps.get("b").port(), ofA);
        awaitReady();
        assertEquals("master", status("plc status").get("standby").get("role").asString());
        Files.writeString(file, written);
        changeOnline();
        killAndReplay();
    }

    private void changeOnline() throws Exception {
        String propose = "plc change tanks --propose --reason \"less noise on the pumps\"";
        assertEquals(0, mw(propose).status());
        MwProcess.Ended refused = mw("plc change --approve");
        assertEquals(1, refused.status());
        assertEquals("waiting", refused.json().get("state").asString(), refused.out());
        assertTrue(refused.out().contains("pump-1/voltage differs"), refused.out());
        assertEquals(0, mw("plc change --back").status());

        mend();
        plant("watchdog: 5s", "watchdog: 6s");
        assertEquals(0, mw("st test tanks").status());
        assertEquals(0, mw(propose).status());
        List<String> changed = StreamSupport.stream(changedTexts().spliterator(), false)
                .map(t -> t.get("name").asString())
                .toList();
        assertEquals(List.of("levels.st", "plant.yaml"), changed);

        Map<Integer, Integer> from = count();
        awaitWrites("a", WRITES);
        Map<Integer, Integer> at = count();
        assertEquals(0, mw("plc change --approve --accept outputs").status());
        awaitWrites("a", WRITES);
        noBump("change", from, at);
        awaitReady();
    }

    private void killAndReplay() throws Exception {
        Map<Integer, Integer> from = count();
        awaitWrites("a", WRITES);
        Map<Integer, Integer> at = count();
        running.remove("a").kill();
        awaitWrites("b", WRITES);
        noBump("take-over", from, at);
        JsonNode status = status("plc status --at http://127.0.0.1:8421");
        assertEquals("master", status.get("standby").get("role").asString());
        long over = status.get("standby").get("takeOver").get("scan").asLong();
        long recorded = lastScan();
        for (int i = 0; i < LOOKS && recorded <= over + WRITES; i++) {
            recorded = lastScan();
        }
        assertTrue(recorded > over + WRITES, recorded + " scans are recorded, the take-over was after " + over);
        wholeEvening(over);
    }

    private long lastScan() throws InterruptedException {
        JsonNode run = mw("plc record list a --with b").json().get("runs").get(0);
        return run.get("run").get("lastScan").asLong();
    }

    private void wholeEvening(long over) throws Exception {
        JsonNode runs = mw("plc record list a --with b").json().get("runs");
        assertEquals(1, runs.size(), runs.toString());
        assertEquals(0, runs.get(0).get("run").get("firstScan").asLong());
        List<JsonNode> marks = StreamSupport.stream(runs.get(0).get("marks").spliterator(), false)
                .filter(m -> List.of("program", "take-over", "fault", "gap")
                        .contains(m.get("kind").asString()))
                .toList();
        assertEquals(
                List.of("program", "take-over"),
                marks.stream().map(m -> m.get("kind").asString()).toList());
        assertEquals(over, marks.getLast().get("scan").asLong());

        assertEquals(0, mw("plc record save a --with b evening.plcrec").status());
        MwProcess.Ended above = mw("plc replay evening.plcrec --last 'levels.Level1 > 12.4' --watch levels");
        assertEquals(0, above.status(), above.toString());
        assertTrue(above.json().get("found").asBoolean());
        MwProcess.Ended all = mw("plc replay evening.plcrec --csv evening.csv --watch levels.Level1,levels.Pump1");
        assertEquals(0, all.status(), all.toString());
        assertTrue(all.json().get("agrees").asBoolean());
        List<String[]> rows = Files.readAllLines(folder.resolve("evening.csv")).stream()
                .skip(1)
                .map(row -> row.split(","))
                .toList();
        for (int i = 0; i < rows.size(); i++) {
            assertEquals(i, Long.parseLong(rows.get(i)[2]), "every scan is there");
        }
        assertTrue(rows.size() > over + WRITES);
        List<Double> levels =
                rows.stream().skip(1).map(r -> Double.parseDouble(r[3])).toList();
        levels.forEach(level -> assertEquals(SET_POINT, level, LEVEL_TOLERANCE));
        assertFalse(levels.isEmpty());
    }
}
