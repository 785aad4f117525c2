package io.millwright.node.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.model.Plant;
import io.millwright.model.Unit;
import io.millwright.node.command.PlantFiles;
import io.millwright.node.command.UsageError;
import io.millwright.node.plc.ControlProject;
import io.millwright.process.commissioning.Port;
import io.millwright.process.commissioning.ProcessModel;
import io.millwright.process.equations.PiController;
import io.millwright.process.equations.QuadrupleTank;
import io.millwright.process.equations.TankParameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Logic and models in one time. The example's program and its plant file are run as they are.
class VirtualRunTest {
    private static final Path TANKS = Path.of(System.getProperty("mw.root"), "examples", "tanks");
    private static final long SECOND = 1_000_000_000;

    @TempDir
    private Path folder;

    private static VirtualRun tanks(String... faults) {
        Plant plant = PlantFiles.read(TANKS.resolve("plant.yaml"));
        var models = SimulatedPlant.start(plant, new Models(TANKS, false)::start);
        models.fault(List.of(faults).stream().map(TimedFault::parse).toList());
        return VirtualRun.of(ControlProject.of(plant, TANKS).orElseThrow(), models);
    }

    private static List<List<String>> rows(VirtualRun run, Duration length, List<String> sets, String... watched) {
        var rows = new ArrayList<List<String>>();
        try (run) {
            var experiment = new Experiment(run);
            sets.forEach(experiment::set);
            List.of(watched).forEach(experiment::watch);
            experiment.run(length, Duration.ofSeconds(1), rows::add);
        }
        return rows;
    }

    /// A step of one level and a leak that the model does not know: both levels where they are to be, the pumps
    /// and the other level within their limits all the time.
    @Test
    void aPredictiveControllerHoldsBothLevels() {
        Path example = Path.of(System.getProperty("mw.root"), "examples", "predictive");
        Plant plant = PlantFiles.read(example.resolve("plant.yaml"));
        var models = SimulatedPlant.start(plant, new Models(example, false)::start);
        var rows = rows(
                VirtualRun.of(ControlProject.of(plant, example).orElseThrow(), models),
                Duration.ofMinutes(20),
                List.of("main.wanted[1]=15.0@60s", "rig:leak1=0.01@10min"),
                "main.level[1]",
                "main.level[2]",
                "main.pump[1]",
                "main.pump[2]");
        for (List<String> row : rows) {
            assertTrue(Double.parseDouble(row.get(1)) <= 15.2 + 0.05, row.toString());
            assertTrue(Double.parseDouble(row.get(2)) <= 13.0 + 0.05, row.toString());
            for (String pump : row.subList(3, 5)) {
                assertTrue(Double.parseDouble(pump) >= 1 && Double.parseDouble(pump) <= 5, row.toString());
            }
        }
        assertEquals(15.0, Double.parseDouble(rows.getLast().get(1)), 0.02);
        assertEquals(12.7, Double.parseDouble(rows.getLast().get(2)), 0.02);
    }

    /// Controllers written independently, in another language, against the same equations without a PLC: the
    /// paper's settings (Johansson 2000, section V: K = 3.0 and 2.7, Ti = 30 and 40 s, 0.5 V/cm).
    @Test
    void theExampleHoldsItsTanksAsOtherControllersDo() {
        var rows = rows(
                tanks(),
                Duration.ofMinutes(10),
                List.of("levels.SetPoint1=14.4@60s"),
                "rig:h1",
                "rig:h2",
                "levels.Pump1");
        var tanks = new QuadrupleTank(TankParameters.MINIMUM_PHASE, 12.4, 12.7, 1.8, 1.4);
        var first = new PiController(3.0, 30, 3.0, 0, 10);
        var second = new PiController(2.7, 40, 3.0, 0, 10);
        assertEquals(601, rows.size());
        for (int second1 = 0; second1 <= 600; second1++) {
            assertEquals(second1, Double.parseDouble(rows.get(second1).get(0)));
            assertEquals(tanks.level(1), Double.parseDouble(rows.get(second1).get(1)), 0.005, "h1 at " + second1);
            assertEquals(tanks.level(2), Double.parseDouble(rows.get(second1).get(2)), 0.005, "h2 at " + second1);
            for (int i = 0; i < 100; i++) {
                double wanted = second1 < 60 ? 6.2 : 7.2;
                tanks.pumpVoltage(1, first.step(wanted, tanks.level(1) / 2, 0.01));
                tanks.pumpVoltage(2, second.step(6.35, tanks.level(2) / 2, 0.01));
                tanks.step(0.01);
            }
        }
        assertEquals(14.4, Double.parseDouble(rows.getLast().get(1)), 0.001);
    }

