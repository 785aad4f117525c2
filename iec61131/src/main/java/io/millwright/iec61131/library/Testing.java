package io.millwright.iec61131.library;

import io.millwright.iec61131.machine.Machine;
import io.millwright.iec61131.machine.Text;
import io.millwright.iec61131.machine.Trap;
import io.millwright.iec61131.machine.TrapSignal;

/// What tests written in Structured Text call; found like the methods of [Functions].
public final class Testing {
    private Testing() {}

    /// Ends the test.
    ///
    /// @param assertion as written
    /// @param values what its sides are
    /// @param message what the test's writer says about it, or the empty text
    public static boolean assertionFailed(Text assertion, Text values, Text message) {
        String said = message.length() == 0 ? "" : " (" + message + ")";
        throw new TrapSignal(Trap.Kind.ASSERTION, assertion + said + ": " + values);
    }

    /// Lets time go on in the middle of a test.
    public static boolean advanceTime(Machine machine, long nanos) {
        machine.advance(Math.max(0, nanos));
        return true;
    }

    /// Whether two numbers lie no further apart than a third; also where both are the same infinity.
    public static boolean isNear(double a, double b, double tolerance) {
        return a == b || Math.abs(a - b) <= tolerance;
    }
}
