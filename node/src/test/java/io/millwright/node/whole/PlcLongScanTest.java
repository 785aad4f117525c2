package io.millwright.node.whole;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millwright.model.Range;
import io.millwright.model.Time;
import io.millwright.plc.standby.FileFence;
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
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Of two PLCs one scans for longer than their lease, again and again, in SCHED_FIFO: on two cores the thread of their
/// link has the same core and waits for it.
class PlcLongScanTest {
    /// Scans that last long; more than the standby misses.
    private static final int LONG_SCANS = 20;
    /// Loops of one: a processor does one in a nanosecond or in some, and the lease is 16 ms.
    private static final int LOOPS = 15_000_000;

    private static final String PROGRAM = """
            PROGRAM Counting
            VAR Count : LREAL; Left : DINT; I : DINT; Sum : DINT; END_VAR
                Count := Count + 1.0;
                IF Left > 0 THEN
                    Left := Left - 1;
                    FOR I := 1 TO %d DO
                        Sum := Sum + I MOD 7;
                    END_FOR;
                END_IF;
            END_PROGRAM
            """.formatted(LOOPS);
    private static final String PLANT = """
            plant: long
            prefix: 88.118.9
            assets:
              press:
                type: Press
                signals:
                  count: {unit: "1", range: [0, 1000000000], to: "device/holding/0:float32"}
            connections:
              device: {protocol: modbus-tcp, endpoint: "127.0.0.1:%d", unit: 1}
            control:
              main:
                program: "count.st#Counting"
                every: 10ms
                watchdog: 20s
                binds: {Count: press/count}
            """;

    @TempDir
    private Path folder;

    private final List<ModbusTap.Written> log = ModbusTap.log();
    private final Map<String, ModbusTap> taps = new LinkedHashMap<>();
    private final Map<String, Integer> doors = Map.of("a", freePort(), "b", freePort());
    private final Map<String, MwProcess> running = new LinkedHashMap<>();
    private final Map<String, String> at = new LinkedHashMap<>();
    private ModbusPointServer device;

    @BeforeEach
    void start() throws Exception {
        var count = Point.commanded("count", "1", "scans", Point.Kind.REAL, new Range(0, 1e9), _ -> {});
        device = ModbusPointServer.start(0, 1, List.of(), List.of(count), Ledger.counting(), Time.system());
        for (String name : List.of("a", "b")) {
            var tap = new ModbusTap(name, device.port(), log);
            taps.put(name, tap);
            Path project = Files.createDirectories(folder.resolve(name));
            Files.writeString(project.resolve("count.st"), PROGRAM);
            Files.writeString(project.resolve("plant.yaml"), PLANT.formatted(tap.port()));
        }
    }

    @AfterEach
    void end() throws Exception {
        running.values().forEach(MwProcess::close);
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

    private void run(String name) throws InterruptedException {
        String other = name.equals("a") ? "b" : "a";
        String command = "plc run %s --json --data data-%s --http 127.0.0.1:0 --handle 127.0.0.1:0 --fence fence"
                .formatted(name, name);
        List<String> words = new ArrayList<>(List.of(command.split(" ")));
        words.addAll(
                List.of("--standby-port", doors.get(name).toString(), "--standby-of", "127.0.0.1:" + doors.get(other)));
        MwProcess process = MwProcess.start(folder, words.toArray(String[]::new));
        running.put(name, process);
        at.put(name, process.readyInTheEnd().get("console").asString());
    }

    private MwProcess.Ended plc(String name, String... arguments) throws InterruptedException {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addFirst("plc");
        all.addAll(List.of("--at", at.get(name), "--json"));
        return MwProcess.start(folder, all.toArray(String[]::new)).ended().withoutStackTrace();
    }

    private JsonNode status(String name) throws InterruptedException {
        return plc(name, "status").json();
    }

    private Set<String> events(String name) throws InterruptedException {
        return StreamSupport.stream(status(name).get("standby").get("events").spliterator(), false)
                .filter(e -> e.get("kind").asString().equals("late"))
                .map(e -> e.get("code").asString() + " "
                        + e.get("arguments").get("task").asString("") + " "
                        + e.get("arguments").get("programs").asString(""))
                .collect(Collectors.toSet());
    }

    @Test
    void aScanThatLastsLongerThanTheLeaseIsToldAndDoesNotMakeTwoMasters() throws Exception {
        run("a");
        assumeTrue(
                status("a").get("realTime").asString().split("; refused")[0].contains("SCHED_FIFO"),
                "SCHED_FIFO is not granted to this user here");
        assertTrue(events("a").contains("watchdog-long main main"), () -> "it is not warned: " + text("a"));
        run("b");
        boolean ready = status("b").get("standby").get("ready").asBoolean();
        for (int i = 0; i < 100 && !ready; i++) {
            ready = status("b").get("standby").get("ready").asBoolean();
        }
        assertTrue(ready, () -> text("b"));
        var fence = new FileFence(folder.resolve("fence"));
        long epoch = fence.epoch();
        int from = log.size();
        String master = status("a").get("standby").get("role").asString().equals("master") ? "a" : "b";
        assertEquals(
                0, plc(master, "set", "main.Left", String.valueOf(LONG_SCANS)).status());
        // However they are told: a value for each scan that was, and the last ones are short again.
        float last = log.getLast().value();
        Await.until("the count goes on", () -> log.getLast().value() > last + 2 * LONG_SCANS);
        List<ModbusTap.Written> written = List.copyOf(log).subList(from, log.size());
        long changes = 0;
        for (int i = 1; i < written.size(); i++) {
            changes += written.get(i).client().equals(written.get(i - 1).client()) ? 0 : 1;
        }
        long given = fence.epoch() - epoch;
        System.out.println(changes + " changes of who writes in " + given + " epochs, " + written.size() + " values");
        assertTrue(changes <= given, changes + " changes of who writes, but " + given + " epochs: " + written);
        assertTrue(events(master).contains("long-scan main main"), () -> "it is not told: " + text(master));
    }

    private String text(String name) {
        try {
            return status(name).get("standby").toString();
        } catch (InterruptedException e) {
            return e.toString();
        }
    }
}
