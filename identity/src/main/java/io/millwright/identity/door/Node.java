package io.millwright.identity.door;

import io.millwright.identity.authentication.Identity;
import io.millwright.identity.message.Body;
import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.record.ValueReference;
import io.millwright.identity.wire.Octets;
import java.util.List;
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

    /// Performs an operation for somebody who has proven before who it is, in this process; refused if the key that
    /// proved it is not there any more.
    ///
    /// @param proven what [#prover] said
    Result performAs(int opCode, int flags, Body body, ValueReference proven);

    /// The value whose key an answer to a challenge is by; nothing if it is by none of those that it may be by.
    ///
    /// @param nonce of the challenge
    /// @param digest what is signed behind the nonce, in the Handle protocol the digest of the request
    Optional<ValueReference> prover(Body.ChallengeAnswer answer, Octets nonce, Octets digest);

    /// Handles under a prefix behind another in their order, whoever asks; the doors see to it that not everybody
    /// does.
    ///
    /// @param after a handle of the prefix, registered or not
    /// @return at most max; empty on a node whose records cannot be listed
    List<Handle> handles(String prefix, Handle after, int max);

    /// The values under a handle that anyone may read, with the handle as it was registered; nothing if it is not
    /// registered here.
    Optional<HandleRecord> find(Handle handle);
}
