package io.millwright.identity.door;

import io.millwright.identity.authentication.Identity;
import io.millwright.identity.message.Body;
import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleRecord;
import java.util.Optional;
import java.util.function.Supplier;

/// The node behind the doors. Calls may block until a change is durable, and come from many threads at once.
public interface Node {

    /// What came of an operation.
    ///
    /// @param code one of [io.millwright.identity.message.ResponseCode]
    /// @param body what goes with it
    /// @param more the next part of a result of several
    record Result(int code, Body body, Optional<Supplier<Result>> more) {}

    /// Performs an operation of the Handle protocol.
    ///
    /// @param opCode one of [io.millwright.identity.message.OpCode]
    /// @param flags of [io.millwright.identity.message.OpFlag]
    /// @param asking who asks, with the key that proves it; empty for a stranger
    Result perform(int opCode, int flags, Body body, Optional<Identity> asking);

    /// The values under a handle that anyone may read, with the handle as it was registered; nothing if it is not
    /// registered here.
    Optional<HandleRecord> find(Handle handle);
}
