package io.millwright.plc;

import io.millwright.plc.pace.Pace;

/// Ends scans that take too long, from a thread of its own.
public final class Watchdog {
    private static final long LOOK_NANOS = 1_000_000;

    private final VirtualPlc plc;
    private final Pace pace;
    private volatile boolean closing;

    /// @param pace a clock of its own, as that of the PLC has one thread that waits
    public Watchdog(VirtualPlc plc, Pace pace) {
        this.plc = plc;
        this.pace = pace;
    }

    /// Watches until it is closed.
    public void serve() {
        while (!closing) {
            if (plc.watchdogLeftNanos() < 0) {
                plc.endScan();
            }
            pace.await(pace.nowNanos() + LOOK_NANOS);
        }
    }

    public void close() {
        closing = true;
        pace.wake();
    }
}
