package io.millwright.node.plc;

import io.millwright.node.command.DataSize;
import io.millwright.node.command.TimeSpan;
import io.millwright.node.command.UsageError;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// How control logic is run. A mixin of `plc run` and `up`.
public final class ControlOptions {
    private static final long BYTES_LEAST = 1 << 20;
    private static final Duration AGE_LEAST = Duration.ofMinutes(1);

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
            defaultValue = "1GiB",
            description = "How much the recording takes at most (default ${DEFAULT-VALUE}); the oldest is deleted.")
    private Long recordBytes = 0L;

    @Option(
            names = "--record-for",
            paramLabel = "TIME",
            converter = TimeSpan.class,
            defaultValue = "24h",
            description = "How far the recording reaches back at most (default ${DEFAULT-VALUE}).")
    private Duration recordAge = Duration.ZERO;

    @Mixin
    private final StandbyOptions standby = new StandbyOptions();

    /// @throws UsageError if a recording of that size cannot be
    public ControlSettings settings() {
        if (recordBytes < BYTES_LEAST || recordAge.compareTo(AGE_LEAST) < 0) {
            throw new UsageError("a recording takes 1MiB and reaches back 1min at least; --no-record makes none");
        }
        var kept = new ControlSettings.Kept(recordBytes, recordAge);
        return new ControlSettings(
                start, !normal, unrecorded ? Optional.empty() : Optional.of(kept), standby.settings(), "");
    }
}
