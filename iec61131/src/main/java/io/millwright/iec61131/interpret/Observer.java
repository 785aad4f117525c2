package io.millwright.iec61131.interpret;

import io.millwright.iec61131.machine.Trap;

/// Looks on while the intermediate form is walked, and may hold it up: the seam of a debugger.
///
/// Both methods are called by the thread that runs the program. It stands still until they return; until then,
/// and only until then, other threads may look at the [CallStack] as well, one at a time. A
/// [io.millwright.iec61131.machine.TrapSignal] thrown here ends the program.
public interface Observer {
    /// Sees nothing.
    Observer NONE = new Observer() {
        @Override
        public void reached(CallStack calls) {
            // goes on
        }

        @Override
        public void trapped(CallStack calls, Trap trap) {
            // goes on
        }
    };

    /// Before every instruction; before every further condition of an IF and every further round of a loop
    /// again.
    void reached(CallStack calls);

    /// Before a trap ends all calls.
    void trapped(CallStack calls, Trap trap);
}
