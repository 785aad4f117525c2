package io.millwright.identity.client;

import io.millwright.identity.message.Body;
import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.record.HandleValue;
import io.millwright.identity.record.ValueTypes;
import java.util.ArrayList;
import java.util.Optional;

/// Other names of handles: the HS_ALIAS value says which handle is meant (RFC 3651, section 3.2.5).
final class Aliases {

    private Aliases() {}

    /// The query, asking for the alias too.
    static Body.ResolutionRequest including(Body.ResolutionRequest query) {
        if (query.indexes().isEmpty() && query.types().isEmpty() || asksFor(query)) {
            return query;
        }
        var types = new ArrayList<>(query.types());
        types.add(ValueTypes.HS_ALIAS);
        return new Body.ResolutionRequest(query.handle(), query.indexes(), types);
    }

    private static boolean asksFor(Body.ResolutionRequest query) {
        return query.types().stream().anyMatch(ValueTypes.HS_ALIAS::equalsIgnoreCase);
    }

    /// The handle that is meant; nothing if the one asked for is, or if its alias was asked for.
    static Optional<Handle> targetOf(Body.ResolutionRequest query, Resolution resolution) {
        return !asksFor(query) && resolution instanceof Resolution.Found(var found, var _)
                ? found.valuesOf(ValueTypes.HS_ALIAS).stream()
                        .filter(alias -> alias.data().length() <= Handle.MAX_BYTES)
                        .map(HandleValue::text)
                        .map(Handle::of)
                        .filter(Handle::isComplete)
                        .findFirst()
                : Optional.empty();
    }

    /// The answer to the query itself.
    static Resolution without(Body.ResolutionRequest query, Resolution resolution) {
        if (including(query).equals(query) || !(resolution instanceof Resolution.Found(var found, var from))) {
            return resolution;
        }
        var asked = found.values().stream()
                .filter(v -> query.indexes().contains(v.index()) || !v.hasType(ValueTypes.HS_ALIAS))
                .toList();
        return new Resolution.Found(new HandleRecord(found.handle(), asked), from);
    }
}
