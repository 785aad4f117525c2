package io.millwright.historian.journal;

import io.millwright.model.SignalName;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Numbers the signals from 0 in the order in which they first occur. Numbers hold while the process runs. One thread
/// numbers, many look up.
public final class SignalIds {

    private final ConcurrentHashMap<SignalName, Integer> ids = new ConcurrentHashMap<>();
    private final List<SignalName> names = new ArrayList<>();

    /// The number of a signal, a new one if it had none.
    public int of(SignalName signal) {
        Integer id = ids.get(signal);
        if (id != null) {
            return id;
        }
        return number(signal);
    }

    private synchronized int number(SignalName signal) {
        Integer known = ids.get(signal);
        if (known == null) {
            known = names.size();
            names.add(signal);
            ids.put(signal, known);
        }
        return known;
    }

    /// The number of a signal, −1 if it has none.
    public int find(SignalName signal) {
        Integer id = ids.get(signal);
        return id == null ? -1 : id;
    }

    /// The signal of a number.
    public synchronized SignalName name(int id) {
        return names.get(id);
    }

    /// How many there are.
    public synchronized int count() {
        return names.size();
    }

    /// All signals seen.
    public Set<SignalName> signals() {
        return ids.keySet();
    }
}
