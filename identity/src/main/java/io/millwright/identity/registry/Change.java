package io.millwright.identity.registry;

import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleRecord;

/// What is to be changed in a [Ledger], and what has to be the case for it. A change happens whole or not at all.
///
/// Reading a record, changing it and writing it back is safe without a lock: [Replace] and [Delete] name the record
/// that was read, and if another change came in between, nothing happens and the result is [Commit.Conflict].
public sealed interface Change {

    /// A new record. Condition: none exists under its handle, and the node answers for it.
    record Create(HandleRecord created) implements Change {
        @Override
        public Effect effect() {
            return new Effect.Stored(created);
        }
    }

    /// Other values under a handle. Condition: the record under the handle equals `before`.
    ///
    /// @param before what was read
    /// @param after what is to be there instead; has the same handle
    record Replace(HandleRecord before, HandleRecord after) implements Change {
        public Replace {
            if (!before.handle().equals(after.handle())) {
                throw new IllegalArgumentException(before.handle() + " cannot be replaced by " + after.handle());
            }
        }

        @Override
        public Effect effect() {
            return new Effect.Stored(after);
        }
    }

    /// An end of a handle. Condition: the record under the handle equals `before`.
    record Delete(HandleRecord before) implements Change {
        @Override
        public Effect effect() {
            return new Effect.Deleted(before.handle());
        }
    }

    /// From now on the node answers for the prefix, as [HomedPrefixes] says. No condition: homing twice is homing.
    ///
    /// @param prefix e.g. `88.118.7`
    record Home(String prefix) implements Change {
        @Override
        public Effect effect() {
            return new Effect.Homed(prefix);
        }
    }

    /// The node no longer answers for the prefix; the records under it stay where they are. No condition.
    record Unhome(String prefix) implements Change {
        @Override
        public Effect effect() {
            return new Effect.Unhomed(prefix);
        }
    }

    /// What is so after the change.
    Effect effect();

    /// What is so after a change, whatever was before: what mirrors are told. Applying one twice is applying it once.
    sealed interface Effect {

        /// This is what is registered under the handle.
        record Stored(HandleRecord stored) implements Effect {}

        /// Nothing is registered under the handle.
        record Deleted(Handle handle) implements Effect {}

        /// The node answers for the prefix.
        record Homed(String prefix) implements Effect {}

        /// The node does not answer for the prefix.
        record Unhomed(String prefix) implements Effect {}
    }
}
