package io.millwright.iec61131.machine;

import io.millwright.iec61131.library.Whole;
import io.millwright.iec61131.type.Elementary;
import java.lang.invoke.VarHandle;
import java.lang.reflect.Array;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Makes references.
public final class Pointers {
    /// How many elements of an array keep a pointer each.
    private static final int KEPT = 1 << 16;

    private Pointers() {}

    /// To a variable that is a field of a generated class.
    ///
    /// @param machine keeps the pointer; null where it is made once only
    public static Pointer toField(Object owner, VarHandle field, Elementary type, @Nullable Machine machine) {
        Pointer known = machine == null ? null : machine.pointers().find(owner, field);
        return known != null ? known : kept(new FieldPointer(Objects.requireNonNull(owner), field, type), machine);
    }

    /// To an element of an array, or to the array that begins there.
    public static Pointer toElement(Object array, int index, Elementary type, @Nullable Machine machine) {
        if (index < 0 || index >= Array.getLength(array)) {
            throw new ArrayIndexOutOfBoundsException(index);
        }
        Pointer known = machine == null ? null : machine.pointers().find(array, null);
        Pointer first = known != null ? known : kept(new ArrayPointer(array, type), machine);
        return first.advance(index);
    }

    /// To a text.
    public static Pointer toText(Text text, boolean wide, @Nullable Machine machine) {
        Pointer known = machine == null ? null : machine.pointers().find(text, null);
        return known != null ? known : kept(new TextPointer(Objects.requireNonNull(text), wide), machine);
    }

    /// To a structure or instance.
    public static Pointer toObject(Object object, @Nullable Machine machine) {
        Pointer known = machine == null ? null : machine.pointers().find(object, null);
        return known != null ? known : kept(new ObjectPointer(Objects.requireNonNull(object)), machine);
    }

    private static Pointer kept(Pointer made, @Nullable Machine machine) {
        return machine == null ? made : machine.pointers().keep(made);
    }

    private static final class FieldPointer extends Stretch {
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
        Object owner() {
            return owner;
        }

        @Override
        VarHandle field() {
            return field;
        }

        @Override
        protected long bytes() {
            return Math.max(1, type.bits() / 8);
        }

        @Override
        protected int byteAt(long offset) {
            return (int) (bits() >>> 8 * offset) & 0xFF;
        }

        @Override
        protected void putByte(long offset, int value) {
            long others = bits() & ~(0xFFL << 8 * offset);
            setBits(others | (long) value << 8 * offset);
        }

        private long bits() {
            return switch (type) {
                case BOOL -> loadTruth() ? 1 : 0;
                case REAL -> Float.floatToRawIntBits((float) loadReal());
                case LREAL -> Double.doubleToRawLongBits(loadReal());
                default -> loadWhole();
            };
        }

        private void setBits(long bits) {
            switch (type) {
                case BOOL -> storeTruth(bits != 0);
                case REAL -> storeReal(Float.intBitsToFloat((int) bits));
                case LREAL -> storeReal(Double.longBitsToDouble(bits));
                default -> storeWhole(Whole.wrap(type, bits));
            }
        }

        @Override
        public Pointer viewed(Elementary other) {
            return other == type ? this : super.viewed(other);
        }

        @Override
        public Pointer advanceBytes(long bytes) {
            return bytes == 0 ? this : at(bytes, type);
        }

        @Override
        public Pointer advance(long elements) {
            return elements == 0 ? this : at(elements * bytes(), type);
        }

        @Override
        @SuppressWarnings("ReferenceEquality")
        protected boolean isSame(Stretch other) {
            return other instanceof FieldPointer f && f.owner == owner && f.field.equals(field);
        }
    }

    private static final class ObjectPointer extends Pointer {
        private final Object object;

        ObjectPointer(Object object) {
            this.object = object;
        }

        @Override
        Object owner() {
            return object;
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

    private static final class ArrayPointer extends Stretch {
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
    }

    /// A text, character by character; behind its end lie zeros.
    private static final class TextPointer extends Stretch {
        private final Text text;
        private final int width;

        TextPointer(Text text, boolean wide) {
            this.text = text;
            this.width = wide ? 2 : 1;
        }

        @Override
        Object owner() {
            return text;
        }

        @Override
        public Object loadObject() {
            return text;
        }

        @Override
        protected long bytes() {
            return (text.capacity() + 1L) * width;
        }

        @Override
        protected int byteAt(long offset) {
            int index = (int) (offset / width);
            int character = index < text.length() ? text.at(index) : 0;
            return character >>> 8 * (int) (offset % width) & 0xFF;
        }

        @Override
        protected void putByte(long offset, int value) {
            int index = (int) (offset / width);
            if (index == text.capacity()) {
                return;
            }
            int shift = 8 * (int) (offset % width);
            int before = index < text.length() ? text.at(index) : 0;
            text.put(index, before & ~(0xFF << shift) | value << shift);
        }

        @Override
        @SuppressWarnings("ReferenceEquality")
        protected boolean isSame(Stretch other) {
            return other instanceof TextPointer o && o.text == text;
        }
    }
}
