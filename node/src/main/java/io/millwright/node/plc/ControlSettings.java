package io.millwright.node.plc;

import io.millwright.plc.retain.Kept;
import java.util.Optional;

/// How the control logic of a node is run.
///
/// @param start what variables begin with
/// @param realTime whether the operating system is asked for a real-time class and locked memory
/// @param standby how it is one of two, where it is
public record ControlSettings(Start start, boolean realTime, Optional<StandbySettings> standby) {
    /// Warm, and on time as far as the machine grants it.
    public static final ControlSettings USUAL = new ControlSettings(Start.WARM, true, Optional.empty());

    /// What variables begin with (IEC 61131-3, 6.5.6.2 and 6.8).
    public enum Start {
        /// What the program declares.
        COLD,
        /// Those declared RETAIN: what they had. The others: what the program declares.
        WARM,
        /// All: what they had.
        HOT;

        Kept kept() {
            return this == HOT ? Kept.ALL : Kept.RETAINED;
        }
    }
}
