package io.millwright.identity.server;

import io.millwright.identity.message.Body;
import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleRecord;
import java.util.Optional;

/// Handles that a node does not hold itself. Calls may block; those that call are bounded in number.
public interface Directory {

    /// Knows nothing: only what the node holds itself counts.
    Directory NONE = new Directory() {
        @Override
        public Optional<HandleRecord> find(Handle handle) {
            return Optional.empty();
        }

        @Override
        public boolean verifies(Body.VerifyRequest proof) {
            return false;
        }
    };

    /// The public values of a handle; nothing if it does not exist or nobody answers.
    Optional<HandleRecord> find(Handle handle);

    /// Has the server that holds a secret key check a proof; false if nobody answers.
    boolean verifies(Body.VerifyRequest proof);
}
