package io.millwright.historian.series;

import io.millwright.model.Value;

/// Which kinds of value a series holds, as a set of bits.
public final class Kinds {

    public static final int BOOL = 1;
    public static final int INT = 2;
    public static final int REAL = 4;
    public static final int TEXT = 8;
    /// Reals that are not a number, or the least integer: some encodings use these as their end mark.
    public static final int END_MARKS = 16;

    private Kinds() {}

    /// The bits of a value's kind; none for a missing value.
    public static int of(Value value) {
        return switch (value) {
            case Value.Bool _ -> BOOL;
            case Value.Int i -> i.value() == Long.MIN_VALUE ? INT | END_MARKS : INT;
            case Value.Real r -> Double.isNaN(r.value()) ? REAL | END_MARKS : REAL;
            case Value.Text _ -> TEXT;
            case Value.Missing _ -> 0;
        };
    }
}
