package io.millwright.iec61131.machine;

import io.millwright.iec61131.syntax.Name;
import io.millwright.iec61131.type.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The variables of a machine that keep a value whatever the program writes, until they are released.
public final class Forces {
    private static final Force[] NONE = {};

    private final Map<String, Force> byName = new LinkedHashMap<>();
    private volatile Force[] all = NONE;
    private Force[] inImage = NONE;

    /// A variable and the value it keeps.
    public record Force(Slot slot, Value value) {}

    /// In the order in which they were forced. By any thread.
    public List<Force> list() {
        return List.of(all);
    }

    /// What is forced when this is, too. By any thread.
    public List<Slot> with(Slot slot) {
        List<Slot> all = new ArrayList<>(without(slot.name()));
        all.add(slot);
        return all;
    }

    /// What is forced when this is not. By any thread.
    ///
    /// @param name of its slot
    public List<Slot> without(String name) {
        return list().stream()
                .map(Force::slot)
                .filter(s -> !Name.key(s.name()).equals(Name.key(name)))
                .toList();
    }

    public boolean isEmpty() {
        return all.length == 0;
    }

    void add(Force force) {
        force.slot().set(force.value());
        // Of two in the same bytes the later one holds.
        byName.remove(Name.key(force.slot().name()));
        byName.put(Name.key(force.slot().name()), force);
        list(byName.values());
    }

    private void list(Collection<Force> forces) {
        all = forces.toArray(NONE);
        inImage = forces.stream().filter(f -> f.slot().steps().isEmpty()).toArray(Force[]::new);
    }

    boolean remove(String name) {
        boolean there = byName.remove(Name.key(name)) != null;
        list(byName.values());
        return there;
    }

    /// Sets every one to its value again. Allocates nothing.
    void enforce() {
        set(all);
    }

    /// Sets those of the process image again, into which others write between scans.
    void enforceImage() {
        set(inImage);
    }

    private static void set(Force[] forces) {
        for (Force force : forces) {
            force.slot().set(force.value());
        }
    }
}
