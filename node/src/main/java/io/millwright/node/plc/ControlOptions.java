package io.millwright.node.plc;

import io.millwright.model.Plant;
import io.millwright.model.RecordingLimits;
import io.millwright.node.command.DataSize;
import io.millwright.node.command.TimeSpan;
import io.millwright.node.command.UsageError;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// How control logic is run. A mixin of `plc run` and `up`.
public final class ControlOptions {
    @Option(
            names = "--start",
            paramLabel = "KIND",
            defaultValue = "warm",
            description = "What variables begin with: cold (as declared), warm (those declared RETAIN as they were) or"
                    + " hot (all as they were); default ${DEFAULT-VALUE}.")
    private ControlSettings.Start start = ControlSettings.Start.WARM;

    @Option(
            names = "--no-realtime",
            description = "Do not ask the operating system for a real-time priority and locked memory.")
    private boolean normal;

    @Option(names = "--no-record", description = "Do not record what the control logic does.")
    private boolean unrecorded;

    @Option(
            names = "--record-size",
            paramLabel = "SIZE",
            converter = DataSize.class,
            description =
                    "How much the recording takes at most; the oldest is deleted (default: what the plant file says"
                            + " beneath `recording`, 1GiB otherwise).")
    private Optional<Long> recordBytes = Optional.empty();

    @Option(
            names = "--record-for",
            paramLabel = "TIME",
            converter = TimeSpan.class,
            description =
                    "How far the recording reaches back at most (default: what the plant file says, 24h otherwise).")
    private Optional<Duration> recordAge = Optional.empty();

    @Mixin
    private final StandbyOptions standby = new StandbyOptions();

    /// @param plant what is not said otherwise is as its file says
    /// @throws UsageError if a recording of that size cannot be
    public ControlSettings settings(Plant plant) {
        RecordingLimits usual = plant.recording();
        boolean wanted = recordBytes.isPresent() || recordAge.isPresent() || usual.enabled();
        try {
            var recording = new RecordingLimits(
                    wanted && !unrecorded, recordBytes.orElse(usual.bytesMax()), recordAge.orElse(usual.ageMax()));
            return new ControlSettings(start, !normal, recording, standby.settings(), "");
        } catch (IllegalArgumentException e) {
            throw new UsageError(e.getMessage() + "; --no-record makes none");
        }
    }
}
