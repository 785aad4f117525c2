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

    /// The place of an index within one dimension of an array, from 0.
    public static int index(int index, int low, int high) {
        if (index < low || index > high) {
            throw new TrapSignal(Trap.Kind.OUT_OF_BOUNDS, index + " is not in " + low + ".." + high);
        }
        return index - low;
    }

    /// An index that does not fit into 32 bits lies in no array.
    public static int index(long index) {
        return (int) index == index ? (int) index : (int) (index >> 63) ^ Integer.MAX_VALUE;
    }

    /// The step of a loop, which must not be 0.
    public static long step(long by) {
        if (by == 0) {
            throw new TrapSignal(Trap.Kind.STEP_OF_ZERO, "");
        }
        return by;
    }

    /// Ends the program.
    @SuppressWarnings("DoNotCallSuggester") // generated code calls it
    public static void stop() {
        throw new TrapSignal(Trap.Kind.STOPPED, "");
    }
}
