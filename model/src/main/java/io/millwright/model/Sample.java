package io.millwright.model;

/// One value of a signal.
///
/// Times are nanoseconds since 1970-01-01T00:00:00Z, which covers the years 1677 to 2262.
///
/// @param signal which signal
/// @param value the value; [Value.Missing] when a bad sample carries none
/// @param quality how far it can be trusted
/// @param sourceNanos when it was so, by the clock of the device; the receive time where the device gives none
/// @param receivedNanos when Millwright got it, by the clock of the node
public record Sample(SignalName signal, Value value, Quality quality, long sourceNanos, long receivedNanos) {}
