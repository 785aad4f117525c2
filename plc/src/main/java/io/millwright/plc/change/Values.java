package io.millwright.plc.change;

import io.millwright.iec61131.machine.Slot;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.Value;
import java.util.Optional;

/// Values of elementary types as bits, and back.
final class Values {
    private Values() {}

    /// A value in another type; empty where it is lost.
    static Optional<Value> carried(Value value, Carry carry, Slot to) {
        long bits = bits(value);
        return carry.fate(bits) == Carry.Fate.LOST ? Optional.empty() : Optional.of(value(to, carry.carried(bits)));
    }

    private static long bits(Value value) {
        return switch (value) {
            case Value.Truth(boolean truth) -> truth ? 1 : 0;
            case Value.Real(double real) -> Double.doubleToRawLongBits(real);
            case Value.Whole(long whole) -> whole;
            default -> throw new IllegalArgumentException("no value of an elementary type: " + value);
        };
    }

    private static Value value(Slot slot, long bits) {
        Elementary type = slot.type().elementary();
        return type == Elementary.BOOL
                ? new Value.Truth(bits != 0)
                : isReal(slot) ? new Value.Real(Double.longBitsToDouble(bits)) : new Value.Whole(bits);
    }

    private static boolean isReal(Slot slot) {
        Elementary type = slot.type().elementary();
        return type != null && type.family() == Elementary.Family.REAL;
    }

    /// The bits of a variable as a number that can be compared with one of another type.
    static double number(Slot slot, long bits) {
        Elementary type = slot.type().elementary();
        if (isReal(slot)) {
            return Double.longBitsToDouble(bits);
        }
        return type != null && type.isUnsigned() && bits < 0 ? (bits >>> 1 | bits & 1) * 2.0 : bits;
    }
}
