package io.millwright.historian.journal;

import io.millwright.historian.series.Source;
import io.millwright.model.Sample;
import io.millwright.model.SignalName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The durable samples of one journal file in memory, by signal, packed: what is read until a segment holds them. One
/// thread adds, many read.
public final class HotTable {

    /// In place of the number of a signal: the sample repeats the latest one and is not kept.
    public static final int REPEATED = -1;

    private final ReentrantLock lock = new ReentrantLock();
    private final int[] expectedBytes;
    private @Nullable Column[] columns = new Column[64];
    private int used;

    /// An empty table about which nothing is known.
    public HotTable() {
        expectedBytes = new int[0];
    }

    /// An empty table that will probably hold about as much of every signal as the one before: room is made at once, so
    /// that growing leaves no garbage.
    public HotTable(HotTable before) {
        expectedBytes = before.bytes();
    }

    private int[] bytes() {
        var bytes = new int[columns.length];
        for (int i = 0; i < bytes.length; i++) {
            Column column = columns[i];
            bytes[i] = column == null ? 0 : column.bytes();
        }
        return bytes;
    }

    /// Holds readers back while a group is added, so that they see it as a whole.
    public void addAll(int[] ids, Sample[] samples, BitSet stepsBack, int count) {
        lock.lock();
        try {
            for (int i = 0; i < count; i++) {
                add(ids[i], samples[i], stepsBack.get(i));
            }
        } finally {
            lock.unlock();
        }
    }

    /// Adds one sample of a file that is read back; one thread only.
    public void add(int id, Sample sample, boolean stepBack) {
        if (id == REPEATED) {
            return;
        }
        if (id >= columns.length) {
            columns = Arrays.copyOf(columns, Math.max(id + 1, columns.length * 2));
        }
        Column column = columns[id];
        if (column == null) {
            column = new Column(sample.signal(), id < expectedBytes.length ? expectedBytes[id] : 0);
            columns[id] = column;
            used++;
        }
        column.add(sample, stepBack);
    }

    /// Where this table's samples of a signal in `[from, to]`, both inclusive, can be read; empty if there are none.
    public Optional<Source> source(int id, long from, long to) {
        lock.lock();
        try {
            Column column = id < columns.length ? columns[id] : null;
            return column == null ? Optional.empty() : source(column.view(), from, to);
        } finally {
            lock.unlock();
        }
    }

    private static Optional<Source> source(Column.View view, long from, long to) {
        if (view.latest() < from || view.earliest() > to) {
            return Optional.empty();
        }
        return Optional.of(new Source(Math.max(from, view.earliest()), () -> view.cursor(from, to)));
    }

    /// Every signal's samples, signals in order of name.
    public List<Series> all() {
        lock.lock();
        try {
            var all = new ArrayList<Series>(used);
            for (Column column : columns) {
                if (column != null) {
                    Column.View view = column.view();
                    var source = new Source(view.earliest(), () -> view.cursor(Long.MIN_VALUE, Long.MAX_VALUE));
                    all.add(new Series(view.signal(), view.kinds(), source, view.sinceStep()));
                }
            }
            all.sort(Comparator.comparing(Series::signal));
            return all;
        } finally {
            lock.unlock();
        }
    }

    /// Whether nothing was added.
    public boolean isEmpty() {
        return used == 0;
    }

    /// One signal's samples.
    ///
    /// @param kinds which kinds of value occur, see [io.millwright.historian.series.Kinds]
    /// @param sinceStep the latest sample since the clock was last set back, null if it was not
    public record Series(
            SignalName signal,
            int kinds,
            Source samples,
            @Nullable Sample sinceStep) {}
}
