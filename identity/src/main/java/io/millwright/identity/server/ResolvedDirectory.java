package io.millwright.identity.server;

import io.millwright.identity.client.Resolution;
import io.millwright.identity.client.Resolver;
import io.millwright.identity.message.Body;
import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleRecord;
import java.util.Optional;

/// Handles that a node does not hold itself, asked for where they are.
///
/// @param resolver a certified one: what it finds decides who may change what
public record ResolvedDirectory(Resolver resolver) implements Directory {

    @Override
    public Optional<HandleRecord> find(Handle handle) {
        return handle.isComplete() && resolver.resolve(handle) instanceof Resolution.Found(var found, var _)
                ? Optional.of(found)
                : Optional.empty();
    }

    @Override
    public boolean verifies(Body.VerifyRequest proof) {
        return proof.identity().handle().isComplete() && resolver.verifies(proof);
    }
}
