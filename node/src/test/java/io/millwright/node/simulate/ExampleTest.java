package io.millwright.node.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millwright.node.Mw;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// What the example is shown to do.
class ExampleTest {
    private static final String TANKS =
            Path.of(System.getProperty("mw.root"), "examples", "tanks").toString();

    /// Among them: settling, overshoot, a lost sensor and a stopped pump, against the simulated tanks.
    @Test
    void theTestsOfTheExampleHold() {
        assertEquals(0, Mw.commandLine().execute("st", "test", TANKS));
    }

    @Test
    void theExampleIsSimulatedAndAFaultIsAnExitStatus() {
        assertEquals(0, Mw.commandLine().execute("plc", "simulate", TANKS, "--for", "10s", "--json"));
        assertEquals(2, Mw.commandLine().execute("plc", "simulate", TANKS, "--for", "10s", "--csv", "x.csv"));
    }
}
