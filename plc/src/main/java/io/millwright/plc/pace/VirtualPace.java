package io.millwright.plc.pace;

/// Time that passes only while somebody waits: a day of scans takes as long as they compute.
public final class VirtualPace implements Pace {
    private final long epochOffsetNanos;
    private volatile long nowNanos;

    /// @param epochNanos the date at its beginning, in nanoseconds since 1970-01-01T00:00:00Z
    public VirtualPace(long epochNanos) {
        this.epochOffsetNanos = epochNanos;
    }

    @Override
    public long nowNanos() {
        return nowNanos;
    }

    @Override
    public long epochNanos() {
        return epochOffsetNanos + nowNanos;
    }

    @Override
    public void await(long dueNanos) {
        nowNanos = Math.max(nowNanos, dueNanos);
    }

    @Override
    public void wake() {
        // Nobody ever waits.
    }
}
