package io.millwright.node.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.connect.Protocols;
import io.millwright.connect.modbus.ModbusTcpProtocol;
import io.millwright.iec61131.type.Value;
import io.millwright.model.Plant;
import io.millwright.model.Quality;
import io.millwright.model.RecordingLimits;
import io.millwright.model.SignalName;
import io.millwright.model.Time;
import io.millwright.node.command.PlantFiles;
import io.millwright.node.plc.ControlDesk;
import io.millwright.node.plc.ControlProject;
import io.millwright.node.plc.ControlSettings;
import io.millwright.node.runtime.PlantRuntime;
import io.millwright.node.runtime.RuntimeSettings;
import io.millwright.process.plant.FaultBoard;
import io.millwright.process.plant.TankCell;
import io.millwright.process.serve.Ledger;
import io.millwright.process.serve.ModbusPointServer;
import io.millwright.testkit.Await;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The same program text holds tanks that are simulated in virtual time, in the time of the clock, and those
/// that `mw machines` serves over Modbus: a step of a set-point takes the same course.
class TrajectoriesTest {
    private static final Path TANKS = Path.of(System.getProperty("mw.root"), "examples", "tanks");
    private static final double NANOS = 1e9;
    private static final int SECONDS = 12;
    private static final long LOOK_NANOS = 250_000_000;

    /// The level rises by at most 0.3 cm a second (5.9 V times 3.33 cm³/Vs times 0.7, less the outflow, over 28
    /// cm²), the machine is late by at most a second, and the sensors of the served tanks have a noise of 0.02
    /// cm.
    private static final double TOLERANCE_CM = 0.4;

    @TempDir
    private Path folder;

    private record Look(double seconds, double level) {}

    private final Plant plant = PlantFiles.read(TANKS.resolve("plant.yaml"));
    private final ControlProject control = ControlProject.of(plant, TANKS).orElseThrow();

    private PlantRuntime start(Plant started, Protocols protocols, Map<String, String> endpoints, String simulated)
            throws Exception {
        var any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        var settings = new RuntimeSettings(folder, any, any, RuntimeSettings.Doors.FREE, endpoints);
        var how = new ControlSettings(
                ControlSettings.Start.COLD, false, RecordingLimits.OFF, Optional.empty(), simulated);
        return PlantRuntime.start(
                started,
                Optional.of(new PlantRuntime.Control(control, how)),
                protocols,
                settings,
                "test",
                Time.system());
    }

    private static double level(PlantRuntime runtime) {
        var read = runtime.control()
                .orElseThrow()
                .plc()
                .between(l -> l.run().slot("levels.Level1").orElseThrow().bits());
        return Double.longBitsToDouble(read.join());
    }

    /// The level after the set-point of tank 1 has been changed to 14.4 cm.
    private static List<Look> step(PlantRuntime runtime) {
        var plc = runtime.control().orElseThrow().plc();
        plc.write("levels.SetPoint1", new Value.Real(14.4)).join();
        long from = System.nanoTime();
        var looks = new ArrayList<Look>();
        while (System.nanoTime() - from < SECONDS * NANOS) {
            LockSupport.parkNanos(LOOK_NANOS);
            looks.add(new Look((System.nanoTime() - from) / NANOS, level(runtime)));
        }
        return looks;
    }

    /// The same in virtual time, every tenth of a second.
    private List<Double> virtual() {
        var levels = new ArrayList<Double>();
        try (var run = VirtualRun.of(control, SimulatedPlant.start(plant, new Models(TANKS, false)::start))) {
            var experiment = new Experiment(run);
            experiment.set("levels.SetPoint1=14.4@5s");
            experiment.watch("rig:h1");
            experiment.run(
                    Duration.ofSeconds(5 + 2 * SECONDS),
                    Duration.ofMillis(100),
                    row -> levels.add(Double.parseDouble(row.get(1))));
        }
        return levels.subList(50, levels.size());
    }

    private void agrees(List<Look> looks) {
        List<Double> virtual = virtual();
        assertEquals(12.4, virtual.getFirst(), 0.05, "the operating point of the paper has one decimal");
        assertTrue(virtual.get(10 * SECONDS) > 14, "a rise of more than 1.6 cm, four times the tolerance");
        for (Look look : looks) {
            double there = virtual.get((int) Math.round(look.seconds() * 10));
            assertEquals(there, look.level(), TOLERANCE_CM, "level 1 after " + look.seconds() + " s");
        }
    }

    @Test
    void overModbusTheLevelTakesTheSameCourse() throws Exception {
        var tanks = new TankCell(new FaultBoard(Time.system()), 1, Time.system());
        var clock = Executors.newSingleThreadScheduledExecutor();
        try (var device =
                ModbusPointServer.start(0, 1, tanks.input(), tanks.holding(), Ledger.counting(), Time.system())) {
            var _ = clock.scheduleAtFixedRate(
                    () -> tanks.step(0.01, Time.system().epochNanos()), 0, 10, TimeUnit.MILLISECONDS);
            var endpoints = Map.of("plc-io", "127.0.0.1:" + device.port());
            try (var runtime = start(plant, Protocols.of(new ModbusTcpProtocol()), endpoints, "")) {
                var automatic = tanks.holding().get(6);
                Await.until(
                        "the program takes over the pumps",
                        () -> automatic.reading().value().asDouble() == 0);
                agrees(step(runtime));
            }
        } finally {
            clock.shutdownNow();
        }
    }

    @Test
    void inTheTimeOfTheClockTheLevelTakesTheSameCourse() throws Exception {
        var level = SignalName.of("tank-1", "level");
        try (var devices = new SimulatedDevices(plant, SimulatedPlant.start(plant, new Models(TANKS, false)::start))) {
            try (var runtime = start(devices.simulated(), devices.protocols(), Map.of(), devices.text())) {
                Await.until(
                        "a value is kept",
                        () -> runtime.historian().latest(level).isPresent());
                var status = new ControlDesk(runtime.control().orElseThrow()).status();
                assertEquals("rig by quadruple-tank", status.simulated());
                assertEquals("tanks-simulated", runtime.state().plant());
                var connection = runtime.state().connections().getFirst();
                assertEquals("simulated", connection.protocol());
                agrees(step(runtime));
                assertEquals(
                        Quality.GOOD,
                        runtime.historian().latest(level).orElseThrow().quality());
            }
        }
    }
}
