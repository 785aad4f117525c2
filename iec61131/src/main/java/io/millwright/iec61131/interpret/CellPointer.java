package io.millwright.iec61131.interpret;

import io.millwright.iec61131.library.Whole;
import io.millwright.iec61131.machine.Pointer;
import io.millwright.iec61131.machine.Text;
import io.millwright.iec61131.type.Elementary;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A reference to a variable, an element, or an aggregate.
///
/// Its cells are the array that it may be counted along: one for a variable alone, none for an aggregate. The
/// whole is the array of which they are the elements, or the aggregate; null for a variable alone.
final class CellPointer extends Pointer {
    private static final long UNKNOWN_BYTES = 4096;

    private final List<Cell> cells;
    private final int index;
    private final @Nullable Object whole;

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

    static CellPointer toObject(Object aggregate) {
        return new CellPointer(List.of(), 0, aggregate);
    }

    private Cell cell() {
        if (cells.isEmpty()) {
            throw notHere();
        }
        if (index < 0 || index >= cells.size()) {
            throw outside();
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
        return whole;
    }

    @Override
    public void storeObject(@Nullable Object value) {
        cell().store(value);
    }

    @Override
    public @Nullable Elementary type() {
        return cells.isEmpty() ? null : cells.getFirst().type().elementary();
    }

    @Override
    public Home home() {
        int size = bytesEach();
        return whole == null
                ? new Home(cells.getFirst(), null, size)
                : new Home(whole, null, cells.isEmpty() ? objectBytes() : (long) size * cells.size());
    }

    private long objectBytes() {
        return whole instanceof Text text ? text.capacity() + 1L : UNKNOWN_BYTES;
    }

    private int bytesEach() {
        Elementary own = type();
        return own == null ? 1 : Math.max(1, own.bits() / 8);
    }

    @Override
    public long offset() {
        return (long) index * bytesEach();
    }

    @Override
    protected boolean isRow() {
        return whole != null && !cells.isEmpty();
    }

    @Override
    public Pointer element(long at) {
        if (isRow()) {
            return new CellPointer(cells, Math.clamp(at, Integer.MIN_VALUE, Integer.MAX_VALUE), whole);
        }
        if (at != 0) {
            throw outside();
        }
        return this;
    }
}
