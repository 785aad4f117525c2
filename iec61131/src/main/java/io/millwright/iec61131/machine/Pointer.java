package io.millwright.iec61131.machine;

import io.millwright.iec61131.type.Elementary;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A reference to a variable of an elementary type, or any POINTER TO: where it lies, and how to get at it.
///
/// Whole numbers, times and characters come as `long`, as [io.millwright.iec61131.library.Whole] says. What
/// does not lie there is a trap.
public abstract class Pointer {
    public long loadWhole() {
        throw notHere();
    }

    public void storeWhole(long value) {
        throw notHere();
    }

    public double loadReal() {
        throw notHere();
    }

    public void storeReal(double value) {
        throw notHere();
    }

    public boolean loadTruth() {
        throw notHere();
    }

    public void storeTruth(boolean value) {
        throw notHere();
    }

    /// The object, where an aggregate or a reference lies here.
    public @Nullable Object loadObject() {
        throw notHere();
    }

    /// Changes the text that lies here.
    public void storeText(String value) {
        ((Text) Objects.requireNonNull(loadObject())).set(value);
    }

    public void storeText(Text value) {
        ((Text) Objects.requireNonNull(loadObject())).set(value);
    }

    /// The array that begins here.
    public Object loadArray() {
        throw notHere();
    }

    public void storeObject(@Nullable Object value) {
        throw notHere();
    }

    /// The place so many elements further on, in the array this one lies in.
    public Pointer advance(long elements) {
        if (elements == 0) {
            return this;
        }
        throw new TrapSignal(Trap.Kind.OUT_OF_BOUNDS, "the reference is not to an array");
    }

    /// The place so many bytes further on.
    public Pointer advanceBytes(long bytes) {
        return advance(bytes);
    }

    /// The same place, where another type is read and written: POINTER TO BYTE at a REAL. Structures and
    /// instances do not lie in bytes and stay what they are.
    public Pointer viewed(Elementary type) {
        return this;
    }

    /// The memory this place lies in, or null where it does not lie in bytes.
    public @Nullable Stretch stretch() {
        return null;
    }

    /// How many bytes of the stretch lie before.
    public long offset() {
        return 0;
    }

    /// Whether both lie at the same place.
    public boolean same(Pointer other) {
        Stretch own = stretch();
        Stretch its = other.stretch();
        return own != null && its != null && offset() == other.offset() && own.isSame(its);
    }

    @SuppressWarnings("ReferenceEquality") // both null, or the same object
    public static boolean samePlace(@Nullable Pointer a, @Nullable Pointer b) {
        return a == b || a != null && b != null && a.same(b);
    }

    /// The object, array or owner of the field that it was made for.
    Object owner() {
        return this;
    }

    /// The field of the owner, or null where the whole is meant.
    @Nullable
    VarHandle field() {
        return null;
    }

    @SuppressWarnings("ReferenceEquality") // objects are themselves alone
    final boolean isTo(Object object, @Nullable VarHandle itsField) {
        return owner() == object && field() == itsField;
    }

    /// What a place that is read as what it is not ends the scan with.
    public static TrapSignal notHere() {
        return new TrapSignal(
                Trap.Kind.OUT_OF_RANGE,
                "the reference is read as another type than it was taken of; bytes of a structure are seen in a UNION");
    }
}
