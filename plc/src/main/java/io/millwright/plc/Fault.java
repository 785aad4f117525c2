package io.millwright.plc;

import io.millwright.iec61131.machine.Trap;
import java.util.List;

/// Why a PLC stopped by itself.
///
/// @param epochNanos when, nanoseconds since 1970-01-01T00:00:00Z
/// @param task whose scan it was
/// @param scan the number of that scan
/// @param message what happened, for people
/// @param stack where, innermost first; empty where it was no line of the program
public record Fault(long epochNanos, String task, long scan, String message, List<Trap.Position> stack) {
    public Fault {
        stack = List.copyOf(stack);
    }
}
