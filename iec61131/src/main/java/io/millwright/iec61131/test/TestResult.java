package io.millwright.iec61131.test;

import io.millwright.iec61131.machine.Trap;
import java.util.List;

/// How a test went.
///
/// @param title what stands between the quotes of the TEST
/// @param file the text it stands in
/// @param line where it begins
/// @param message empty where it passed; else the assertion as written with its actual and expected values, or
///     the trap
/// @param stack where it failed, and from where that was called, innermost first
/// @param nanos how long it took, on a clock
public record TestResult(
        String title, String file, int line, Outcome outcome, String message, List<Trap.Position> stack, long nanos) {
    public TestResult {
        stack = List.copyOf(stack);
    }

    public enum Outcome {
        PASSED,
        /// An assertion does not hold.
        FAILED,
        /// The program did what it must not.
        TRAPPED
    }

    public boolean passed() {
        return outcome == Outcome.PASSED;
    }
}
