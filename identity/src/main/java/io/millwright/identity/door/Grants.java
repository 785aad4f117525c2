package io.millwright.identity.door;

import io.millwright.identity.record.Administrator;
import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleValue;
import io.millwright.identity.record.ValueReference;
import io.millwright.identity.wire.MalformedException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Who is given what in a record, and from whom it is taken: HS_ADMIN values for all keys of an identity's handle.
///
/// @param readers who may read what not everybody may
/// @param writers who may change values too
/// @param formerReaders who may not read any more
/// @param formerWriters who may not change any more
record Grants(List<Handle> readers, List<Handle> writers, List<Handle> formerReaders, List<Handle> formerWriters) {

    /// As many as a record names besides its owner: indexes 101 to 199.
    static final int MAX = 99;

    static final int READ = Administrator.READ_VALUE;
    static final int WRITE = READ | Administrator.ADD_VALUE | Administrator.MODIFY_VALUE | Administrator.REMOVE_VALUE;

    /// @throws RefusedException if a text is no handle
    static List<Handle> handles(List<String> texts) throws RefusedException {
        var handles = new ArrayList<Handle>();
        for (var text : texts) {
            var handle = ValueJson.handle(text);
            if (!handle.isComplete()) {
                throw new RefusedException("身份标识应为 前缀/后缀: " + text);
            }
            handles.add(handle);
        }
        return handles;
    }

    List<Administrator> applied(List<Administrator> before) {
        Map<ValueReference, Integer> granted = new LinkedHashMap<>();
        before.forEach(a -> granted.merge(a.reference(), a.permissions(), (x, y) -> x | y));
        formerWriters.forEach(h -> granted.computeIfPresent(all(h), (r, bits) -> bits & ~(WRITE & ~READ)));
        formerReaders.forEach(h -> granted.computeIfPresent(all(h), (r, bits) -> bits & ~WRITE));
        readers.forEach(h -> granted.merge(all(h), READ, (x, y) -> x | y));
        writers.forEach(h -> granted.merge(all(h), WRITE, (x, y) -> x | y));
        return granted.entrySet().stream()
                .filter(e -> e.getValue() != 0)
                .map(e -> new Administrator(e.getValue(), e.getKey()))
                .toList();
    }

    /// All keys of a handle.
    private static ValueReference all(Handle handle) {
        return new ValueReference(handle, 0);
    }

    static Optional<Administrator> decode(HandleValue value) {
        try {
            return Optional.of(Administrator.decode(value.data()));
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }
}
