package io.millwright.node.fmu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millwright.node.Mw;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class FmuCommandTest {

    private static final String DESCRIPTION = """
            <fmiModelDescription fmiVersion="3.0" modelName="valve" instantiationToken="t" generationTool="hand">
              <CoSimulation modelIdentifier="valve" hasEventMode="true"/>
              <DefaultExperiment stopTime="5"/>
              <ModelVariables>
                <Float64 name="opening" valueReference="1" causality="input" start="0.5" min="0" max="1" unit="1"/>
                <Float64 name="flow" valueReference="2" causality="output" description="Through\u009b31m it"/>
              </ModelVariables>
            </fmiModelDescription>
            """;

    @TempDir
    Path folder;

    private final PrintStream before = System.out;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final StringWriter errors = new StringWriter();

    @BeforeEach
    void listen() {
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void stopListening() {
        System.setOut(before);
    }

    private int mw(String... arguments) {
        return Mw.commandLine().setErr(new PrintWriter(errors, true)).execute(arguments);
    }

    private String told() {
        return errors.toString().strip();
    }

    private String valve() throws IOException {
        var file = folder.resolve("valve.fmu");
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("modelDescription.xml"));
            zip.write(DESCRIPTION.getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry("binaries/riscv64-plan9/valve.so"));
        }
        return file.toString();
    }

    @Test
    void infoTellsWhatAUnitIs() throws IOException {
        assertEquals(0, mw("fmu", "info", valve()));
        String text = out.toString(StandardCharsets.UTF_8);
        assertTrue(text.contains("valve, FMI 3.0"), text);
        assertTrue(text.contains("binaries for  riscv64-plan9"), text);
        assertTrue(text.matches("(?s).*opening +Float64 +input +continuous +0\\.5 +1 +0\\.0 to 1\\.0.*"), text);
        assertFalse(text.contains("\u009b"), "what steers terminals is left out");
    }

    @Test
    void infoIsJsonWhereAsked() throws IOException {
        assertEquals(0, mw("fmu", "info", valve(), "--json"));
        var report = JsonMapper.shared().readTree(out.toString(StandardCharsets.UTF_8));
        assertEquals("3.0", report.get("fmiVersion").asString());
        assertTrue(report.get("coSimulation").get("eventMode").asBoolean());
        assertEquals("input", report.get("variables").get(0).get("causality").asString());
        assertEquals(1.0, report.get("variables").get(0).get("max").asDouble());
    }

    @Test
    void whatCannotBeRunIsToldBeforeAnythingRuns() throws IOException {
        assertEquals(2, mw("fmu", "run", valve()));
        assertTrue(told().startsWith("mw: valve.fmu: has no binary for "), told());
        assertTrue(told().endsWith("it has binaries for riscv64-plan9"), told());
        assertFalse(told().contains("\tat "));
    }

    @Test
    void wrongSettingsAreToldWithTheirReason() throws IOException {
        assertEquals(2, mw("fmu", "run", valve(), "--set", "opening=wide"));
        assertEquals("mw: valve.fmu: opening: \"wide\" is not a number, such as 1.5", told());
        errors.getBuffer().setLength(0);
        assertEquals(2, mw("fmu", "run", valve(), "--set", "opening"));
        assertTrue(told().startsWith("mw: --set opening: write a name"), told());
        errors.getBuffer().setLength(0);
        assertEquals(2, mw("fmu", "info", folder.resolve("none.fmu").toString()));
        assertTrue(told().endsWith("none.fmu: there is no such file"), told());
    }

    /// Dahlquist's equation by the explicit Euler method with step 0.1: x(n) = (1 - k 0.1)ⁿ.
    @Test
    void aUnitOfOthersRuns() throws IOException {
        String reference = System.getenv("MW_REFERENCE_FMUS");
        assumeTrue(reference != null, "MW_REFERENCE_FMUS names no folder");
        for (var version : new String[] {"2.0", "3.0"}) {
            var file = Path.of(reference, version, "Dahlquist.fmu").toString();
            var csv = folder.resolve(version + ".csv");
            assertEquals(0, mw("fmu", "run", file, "--stop", "1s", "--set", "k=2", "--output", csv.toString()), told());
            var lines = Files.readAllLines(csv);
            assertEquals("time,x", lines.getFirst());
            assertEquals(12, lines.size());
            for (int n = 0; n <= 10; n++) {
                var cells = lines.get(n + 1).split(",", -1);
                assertEquals(n / 10.0, Double.parseDouble(cells[0]), 1e-12);
                assertEquals(Math.pow(0.8, n), Double.parseDouble(cells[1]), 1e-12);
            }
        }
    }
}
