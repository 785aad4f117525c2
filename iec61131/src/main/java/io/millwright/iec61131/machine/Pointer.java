package io.millwright.iec61131.machine;

import org.jspecify.annotations.Nullable;

/// A reference to a variable of an elementary type, or any POINTER TO: where it lies, and how to get at it.
///
/// Whole numbers, times and characters come as `long`, as [io.millwright.iec61131.library.Whole] says.
public abstract class Pointer {
    public abstract long loadWhole();

    public abstract void storeWhole(long value);

    public abstract double loadReal();

    public abstract void storeReal(double value);

    public abstract boolean loadTruth();

    public abstract void storeTruth(boolean value);

    /// The object, where an aggregate or a reference lies here.
    public abstract @Nullable Object loadObject();

    /// The array that begins here.
    public abstract Object loadArray();

    public abstract void storeObject(@Nullable Object value);

    /// The place so many elements further on, in the array this one lies in.
    public abstract Pointer advance(long elements);

    /// The place so many bytes further on, in the array this one lies in.
    public abstract Pointer advanceBytes(long bytes);

    /// Whether both lie at the same place.
    public abstract boolean same(Pointer other);

    @SuppressWarnings("ReferenceEquality") // both null, or the same object
    public static boolean samePlace(@Nullable Pointer a, @Nullable Pointer b) {
        return a == b || a != null && b != null && a.same(b);
    }
}
