package io.millwright.identity.door;

import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.record.ValueTypes;
import io.millwright.identity.wire.Octets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// Records by the names they have at the doors: a name other than the handle is a handle too, whose HS_ALIAS value
/// leads to the record (RFC 3651, section 3.2.4).
final class Records {

    private static final int ALIASES_MAX = 8;

    private Records() {}

    /// The record of a name, aliases followed; nothing if it is not registered, if an alias leads nowhere, or if it was
    /// registered in another case: GS1 keys and DIDs tell capital letters from small ones, handles do not.
    static Optional<HandleRecord> find(Node node, String name) {
        return Handle.spelled(Octets.utf8(name))
                .flatMap(node::find)
                .filter(found -> found.handle().toString().equals(name))
                .flatMap(found -> followed(node, found));
    }

    private static Optional<HandleRecord> followed(Node node, HandleRecord first) {
        Set<Handle> seen = new HashSet<>();
        var found = Optional.of(first);
        while (found.isPresent() && seen.add(found.get().handle()) && seen.size() <= ALIASES_MAX) {
            var alias = found.get().textOf(ValueTypes.HS_ALIAS);
            if (alias.isEmpty()) {
                return found;
            }
            found = alias.map(Octets::utf8).flatMap(Handle::spelled).flatMap(node::find);
        }
        return Optional.empty();
    }
}
