package io.millwright.historian;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.model.disk.Disk;
import io.millwright.testkit.Property;
import java.io.IOException;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Random lives on a disk that loses what was not forced: nothing acknowledged may be lost, nothing invented.
class SimulationTest {

    private static final int STEPS = 60;
    private static final Logger LOG = Logger.getLogger("io.millwright.historian");

    /// What goes wrong here is meant to.
    @BeforeAll
    static void quiet() {
        LOG.setLevel(Level.OFF);
    }

    @AfterAll
    static void loud() {
        LOG.setLevel(null);
    }

    @Test
    void nothingAcknowledgedIsLostAndNothingInventedWhateverTheDiskDoes() {
        Property.check(Integer.getInteger("mw.lives", 150), random -> live(random.nextLong(), d -> d, true));
    }

    /// A run is worth nothing as evidence if its seed does not bring it back.
    @Test
    void theSameSeedGivesTheSameDisk() throws IOException {
        long first = live(42, d -> d, true);
        assertEquals(first, live(42, d -> d, true));
        assertNotEquals(first, live(43, d -> d, true));
    }

    /// SQLite's habit: the power fails at every single operation in turn.
    @Test
    void thePowerMayFailAtEveryOperationOfALife() throws IOException {
        long operations = quietLife(7, Long.MAX_VALUE);
        assertTrue(operations > 100, () -> "only " + operations);
        for (long cut = 0; cut < operations; cut++) {
            quietLife(7, cut);
        }
    }

    private static long quietLife(long seed, long cut) throws IOException {
        var simulation = new Simulation(seed, d -> d, Simulation.stepping(true));
        long begin = simulation.disk().operations();
        if (cut != Long.MAX_VALUE) {
            simulation.disk().cutPowerAfter(cut);
        }
        simulation.quiet();
        long operations = simulation.disk().operations() - begin;
        simulation.disk().cutPower();
        simulation.powerReturns();
        return operations;
    }

    @Test
    void theHarnessFindsAcknowledgementsBeforeForce() {
        assertFound(d -> new CarelessDisk(d, CarelessDisk.Fault.JOURNAL_NOT_FORCED), true);
    }

    @Test
    void theHarnessFindsNamesThatAreNotForced() {
        assertFound(d -> new CarelessDisk(d, CarelessDisk.Fault.NAMES_NOT_FORCED), true);
    }

    @Test
    void theHarnessFindsJournalsDeletedBeforeTheirSegmentIsDurable() {
        assertFound(d -> new CarelessDisk(d, CarelessDisk.Fault.SEGMENT_NOT_FORCED), true);
    }

    @Test
    void theHarnessFindsRecordsReadWithoutLookingAtTheirChecksum() {
        assertFound(d -> d, false);
    }

    private static void assertFound(UnaryOperator<Disk> seen, boolean verifies) {
        for (long seed = 0; seed < 300; seed++) {
            try {
                live(seed, seen, verifies);
            } catch (AssertionError | Exception found) {
                return;
            }
        }
        throw new AssertionError("300 lives with a planted bug, and none was found");
    }

    private static long live(long seed, UnaryOperator<Disk> seen, boolean verifies) throws IOException {
        var simulation = new Simulation(seed, seen, Simulation.stepping(verifies));
        simulation.live(STEPS);
        return simulation.disk().hash();
    }
}
