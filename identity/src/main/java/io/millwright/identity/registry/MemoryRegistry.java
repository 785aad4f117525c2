package io.millwright.identity.registry;

import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleRecord;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// Records in memory, filled anew at each start: right for a plant, whose records follow from its plant file.
public final class MemoryRegistry implements Registry {

    private final Set<String> prefixKeys;
    private final Map<Handle, HandleRecord> records = new ConcurrentHashMap<>();

    /// @param prefixes the prefixes this node answers for, e.g. `88.118.7`; also for `0.NA/` before each
    public MemoryRegistry(Collection<String> prefixes) {
        prefixKeys = prefixes.stream().map(Handle::prefixKey).collect(Collectors.toUnmodifiableSet());
    }

    /// Adds a record.
    ///
    /// @throws IllegalArgumentException if a record exists under the handle, if only in another case (RFC 3652,
    /// section 2.1.3), or if this node does not answer for it
    public void register(HandleRecord added) {
        if (!answersFor(added.handle())) {
            throw new IllegalArgumentException(added.handle() + " lies under no prefix of this node");
        }
        var existing = records.putIfAbsent(added.handle(), added);
        if (existing != null) {
            throw new IllegalArgumentException(
                    added.handle() + " is registered already as " + existing.handle() + "; letter case does not count");
        }
    }

    @Override
    public boolean answersFor(Handle handle) {
        String key = handle.key();
        int slash = key.indexOf('/');
        if (slash <= 0) {
            return false;
        }
        String prefix = key.substring(0, slash);
        return prefixKeys.contains(prefix)
                || prefix.equals(Handle.PREFIX_AUTHORITY) && prefixKeys.contains(key.substring(slash + 1));
    }

    @Override
    public Optional<HandleRecord> find(Handle handle) {
        return Optional.ofNullable(records.get(handle));
    }

    @Override
    public long size() {
        return records.size();
    }
}
