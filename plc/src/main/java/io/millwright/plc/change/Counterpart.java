package io.millwright.plc.change;

import io.millwright.iec61131.machine.Step;
import java.util.List;

/// An aggregate that both programs have.
///
/// @param before the way to it in the running program
/// @param after the way to it in the new one
record Counterpart(List<Step> before, List<Step> after) {
    /// The other way round.
    @SuppressWarnings("ArgumentSelectionDefectChecker") // meant
    Counterpart turned() {
        return new Counterpart(after, before);
    }
}
