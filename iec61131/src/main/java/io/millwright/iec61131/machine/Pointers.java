package io.millwright.iec61131.machine;

import io.millwright.iec61131.library.Whole;
import io.millwright.iec61131.type.Elementary;
import java.lang.invoke.VarHandle;
import java.lang.reflect.Array;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Makes references.
public final class Pointers {
    private Pointers() {}

    /// To a variable that is a field of a generated class.
    public static Pointer toField(Object owner, VarHandle field, Elementary type) {
        return new FieldPointer(Objects.requireNonNull(owner), field, type);
    }

    /// To an element of an array, or to the array that begins there.
    public static Pointer toElement(Object array, int index, Elementary type) {
        if (index < 0 || index >= Array.getLength(array)) {
            throw new ArrayIndexOutOfBoundsException(index);
        }
        return new ArrayPointer(array, index, type);
    }

    /// To a text, structure or instance.
    public static Pointer toObject(Object object) {
        return new ObjectPointer(Objects.requireNonNull(object));
    }

    private static TrapSignal notHere() {
        return new TrapSignal(Trap.Kind.OUT_OF_RANGE, "the reference is read as another type than it was taken of");
    }

    abstract static class Plain extends Pointer {
        @Override
        public long loadWhole() {
            throw notHere();
        }

        @Override
        public void storeWhole(long value) {
            throw notHere();
        }

        @Override
        public double loadReal() {
            throw notHere();
        }

        @Override
        public void storeReal(double value) {
            throw notHere();
        }

        @Override
        public boolean loadTruth() {
            throw notHere();
        }

        @Override
        public void storeTruth(boolean value) {
            throw notHere();
        }

        @Override
        public @Nullable Object loadObject() {
            throw notHere();
        }

        @Override
        public Object loadArray() {
            throw notHere();
        }

        @Override
        public void storeObject(@Nullable Object value) {
            throw notHere();
        }

        @Override
        public Pointer advance(long elements) {
            if (elements == 0) {
                return this;
            }
            throw new TrapSignal(Trap.Kind.OUT_OF_BOUNDS, "the reference is not to an array");
        }

        @Override
        public Pointer advanceBytes(long bytes) {
            return advance(bytes);
        }
    }

    private static final class FieldPointer extends Plain {
        private final Object owner;
        private final VarHandle field;
        private final Elementary type;

        FieldPointer(Object owner, VarHandle field, Elementary type) {
            this.owner = owner;
            this.field = field;
            this.type = type;
        }

        @Override
        public long loadWhole() {
            return field.varType() == long.class ? (long) field.get(owner) : Whole.wrap(type, (int) field.get(owner));
        }

        @Override
        public void storeWhole(long value) {
            if (field.varType() == long.class) {
                field.set(owner, value);
            } else {
                field.set(owner, (int) Whole.wrap(type, value));
            }
        }

        @Override
        public double loadReal() {
            return field.varType() == float.class ? (float) field.get(owner) : (double) field.get(owner);
        }

        @Override
        public void storeReal(double value) {
            if (field.varType() == float.class) {
                field.set(owner, (float) value);
            } else {
                field.set(owner, value);
            }
        }

        @Override
        public boolean loadTruth() {
            return (boolean) field.get(owner);
        }

        @Override
        public void storeTruth(boolean value) {
            field.set(owner, value);
        }

        @Override
        public @Nullable Object loadObject() {
            return field.get(owner);
        }

        @Override
        public void storeObject(@Nullable Object value) {
            field.set(owner, value);
        }

        @Override
        @SuppressWarnings("ReferenceEquality")
        public boolean same(Pointer other) {
            return other instanceof FieldPointer f && f.owner == owner && f.field.equals(field);
        }
    }

    private static final class ObjectPointer extends Plain {
        private final Object object;

        ObjectPointer(Object object) {
            this.object = object;
        }

        @Override
        public Object loadObject() {
            return object;
        }

        @Override
        @SuppressWarnings("ReferenceEquality")
        public boolean same(Pointer other) {
            return other instanceof ObjectPointer o && o.object == object;
        }
    }

    private static final class ArrayPointer extends Plain {
        private final Object array;
        private final int index;
        private final Elementary type;

        ArrayPointer(Object array, int index, Elementary type) {
            this.array = array;
            this.index = index;
            this.type = type;
        }

        @Override
        public long loadWhole() {
            return switch (array) {
                case byte[] a -> Whole.wrap(type, a[index]);
                case short[] a -> Whole.wrap(type, a[index]);
                case char[] a -> Whole.wrap(type, a[index]);
                case int[] a -> Whole.wrap(type, a[index]);
                case long[] a -> a[index];
                default -> throw notHere();
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
                default -> throw notHere();
            }
        }

        @Override
        public double loadReal() {
            return switch (array) {
                case float[] a -> a[index];
                case double[] a -> a[index];
                default -> throw notHere();
            };
        }

        @Override
        public void storeReal(double value) {
            switch (array) {
                case float[] a -> a[index] = (float) value;
                case double[] a -> a[index] = value;
                default -> throw notHere();
            }
        }

        @Override
        public boolean loadTruth() {
            return array instanceof boolean[] a ? a[index] : super.loadTruth();
        }

        @Override
        public void storeTruth(boolean value) {
            if (!(array instanceof boolean[] a)) {
                throw notHere();
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
                throw notHere();
            }
            Array.set(array, index, value);
        }

        @Override
        public Object loadArray() {
            return array;
        }

        @Override
        public Pointer advance(long elements) {
            long to = index + elements;
            if (to < 0 || to >= Array.getLength(array)) {
                throw new TrapSignal(Trap.Kind.OUT_OF_BOUNDS, "the reference leaves its array");
            }
            return new ArrayPointer(array, (int) to, type);
        }

        @Override
        public Pointer advanceBytes(long bytes) {
            int size = Math.max(1, type.bits() / 8);
            if (bytes % size != 0) {
                throw notHere();
            }
            return advance(bytes / size);
        }

        @Override
        @SuppressWarnings("ReferenceEquality")
        public boolean same(Pointer other) {
            return other instanceof ArrayPointer o && o.array == array && o.index == index;
        }
    }
}
