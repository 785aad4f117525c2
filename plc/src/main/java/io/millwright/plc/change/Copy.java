package io.millwright.plc.change;

import io.millwright.iec61131.machine.Slot;

/// A value that goes from the running program into the new one. A text goes as it is, cut at the capacity.
///
/// @param from of the running program
/// @param to of the new one
public record Copy(Slot from, Slot to, Carry carry) {}
