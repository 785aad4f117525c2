package io.millwright.iec61131.interpret;

import io.millwright.iec61131.library.Whole;
import io.millwright.iec61131.machine.Pointer;
import io.millwright.iec61131.machine.Trap;
import io.millwright.iec61131.machine.TrapSignal;
import io.millwright.iec61131.type.Elementary;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A reference to a variable, an element, or an aggregate.
///
/// Its cells are the array that it may be counted along: one for a variable alone, none for an aggregate. The whole is
/// the
/// array of which they are the elements, or the aggregate; null for a variable alone.
final class CellPointer extends Pointer {
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
        return cells.get(index);
    }

    private static TrapSignal notHere() {
        return new TrapSignal(Trap.Kind.OUT_OF_RANGE, "the reference is read as another type than it was taken of");
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
    public Pointer advance(long elements) {
        if (elements == 0) {
            return this;
        }
        if (!(whole instanceof Elements array)) {
            throw new TrapSignal(Trap.Kind.OUT_OF_BOUNDS, "the reference is not to an array");
        }
        long to = index + elements;
        if (to < 0 || to >= cells.size()) {
            throw new TrapSignal(Trap.Kind.OUT_OF_BOUNDS, "the reference leaves its array");
        }
        return toElement(array, (int) to);
    }

    @Override
    public Pointer advanceBytes(long bytes) {
        if (!(whole instanceof Elements array)) {
            return advance(bytes);
        }
        Elementary element = array.type().element().elementary();
        int size = element == null ? 8 : Math.max(1, element.bits() / 8);
        if (bytes % size != 0) {
            throw notHere();
        }
        return advance(bytes / size);
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // An aggregate is itself alone.
    public boolean same(Pointer other) {
        if (!(other instanceof CellPointer o)) {
            return false;
        }
        boolean object = cells.isEmpty() && o.cells.isEmpty();
        return object ? whole == o.whole : !cells.isEmpty() && !o.cells.isEmpty() && cell() == o.cell();
    }
}
