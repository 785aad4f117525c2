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
    ///
    /// @param machine keeps the pointer; null where it is made once only
    public static Pointer toField(Object owner, VarHandle field, Elementary type, @Nullable Machine machine) {
        Pointer known = machine == null ? null : machine.pointers().find(owner, field);
        return known != null ? known : kept(new FieldPointer(Objects.requireNonNull(owner), field, type), machine);
    }

    /// To an element of an array, or to the array that begins there.
    public static Pointer toElement(Object array, int index, Elementary type, @Nullable Machine machine) {
        int length = Array.getLength(array);
        if (index < 0 || index >= length) {
            // as the JVM says it
            throw new ArrayIndexOutOfBoundsException("Index " + index + " out of bounds for length " + length);
        }
        if (machine == null) {
            return ArrayPointer.alone(array, index, type);
        }
        Pointer known = machine.pointers().find(array, null);
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
                // Not by way of a double: that would change a signalling NaN, which half-written bytes may be.
                case REAL -> Float.floatToRawIntBits((float) field.get(owner));
                case LREAL -> Double.doubleToRawLongBits(loadReal());
                default -> loadWhole();
            };
        }

        private void setBits(long bits) {
            switch (type) {
                case BOOL -> storeTruth(bits != 0);
                case REAL -> field.set(owner, Float.intBitsToFloat((int) bits));
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

        @Override
        protected int memory() {
            return System.identityHashCode(owner);
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
}
