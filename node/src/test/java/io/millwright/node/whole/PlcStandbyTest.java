package io.millwright.node.whole;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.model.Range;
import io.millwright.model.Time;
import io.millwright.process.plant.FaultBoard;
import io.millwright.process.plant.TankCell;
import io.millwright.process.serve.Ledger;
import io.millwright.process.serve.ModbusPointServer;
import io.millwright.process.serve.Point;
import io.millwright.testkit.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Two processes of `mw plc run` hold the levels of one plant. What each of them writes is seen on its way to
/// the device; the program writes the count of its scans as well, so that a scan that is lost or done by both
/// is seen.
class PlcStandbyTest {
    private static final int PUMP_1 = 0;
    private static final int COUNT = 14;
    private static final int TWICE = 16;
    private static final double CYCLE_NANOS = 50_000_000;
    /// How far the device may be from what it is without anything happening to a PLC.
    private static final double LEVEL_TOLERANCE = 0.5;
    private static final double SET_POINT = 12.4;

    @TempDir
    private Path folder;

    private final TankCell tanks = new TankCell(new FaultBoard(Time.system()), 1, Time.system());
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final List<ModbusTap.Written> log = ModbusTap.log();
    private final Map<String, ModbusTap> taps = new LinkedHashMap<>();
    private final Map<String, Integer> doors = Map.of("a", freePort(), "b", freePort());
    private final Map<String, MwProcess> running = new LinkedHashMap<>();
    private final Map<String, String> at = new LinkedHashMap<>();
    private ModbusPointServer device;

    @BeforeEach
    void start() throws Exception {
        List<Point> holding = new ArrayList<>(tanks.holding());
        holding.add(Point.commanded("count", "1", "scans", Point.Kind.REAL, new Range(0, 1e9), _ -> {}));
        assertEquals(COUNT, 2 * (holding.size() - 1));
        holding.add(Point.commanded("twice", "1", "scans", Point.Kind.REAL, new Range(0, 1e9), _ -> {}));
        device = ModbusPointServer.start(0, 1, tanks.input(), holding, Ledger.counting(), Time.system());
        var _ = thread.scheduleAtFixedRate(
                () -> tanks.step(0.01, Time.system().epochNanos()), 0, 10, TimeUnit.MILLISECONDS);
        for (String name : List.of("a", "b")) {
            taps.put(name, new ModbusTap(name, device.port(), log));
            copyProject(name);
        }
    }

    @AfterEach
    void end() throws Exception {
        for (MwProcess process : running.values()) {
            process.signal("-CONT");
            process.close();
        }
        thread.shutdownNow();
        for (ModbusTap tap : taps.values()) {
            tap.close();
        }
        device.close();
    }

