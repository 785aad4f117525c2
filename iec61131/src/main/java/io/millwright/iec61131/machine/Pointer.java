package io.millwright.iec61131.machine;

import io.millwright.iec61131.type.Elementary;
import org.jspecify.annotations.Nullable;

/// A reference to a variable of an elementary type, or any POINTER TO: where it lies, and how to get at it.
///
/// Whole numbers, times and characters come as `long`, as [io.millwright.iec61131.library.Whole] says. A
/// pointer may be counted beyond the ends of what it points into; what is not there can only not be read or
/// written.
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

    /// The type of what lies here, or null for an aggregate.
    public abstract @Nullable Elementary type();

    /// The variable as a whole, or the array, of which this is a part.
    public abstract Home home();

    /// How many bytes this lies behind the beginning of its [#home].
    public abstract long offset();

    /// The element at an index from 0 of the array this lies in.
    public abstract Pointer element(long index);

    /// The place so many elements further on, in the array this one lies in.
    public Pointer advance(long elements) {
        if (elements == 0) {
            return this;
        }
        if (isRow()) {
            return element(offset() / bytes() + elements);
        }
        Elementary own = type();
        return own == null ? as(Elementary.BYTE).advance(elements) : new View(this, offset() + elements * bytes(), own);
    }

    /// Whether there are elements before or behind this one.
    protected boolean isRow() {
        return false;
    }

    /// The place so many bytes further on.
    public Pointer advanceBytes(long bytes) {
        if (bytes == 0) {
            return this;
        }
        Elementary own = type();
        return own == null || bytes % bytes() == 0 ? advance(bytes / bytes()) : new View(this, offset() + bytes, own);
    }

    /// The same place, read and written as another type: the bytes there, the lowest first.
    public Pointer as(Elementary wanted) {
        Elementary own = type();
        if (own == null && loadObject() instanceof Text text) {
            return new TextPointer(text, 0, Elementary.BYTE).as(wanted);
        }
        boolean same = own == wanted || own != null && own.isWhole() && wanted.isWhole() && own.bits() == wanted.bits();
        return same ? this : new View(this, offset(), wanted);
    }

    /// Whether both lie at the same place.
    public boolean same(Pointer other) {
        return home().equals(other.home()) && offset() == other.offset();
    }

    /// How many bytes a value takes that lies here.
    final int bytes() {
        Elementary own = type();
        return own == null ? 1 : bytes(own);
    }

    static int bytes(Elementary type) {
        return Math.max(1, type.bits() / 8);
    }

    /// The value here as its bits.
    final long loadBits() {
        return switch (type()) {
            case null -> throw notHere();
            case BOOL -> loadTruth() ? 1 : 0;
            case REAL -> Float.floatToRawIntBits((float) loadReal());
            case LREAL -> Double.doubleToRawLongBits(loadReal());
            default -> loadWhole();
        };
    }

    final void storeBits(long bits) {
        switch (type()) {
            case null -> throw notHere();
            case BOOL -> storeTruth((bits & 0xFF) != 0);
            case REAL -> storeReal(Float.intBitsToFloat((int) bits));
            case LREAL -> storeReal(Double.longBitsToDouble(bits));
            default -> storeWhole(bits);
        }
    }

    protected static TrapSignal notHere() {
        return new TrapSignal(Trap.Kind.OUT_OF_RANGE, "the reference is read as another type than it was taken of");
    }

    protected static TrapSignal outside() {
        return new TrapSignal(Trap.Kind.OUT_OF_BOUNDS, "the reference lies outside of what it was taken of");
    }

    @SuppressWarnings("ReferenceEquality") // both null, or the same object
    public static boolean samePlace(@Nullable Pointer a, @Nullable Pointer b) {
        return a == b || a != null && b != null && a.same(b);
    }

    /// A variable or an array by its identity.
    ///
    /// @param part of the owner, or null for the owner itself
    /// @param bytes how many it has, about
    public record Home(Object owner, @Nullable Object part, long bytes) {
        @Override
        @SuppressWarnings("ReferenceEquality")
        public boolean equals(@Nullable Object other) {
            return other instanceof Home h && h.owner == owner && (part == null ? h.part == null : part.equals(h.part));
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(owner) * 31 + (part == null ? 0 : part.hashCode());
        }
    }
}
