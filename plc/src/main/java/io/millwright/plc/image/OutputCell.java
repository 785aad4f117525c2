package io.millwright.plc.image;

import io.millwright.model.Value;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The value that a signal is to have, on its way from the scans to a driver. Only the newest counts: a driver
/// that is slower than the scans leaves values out. One writer, one reader; the writer never waits.
public final class OutputCell {
    private volatile long bits;
    private volatile long number;
    /// How the bits are meant; null while they change their meaning.
    private volatile @Nullable Conversion meant;
    private volatile @Nullable Thread reader;

    /// Tells the value; the reader hears of it where it is another than before.
    void offer(long newBits, Conversion conversion) {
        boolean same = meant == conversion;
        if (!same || bits != newBits) {
            long next = number + 1;
            if (!same) {
                meant = null;
            }
            bits = newBits;
            meant = conversion;
            number = next;
            LockSupport.unpark(reader);
        }
    }

    /// Who is woken up when there is a new value.
    public void readBy(Thread thread) {
        reader = thread;
    }

    /// How many values there were so far: another number says that there is another value.
    public long number() {
        return number;
    }

    /// The newest value, as [io.millwright.iec61131.machine.Slot#bits] gives it.
    public long bits() {
        return bits;
    }

    /// The newest value as a driver takes it. An online change may give the variable another type: a value is
    /// never read with the type of another one.
    ///
    /// @throws IllegalStateException where there was none yet
    public Value value() {
        if (number == 0) {
            throw new IllegalStateException("no value was told yet");
        }
        while (true) {
            Conversion before = meant;
            long now = bits;
            if (before != null && before == meant) {
                return before.value(now);
            }
            Thread.onSpinWait();
        }
    }
}
