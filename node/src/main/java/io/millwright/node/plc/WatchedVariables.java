package io.millwright.node.plc;

import io.millwright.iec61131.machine.Slot;
import io.millwright.node.st.Dump;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Variables that somebody watches: tells which changed. For one thread.
public final class WatchedVariables implements AutoCloseable {
    private final LiveVariables live;
    private Map<String, @Nullable Object> known = new LinkedHashMap<>();
    private boolean asked;

    WatchedVariables(LiveVariables live) {
        this.live = live;
    }

    /// What changed up to one scan.
    ///
    /// @param scan its number
    /// @param millis its time, since the PLC was started
    /// @param values the variables that changed; at first all
    /// @param missing paths that lead to no variable now
    public record Changes(long scan, double millis, Map<String, @Nullable Object> values, List<String> missing) {}

    /// What changed since the last call; null where there was no scan.
    public @Nullable Changes changes() {
        LiveVariables.Values values = live.next();
        if (values == null) {
            return null;
        }
        Map<String, @Nullable Object> now = new LinkedHashMap<>();
        Map<String, @Nullable Object> changed = new LinkedHashMap<>();
        List<Slot> slots = values.slots();
        for (int i = 0; i < slots.size(); i++) {
            Slot slot = slots.get(i);
            Object shown = Dump.shown(slot.type(), values.value(i));
            now.put(slot.name(), shown);
            if (!asked || !Objects.equals(known.get(slot.name()), shown)) {
                changed.put(slot.name(), shown);
            }
        }
        known = now;
        asked = true;
        return new Changes(values.scan, values.nanos / 1e6, changed, live.missing());
    }

    @Override
    public void close() {
        live.close();
    }
}
