package io.millwright.iec61131.machine;

import org.jspecify.annotations.Nullable;

/// An array given to a parameter of `ARRAY[*]`: the Java array and its bounds.
public final class OpenArray {
    private Object array = this;
    private int[] bounds = {};

    /// @param given a Java array
    /// @param its lower and upper bound of each dimension in turn
    void set(Object given, int[] its) {
        this.array = given;
        this.bounds = its;
    }

    /// What an instance holds for an array given to it.
    ///
    /// @param before what it held; null at first
    public static OpenArray held(@Nullable OpenArray before, Object array, int[] bounds) {
        OpenArray held = before == null ? new OpenArray() : before;
        held.set(array, bounds);
        return held;
    }

    /// What an instance holds for an array that came to its caller in the same way.
    ///
    /// @param before what it held; null at first
    public static OpenArray held(@Nullable OpenArray before, OpenArray given) {
        return held(before, given.array, given.bounds);
    }

    public Object array() {
        return array;
    }

    public int lower(int dimension) {
        return bounds[2 * dimension - 2];
    }

    public int upper(int dimension) {
        return bounds[2 * dimension - 1];
    }

    /// The place of an element in the Java array.
    public int index(int dimension, int before, int index) {
        int low = lower(dimension);
        int high = upper(dimension);
        if (index < low || index > high) {
            throw new TrapSignal(Trap.Kind.OUT_OF_BOUNDS, index + " is not in " + low + ".." + high);
        }
        return before * (high - low + 1) + index - low;
    }
}