    private static int freePort() {
        try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /// The example with slower scans and one output more, the count of the scans, and a signal that nothing is bound
    /// to.
    private void copyProject(String name) throws IOException {
        Path example = MwProcess.root().resolve("examples/tanks");
        Path project = Files.createDirectories(folder.resolve(name));
        String plant = Files.readString(example.resolve("plant.yaml"))
                .replace("127.0.0.1:1502", "127.0.0.1:" + taps.get(name).port())
                .replace("every: 10ms\n    deadline: 10ms", "every: 50ms\n    deadline: 50ms")
                .replace("watchdog: 50ms", "watchdog: 1s")
                .replace("max-age: {Level1: 1s, Level2: 1s}", "max-age: {Level1: 10s, Level2: 10s}")
                .replace(
                        "      automatic: {",
                        "      count: {unit: \"1\", range: [0, 1e9], to: \"plc-io/holding/14:float32\"}\n"
                                + "      twice: {unit: \"1\", range: [0, 1e9], to: \"plc-io/holding/16:float32\"}\n"
                                + "      automatic: {")
                .replace("      Level1: tank-1/level", "      Count: controller/count\n      Level1: tank-1/level");
        Files.writeString(project.resolve("plant.yaml"), plant);
        Files.writeString(
                project.resolve("levels.st"),
                Files.readString(example.resolve("levels.st"))
                        .replace("Automatic := 0.0;", "Automatic := 0.0; Count := Count + 1.0;")
                        .replace("Automatic : LREAL;", "Automatic : LREAL; Count : LREAL;"));
    }

    private void run(String name) throws InterruptedException {
        String other = name.equals("a") ? "b" : "a";
        MwProcess process = MwProcess.start(
                folder,
                "plc",
                "run",
                name,
                "--json",
                "--data",
                "data-" + name,
                "--http",
                "127.0.0.1:0",
                "--handle",
                "127.0.0.1:0",
                "--no-realtime",
                "--lease",
                "1s",
                "--fence",
                "fence",
                "--standby-port",
                doors.get(name).toString(),
                "--standby-of",
                "127.0.0.1:" + doors.get(other));
        running.put(name, process);
        at.put(name, process.readyInTheEnd().get("console").asString());
    }

    private JsonNode plc(String name, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addFirst("plc");
        all.addAll(List.of("--at", at.get(name), "--json"));
        try {
            return MwProcess.start(folder, all.toArray(String[]::new))
                    .ended()
                    .withoutStackTrace()
                    .json();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private JsonNode standby(String name) {
        return plc(name, "status").get("standby");
    }

    /// Waits until a PLC has a role and the other one could take over.
    private void awaitReady(String name, String role) throws InterruptedException {
        JsonNode last = standby(name);
        for (int i = 0; i < 100 && !(isRole(last, role) && last.get("ready").asBoolean()); i++) {
            Thread.sleep(300);
            last = standby(name);
        }
        assertTrue(isRole(last, role) && last.get("ready").asBoolean(), name + " is no " + role + ": " + last);
        assertTrue(last.get("agrees").asBoolean(), last.toString());
        assertTrue(last.get("divergence").isNull(), last.toString());
    }

    private static boolean isRole(JsonNode standby, String role) {
        return standby.get("role").asString().equals(role);
    }

    private List<ModbusTap.Written> counts() {
        return log.stream().filter(w -> w.address() == COUNT).toList();
    }

    private void awaitWrites(String name, int more) {
        long there = counts().size();
        Await.until(
                "the device hears " + name,
                () -> counts().stream()
                                .skip(there)
                                .filter(w -> w.client().equals(name))
                                .count()
                        >= more);
    }

    /// One of them writes at a time; where it changes the count goes on and the pump keeps its voltage.
    private void oneWriterWithoutABump(List<String> order) {
        List<String> writers = new ArrayList<>();
        ModbusTap.Written last = null;
        for (ModbusTap.Written now : counts()) {
            if (last == null || !last.client().equals(now.client())) {
                writers.add(now.client());
                if (last != null) {
                    double step = now.value() - last.value();
                    double cycles = (now.nanos() - last.nanos()) / CYCLE_NANOS;
                    assertTrue(step > -3 && step <= cycles + 2, last + " then " + now);
                    System.out.printf(
                            "%s to %s: %.2f cycles, count %+.0f%n", last.client(), now.client(), cycles, step);
                }
            }
            last = now;
        }
        assertEquals(order, writers);
        assertEquals(order, writersOf(PUMP_1));
        double level = tanks.input().getFirst().reading().value().asDouble();
        assertEquals(SET_POINT, level, LEVEL_TOLERANCE);
    }

    private List<String> writersOf(int address) {
        List<String> writers = new ArrayList<>();
        double before = Double.NaN;
        for (ModbusTap.Written now :
                log.stream().filter(w -> w.address() == address).toList()) {
            if (writers.isEmpty() || !writers.getLast().equals(now.client())) {
                assertTrue(writers.isEmpty() || Math.abs(now.value() - before) < 0.5, "from " + before + " to " + now);
                writers.add(now.client());
            }
            before = now.value();
        }
        return writers;
    }

    @Test
    void aMasterThatIsKilledIsFollowedAndComesBackAsStandby() throws Exception {
        run("a");
        awaitWrites("a", 5);
        run("b");
        awaitReady("b", "standby");
        assertEquals("master", standby("a").get("role").asString());
        plc("a", "force", "levels.SetPoint2", "12.6", "--reason", "a test");
        String owner = plc("a", "status").get("forces").get(0).get("owner").asString();
        MwProcess.start(folder, "plc", "set", "levels.Pump1", "1", "--at", at.get("b"))
                .ended()
                .saysOneLine(2, "stands by", doors.get("a").toString());
        awaitWrites("a", 5);
        assertTrue(taps.get("b").reads() > 0, "the standby reads the device");

        running.remove("a").kill();
        awaitWrites("b", 20);
        JsonNode status = plc("b", "status");
        assertEquals("running", status.get("mode").asString());
        assertEquals("master", status.get("standby").get("role").asString());
        assertTrue(status.get("standby").get("takeOver").get("scan").asLong() > 0, status.toString());
        assertEquals("levels.SetPoint2", status.get("forces").get(0).get("path").asString());
        assertEquals("a test", status.get("forces").get(0).get("reason").asString());
        assertEquals(owner, status.get("forces").get(0).get("owner").asString());

        run("a");
        awaitReady("a", "standby");
        running.remove("b").kill();
        awaitWrites("a", 20);
        oneWriterWithoutABump(List.of("a", "b", "a"));
    }

    @Test
    void aMasterThatStoodStillWritesNothingMoreAndFollows() throws Exception {
        run("a");
        awaitWrites("a", 5);
        run("b");
        awaitReady("b", "standby");
        running.get("a").signal("-STOP");
        awaitWrites("b", 20);
        Thread.sleep(2000);
        running.get("a").signal("-CONT");
        awaitReady("a", "standby");
        awaitWrites("b", 20);
        forgetWhatWasUnderWay("a", "b");
        oneWriterWithoutABump(List.of("a", "b"));
        assertEquals(2, standby("b").get("epoch").asLong());
    }

    /// A value that was on its way when the master was stopped arrives when it goes on: one, which no sender can take
    /// back and only a device that compares epochs refuses (decision 48).
    private void forgetWhatWasUnderWay(String stopped, String follower) {
        int taken = log.indexOf(log.stream()
                .filter(w -> w.client().equals(follower))
                .findFirst()
                .orElseThrow());
        List<ModbusTap.Written> late =
                log.stream().skip(taken).filter(w -> w.client().equals(stopped)).toList();
        assertTrue(late.size() <= 1, late.toString());
        log.removeAll(late);
    }

    @Test
    void anOnlineChangeOfTheMasterReachesTheStandby() throws Exception {
        run("a");
        awaitWrites("a", 5);
        run("b");
        awaitReady("b", "standby");
        Path text = folder.resolve("a/levels.st");
        Files.writeString(
                text,
                Files.readString(text)
                        .replace("Count := Count + 1.0;", "Count := Count + 1.0; Twice := 2.0 * Count;")
                        .replace("Count : LREAL;", "Count : LREAL; Twice : LREAL;"));
        Path plant = folder.resolve("a/plant.yaml");
        Files.writeString(
                plant,
                Files.readString(plant)
                        .replace(
                                "      Count: controller/count\n",
                                "      Count: controller/count\n      Twice: controller/twice\n"));
        JsonNode changed = plc("a", "change", "a", "--shadow", "5", "--trial", "5");
        assertEquals("swapped", changed.get("state").asString(), changed.toString());
        awaitReady("b", "standby");
        running.remove("a").kill();
        awaitWrites("b", 20);
        double twice = plc("b", "watch", "levels.Twice", "--count", "1")
                .get("values")
                .get("levels.Twice")
                .asDouble();
        assertTrue(twice > 2 * counts().getFirst().value(), "the new program goes on: " + twice);
        assertEquals(
                List.of("a", "b"),
                log.stream()
                        .filter(w -> w.address() == TWICE)
                        .map(ModbusTap.Written::client)
                        .distinct()
                        .toList(),
                "and so does what was bound in the change");
        oneWriterWithoutABump(List.of("a", "b"));
    }

    @Test
    void whatIsWrongIsSaidInOneLine() throws Exception {
        MwProcess.start(folder, "plc", "run", "a", "--standby-port", "8430")
                .ended()
                .saysOneLine(2, "--fence");
        MwProcess.start(folder, "plc", "run", "a", "--standby-port", "0.0.0.0:8430", "--fence", "f")
                .ended()
                .saysOneLine(2, "--standby-key");
    }
}
