package io.millwright.historian.series;

/// Reads what a [Packer] packed, and believes nothing: whatever the bytes are, it ends with a value or [Malformed].
public final class Unpacker {

    /// The bytes are not what a [Packer] packs.
    public static final class Malformed extends RuntimeException {
        private static final long serialVersionUID = 1;

        public Malformed(String message) {
            super(message);
        }
    }

    private final byte[] bytes;
    private final int end;
    private int at;

    /// Reads `bytes[from, to)`.
    public Unpacker(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        at = from;
        end = to;
    }

    /// Whether all is read.
    public boolean isAtEnd() {
        return at >= end;
    }

    /// The position of the next byte.
    public int position() {
        return at;
    }

    private int take(int n) {
        int start = at;
        if (n < 0 || n > end - start) {
            throw new Malformed("ends within a value");
        }
        at = start + n;
        return start;
    }

    public int getByte() {
        return bytes[take(1)];
    }

    public int getInt() {
        return (int) Packer.INTS.get(bytes, take(4));
    }

    public long getLong() {
        return (long) Packer.LONGS.get(bytes, take(8));
    }

    public long getVarint() {
        long v = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            int b = bytes[take(1)];
            v |= (long) (b & 0x7F) << shift;
            if (b >= 0) {
                return v;
            }
        }
        throw new Malformed("integer too long");
    }

    public long getSigned() {
        long v = getVarint();
        return (v >>> 1) ^ -(v & 1);
    }

    /// A number of things that take at least one byte each.
    public int getCount() {
        long n = getVarint();
        if (n < 0 || n > end - at) {
            throw new Malformed("count too large");
        }
        return (int) n;
    }

    public String getText() {
        int length = getCount();
        return Texts.decode(bytes, take(length), length);
    }
}
