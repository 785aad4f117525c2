package io.millwright.plc.record;

import io.millwright.iec61131.machine.Slot;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.Value;

/// Values for people.
final class Shown {
    private Shown() {}

    static String of(Slot slot) {
        return slot.isText() ? slot.text().toString() : bits(slot, slot.bits());
    }

    /// As a program would write it.
    static String of(Value value) {
        return switch (value) {
            case Value.Truth(boolean truth) -> truth ? "TRUE" : "FALSE";
            case Value.Whole(long whole) -> Long.toString(whole);
            case Value.Real(double real) -> Double.toString(real);
            case Value.Text(String text) -> "'" + text + "'";
            default -> value.toString();
        };
    }

    /// @param bits as [Slot#bits] gives them
    static String bits(Slot slot, long bits) {
        Elementary type = slot.type().elementary();
        if (type == Elementary.BOOL) {
            return bits != 0 ? "TRUE" : "FALSE";
        }
        boolean real = type != null && type.family() == Elementary.Family.REAL;
        return real ? Double.toString(Double.longBitsToDouble(bits)) : Long.toString(bits);
    }
}
