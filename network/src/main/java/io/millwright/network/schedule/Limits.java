package io.millwright.network.schedule;

import java.math.BigInteger;

/// What the switches of a network can do, and how far clocks are to be trusted. Times are in nanoseconds.
///
/// @param gateEntries the most entries of the gate control list of a port (IEEE 802.1Q-2022, 12.29.1,
///     SupportedListMax); [Integer#MAX_VALUE] if any number is right
/// @param minGateNanos the shortest entry of a gate control list (IEC/IEEE 60802, minimum gating time); 0: any
/// @param tickNanos the times of gate control lists are multiples of this
/// @param syncErrorNanos every clock may be wrong by this, either way; of a port, its clock
/// @param bufferOctets the most that a queue of a bridge holds
/// @param longestCycleNanos the longest cycle of a gate control list
public record Limits(
        int gateEntries,
        long minGateNanos,
        long tickNanos,
        long syncErrorNanos,
        long bufferOctets,
        long longestCycleNanos) {

    private static final long LONGEST = 1_000_000_000_000L;

    /// Nothing is limited, and clocks are exact.
    public static final Limits NONE = new Limits(Integer.MAX_VALUE, 0, 1, 0, Long.MAX_VALUE);

    /// The columns of tables that tell what a port can do.
    public static final String COLUMNS = ",gate_entries,min_gate,tick,longest_cycle,buffer";

    /// The column that tells how wrong the clock of a port may be.
    public static final String CLOCK_COLUMN = ",sync_error";

    /// With gate control lists of any cycle.
    public Limits(int gateEntries, long minGateNanos, long tickNanos, long syncErrorNanos, long bufferOctets) {
        this(gateEntries, minGateNanos, tickNanos, syncErrorNanos, bufferOctets, LONGEST);
    }

    /// @throws IllegalArgumentException if a number is out of range; the message names it
    public Limits {
        if (gateEntries < 1 || bufferOctets < 1) {
            throw new IllegalArgumentException("gate entries and buffers must be at least 1");
        }
        if (tickNanos < 1 || tickNanos > LONGEST || minGateNanos < 0 || minGateNanos > LONGEST) {
            throw new IllegalArgumentException("tick and shortest gate are times up to 1000 s, the tick above 0");
        }
        if (syncErrorNanos < 0 || syncErrorNanos > LONGEST) {
            throw new IllegalArgumentException("the sync error is a time up to 1000 s");
        }
        if (longestCycleNanos < 1 || longestCycleNanos > LONGEST) {
            throw new IllegalArgumentException("the longest cycle is a time up to 1000 s, above 0");
        }
    }

    /// What keeps these limits and others.
    public Limits and(Limits other) {
        var tick = BigInteger.valueOf(tickNanos);
        var both = BigInteger.valueOf(other.tickNanos);
        var multiple = tick.divide(tick.gcd(both)).multiply(both).min(BigInteger.valueOf(LONGEST));
        return new Limits(
                Math.min(gateEntries, other.gateEntries),
                Math.max(minGateNanos, other.minGateNanos),
                multiple.longValueExact(),
                Math.max(syncErrorNanos, other.syncErrorNanos),
                Math.min(bufferOctets, other.bufferOctets),
                Math.min(longestCycleNanos, other.longestCycleNanos));
    }

    /// Whether [#COLUMNS] have something to tell.
    public boolean hasCells() {
        return !cells().equals(NONE.cells());
    }

    /// The cell of [#CLOCK_COLUMN].
    public String clockCell() {
        return "," + syncErrorNanos;
    }

    /// The cells of [#COLUMNS]: empty where nothing is limited.
    public String cells() {
        return "," + (gateEntries == NONE.gateEntries ? "" : gateEntries)
                + "," + (minGateNanos == NONE.minGateNanos ? "" : minGateNanos)
                + "," + (tickNanos == NONE.tickNanos ? "" : tickNanos)
                + "," + (longestCycleNanos == NONE.longestCycleNanos ? "" : longestCycleNanos)
                + "," + (bufferOctets == NONE.bufferOctets ? "" : bufferOctets);
    }

    /// By how much two clocks may differ: a frame comes so much earlier or later by the clock of the next port.
    long guardNanos() {
        return 2 * syncErrorNanos;
    }

    /// The shortest entry, on the grid of ticks.
    long shortestNanos() {
        return ceil(minGateNanos);
    }

    /// The first time of the grid that is not earlier.
    long ceil(long nanos) {
        return tickNanos == 1 ? nanos : Math.ceilDiv(nanos, tickNanos) * tickNanos;
    }

    /// The last time of the grid that is not later.
    long floor(long nanos) {
        return tickNanos == 1 ? nanos : Math.floorDiv(nanos, tickNanos) * tickNanos;
    }

    /// Whether gates can hold back the frames of a stream: its windows must lie on the grid in every period,
    /// and the clocks of talker and gate, each twice wrong, must not make its delays differ by too much.
    ///
    /// @param spread by how much they differ anyhow
    boolean canHold(Stream stream, long spread) {
        return stream.periodNanos() % tickNanos == 0 && stream.jitterNanos() - spread >= 2 * guardNanos();
    }
}
