package io.millwright.identity.server;

import io.millwright.identity.record.ValueReference;
import java.util.Optional;

/// Who asks, as far as that has been proven.
///
/// @param identity the value that holds the key of the proof; empty for a stranger
/// @param inSession whether what is answered is hidden from others by a session's key
record Requester(Optional<ValueReference> identity, boolean inSession) {

    static final Requester STRANGER = new Requester(Optional.empty(), false);

    static Requester of(ValueReference identity) {
        return new Requester(Optional.of(identity), false);
    }

    /// The same requester, asking in a session.
    Requester hidden() {
        return new Requester(identity, true);
    }
}
