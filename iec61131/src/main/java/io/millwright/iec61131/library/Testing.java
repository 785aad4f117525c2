package io.millwright.iec61131.library;

import io.millwright.iec61131.machine.Machine;
import io.millwright.iec61131.machine.Pointer;
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
        long passed = Math.max(0, nanos);
        machine.advance(passed);
        machine.wiring().advance(passed);
        return true;
    }

    /// The model that is simulated next is given a value.
    public static boolean modelGiven(Machine machine, Text port, double value) {
        machine.wiring().give(port.toString(), value);
        return true;
    }

    /// The model that is simulated next reads or writes a variable.
    ///
    /// @param kind as [io.millwright.iec61131.machine.Wire] says
    public static boolean modelWire(Machine machine, Text port, boolean shows, Pointer variable, int kind) {
        machine.wiring().wire(port.toString(), shows, variable, kind);
        return true;
    }

    /// Puts a process model around the program.
    public static boolean simulate(Machine machine, Text model) {
        machine.wiring().simulate(model.toString());
        return true;
    }

    /// Lets an input or output of a model have a fault.
    public static boolean modelFault(Machine machine, Text port, Text fault) {
        machine.wiring().fault(port.toString(), fault.toString());
        return true;
    }

    /// Whether two numbers lie no further apart than a third; also where both are the same infinity.
    public static boolean isNear(double a, double b, double tolerance) {
        return a == b || Math.abs(a - b) <= tolerance;
    }
}
