package io.millwright.node.plc;

import io.millwright.plc.retain.Kept;

/// How the control logic of a node is run.
///
/// @param start what variables begin with
/// @param realTime whether the operating system is asked for a real-time class and locked memory
/// @param simulated which process models stand in the place of devices, for people; empty where devices do
public record ControlSettings(Start start, boolean realTime, String simulated) {
    /// Warm, and on time as far as the machine grants it.
    public static final ControlSettings USUAL = new ControlSettings(Start.WARM, true, "");

    /// The same with process models in the place of devices.
    public ControlSettings simulating(String models) {
        return new ControlSettings(start, realTime, models);
    }

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
