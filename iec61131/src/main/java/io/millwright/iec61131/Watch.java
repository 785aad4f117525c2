package io.millwright.iec61131;

import io.millwright.iec61131.machine.Slot;
import java.util.List;
import java.util.function.Consumer;

/// Tells which of many variables have another value than they had when it was asked before.
///
/// To be asked between scans, by the thread that runs them. It looks nothing up and allocates nothing but
/// copies of texts that changed.
public final class Watch {
    private final Slot[] slots;
    private final long[] bits;
    private final String[] texts;
    private boolean asked;

    Watch(List<Slot> watched) {
        this.slots = watched.toArray(Slot[]::new);
        this.bits = new long[slots.length];
        this.texts = new String[slots.length];
    }

    /// Shows the variables that changed since the last time, at first all.
    ///
    /// @return how many they were
    public int changes(Consumer<Slot> visitor) {
        int count = 0;
        for (int i = 0; i < slots.length; i++) {
            if (isOther(i)) {
                visitor.accept(slots[i]);
                count++;
            }
        }
        asked = true;
        return count;
    }

    private boolean isOther(int i) {
        Slot slot = slots[i];
        if (slot.isText()) {
            boolean other = !asked || !slot.text().is(texts[i]);
            texts[i] = other ? slot.text().toString() : texts[i];
            return other;
        }
        long now = slot.bits();
        boolean other = !asked || now != bits[i];
        bits[i] = now;
        return other;
    }
}
