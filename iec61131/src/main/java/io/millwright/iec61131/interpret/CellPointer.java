package io.millwright.iec61131.interpret;

import io.millwright.iec61131.library.Whole;
import io.millwright.iec61131.machine.Pointer;
import io.millwright.iec61131.machine.Stretch;
import io.millwright.iec61131.machine.Text;
import io.millwright.iec61131.machine.Trap;
import io.millwright.iec61131.machine.TrapSignal;
import io.millwright.iec61131.type.Elementary;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A reference to a variable, an element, or an aggregate.
///
/// Its cells are the array that it may be counted along: one for a variable alone, none for an aggregate. The
/// whole is the array of which they are the elements, or the aggregate; null for a variable alone.
final class CellPointer extends Stretch {
    private final List<Cell> cells;
    private final int index;
    private final @Nullable Object whole;
    private boolean wide;

    private CellPointer(List<Cell> cells, int index, @Nullable Object whole) {
        this.cells = cells;
        this.index = index;
        this.whole = whole;
    }

    static CellPointer toVariable(Cell cell) {
        return new CellPointer(List.of(cell), 0, null);
    }

    static CellPointer toElement(Elements array, int index) {
        return new CellPointer(array.cells(), index, array);
    }

    static CellPointer toText(Text text, boolean wide) {
        var pointer = new CellPointer(List.of(), 0, text);
        pointer.wide = wide;
        return pointer;
    }

    static CellPointer toObject(Object aggregate) {
        return new CellPointer(List.of(), 0, aggregate);
    }

    private Cell cell() {
        if (cells.isEmpty()) {
            throw notHere();
        }
        return cells.get(index);
    }

    private Elementary elementary() {
        Elementary elementary = cell().type().elementary();
        if (elementary == null) {
            throw notHere();
        }
        return elementary;
    }

    @Override
    public long loadWhole() {
        return cell().load() instanceof Long whole ? whole : fail();
    }

    private static long fail() {
        throw notHere();
    }

    @Override
    public void storeWhole(long value) {
        loadWhole();
        cell().store(Whole.wrap(elementary(), value));
    }

    @Override
    public double loadReal() {
        return cell().load() instanceof Double real ? real : fail();
    }

    @Override
    public void storeReal(double value) {
        loadReal();
        cell().store(elementary() == Elementary.REAL ? (double) (float) value : value);
    }

    @Override
    public boolean loadTruth() {
        return cell().load() instanceof Boolean truth ? truth : fail() != 0;
    }

    @Override
    public void storeTruth(boolean value) {
        loadTruth();
        cell().store(value);
    }

    /// The aggregate or the reference that lies here.
    @Override
    public @Nullable Object loadObject() {
        return cells.isEmpty() ? whole : cell().load();
    }

    @Override
    public Object loadArray() {
        if (whole == null) {
            throw notHere();
        }
        if (index != 0) {
            throw new TrapSignal(
                    Trap.Kind.OUT_OF_BOUNDS, "an array is looked at from its first element on; this is a later one");
        }
        return whole;
    }

    @Override
    public void storeObject(@Nullable Object value) {
        cell().store(value);
    }

    @Override
    public Pointer advance(long elements) {
        if (elements == 0) {
            return this;
        }
        if (cells.isEmpty()) {
            throw new TrapSignal(Trap.Kind.OUT_OF_BOUNDS, "the reference is not to an array");
        }
        return advanceBytes(elements * size());
    }

    @Override
    public Pointer advanceBytes(long bytes) {
        if (bytes == 0 || cells.isEmpty() && !(whole instanceof Text)) {
            return advance(bytes);
        }
        long to = offset() + bytes;
        boolean inside = whole instanceof Elements && to >= 0 && to % size() == 0 && to / size() < cells.size();
        return inside
                ? new CellPointer(cells, (int) (to / size()), whole)
                : stretch().at(to, whole instanceof Text ? Elementary.BYTE : elementary());
    }

