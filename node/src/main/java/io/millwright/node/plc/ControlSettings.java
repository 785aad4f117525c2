package io.millwright.node.plc;

import java.time.Duration;
import java.util.Optional;

/// How the control logic of a node is run.
///
/// @param start what variables begin with
/// @param realTime whether the operating system is asked for a real-time class and locked memory
/// @param recording how much of what it does is recorded; empty for nothing
/// @param standby how it is one of two, where it is
/// @param simulated which process models stand in the place of devices, for people; empty where devices do
public record ControlSettings(
        Start start, boolean realTime, Optional<Kept> recording, Optional<StandbySettings> standby, String simulated) {
    /// Warm, on time as far as the machine grants it, recorded, and with the devices of the plant.
    public static final ControlSettings USUAL =
            new ControlSettings(Start.WARM, true, Optional.of(Kept.USUAL), Optional.empty(), "");

    /// The same with process models in the place of devices.
    public ControlSettings simulating(String models) {
        return new ControlSettings(start, realTime, recording, standby, models);
    }

    /// How much of a recording is kept; what is older or more is deleted.
    ///
    /// @param bytesMax of all files, at least 64 KiB
    /// @param ageMax at least a second
    public record Kept(long bytesMax, Duration ageMax) {
        /// 1 GiB and a day.
        public static final Kept USUAL = new Kept(1L << 30, Duration.ofDays(1));
    }

    /// What variables begin with (IEC 61131-3, 6.5.6.2 and 6.8).
    public enum Start {
        /// What the program declares.
        COLD,
        /// Those declared RETAIN: what they had. The others: what the program declares.
        WARM,
        /// All: what they had.
        HOT;

        io.millwright.plc.retain.Kept kept() {
            return this == HOT ? io.millwright.plc.retain.Kept.ALL : io.millwright.plc.retain.Kept.RETAINED;
        }
    }
}
