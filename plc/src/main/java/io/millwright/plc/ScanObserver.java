package io.millwright.plc;

import io.millwright.iec61131.machine.Slot;
import io.millwright.iec61131.machine.Trap;
import io.millwright.iec61131.type.Value;
import org.jspecify.annotations.Nullable;

/// Sees what a PLC does, in its own thread and between scans: must return quickly, allocate nothing in
/// [#scanned] and throw nothing.
public interface ScanObserver {
    /// Another program runs from the next scan on; at first the first one.
    default void loaded(Loaded loaded) {}

    /// The PLC, which did the scans of another one, goes on by itself.
    ///
    /// @param scan the number of the last scan that was done
    default void tookOver(Loaded loaded, long scan) {
        loaded(loaded);
    }

    /// A scan has ended well, its outputs are told.
    ///
    /// @param number of the scan, from 1
    /// @param task its place among the tasks
    /// @param startNanos the time that the program saw
    default void scanned(long number, int task, long startNanos) {}

    /// A scan has ended, well or not: nothing else was done by the thread that scans meanwhile.
    default void held(int task, long nanos) {}

    /// A scan has not ended well; the PLC enters [Mode#FAULT] next.
    ///
    /// @param trap what the program did, or null where it did not even begin because an input was bad
    default void faulted(long number, int task, long startNanos, Fault fault, Trap.@Nullable Kind trap) {}

    /// A variable was changed from outside.
    default void written(Slot slot, Value value) {}

    /// A variable was forced from outside.
    default void forced(Slot slot, Value value) {}

    /// A variable was released from outside.
    default void released(String name) {}

    /// The PLC does something else from now on.
    default void entered(Mode mode) {}
}