    @Override
    public Pointer viewed(Elementary type) {
        boolean plain =
                whole instanceof Text || !cells.isEmpty() && cell().type().elementary() != null;
        boolean same = !cells.isEmpty() && cell().type().elementary() == type;
        return !plain || same ? this : stretch().at(offset(), type);
    }

    @Override
    public Stretch stretch() {
        return index == 0 ? this : new CellPointer(cells, 0, whole);
    }

    @Override
    public long offset() {
        return (long) index * size();
    }

    /// How many bytes a cell takes; a character, where it is a text.
    private int size() {
        Elementary elementary = cells.isEmpty() ? null : cell().type().elementary();
        return cells.isEmpty() ? wide ? 2 : 1 : elementary == null ? 8 : Math.max(1, elementary.bits() / 8);
    }

    @Override
    protected long bytes() {
        return whole instanceof Text text ? (text.capacity() + 1L) * size() : (long) cells.size() * size();
    }

    @Override
    protected int byteAt(long offset) {
        return (int) (bits((int) (offset / size())) >>> 8 * (offset % size())) & 0xFF;
    }

    @Override
    protected void putByte(long offset, int value) {
        int at = (int) (offset / size());
        int shift = (int) (8 * (offset % size()));
        setBits(at, bits(at) & ~(0xFFL << shift) | (long) value << shift);
    }

    private long bits(int at) {
        if (whole instanceof Text text) {
            return at < text.capacity() ? text.at(at) : 0;
        }
        Elementary type = cells.get(at).type().elementary();
        return switch (Objects.requireNonNull(cells.get(at).load())) {
            case Boolean truth -> truth ? 1 : 0;
            case Double real -> type == Elementary.REAL ? narrowed(real) : Double.doubleToRawLongBits(real);
            case Long whole -> whole;
            default -> throw notHere();
        };
    }

    /// The bits of a REAL that is kept as a double. A conversion would change a signalling NaN, which
    /// half-written bytes may be.
    private static int narrowed(double real) {
        if (!Double.isNaN(real)) {
            return Float.floatToRawIntBits((float) real);
        }
        long bits = Double.doubleToRawLongBits(real);
        int fraction = (int) (bits >>> 29) & 0x7F_FFFF;
        return (int) (bits >>> 32) & 0x8000_0000 | 0x7F80_0000 | (fraction == 0 ? 0x40_0000 : fraction);
    }

    /// The other way round.
    private static double widened(int bits) {
        float real = Float.intBitsToFloat(bits);
        return Float.isNaN(real)
                ? Double.longBitsToDouble((bits & 0x8000_0000L) << 32 | 0x7FFL << 52 | (bits & 0x7F_FFFFL) << 29)
                : real;
    }

    private void setBits(int at, long bits) {
        if (whole instanceof Text text) {
            if (at < text.capacity()) {
                text.put(at, (int) bits & (wide ? 0xFFFF : 0xFF));
            }
            return;
        }
        Elementary type = Arithmetic.elementary(cells.get(at).type());
        cells.get(at)
                .store(
                        switch (type) {
                            case BOOL -> (Object) (bits != 0);
                            case REAL -> (Object) widened((int) bits);
                            case LREAL -> (Object) Double.longBitsToDouble(bits);
                            default -> (Object) Whole.wrap(type, bits);
                        });
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // An aggregate is itself alone.
    public boolean same(Pointer other) {
        boolean object = cells.isEmpty() && !(whole instanceof Text);
        return object ? other instanceof CellPointer o && whole == o.whole : super.same(other);
    }

    @Override
    @SuppressWarnings("ReferenceEquality")
    protected boolean isSame(Stretch other) {
        if (!(other instanceof CellPointer o)) {
            return false;
        }
        boolean text = cells.isEmpty() && o.cells.isEmpty();
        return text
                ? whole == o.whole
                : !cells.isEmpty() && !o.cells.isEmpty() && cells.getFirst() == o.cells.getFirst();
    }

    @Override
    protected int memory() {
        return System.identityHashCode(cells.isEmpty() ? whole : cells.getFirst());
    }
}
