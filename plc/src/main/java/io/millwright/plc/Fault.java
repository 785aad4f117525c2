package io.millwright.plc;

import io.millwright.iec61131.machine.Trap;
import io.millwright.model.Told;
import io.millwright.plc.image.InputPoint;
import java.util.List;

/// Why a PLC stopped by itself.
///
/// @param epochNanos when, nanoseconds since 1970-01-01T00:00:00Z
/// @param task whose scan it was
/// @param scan the number of that scan
/// @param told what happened
/// @param stack where, innermost first; empty where it was no line of the program
public record Fault(long epochNanos, String task, long scan, Told told, List<Trap.Position> stack) {
    public Fault {
        stack = List.copyOf(stack);
    }

    /// What happened, in English.
    public String message() {
        return told.text();
    }

    /// That an input is bad without which the program must not run.
    static Told told(InputPoint bad) {
        return Told.of(
                        "input-bad",
                        "the input {variable} ({signal}) is {quality}, and the program must not run without it")
                .with("variable", bad.binding().variable())
                .with("signal", bad.binding().signal())
                .with("quality", bad.quality());
    }

    /// That a scan was ended.
    ///
    /// @param watchdogNanos how long it may take; 0 for any time
    static Told told(Trap trap, long watchdogNanos) {
        if (trap.kind() == Trap.Kind.STOPPED && watchdogNanos > 0) {
            return Told.of("watchdog", "the scan lasted longer than the {millis} ms of its watchdog")
                    .with("millis", watchdogNanos / 1_000_000.0);
        }
        return TrapTold.of(trap);
    }
}
