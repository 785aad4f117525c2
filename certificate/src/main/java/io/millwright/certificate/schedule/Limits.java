package io.millwright.certificate.schedule;

import io.millwright.certificate.Table;
import java.util.stream.LongStream;

/// What switches can do, and how far their clocks are to be trusted.
///
/// @param gateEntries the most entries in the gate control list of a port (IEEE 802.1Q-2022, 12.29.1,
///         SupportedListMax)
/// @param minGate the shortest time interval of an entry, in ns (IEC/IEEE 60802, minimum gating time); 0: any
/// @param tick every time of a gate list is a multiple of this, in ns
/// @param longestCycle the longest cycle of a gate list, in ns (12.29.1, CycleTimeMax of the managed object)
/// @param syncError every clock is wrong by at most this, in ns, in either direction
/// @param buffer the most bytes a queue of a bridge holds
/// @param isolation whether every frame must keep its times when other streams send nothing
public record Limits(
        long gateEntries, long minGate, long tick, long longestCycle, long syncError, long buffer, boolean isolation) {

    /// Nothing is limited, clocks are exact, streams are isolated.
    public static final Limits NONE = new Limits(Long.MAX_VALUE, 0, 1, Table.MAX_NANOS, 0, Long.MAX_VALUE, true);

    /// @throws IllegalArgumentException if a number is out of range; the message names it
    public Limits {
        if (gateEntries < 1 || buffer < 1) {
            throw new IllegalArgumentException("as many gate entries or bytes as at least 1");
        }
        if (Math.min(tick, longestCycle) < 1
                || Math.min(minGate, syncError) < 0
                || LongStream.of(tick, longestCycle, minGate, syncError).max().orElse(0) > Table.MAX_NANOS) {
            throw new IllegalArgumentException("times are at most 10000 s, tick and longest cycle above 0");
        }
    }
}
