package io.millwright.node.plc;

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

    @Mixin
    private final StandbyOptions standby = new StandbyOptions();

    public ControlSettings settings() {
        return new ControlSettings(start, !normal, standby.settings());
    }
}
