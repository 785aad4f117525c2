package io.millwright.iec61131.machine;

import io.millwright.iec61131.type.Variable;
import java.util.List;

/// What can be made ready by other threads, so that the one that scans is not held up: of a large program it
/// takes longer than a scan.
public interface Preparation {
    /// Makes ready what it takes to run an instance for the first time. Before that.
    default void prepareRun(Variable instance) {}

    /// Makes ready what it takes when these variables are forced, and no others. By any thread.
    default PreparedForces prepare(List<Slot> forced) {
        return PreparedForces.NONE;
    }
}
