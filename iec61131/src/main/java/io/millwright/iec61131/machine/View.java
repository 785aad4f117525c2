package io.millwright.iec61131.machine;

import io.millwright.iec61131.library.Whole;
import io.millwright.iec61131.type.Elementary;
import org.jspecify.annotations.Nullable;

/// A place that is read and written as another type than lies there: so many bytes, the lowest first.
final class View extends Pointer {
    private final Pointer base;
    private final long offset;
    private final Elementary type;

    /// @param base any place of the variable or array
    /// @param offset in bytes, from the beginning of the base's home
    View(Pointer base, long offset, Elementary type) {
        this.base = base;
        this.offset = offset;
        this.type = type;
    }

    private long load() {
        long bits = 0;
        for (int i = bytes() - 1; i >= 0; i--) {
            bits = bits << 8 | byteAt(offset + i);
        }
        return bits;
    }

    private long byteAt(long at) {
        int size = base.bytes();
        return base.element(Math.floorDiv(at, size)).loadBits() >>> 8 * Math.floorMod(at, size) & 0xFF;
    }

    private void store(long bits) {
        int size = base.bytes();
        for (int i = 0; i < bytes(); i++) {
            Pointer element = base.element(Math.floorDiv(offset + i, size));
            int shift = 8 * Math.floorMod(offset + i, size);
            long others = size == 1 ? 0 : element.loadBits() & ~(0xFFL << shift);
            element.storeBits(others | (bits >>> 8 * i & 0xFF) << shift);
        }
    }

    @Override
    public long loadWhole() {
        return Whole.wrap(type, load());
    }

    @Override
    public void storeWhole(long value) {
        store(value);
    }

    @Override
    public double loadReal() {
        return type == Elementary.REAL ? Float.intBitsToFloat((int) load()) : Double.longBitsToDouble(load());
    }

    @Override
    public void storeReal(double value) {
        store(type == Elementary.REAL ? Float.floatToRawIntBits((float) value) : Double.doubleToRawLongBits(value));
    }

    @Override
    public boolean loadTruth() {
        return load() != 0;
    }

    @Override
    public void storeTruth(boolean value) {
        store(value ? 1 : 0);
    }

    @Override
    public @Nullable Object loadObject() {
        return atBegin().loadObject();
    }

    @Override
    public Object loadArray() {
        return atBegin().loadArray();
    }

    @Override
    public void storeObject(@Nullable Object value) {
        atBegin().storeObject(value);
    }

    private Pointer atBegin() {
        if (offset != base.offset()) {
            throw notHere();
        }
        return base;
    }

    @Override
    public Elementary type() {
        return type;
    }

    @Override
    public Home home() {
        return base.home();
    }

    @Override
    public long offset() {
        return offset;
    }

    @Override
    public Pointer element(long index) {
        return new View(base, index * bytes(), type);
    }

    @Override
    public Pointer advance(long elements) {
        return new View(base, offset + elements * bytes(), type);
    }

    @Override
    public Pointer advanceBytes(long bytes) {
        return new View(base, offset + bytes, type);
    }

    @Override
    public Pointer as(Elementary wanted) {
        return base.type() == wanted && offset % base.bytes() == 0
                ? base.element(offset / base.bytes())
                : new View(base, offset, wanted);
    }
}
