package io.millwright.node.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millwright.model.Plant;
import io.millwright.node.Mw;
import io.millwright.node.command.PlantFiles;
import io.millwright.node.plc.ControlProject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The Reference FMUs of the Modelica Association, joined with a program. `MW_REFERENCE_FMUS` names the folder
/// of their distribution; without it these tests are skipped.
class ReferenceUnitsTest {
    private static final long SECOND = 1_000_000_000;

    @TempDir
    private Path folder;

    private Path unit(String version, String model) {
        String all = System.getenv("MW_REFERENCE_FMUS");
        assumeTrue(all != null, "MW_REFERENCE_FMUS names no folder");
        var file = Path.of(all, version, model + ".fmu");
        assumeTrue(Files.isReadable(file), file + " is not there");
        return file;
    }

    private VirtualRun run(String simulation, String program) throws IOException {
        Files.writeString(folder.resolve("p.st"), program);
        Path file = folder.resolve("plant.yaml");
        Files.writeString(file, """
                plant: p
                prefix: "88.1"
                assets:
                  a:
                    signals:
                      x: {from: "io/input/0", every: 100ms}
                      y: {to: "io/holding/0"}
                connections:
                  io: {protocol: modbus-tcp, endpoint: "127.0.0.1:1", unit: 1}
                simulation:
                  m: %s
                control:
                  main: {program: "p.st#Main", every: 100ms, binds: {x: a/x, y: a/y}}
                """.formatted(simulation));
        Plant plant = PlantFiles.read(file);
        var models = SimulatedPlant.start(plant, new Models(folder, true)::start);
        return VirtualRun.of(ControlProject.of(plant, folder).orElseThrow(), models);
    }

    /// der(x) = -k x from x = 1, solved by the unit with Euler's method and a step of 0.1 s: x = (1 - 0.1 k)ⁿ
    /// (its documentation). The program sees it and stops its timer below a half.
    @ParameterizedTest
    @ValueSource(strings = {"2.0", "3.0"})
    void aProgramSeesADecay(String version) throws IOException {
        var file = unit(version, "Dahlquist");
        var seen = LargeStack.call(() -> {
            try (var run = run("{model: \"%s\", step: 100ms, start: {k: 1}, binds: {x: a/x}}".formatted(file), """
                    PROGRAM Main
                    VAR_INPUT x : LREAL; END_VAR
                    VAR_OUTPUT y : LREAL; END_VAR
                    VAR scans : DINT; END_VAR
                    IF x > 0.5 THEN scans := scans + 1; END_IF
                    END_PROGRAM
                    """)) {
                run.runTo(2 * SECOND);
                return new double[] {
                    Double.longBitsToDouble(run.slot("main.x").bits()),
                    run.slot("main.scans").bits()
                };
            }
        });
        assertEquals(Math.pow(0.9, 20), seen[0], 1e-12);
        // 0.9⁶ = 0.531, 0.9⁷ = 0.478: the scans of n = 0 to 6.
        assertEquals(7, seen[1]);
    }

    /// Through the unit and back: each scan adds one to what it told a scan before.
    @ParameterizedTest
    @ValueSource(strings = {"2.0", "3.0"})
    void whatIsToldComesBackThroughAUnit(String version) throws IOException {
        var file = unit(version, "Feedthrough");
        double y = LargeStack.call(() -> {
            try (var run = run(
                    ("{model: \"%s\", step: 100ms, binds: {Float64_continuous_input: a/y,"
                                    + " Float64_continuous_output: a/x}}")
                            .formatted(file),
                    """
                    PROGRAM Main
                    VAR_INPUT x : LREAL; END_VAR
                    VAR_OUTPUT y : LREAL; END_VAR
                    y := x + 1.0;
                    END_PROGRAM
                    """)) {
                run.runTo(SECOND);
                return Double.longBitsToDouble(run.slot("main.y").bits());
            }
        });
        assertEquals(11, y);
    }

    /// A test in Structured Text with a unit; without the word that it may run it does not.
    @ParameterizedTest
    @ValueSource(strings = {"2.0", "3.0"})
    void aTestSimulatesAUnit(String version) throws IOException {
        var file = unit(version, "Dahlquist");
        Path test = folder.resolve("t_test.st");
        Files.writeString(test, """
                TEST 'it decays'
                VAR level : LREAL; i : INT; END_VAR
                    SIMULATE('%s', k := 2, x => level);
                    ASSERT_EQ(level, 1.0);
                    FOR i := 1 TO 10 DO ADVANCE_TIME(T#100ms); END_FOR
                    ASSERT_NEAR(level, 0.8 ** 10, 1.0E-12);
                END_TEST
                """.formatted(file));
        assertEquals(0, Mw.commandLine().execute("st", "test", test.toString(), "--trust-fmu"));
        assertEquals(1, Mw.commandLine().execute("st", "test", test.toString()));
    }
}
