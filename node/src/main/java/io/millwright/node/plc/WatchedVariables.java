package io.millwright.node.plc;

import io.millwright.iec61131.machine.Slot;
import io.millwright.node.st.Dump;
import io.millwright.plc.VirtualPlc;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// Variables that somebody watches: tells which changed. For one thread.
public final class WatchedVariables implements AutoCloseable {
    private final LiveVariables live;
    private final Semaphore room;
    private final int count;
    private LiveVariables.@Nullable Values known;
    private boolean closed;

    private WatchedVariables(LiveVariables live, Semaphore room, int count) {
        this.live = live;
        this.room = room;
        this.count = count;
    }

    /// Begins to watch.
    ///
    /// @param everyNanos how often at most
    /// @param room for how many variables there is room; given back when it is closed
    /// @throws IllegalArgumentException where there is none
    static WatchedVariables of(VirtualPlc plc, List<String> paths, long everyNanos, Semaphore room) {
        if (!room.tryAcquire(paths.size())) {
            throw new IllegalArgumentException("so many variables are watched already that there is room for "
                    + room.availablePermits() + " more, not " + paths.size() + ": close some watches");
        }
        return new WatchedVariables(LiveVariables.watch(plc, paths, everyNanos), room, paths.size());
    }

    /// What changed up to one scan.
    ///
    /// @param scan its number
    /// @param millis its time, since the PLC was started
    /// @param values the variables that changed; at first all
    /// @param missing paths that lead to no variable now
    public record Changes(long scan, double millis, Map<String, @Nullable Object> values, List<String> missing) {}

    /// What changed since the last call; null where there was no scan. What is as it was is not looked at any
    /// closer.
    public @Nullable Changes changes() {
        LiveVariables.Values values = live.next();
        if (values == null) {
            return null;
        }
        LiveVariables.Values before = known != null && known.isOfSame(values) ? known : null;
        Map<String, @Nullable Object> changed = new LinkedHashMap<>();
        List<Slot> slots = values.slots();
        for (int i = 0; i < slots.size(); i++) {
            if (before == null || !values.isAsIn(before, i)) {
                Slot slot = slots.get(i);
                changed.put(slot.name(), Dump.shown(slot.type(), values.value(i)));
            }
        }
        if (known != null) {
            live.giveBack(known);
        }
        known = values;
        return new Changes(values.scan, values.nanos / 1e6, changed, live.missing());
    }

    @Override
    public void close() {
        live.close();
        if (!closed) {
            closed = true;
            room.release(count);
        }
    }
}
