package io.millwright.node.plc;

import io.millwright.model.RecordingLimits;
import io.millwright.plc.pace.RealTime;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;

/// How the control logic of a node is run.
///
/// @param start what variables begin with
/// @param realTime whether the operating system is asked for a real-time class and locked memory
/// @param recording how much of what it does is recorded
/// @param standby how it is one of two, where it is
/// @param simulated which process models stand in the place of devices, for people; empty where devices do
public record ControlSettings(
        Start start, boolean realTime, RecordingLimits recording, Optional<StandbySettings> standby, String simulated) {
    /// In SCHED_FIFO, of all threads that must be on time: of one priority none is put aside for another one, which
    /// might wait for it for ever, see decision 75.
    private static final int PRIORITY = 80;

    /// Warm, on time as far as the machine grants it, recorded, and with the devices of the plant.
    public static final ControlSettings USUAL =
            new ControlSettings(Start.WARM, true, RecordingLimits.USUAL, Optional.empty(), "");

    /// Lets the process be on time, where that is asked for. At its beginning, so that this is short.
    RealTime hurryProcess() {
        return realTime ? RealTime.askForProcess(PRIORITY) : RealTime.none();
    }

    /// Lets the thread that calls, which scans, be on time, and its process with it, where that is asked for.
    RealTime hurryAll() {
        return realTime ? RealTime.ask(new RealTime.Wanted(PRIORITY, true)).and(hurryProcess()) : RealTime.none();
    }

    /// Makes threads that are on time, for what inputs and outputs pass through, where that is asked for.
    public Optional<ThreadFactory> prompt() {
        return realTime
                ? Optional.of(work -> Thread.ofPlatform().daemon().unstarted(() -> {
                    hurry();
                    work.run();
                }))
                : Optional.empty();
    }

    /// Lets the thread that calls be on time, where that is asked for: scans and outputs depend on it.
    void hurry() {
        if (realTime) {
            var _ = RealTime.ask(new RealTime.Wanted(PRIORITY, false));
        }
    }

    /// Lets the thread that calls run before those of normal priority on their cores, where that is asked for: a
    /// scan may go on for ever on its own.
    void hurryBeside() {
        if (realTime) {
            var _ = RealTime.prompt();
        }
    }

    /// The same with process models in the place of devices.
    public ControlSettings simulating(String models) {
        return new ControlSettings(start, realTime, recording, standby, models);
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
