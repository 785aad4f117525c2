package io.millwright.identity.registry;

import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleRecord;
import java.util.Optional;

/// The records of a node. Calls come from many threads at once.
public interface Registry {

    /// Whether this node answers for the handle, registered or not: its prefix is homed here.
    boolean answersFor(Handle handle);

    /// The record registered under the handle, whatever the case of its ASCII letters.
    Optional<HandleRecord> find(Handle handle);

    /// How many records there are.
    long size();
}
