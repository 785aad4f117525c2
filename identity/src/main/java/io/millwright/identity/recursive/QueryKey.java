package io.millwright.identity.recursive;

import io.millwright.identity.message.Body;
import java.util.List;

/// What an answer is kept under: equal for queries that have the same answer.
///
/// @param handle the handle's key: letter case does not count
/// @param indexes asked for
/// @param types asked for
record QueryKey(String handle, List<Integer> indexes, List<String> types) {

    private static final int OBJECT_BYTES = 64;

    static QueryKey of(Body.ResolutionRequest query) {
        return new QueryKey(query.handle().key(), query.indexes(), query.types());
    }

    /// About how much memory it takes.
    long bytes() {
        long texts =
                types.stream().mapToLong(t -> 2L * t.length() + OBJECT_BYTES).sum();
        return OBJECT_BYTES + 2L * handle.length() + 24L * indexes.size() + texts;
    }
}
