package io.millwright.historian;

import static io.millwright.historian.Folders.LEVEL;
import static io.millwright.historian.Folders.files;
import static io.millwright.historian.Folders.keep;
import static io.millwright.historian.Folders.still;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millwright.model.Quality;
import io.millwright.model.Sample;
import io.millwright.model.Value;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// decisions/0016: what the latest sample is when clocks are set and when samples come late; the value is the second in
/// which a sample was measured, by a clock that is never set.
class ClockStepsTest {

    private static final long SECOND = 1_000_000_000L;
    private static final long HOUR = 3600;
    private static final long NOON = 1_700_000_000L;

    @TempDir
    private Path folder;

    private Historian historian;

    @BeforeEach
    void open() throws IOException {
        historian = still(folder);
    }

    @AfterEach
    void close() throws IOException {
        historian.close();
    }

    /// Measured in a second, stamped by a device and received by a node whose clocks differ from the true one.
    private static Sample sample(long second, long deviceAhead, long received) {
        var time = (NOON + second + deviceAhead) * SECOND;
        return new Sample(LEVEL, Value.of(second), Quality.GOOD, time, (NOON + received) * SECOND + 3_000_000);
    }

    private void live(long from, long to, long deviceAhead, long nodeAhead) {
        for (long s = from; s < to; s++) {
            keep(historian, List.of(sample(s, deviceAhead, s + nodeAhead)));
        }
    }

    private void assertLatest(long second) {
        assertEquals(Value.of(second), historian.latest(LEVEL).orElseThrow().value());
    }

    private void reopen() throws IOException {
        historian.close();
        historian = still(folder);
    }

    @Test
    void aDeviceClockSetBackAnHourHoldsTheLatestValueForTenSeconds() {
        live(0, 20, 0, 0);
        live(20, 30, -HOUR, 0);
        assertLatest(19);
        live(30, 31, -HOUR, 0);
        assertLatest(30);
        live(31, 40, -HOUR, 0);
        assertLatest(39);
    }

    @Test
    void aDeviceClockThatWasAnHourAheadAndIsSetRightHoldsItForTenSeconds() {
        live(0, 20, HOUR, 0);
        live(20, 31, 0, 0);
        assertLatest(30);
    }

    @Test
    void aDeviceClockSetForwardHoldsNothing() {
        live(0, 20, 0, 0);
        live(20, 21, HOUR, 0);
        assertLatest(20);
    }

    /// Where the device gives no time, the node's is the source time too.
    @Test
    void theNodesClockSetBackAnHourHoldsItForTenSeconds() {
        live(0, 20, 0, 0);
        live(20, 31, -HOUR, -HOUR);
        assertLatest(30);
    }

    @Test
    void theNodesClockAloneChangesNothing() {
        live(0, 20, 0, 0);
        live(20, 25, 0, -HOUR);
        assertLatest(24);
        live(25, 30, 0, HOUR);
        assertLatest(29);
    }

    /// Store-and-forward: an hour of samples within a minute, while no live ones come.
    @Test
    void lateSamplesInABurstNeverBecomeTheLatest() {
        live(0, 20, 0, 0);
        for (long late = 0; late < HOUR - 60; late++) {
            keep(historian, List.of(sample(late - HOUR, 0, 20 + late / 60)));
            assertLatest(19);
        }
    }

    /// A second path that is an hour behind, at the pace of time, while the first one lives.
    @Test
    void lateSamplesBetweenLiveOnesNeverBecomeTheLatest() {
        for (long s = 0; s < 100; s++) {
            keep(historian, List.of(sample(s, 0, s)));
            keep(historian, List.of(sample(s - HOUR, 0, s)));
            assertLatest(s);
        }
    }

    /// A broker that delivers the same old message again and again.
    @Test
    void anOldSampleRepeatedNeverBecomesTheLatest() {
        live(0, 20, 0, 0);
        for (long s = 20; s < 100; s++) {
            keep(historian, List.of(sample(5, 0, s)));
            assertLatest(19);
        }
    }

    @Test
    void lateSamplesAfterAStepBackNeverBecomeTheLatest() {
        live(0, 20, 0, 0);
        live(20, 40, -HOUR, 0);
        keep(historian, List.of(sample(-2 * HOUR, 0, 40)));
        assertLatest(39);
    }

    /// Memory, journal, segments, merged segments, and each of them read by a new process.
    @Test
    void whatIsTheLatestStaysSoThroughRestartsAndSegments() throws IOException {
        var late = new ArrayList<Sample>();
        for (int i = 0; i < 50; i++) {
            late.add(sample(-2 * HOUR + i, 0, 41));
        }
        live(0, 20, 0, 0);
        live(20, 40, -HOUR, 0);
        for (int round = 0; round < 12; round++) {
            reopen();
            assertLatest(39 + round);
            historian.segmentStep();
            assertLatest(39 + round);
            keep(historian, late);
            live(40 + round, 41 + round, -HOUR, 0);
            assertLatest(40 + round);
        }
        assertEquals(1, files(folder, "segment-*0001-*.tsfile").size());
    }

    /// A catalog as it was written before clock steps were in it ends after the list of signals.
    @Test
    void catalogsOfOlderFoldersAreRead() throws IOException {
        live(0, 20, 0, 0);
        reopen();
        historian.segmentStep();
        historian.close();
        Path catalog = files(folder, "*.catalog").getFirst();
        byte[] now = Files.readAllBytes(catalog);
        assertEquals(0, now[now.length - 5], "no clock was set back");
        byte[] before = Arrays.copyOf(now, now.length - 1);
        var crc = new CRC32C();
        crc.update(before, 0, before.length - 4);
        ByteBuffer.wrap(before).order(ByteOrder.LITTLE_ENDIAN).putInt(before.length - 4, (int) crc.getValue());
        Files.write(catalog, before);
        historian = still(folder);
        assertEquals(List.of(), historian.state().damage());
        assertLatest(19);
    }
}