    @Test
    void theSameSeedGivesTheSameTrace() {
        List<List<String>> once =
                rows(tanks("tank-1/level:noise=0.1"), Duration.ofMinutes(1), List.of(), "levels.Pump1");
        assertEquals(once, rows(tanks("tank-1/level:noise=0.1"), Duration.ofMinutes(1), List.of(), "levels.Pump1"));
        assertNotEquals(once, rows(tanks(), Duration.ofMinutes(1), List.of(), "levels.Pump1"));
    }

    /// `on-bad: hold` of the example: while the sensor is silent the program sees the last level, and the
    /// process goes on by itself.
    @Test
    void aSensorThatIsLostHoldsItsLastLevel() {
        var rows = rows(
                tanks("tank-1/level:lost@30s..60s"),
                Duration.ofSeconds(90),
                List.of("rig:leak1=0.05@30s"),
                "levels.Level1",
                "rig:h1");
        assertEquals(rows.get(30).get(1), rows.get(60).get(1));
        assertNotEquals(rows.get(29).get(1), rows.get(30).get(1));
        assertEquals(rows.get(61).get(2), rows.get(61).get(1));
        // Torricelli: a hole of 0.05 cm² takes 0.05/28 √(2 g 12.4) = 0.28 cm/s at first.
        double before = Double.parseDouble(rows.get(30).get(1));
        assertTrue(Double.parseDouble(rows.get(61).get(1)) < before - 2);
    }

    private Plant plant(String simulation, String binds, String more) throws IOException {
        Files.writeString(folder.resolve("p.st"), """
                PROGRAM Main
                VAR_INPUT x : LREAL := -1.0; END_VAR
                VAR_OUTPUT y : LREAL; n : LREAL; END_VAR
                    n := n + 1.0;
                    y := x;
                END_PROGRAM
                """);
        Path file = folder.resolve("plant.yaml");
        Files.writeString(file, """
                plant: p
                prefix: "88.1"
                assets:
                  a:
                    signals:
                      x: {unit: m, from: "io/input/0", every: 10ms}
                      y: {unit: m, to: "io/holding/0"}
                      n: {to: "io/holding/1"}
                connections:
                  io: {protocol: modbus-tcp, endpoint: "127.0.0.1:1", unit: 1}
                simulation:
                  m: %s
                control:
                  main:
                    program: "p.st#Main"
                    every: 15ms
                    binds: %s
                    %s
                """.formatted(simulation, binds, more));
        return PlantFiles.read(file);
    }

    /// Shows its time in seconds, and what it was given at the beginning of the last step, in mm.
    private static final class Clock implements ProcessModel {
        private final List<String> given;
        private double wanted = Double.NaN;
        private long nanos;

        Clock(List<String> given) {
            this.given = given;
        }

        @Override
        public List<Port> inputs() {
            return List.of(new Port("u", new Unit("mm"), Port.UNBOUNDED, ""));
        }

        @Override
        public List<Port> outputs() {
            return List.of(new Port("t", new Unit("mm"), Port.UNBOUNDED, ""));
        }

        @Override
        public void set(int input, double value) {
            wanted = Double.isNaN(value) ? wanted : value;
        }

        @Override
        public double get(int output) {
            return nanos / 1e6;
        }

        @Override
        public void step(long step) {
            given.add(nanos / 1_000_000 + ":" + wanted);
            nanos += step;
        }
    }

    private VirtualRun clock(List<String> given, String more) throws IOException {
        Plant plant = plant("{model: clock, binds: {t: a/x, u: a/n}}", "{x: a/x, y: a/y, n: a/n}", more);
        var models = SimulatedPlant.start(plant, _ -> new Clock(given));
        return VirtualRun.of(ControlProject.of(plant, folder).orElseThrow(), models);
    }

