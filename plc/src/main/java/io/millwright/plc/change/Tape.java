package io.millwright.plc.change;

import io.millwright.iec61131.machine.Slot;
import io.millwright.iec61131.type.Value;
import io.millwright.plc.Loaded;
import io.millwright.plc.Mode;
import io.millwright.plc.ScanObserver;
import io.millwright.plc.image.InputPoint;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Hands over what the running program was given in each scan and what it told, to one thread that follows. It
/// has room for a number of scans; a follower that is slower than that has lost the thread, and the program
/// that runs is not held up.
final class Tape implements ScanObserver {
    /// Where a record has its parts; inputs, outputs and watched variables come behind.
    static final int NUMBER = 0;
    static final int TASK = 1;
    static final int START = 2;
    static final int FIRST = 3;

    private final InputPoint[] inputs;
    private final boolean[] decided;
    private final Slot[] told;
    private final Consumer<Loaded> beginning;
    private final long[][] records;
    private final @Nullable Object[] events;
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong read = new AtomicLong();
    private volatile boolean lost;
    private volatile boolean ended;
    private volatile boolean begun;
    private volatile @Nullable Thread reader;

    /// A change from outside.
    ///
    /// @param value null for the end of a force
    record Event(String variable, @Nullable Value value, boolean force) {}

    /// @param inputs whose values are handed over
    /// @param decided which of them this one asks itself, as the running program has none that is the same
    /// @param told variables of the running program whose values after the scan are handed over
    /// @param beginning done before the first scan that is handed over, by the thread that scans
    Tape(InputPoint[] inputs, boolean[] decided, Slot[] told, int room, Consumer<Loaded> beginning) {
        this.inputs = inputs;
        this.decided = decided;
        this.told = told;
        this.beginning = beginning;
        this.records = new long[room][FIRST + inputs.length + told.length];
        this.events = new @Nullable Object[room];
    }

    @Override
    public void loaded(Loaded loaded) {
        if (begun) {
            ended = true;
        } else {
            beginning.accept(loaded);
            begun = true;
        }
    }

    @Override
    public void scanned(long number, int task, long startNanos) {
        long[] record = next(null);
        if (record == null) {
            return;
        }
        record[NUMBER] = number;
        record[TASK] = task;
        record[START] = startNanos;
        for (int i = 0; i < inputs.length; i++) {
            if (decided[i]) {
                inputs[i].decide(startNanos);
            }
            record[FIRST + i] = inputs[i].bits();
        }
        for (int i = 0; i < told.length; i++) {
            record[FIRST + inputs.length + i] = told[i].bits();
        }
        publish();
    }

    private long @Nullable [] next(@Nullable Object event) {
        long at = written.get();
        if (lost || ended || at - read.get() >= records.length) {
            lost |= !ended;
            return null;
        }
        int place = (int) (at % records.length);
        events[place] = event;
        return records[place];
    }

    private void publish() {
        written.lazySet(written.get() + 1);
        LockSupport.unpark(reader);
    }

    private void event(Event event) {
        if (next(event) != null) {
            publish();
        }
    }

    @Override
    public void written(Slot slot, Value value) {
        event(new Event(slot.name(), value, false));
    }

    @Override
    public void forced(Slot slot, Value value) {
        event(new Event(slot.name(), value, true));
    }

    @Override
    public void released(String name) {
        event(new Event(name, null, true));
    }

    @Override
    public void entered(Mode mode) {
        ended |= mode == Mode.FAULT || mode == Mode.STOPPED;
    }

    /// Lets nothing more be handed over.
    void end() {
        ended = true;
        LockSupport.unpark(reader);
    }

    /// Whether the follower was too slow.
    boolean isLost() {
        return lost;
    }

    /// Whether nothing more is to come.
    boolean isEnded() {
        return ended || lost;
    }

    boolean hasBegun() {
        return begun;
    }

    /// How many scans wait to be followed.
    int waiting() {
        return (int) (written.get() - read.get());
    }

    /// The oldest record that was not yet read; null where there is none within the time.
    long @Nullable [] await(long nanos) {
        reader = Thread.currentThread();
        if (waiting() == 0 && !isEnded()) {
            LockSupport.parkNanos(this, nanos);
        }
        return waiting() == 0 ? null : records[(int) (read.get() % records.length)];
    }

    /// What the record that [#await] gave tells besides scans; null where it is a scan.
    @Nullable
    Object event() {
        return events[(int) (read.get() % records.length)];
    }

    /// Gives the record back.
    void done() {
        read.lazySet(read.get() + 1);
    }
}
