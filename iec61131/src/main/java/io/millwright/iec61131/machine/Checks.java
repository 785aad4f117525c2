package io.millwright.iec61131.machine;

/// Checks that generated code makes where the JVM makes none of its own.
public final class Checks {
    private Checks() {}

    /// The value, if it lies in the range.
    public static int inRange(int value, int low, int high) {
        if (value < low || value > high) {
            throw outOfRange(value, low, high);
        }
        return value;
    }

    public static long inRange(long value, long low, long high) {
        if (value < low || value > high) {
            throw outOfRange(value, low, high);
        }
        return value;
    }

    private static TrapSignal outOfRange(long value, long low, long high) {
        return new TrapSignal(Trap.Kind.OUT_OF_RANGE, value + " is not in " + low + ".." + high);
    }

    /// What divides by zero does.
    @SuppressWarnings("DoNotCallSuggester") // generated code calls it
    public static void divisionByZero() {
        throw new TrapSignal(Trap.Kind.DIVISION_BY_ZERO, "");
    }

    /// The place of an index within one dimension of an array, from 0.
    public static int index(int index, int low, int high) {
        if (index < low || index > high) {
            throw new TrapSignal(Trap.Kind.OUT_OF_BOUNDS, index + " is not in " + low + ".." + high);
        }
        return index - low;
    }

    /// An index that does not fit into 32 bits lies in no array.
    public static int index(long index) {
        if ((int) index != index) {
            throw new TrapSignal(Trap.Kind.OUT_OF_BOUNDS, index + " lies in no array");
        }
        return (int) index;
    }

    /// The step of a loop, which must not be 0.
    public static long step(long by) {
        if (by == 0) {
            throw new TrapSignal(Trap.Kind.STEP_OF_ZERO, "");
        }
        return by;
    }

    /// As [#inRange(long, long, long)], of unsigned numbers.
    public static long inUnsignedRange(long value, long low, long high) {
        if (Long.compareUnsigned(value, low) < 0 || Long.compareUnsigned(value, high) > 0) {
            throw new TrapSignal(
                    Trap.Kind.OUT_OF_RANGE,
                    Long.toUnsignedString(value) + " is not in " + Long.toUnsignedString(low) + ".."
                            + Long.toUnsignedString(high));
        }
        return value;
    }
}
