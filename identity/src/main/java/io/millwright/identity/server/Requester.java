package io.millwright.identity.server;

import io.millwright.identity.record.ValueReference;
import java.util.Optional;

/// Who asks, as far as that has been proven.
///
/// @param identity the value that holds the key of the proof; empty for a stranger
record Requester(Optional<ValueReference> identity) {

    static final Requester STRANGER = new Requester(Optional.empty());

    static Requester of(ValueReference identity) {
        return new Requester(Optional.of(identity));
    }
}
