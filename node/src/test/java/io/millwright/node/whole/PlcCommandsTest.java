package io.millwright.node.whole;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millwright.model.Time;
import io.millwright.process.plant.FaultBoard;
import io.millwright.process.plant.TankCell;
import io.millwright.process.serve.Ledger;
import io.millwright.process.serve.ModbusPointServer;
import io.millwright.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The example `examples/tanks`: a program holds two levels over Modbus, by the commands a user has.
class PlcCommandsTest {
    private static final int PUMP_1 = 0;
    private static final int AUTOMATIC = 6;
    private static final long BROWSER_SECONDS = 900;

    @TempDir
    private Path folder;

    private final TankCell tanks = new TankCell(new FaultBoard(Time.system()), 1, Time.system());
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private ModbusPointServer device;
    private MwProcess plc;
    private String at;

    @BeforeEach
    void start() throws Exception {
        device = ModbusPointServer.start(0, 1, tanks.input(), tanks.holding(), Ledger.counting(), Time.system());
        var _ = thread.scheduleAtFixedRate(
                () -> tanks.step(0.01, Time.system().epochNanos()), 0, 10, TimeUnit.MILLISECONDS);
        copyProject(device.port());
        plc = MwProcess.start(
                folder,
                "plc",
                "run",
                "tanks",
                "--json",
                "--data",
                "data",
                "--http",
                "127.0.0.1:0",
                "--handle",
                "127.0.0.1:0");
        at = plc.readyInTheEnd().get("console").asString();
    }

    @AfterEach
    void end() {
        plc.close();
        thread.shutdownNow();
        device.close();
    }

    private void copyProject(int port) throws IOException {
        Path example = MwProcess.root().resolve("examples/tanks");
        Path project = Files.createDirectories(folder.resolve("tanks"));
        for (String file : new String[] {"plant.yaml", "levels.st", "levels_test.st"}) {
            String text = Files.readString(example.resolve(file)).replace("127.0.0.1:1502", "127.0.0.1:" + port);
            Files.writeString(project.resolve(file), text);
        }
    }

    private double held(int point) {
        return tanks.holding().get(point).reading().value().asDouble();
    }

    private MwProcess.Ended plc(String... arguments) throws InterruptedException {
        String[] all = new String[arguments.length + 4];
        all[0] = "plc";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        all[arguments.length + 1] = "--at";
        all[arguments.length + 2] = at;
        all[arguments.length + 3] = "--json";
        return MwProcess.start(folder, all).ended().withoutStackTrace();
    }

    @Test
    void aProgramHoldsTheLevelsAndIsWatchedForcedAndStopped() throws Exception {
        Await.until("the program takes over the pumps", () -> held(AUTOMATIC) == 0);
        JsonNode status = plc("status").json();
        assertEquals("running", status.get("mode").asString());
        assertEquals("Good", status.get("inputs").get(0).get("quality").asString());
        assertTrue(status.get("tasks").get(0).get("scans").asLong() > 0);

        MwProcess.Ended forced = plc("force", "levels.Pump1", "2.5", "--reason", "a test", "--for", "10min");
        assertEquals(2.5, forced.json().get("value").asDouble());
        Await.until("the pump has the forced voltage", () -> held(PUMP_1) == 2.5);
        JsonNode force = plc("status").json().get("forces").get(0);
        assertEquals("a test", force.get("reason").asString());

        assertEquals(0, plc("unforce", "--all").status());
        Await.until("the program has the pump again", () -> held(PUMP_1) != 2.5);

        Path text = folder.resolve("tanks/levels.st");
        String before = Files.readString(text);
        Files.writeString(
                text,
                before.replace("Automatic := 0.0;", "Automatic := 0.0; Total := Total + 1;")
                        .replace("SetPoint2 : LREAL", "Total : LINT; SetPoint2 : LREAL"));
        JsonNode changed =
                plc("change", "tanks", "--shadow", "5", "--trial", "5000").json();
        assertEquals("swapped", changed.get("state").asString(), changed.toString());
        assertEquals(
                "levels.Total", changed.get("findings").get(0).get("subject").asString());

        JsonNode change = plc("watch", "levels.Level1", "--count", "1").json();
        double level = change.get("values").get("levels.Level1").asDouble();
        assertTrue(level > 10 && level < 15, "the level is near its set-point of 12.4 cm: " + level);

        plc("stop");
        Await.until("the pump has its safe voltage", () -> held(PUMP_1) == 0);
        assertTrue(Files.readString(folder.resolve("data/plc/audit.jsonl")).contains("\"reason\":\"a test\""));
    }

    @Test
    void whatIsAskedWronglyIsToldInOneLine() throws Exception {
        plc("force", "levels.Pump9", "1").saysOneLine(2, "levels.Pump9");
        plc("set", "levels.Pump1", "much").saysOneLine(2, "levels.Pump1");
        assertEquals(1, plc("unforce", "levels.Pump1").status());
    }

    /// The pages of the PLC in a real browser; the steps are in `console/test/browser/plc.test.mjs`.
    @Test
    void theConsoleShowsTheProgramForcesAVariableAndStopsThePlc() throws Exception {
        Await.until("the program takes over the pumps", () -> held(AUTOMATIC) == 0);
        browse("plc.test.mjs", at);
    }

    /// As the test before, of `examples/predictive` and its process model; the steps are in
    /// `console/test/browser/predictive.test.mjs`.
    @Test
    void theConsoleDrawsWhatAPredictiveControllerPlans() throws Exception {
        try (var predictive = MwProcess.start(
                folder,
                "plc",
                "run",
                MwProcess.root().resolve("examples/predictive").toString(),
                "--simulated",
                "--json",
                "--data",
                "data-predictive",
                "--http",
                "127.0.0.1:0",
                "--no-realtime")) {
            browse(
                    "predictive.test.mjs",
                    predictive.readyInTheEnd().get("console").asString());
        }
    }

    private void browse(String steps, String address) throws Exception {
        var console = MwProcess.root().resolve("console");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/chromium")), "needs /usr/bin/chromium");
        assumeTrue(Files.isDirectory(console.resolve("node_modules/playwright-core")), "needs the console's packages");
        var browser = new ProcessBuilder("node", "--test", "--test-force-exit", "test/browser/" + steps)
                .directory(console.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("browser.log").toFile());
        browser.environment().put("MW_PLC", address);
        var process = browser.start();
        boolean over = process.waitFor(BROWSER_SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly();
        assertTrue(over && process.exitValue() == 0, Files.readString(folder.resolve("browser.log")));
    }
}
