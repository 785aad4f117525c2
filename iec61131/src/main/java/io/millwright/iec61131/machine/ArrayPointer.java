package io.millwright.iec61131.machine;

import io.millwright.iec61131.library.Whole;
import io.millwright.iec61131.type.Elementary;
import java.lang.reflect.Array;
import org.jspecify.annotations.Nullable;

/// An element of an array, or the array that begins there. The first element knows the pointers to all others.
final class ArrayPointer extends Stretch {
    /// How many elements of an array keep a pointer each.
    private static final int KEPT = 1 << 16;

    private final Object array;
    private final int index;
    private final Elementary type;
    private final ArrayPointer first;
    private @Nullable ArrayPointer[] elements = {};

    @SuppressWarnings("this-escape")
    ArrayPointer(Object array, Elementary type) {
        this.array = array;
        this.index = 0;
        this.type = type;
        this.first = this;
    }

    private ArrayPointer(ArrayPointer first, int index) {
        this.array = first.array;
        this.index = index;
        this.type = first.type;
        this.first = first;
    }

    int index() {
        return index;
    }

    Elementary type() {
        return type;
    }

    /// A pointer to one element that is made once, so that those to the others need not be kept.
    static ArrayPointer alone(Object array, int index, Elementary type) {
        var first = new ArrayPointer(array, type);
        return index == 0 ? first : new ArrayPointer(first, index);
    }

    @Override
    public long loadWhole() {
        return switch (array) {
            case byte[] a -> Whole.wrap(type, a[index]);
            case short[] a -> Whole.wrap(type, a[index]);
            case char[] a -> Whole.wrap(type, a[index]);
            case int[] a -> Whole.wrap(type, a[index]);
            case long[] a -> a[index];
            default -> throw Pointer.notHere();
        };
    }

    @Override
    public void storeWhole(long value) {
        switch (array) {
            case byte[] a -> a[index] = (byte) value;
            case short[] a -> a[index] = (short) value;
            case char[] a -> a[index] = (char) value;
            case int[] a -> a[index] = (int) value;
            case long[] a -> a[index] = value;
            default -> throw Pointer.notHere();
        }
    }

    @Override
    public double loadReal() {
        return switch (array) {
            case float[] a -> a[index];
            case double[] a -> a[index];
            default -> throw Pointer.notHere();
        };
    }

    @Override
    public void storeReal(double value) {
        switch (array) {
            case float[] a -> a[index] = (float) value;
            case double[] a -> a[index] = value;
            default -> throw Pointer.notHere();
        }
    }

    @Override
    public boolean loadTruth() {
        return array instanceof boolean[] a ? a[index] : super.loadTruth();
    }

    @Override
    public void storeTruth(boolean value) {
        if (!(array instanceof boolean[] a)) {
            throw Pointer.notHere();
        }
        a[index] = value;
    }

    @Override
    public @Nullable Object loadObject() {
        return array instanceof Object[] a ? a[index] : super.loadObject();
    }

    @Override
    public void storeObject(@Nullable Object value) {
        if (!(array instanceof Object[])) {
            throw Pointer.notHere();
        }
        Array.set(array, index, value);
    }

    @Override
    Object owner() {
        return array;
    }

    @Override
    public Object loadArray() {
        if (index != 0) {
            throw new TrapSignal(
                    Trap.Kind.OUT_OF_BOUNDS, "an array is looked at from its first element on; this is a later one");
        }
        return array;
    }

    private ArrayPointer element(long to) {
        if (to < 0 || to >= Array.getLength(array)) {
            throw new TrapSignal(Trap.Kind.OUT_OF_BOUNDS, "the reference leaves its array");
        }
        return to == index ? this : first.kept((int) to);
    }

    private ArrayPointer kept(int to) {
        if (to >= KEPT) {
            return new ArrayPointer(this, to);
        }
        if (elements.length == 0) {
            elements = new @Nullable ArrayPointer[Math.min(KEPT, Array.getLength(array))];
        }
        ArrayPointer known = elements[to];
        if (known == null) {
            known = to == 0 ? this : new ArrayPointer(this, to);
            elements[to] = known;
        }
        return known;
    }

    @Override
    public Pointer advance(long elements) {
        return element(index + elements);
    }

    @Override
    public Pointer advanceBytes(long bytes) {
        long to = offset() + bytes;
        boolean inside = to >= 0 && to % size() == 0 && to / size() < Array.getLength(array);
        return inside ? element(to / size()) : first.at(to, type);
    }

    @Override
    public Pointer viewed(Elementary other) {
        return other == type || array instanceof Object[] ? this : first.at(offset(), other);
    }

    @Override
    public Stretch stretch() {
        return first;
    }

    @Override
    public long offset() {
        return (long) index * size();
    }

    private int size() {
        return Math.max(1, type.bits() / 8);
    }

    @Override
    protected long bytes() {
        return (long) Array.getLength(array) * size();
    }

    @Override
    protected int byteAt(long offset) {
        return (int) (element(offset / size()).bits() >>> 8 * (offset % size())) & 0xFF;
    }

    @Override
    protected void putByte(long offset, int value) {
        ArrayPointer element = element(offset / size());
        int shift = (int) (8 * (offset % size()));
        element.setBits(element.bits() & ~(0xFFL << shift) | (long) value << shift);
    }

    private long bits() {
        return switch (array) {
            case boolean[] a -> a[index] ? 1 : 0;
            case float[] a -> Float.floatToRawIntBits(a[index]);
            case double[] a -> Double.doubleToRawLongBits(a[index]);
            default -> loadWhole();
        };
    }

    private void setBits(long bits) {
        switch (array) {
            case boolean[] a -> a[index] = bits != 0;
            case float[] a -> a[index] = Float.intBitsToFloat((int) bits);
            case double[] a -> a[index] = Double.longBitsToDouble(bits);
            default -> storeWhole(bits);
        }
    }

    @Override
    @SuppressWarnings("ReferenceEquality")
    protected boolean isSame(Stretch other) {
        return other instanceof ArrayPointer o && o.array == array;
    }

    @Override
    protected int memory() {
        return System.identityHashCode(array);
    }
}
