package io.millwright.node.plc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.model.RecordingLimits;
import io.millwright.node.command.PlantFiles;
import io.millwright.node.command.UsageError;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Issue 5: how much is recorded stands in the plant file; who starts the PLC may say otherwise.
class ControlOptionsTest {
    @Command
    private static final class Host {
        @Mixin
        private final ControlOptions options = new ControlOptions();
    }

    private static RecordingLimits recording(String section, String... arguments) {
        var host = new Host();
        new CommandLine(host).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(arguments);
        String plant = "plant: small\nprefix: 88.118.9\n" + section;
        return host.options.settings(PlantFiles.of(plant, "plant.yaml")).recording();
    }

    @Test
    void thePlantFileSaysHowMuchIsRecorded() {
        assertEquals(new RecordingLimits(true, 1L << 30, Duration.ofDays(1)), recording(""));
        assertEquals(
                new RecordingLimits(true, 256L << 20, Duration.ofDays(7)),
                recording("recording: {size: 256MiB, for: 7d}"));
        assertFalse(recording("recording: {enabled: false}").enabled());
    }

    @Test
    void anOptionSaysOtherwise() {
        var said = recording("recording: {size: 256MiB, for: 7d}", "--record-for", "2h");
        assertEquals(new RecordingLimits(true, 256L << 20, Duration.ofHours(2)), said);
        assertTrue(recording("recording: {enabled: false}", "--record-size", "4MiB")
                .enabled());
        assertFalse(recording("recording: {size: 256MiB}", "--no-record").enabled());
    }

    @Test
    void aRecordingThatIsTooSmallIsRefusedWithItsPlace() {
        var wrong = assertThrows(UsageError.class, () -> recording("recording:\n  size: 64KiB\n"));
        assertTrue(wrong.getMessage().contains("4:9") && wrong.getMessage().contains("1MiB"), wrong.getMessage());
        assertThrows(UsageError.class, () -> recording("", "--record-for", "10s"));
        assertThrows(UsageError.class, () -> recording("recording: {enabled: perhaps}"));
    }
}
