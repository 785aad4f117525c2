package io.millwright.identity.registry;

/// One change that was made, as mirrors are told of it.
///
/// @param number grows from each transaction of a ledger to the next; the first has a number above 0
/// @param epochMillis when it was made, milliseconds since 1970-01-01T00:00:00Z
/// @param effect what is so since then
public record Transaction(long number, long epochMillis, Change.Effect effect) {}
