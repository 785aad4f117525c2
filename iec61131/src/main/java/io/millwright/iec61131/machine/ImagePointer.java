package io.millwright.iec61131.machine;

import io.millwright.iec61131.library.Whole;
import io.millwright.iec61131.type.Elementary;

/// A reference to a piece of the process image.
final class ImagePointer extends Pointer {
    private final byte[] image;
    private final int firstBit;
    private final Elementary type;

    ImagePointer(byte[] image, int firstBit, Elementary type) {
        this.image = image;
        this.firstBit = firstBit;
        this.type = type;
    }

    /// Some of its bits.
    ImagePointer part(Elementary bits, int shift) {
        return new ImagePointer(image, firstBit + shift, bits);
    }

    @Override
    public long loadWhole() {
        return Whole.wrap(type, Image.load(image, firstBit, type.bits()));
    }

    @Override
    public void storeWhole(long value) {
        Image.store(image, firstBit, type.bits(), value);
    }

    @Override
    public double loadReal() {
        return type == Elementary.REAL ? Float.intBitsToFloat((int) loadWhole()) : Double.longBitsToDouble(loadWhole());
    }

    @Override
    public void storeReal(double value) {
        storeWhole(
                type == Elementary.REAL ? Float.floatToRawIntBits((float) value) : Double.doubleToRawLongBits(value));
    }

    @Override
    public boolean loadTruth() {
        return loadWhole() != 0;
    }

    @Override
    public void storeTruth(boolean value) {
        storeWhole(value ? 1 : 0);
    }

    /// Whether some bit is one of both.
    @SuppressWarnings("ReferenceEquality") // An area is that very array.
    boolean overlaps(byte[] area, int from, int bits) {
        return area == image && from < firstBit + type.bits() && firstBit < from + bits;
    }

    @Override
    @SuppressWarnings("ReferenceEquality")
    public boolean same(Pointer other) {
        return other instanceof ImagePointer o && o.image == image && o.firstBit == firstBit && o.type == type;
    }
}
