package io.millwright.iec61131.machine;

/// A text, character by character; behind its end lie zeros, and behind its last possible character one that
/// stays.
final class TextPointer extends Stretch {
    private final Text text;
    private final int width;

    TextPointer(Text text, boolean wide) {
        this.text = text;
        this.width = wide ? 2 : 1;
    }

    boolean wide() {
        return width == 2;
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
        int character = index < text.capacity() ? text.at(index) : 0;
        return character >>> 8 * (int) (offset % width) & 0xFF;
    }

    @Override
    protected void putByte(long offset, int value) {
        int index = (int) (offset / width);
        if (index == text.capacity()) {
            return;
        }
        int shift = 8 * (int) (offset % width);
        int before = text.at(index);
        text.put(index, before & ~(0xFF << shift) | value << shift);
    }

    @Override
    @SuppressWarnings("ReferenceEquality")
    protected boolean isSame(Stretch other) {
        return other instanceof TextPointer o && o.text == text;
    }

    @Override
    protected int memory() {
        return System.identityHashCode(text);
    }
}
