package io.millwright.iec61131;

import io.millwright.iec61131.machine.Machine;
import io.millwright.iec61131.machine.Sampler;
import io.millwright.iec61131.machine.Slot;
import io.millwright.iec61131.machine.Text;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/// Tells which of many variables have another value than they had when it was asked before.
///
/// To be asked between scans, by the thread that runs them. It looks nothing up and allocates nothing but
/// copies of texts that changed.
public final class Watch {
    /// So many variables, from one that changed, are looked at one by one before the rest is compared as a
    /// whole: what changes often stands together.
    private static final int NEAR = 64;

    private final Slot[] slots;
    private final int[] texts;
    private final String[] known;
    private final Sampler sampler;
    private final int[] found = new int[NEAR];
    private long[] before;
    private long[] now;
    private boolean asked;

    Watch(Machine machine, List<Slot> watched) {
        this.slots = watched.toArray(Slot[]::new);
        this.texts =
                IntStream.range(0, slots.length).filter(i -> slots[i].isText()).toArray();
        this.known = new String[texts.length];
        this.sampler = machine.sampler(watched);
        this.before = new long[slots.length];
        this.now = new long[slots.length];
    }

    /// Shows the variables that changed since the last time, at first all: those that are no texts first.
    ///
    /// @return how many they were
    public int changes(Consumer<Slot> visitor) {
        sampler.take(now);
        int count = 0;
        for (int from = next(0); from >= 0; from = next(Math.min(from + NEAR, slots.length))) {
            int changed = find(from);
            for (int i = 0; i < changed; i++) {
                Slot slot = slots[found[i]];
                if (asked || !slot.isText()) {
                    visitor.accept(slot);
                    count++;
                }
            }
        }
        long[] older = before;
        before = now;
        now = older;
        for (int i = 0; i < texts.length; i++) {
            Text text = slots[texts[i]].text();
            if (!asked || !text.is(known[i])) {
                known[i] = text.toString();
                visitor.accept(slots[texts[i]]);
                count++;
            }
        }
        asked = true;
        return count;
    }

    /// The next place from which on something changed; -1 for none.
    private int next(int from) {
        if (!asked) {
            return from < slots.length ? from : -1;
        }
        int apart = Arrays.mismatch(before, from, slots.length, now, from, slots.length);
        return apart < 0 ? -1 : from + apart;
    }

    /// Notes which of the variables from one on changed, without a jump that a processor would have to guess.
    ///
    /// @return how many they are
    private int find(int from) {
        int changed = 0;
        for (int i = from; i < Math.min(from + NEAR, slots.length); i++) {
            found[changed] = i;
            long apart = asked ? before[i] ^ now[i] : 1;
            changed += (int) ((apart | -apart) >>> 63);
        }
        return changed;
    }
}
