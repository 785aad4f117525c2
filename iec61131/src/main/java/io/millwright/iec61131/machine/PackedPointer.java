package io.millwright.iec61131.machine;

import io.millwright.iec61131.library.Whole;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.Packing;
import io.millwright.iec61131.type.TextType;
import io.millwright.iec61131.type.Type;
import org.jspecify.annotations.Nullable;

/// A reference to a value that lies in bytes: of the process image, or of an overlapping structure.
public class PackedPointer extends Pointer {
    private final byte[] bytes;
    private final int firstBit;
    private final Type type;
    private final @Nullable Elementary elementary;
    private final @Nullable Text text;
    private final boolean wide;

    /// @param bytes those that hold the value; where they hold a copy of it, [#fetch] and [#changed] do the rest
    /// @param type elementary or a text
    public PackedPointer(byte[] bytes, int firstBit, Type type) {
        this.bytes = bytes;
        this.firstBit = firstBit;
        this.type = type;
        this.elementary = type.elementary();
        this.text = type.resolved() instanceof TextType known ? new Text(known.capacity()) : null;
        this.wide = type.resolved() instanceof TextType known && known.wide();
    }

    /// Called before the bytes are read.
    protected void fetch(byte[] into) {}

    /// Called after the bytes were written.
    protected void changed(byte[] from) {}

    /// Some of its bits.
    PackedPointer part(Elementary bits, int shift) {
        PackedPointer whole = this;
        return new PackedPointer(bytes, firstBit + shift, bits) {
            @Override
            protected void fetch(byte[] into) {
                whole.fetch(into);
            }

            @Override
            protected void changed(byte[] from) {
                whole.changed(from);
            }
        };
    }

    private Elementary elementary() {
        if (elementary == null) {
            throw notHere();
        }
        return elementary;
    }

    @Override
    public long loadWhole() {
        fetch(bytes);
        Elementary own = elementary();
        return Whole.wrap(own, Image.load(bytes, firstBit, own.bits()));
    }

    @Override
    public void storeWhole(long value) {
        fetch(bytes);
        Image.store(bytes, firstBit, elementary().bits(), value);
        changed(bytes);
    }

    @Override
    public double loadReal() {
        return elementary == Elementary.REAL
                ? Float.intBitsToFloat((int) loadWhole())
                : Double.longBitsToDouble(loadWhole());
    }

    @Override
    public void storeReal(double value) {
        storeWhole(
                elementary == Elementary.REAL ? Float.floatToIntBits((float) value) : Double.doubleToLongBits(value));
    }

    @Override
    public boolean loadTruth() {
        return loadWhole() != 0;
    }

    @Override
    public void storeTruth(boolean value) {
        storeWhole(value ? 1 : 0);
    }

    /// The text that lies here, in an object that is used again by the next call.
    @Override
    public Object loadObject() {
        fetch(bytes);
        return PackedText.load(bytes, firstBit, text(), wide);
    }

    private Text text() {
        if (text == null) {
            throw notHere();
        }
        return text;
    }

    @Override
    public void storeText(String value) {
        text().set(value);
        storeText();
    }

    @Override
    public void storeText(Text value) {
        text().set(value);
        storeText();
    }

    private void storeText() {
        fetch(bytes);
        PackedText.store(bytes, firstBit, text(), wide);
        changed(bytes);
    }

    /// Whether some bit is one of both.
    @SuppressWarnings("ReferenceEquality") // An area is that very array.
    boolean overlaps(byte[] area, long from, long bits) {
        long own = elementary == null ? 8 * Packing.bytes(type) : elementary.bits();
        return area == bytes && from < firstBit + own && firstBit < from + bits;
    }

    @Override
    @SuppressWarnings("ReferenceEquality")
    public boolean same(Pointer other) {
        return other instanceof PackedPointer o
                && o.bytes == bytes
                && o.firstBit == firstBit
                && o.type.resolved().equals(type.resolved());
    }
}
