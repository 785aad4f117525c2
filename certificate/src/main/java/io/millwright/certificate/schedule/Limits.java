package io.millwright.certificate.schedule;

/// What switches can do, and how far their clocks are to be trusted.
///
/// @param gateEntries the most entries in the gate control list of a port (IEEE 802.1Q-2022, 12.29.1,
///         SupportedListMax)
/// @param minGate the shortest time interval of an entry, in ns (IEC/IEEE 60802, minimum gating time); 0: any
/// @param tick every time of a gate list is a multiple of this, in ns
/// @param syncError every clock is wrong by at most this, in ns, in either direction
/// @param buffer the most bytes a queue of a bridge holds
/// @param isolation whether every frame must keep its times when other streams send nothing
public record Limits(long gateEntries, long minGate, long tick, long syncError, long buffer, boolean isolation) {

    /// Nothing is limited, clocks are exact, streams are isolated.
    public static final Limits NONE = new Limits(Long.MAX_VALUE, 0, 1, 0, Long.MAX_VALUE, true);

    /// @throws IllegalArgumentException if a number is out of range; the message names it
    public Limits {
        if (gateEntries < 1 || buffer < 1) {
            throw new IllegalArgumentException("as many gate entries or bytes as at least 1");
        }
        if (tick < 1 || tick > Table.MAX_NANOS || minGate < 0 || minGate > Table.MAX_NANOS) {
            throw new IllegalArgumentException("tick and shortest gate are times of at most 10000 s, the tick above 0");
        }
        if (syncError < 0 || syncError > Table.MAX_NANOS) {
            throw new IllegalArgumentException("the sync error is a time of at most 10000 s");
        }
    }
}
