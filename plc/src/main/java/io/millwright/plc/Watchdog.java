package io.millwright.plc;

import io.millwright.plc.pace.Pace;

/// Ends scans that take too long, from a thread of its own. It sleeps for as long as none can: where no task has a
/// watchdog, until another program runs.
public final class Watchdog {
    /// How soon it looks again whether a scan that was told to end has ended.
    private static final long AGAIN_NANOS = 1_000_000;

    private final VirtualPlc plc;
    private final Pace pace;
    private volatile boolean closing;

    /// @param pace a clock of its own, as that of the PLC has one thread that waits
    public Watchdog(VirtualPlc plc, Pace pace) {
        this.plc = plc;
        this.pace = pace;
        plc.scanLimit().whenChanged(pace::wake);
    }

    /// Watches until it is closed.
    public void serve() {
        ScanLimit limit = plc.scanLimit();
        while (!closing) {
            long now = pace.nowNanos();
            long calm = limit.calmNanos(now);
            if (limit.isOver(now)) {
                plc.endScan();
                calm = AGAIN_NANOS;
            }
            pace.await(calm == Long.MAX_VALUE ? calm : now + calm);
        }
    }

    public void close() {
        closing = true;
        pace.wake();
    }
}
