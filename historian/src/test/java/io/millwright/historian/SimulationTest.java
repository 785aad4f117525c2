package io.millwright.historian;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.model.Quality;
import io.millwright.model.Sample;
import io.millwright.model.SignalName;
import io.millwright.model.Value;
import io.millwright.model.disk.Disk;
import io.millwright.testkit.ManualTime;
import io.millwright.testkit.Property;
import io.millwright.testkit.SimulatedDisk;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Random lives on a disk that loses what was not forced: nothing acknowledged may be lost, nothing invented.
class SimulationTest {

    private static final int STEPS = 60;
    private static final SignalName LEVEL = SignalName.of("tank-1", "level");
    private static final int LIVES_WITH_BUG = 400;
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

    /// An empty journal file could not be deleted at first and was taken for gone. After a restart it was there
    /// again, older than a segment, and one segment was made of it and of younger files, which by its name held
    /// that one too.
    @Test
    void aJournalFileThatCouldNotBeDeletedHidesNoSegment() throws IOException {
        live(new SplittableRandom(-1_714_635_413_400_906_448L).nextLong(), d -> d, true);
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

    /// What a process wrote but could not force is read by the next one, and gone after a power cut unless that
    /// one makes it durable: first the sample would be there and then not, and a file would seem to have lost
    /// its end.
    @Test
    void whatWasReadAfterAFailedForceIsThereAfterAPowerCut() throws IOException {
        Historian third = failedForceThenPowerCut(d -> d);
        assertEquals(List.of(), third.state().damage());
        assertEquals(
                List.of(1L, 2L),
                third.query(LEVEL, 0, 10, 10).stream().map(Sample::sourceNanos).toList());
    }

    /// The same life without that duty: the test above fails for the reason it names.
    @Test
    void theHarnessFindsAJournalThatGoesOnBehindAnEndThatMayBeLost() throws IOException {
        Historian third = failedForceThenPowerCut(d -> new CarelessDisk(d, CarelessDisk.Fault.END_NOT_SETTLED));
        String damage = third.state().damage().toString();
        assertTrue(damage.contains("1 samples are lost"), damage);
    }

    private static Historian failedForceThenPowerCut(UnaryOperator<Disk> seen) throws IOException {
        var disk = new SimulatedDisk(1);
        Disk given = seen.apply(disk);
        Historian first = open(given);
        disk.failForces(100);
        var refused = first.append(List.of(new Sample(LEVEL, Value.of(1.0), Quality.GOOD, 1, 1)));
        first.journalStep();
        assertTrue(refused.isCompletedExceptionally());
        first.close();
        disk.failForces(0);
        Historian second = open(given);
        assertEquals(1, second.query(LEVEL, 0, 10, 10).size(), "what was written and not forced is not read");
        var acknowledged = second.append(List.of(new Sample(LEVEL, Value.of(2.0), Quality.GOOD, 2, 2)));
        second.journalStep();
        assertTrue(acknowledged.isDone() && !acknowledged.isCompletedExceptionally());
        disk.cutPower();
        disk.restorePower();
        return open(given);
    }

    private static Historian open(Disk disk) throws IOException {
        return Historian.open(disk, HistorianSettings.usual(), new ManualTime(0), Simulation.stepping(true));
    }

    @Test
    void theHarnessFindsAcknowledgementsBeforeForce() {
        assertFinds(d -> new CarelessDisk(d, CarelessDisk.Fault.GROUPS_NOT_FORCED), true, "lost: ");
    }

    @Test
    void theHarnessFindsNamesThatAreNotForced() {
        assertFinds(d -> new CarelessDisk(d, CarelessDisk.Fault.NAMES_NOT_FORCED), true, "lost: ");
    }

    @Test
    void theHarnessFindsJournalsDeletedBeforeTheirSegmentIsDurable() {
        assertFinds(d -> new CarelessDisk(d, CarelessDisk.Fault.SEGMENTS_NOT_FORCED), true, "power: [segment-");
    }

    @Test
    void theHarnessFindsRecordsReadWithoutLookingAtTheirChecksum() {
        assertFinds(d -> d, false, "invented: ");
    }

    /// Some of the lives have to show the symptom that this bug has, and without the bug none of them shows
    /// anything.
    private static void assertFinds(UnaryOperator<Disk> seen, boolean verifies, String symptom) {
        var others = new TreeSet<String>();
        for (long seed = 0; seed < LIVES_WITH_BUG; seed++) {
            String found = outcome(seed, seen, verifies);
            if (found.contains(symptom)) {
                for (long control = 0; control <= seed; control++) {
                    assertEquals("", outcome(control, d -> d, true), "without the bug, seed " + control);
                }
                return;
            }
            others.add(found);
        }
        throw new AssertionError("\"%s\" in none of %d lives; found: %s".formatted(symptom, LIVES_WITH_BUG, others));
    }

    /// What the life of this seed showed; empty if all was well.
    private static String outcome(long seed, UnaryOperator<Disk> seen, boolean verifies) {
        try {
            live(seed, seen, verifies);
            return "";
        } catch (AssertionError | IOException | RuntimeException e) {
            return e.toString();
        }
    }

    private static long live(long seed, UnaryOperator<Disk> seen, boolean verifies) throws IOException {
        var simulation = new Simulation(seed, seen, Simulation.stepping(verifies));
        simulation.live(STEPS);
        return simulation.disk().hash();
    }
}
