package io.millwright.iec61131.machine;

import io.millwright.iec61131.type.Elementary;
import org.jspecify.annotations.Nullable;

/// A character of a text, as the bytes or words that it has in memory in the common tools: behind the last
/// character there is a 0, and there is room for one behind a text that is full.
final class TextPointer extends Pointer {
    private final Text text;
    private final long index;
    private final Elementary unit;

    TextPointer(Text text, long index, Elementary unit) {
        this.text = text;
        this.index = index;
        this.unit = unit;
    }

    private int index() {
        if (index < 0 || index > text.capacity()) {
            throw outside();
        }
        return (int) index;
    }

    @Override
    public long loadWhole() {
        int at = index();
        return at == text.capacity() ? 0 : text.at(at);
    }

    @Override
    public void storeWhole(long value) {
        int at = index();
        long character = value & (bytes() == 1 ? 0xFF : 0xFFFF);
        if (at < text.capacity()) {
            text.put(at, (int) character);
        } else if (character != 0) {
            throw outside();
        }
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
    public Object loadObject() {
        if (index != 0) {
            throw notHere();
        }
        return text;
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
    public Elementary type() {
        return unit;
    }

    @Override
    protected boolean isRow() {
        return true;
    }

    @Override
    public Home home() {
        return new Home(text, null, (text.capacity() + 1L) * bytes());
    }

    @Override
    public long offset() {
        return index * bytes();
    }

    @Override
    public Pointer element(long at) {
        return new TextPointer(text, at, unit);
    }
}