    /// Scans at 0, 15, 30, … ms, steps of 10 ms: a scan sees the last whole step, and a step is driven by what
    /// was there when it began: the scan at 15 ms does not reach back into the step from 10 ms. Units: `n` has
    /// none and is taken as mm; `x` comes in mm and is in m.
    @Test
    void stepsAndScansKeepTheirOrderInTime() throws IOException {
        var given = new ArrayList<String>();
        try (var run = clock(given, "")) {
            var x = run.slot("main.x");
            var seen = new ArrayList<Object>();
            for (int scan = 0; scan < 5; scan++) {
                run.runTo(scan * 15_000_000L);
                seen.add(Math.round(Double.longBitsToDouble(x.bits()) * 1000));
            }
            assertEquals(List.of(0L, 10L, 30L, 40L, 60L), seen);
            assertEquals(5, run.scans());
        }
        assertEquals(List.of("0:1.0", "10:1.0", "20:2.0", "30:3.0", "40:3.0", "50:4.0"), given);
    }

    @Test
    void aProgramThatMustNotRunWithoutAnInputStopsAtThatMoment() throws IOException {
        try (var run = clock(new ArrayList<>(), "on-bad: {x: stop}")) {
            run.plant().fault(List.of(TimedFault.parse("a/x:broken@1s")));
            run.runTo(2 * SECOND);
            var fault = run.fault().orElseThrow();
            // The step from 1000 ms ends at 1010 ms; the next scan is at 1020 ms.
            assertEquals(1_020_000_000, fault.epochNanos());
            assertTrue(fault.message().contains("BadSensorFailure"), fault.message());
            assertEquals(2 * SECOND, run.nowNanos());
        }
    }

    private static void says(String message, org.junit.jupiter.api.function.Executable what) {
        assertEquals(message, assertThrows(UsageError.class, what).getMessage());
    }

    @Test
    void whatIsWrongIsSaidWithWhatWouldBeRight() throws IOException {
        Plant none = plant("{model: quadruple-tnk}", "{}", "");
        says(
                "m: there is no process model \"quadruple-tnk\"; there are quadruple-tank, tank-cell, pump-set, and"
                        + " files that end with .fmu",
                () -> SimulatedPlant.start(none, new Models(folder, false)::start));
        Plant unit = plant("{model: quadruple-tank, binds: {q1: a/x}}", "{}", "");
        says(
                "simulation.m.binds.q1: the signal is in m, the model in cm3/s, which measures something else",
                () -> SimulatedPlant.start(unit, new Models(folder, false)::start));
        Plant way = plant("{model: quadruple-tank, binds: {h1: a/y}}", "{}", "");
        says(
                "simulation.m.binds.h1: it is an output of the model, but a/y has no `from` in the plant file",
                () -> SimulatedPlant.start(way, new Models(folder, false)::start));
        Plant level = plant("{model: quadruple-tank, start: {h1: 25}}", "{}", "");
        says(
                "m: quadruple-tank: h1 is a level of 0 to 20.0 cm, not 25.0",
                () -> SimulatedPlant.start(level, new Models(folder, false)::start));
        Plant fmu = plant("{model: press.fmu}", "{}", "");
        says(
                "m: press.fmu holds native code of whoever made it, which can do whatever you can; if you trust it,"
                        + " say --trust-fmu",
                () -> SimulatedPlant.start(fmu, new Models(folder, false)::start));
        says(
                "--fault tank-1/level:late: \"late\" takes a time; write e.g. late=500ms",
                () -> tanks("tank-1/level:late"));
        says(
                "--fault tank-1/level: two faults of a signal begin and end together, or one after the other",
                () -> tanks("tank-1/level:stuck@1s", "tank-1/level:bias=1@2s..3s"));
        says("--fault tank-9/level: no model shows this signal or is driven by it", () -> tanks("tank-9/level:stuck"));
        try (var run = tanks()) {
            var experiment = new Experiment(run);
            says("rig:v1 is driven by a signal of the plant", () -> experiment.set("rig:v1=2"));
            says("there is no simulated process rg; there is rig", () -> experiment.watch("rg:h1"));
        }
    }
}
