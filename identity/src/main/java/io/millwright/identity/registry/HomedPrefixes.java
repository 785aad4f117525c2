package io.millwright.identity.registry;

import io.millwright.identity.record.Handle;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The prefixes a node answers for. To be read and changed by many threads at once.
public final class HomedPrefixes {

    private final Map<String, String> byKey = new ConcurrentHashMap<>();

    /// @param prefixes e.g. `88.118.7`
    public HomedPrefixes(Collection<String> prefixes) {
        prefixes.forEach(this::home);
    }

    /// Whether the handle lies under one of the prefixes, or is the handle `0.NA/…` that describes one of them or a
    /// prefix below: who answers for `88` says who answers for `88.118`.
    public boolean cover(Handle handle) {
        String key = handle.key();
        int slash = key.indexOf('/');
        if (slash <= 0) {
            return false;
        }
        String prefix = key.substring(0, slash);
        return byKey.containsKey(prefix)
                || prefix.equals(Handle.PREFIX_AUTHORITY) && isAtOrBelow(key.substring(slash + 1));
    }

    /// Whether a prefix is one of them.
    ///
    /// @param key the prefix with ASCII letters in upper case
    public boolean holds(String key) {
        return byKey.containsKey(key);
    }

    private boolean isAtOrBelow(String described) {
        String prefix = described;
        while (!byKey.containsKey(prefix)) {
            int dot = prefix.lastIndexOf('.');
            if (dot < 0) {
                return false;
            }
            prefix = prefix.substring(0, dot);
        }
        return true;
    }

    /// Adds a prefix; one that is there, if only in another case, stays as it is.
    public void home(String prefix) {
        byKey.putIfAbsent(Handle.prefixKey(prefix), prefix);
    }

    public void unhome(String prefix) {
        byKey.remove(Handle.prefixKey(prefix));
    }

    /// In the case in which they were homed, sorted.
    public List<String> list() {
        return byKey.values().stream().sorted().toList();
    }
}
