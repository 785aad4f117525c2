package io.millwright.identity.registry;

/// What came of a [Change].
public sealed interface Commit {

    /// It was made, and a power cut does not undo it.
    ///
    /// @param transaction its number; see [Ledger#lastTransaction]
    record Done(long transaction) implements Commit {}

    /// Its condition did not hold, and nothing was changed: another change came first.
    record Conflict() implements Commit {}

    /// Too many changes are waiting for the disk, and nothing was changed: to be tried again later.
    record Busy() implements Commit {}
}
