package io.millwright.iec61131.machine;

import io.millwright.iec61131.library.Whole;
import io.millwright.iec61131.type.Elementary;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A pointer to memory that can be walked along byte by byte, whatever lies there: the lowest byte first.
///
/// Every place of it has one pointer for each type, which is made when it is first asked for and kept, so that
/// a program that walks along the same memory in each scan allocates nothing.
public abstract class Stretch extends Pointer {
    /// The types that a place can be seen as; programs pass their numbers.
    public static final List<Elementary> TYPES = List.of(Elementary.values());

    /// How many places keep their pointers; beyond them a pointer is made each time.
    private static final int KEPT = 1 << 16;

    private @Nullable Bytes[] kept = {};

    /// How many bytes there are.
    protected abstract long bytes();

    /// One of them, as an unsigned number.
    protected abstract int byteAt(long offset);

    protected abstract void putByte(long offset, int value);

    /// Whether both are the same memory.
    protected abstract boolean isSame(Stretch other);

    /// A number that is the same for the same memory.
    protected abstract int memory();

    @Override
    public Stretch stretch() {
        return this;
    }

    @Override
    public long offset() {
        return 0;
    }

    @Override
    public Pointer viewed(Elementary type) {
        return at(0, type);
    }

    /// The place at an offset, seen as a type. It may lie beyond the ends, as long as nothing is read there.
    public final Pointer at(long offset, Elementary type) {
        if (offset < 0 || offset > bytes() || offset >= KEPT) {
            return new Bytes(this, offset, type, null);
        }
        if (offset >= kept.length) {
            @Nullable Bytes[] longer = new @Nullable Bytes[(int) Math.min(KEPT, bytes() + 1)];
            System.arraycopy(kept, 0, longer, 0, kept.length);
            kept = longer;
        }
        Bytes first = kept[(int) offset];
        for (Bytes one = first; one != null; one = one.next) {
            if (one.type == type) {
                return one;
            }
        }
        Bytes made = new Bytes(this, offset, type, first);
        kept[(int) offset] = made;
        return made;
    }

    private long bits(long offset, int count) {
        check(offset, count);
        long bits = 0;
        for (int i = count / 8 - 1; i >= 0; i--) {
            bits = bits << 8 | byteAt(offset + i);
        }
        return bits;
    }

    private void setBits(long offset, int count, long bits) {
        check(offset, count);
        for (int i = 0; i < count / 8; i++) {
            putByte(offset + i, (int) (bits >>> 8 * i) & 0xFF);
        }
    }

    private void check(long offset, int count) {
        if (offset < 0 || offset + count / 8 > bytes()) {
            throw new TrapSignal(
                    Trap.Kind.OUT_OF_BOUNDS,
                    "the pointer reaches beyond the %d bytes it points into".formatted(bytes()));
        }
    }

    /// A place within a stretch.
    private static final class Bytes extends Pointer {
        private final Stretch stretch;
        private final long offset;
        private final Elementary type;
        private final @Nullable Bytes next;

        Bytes(Stretch stretch, long offset, Elementary type, @Nullable Bytes next) {
            this.stretch = stretch;
            this.offset = offset;
            this.type = type;
            this.next = next;
        }

        private int width() {
            return Math.max(8, type.bits());
        }

        @Override
        public long loadWhole() {
            return Whole.wrap(type, stretch.bits(offset, width()));
        }

        @Override
        public void storeWhole(long value) {
            stretch.setBits(offset, width(), value);
        }

        @Override
        public double loadReal() {
            long bits = stretch.bits(offset, width());
            return type == Elementary.REAL ? Float.intBitsToFloat((int) bits) : Double.longBitsToDouble(bits);
        }

        @Override
        public void storeReal(double value) {
            boolean single = type == Elementary.REAL;
            stretch.setBits(
                    offset,
                    width(),
                    single ? Float.floatToRawIntBits((float) value) : Double.doubleToRawLongBits(value));
        }

        @Override
        public boolean loadTruth() {
            return stretch.bits(offset, width()) != 0;
        }

        @Override
        public void storeTruth(boolean value) {
            stretch.setBits(offset, width(), value ? 1 : 0);
        }

        @Override
        public Pointer advance(long elements) {
            return advanceBytes(elements * (width() / 8));
        }

        @Override
        public Pointer advanceBytes(long bytes) {
            return stretch.at(offset + bytes, type);
        }

        @Override
        public Pointer viewed(Elementary other) {
            return stretch.at(offset, other);
        }

        @Override
        public Stretch stretch() {
            return stretch;
        }

        @Override
        public long offset() {
            return offset;
        }
    }
}
