package io.millwright.plc.standby;

import io.millwright.iec61131.machine.Trap;
import io.millwright.plc.Fault;
import io.millwright.plc.Loaded;
import io.millwright.plc.ScanObserver;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Lets the link send what a scan left in the log, for which the outputs of that scan wait. Observes a PLC after its
/// log does.
public final class LinkWaker implements ScanObserver {
    private final Lease lease;
    private final Thread link;

    /// @param link the thread in [Master#serve]
    public LinkWaker(Lease lease, Thread link) {
        this.lease = lease;
        this.link = link;
    }

    private void logged(long scan) {
        lease.logged(scan);
        LockSupport.unpark(link);
    }

    @Override
    public void scanned(long number, int task, long startNanos) {
        logged(number);
    }

    /// The standby of before has done that scan: outputs of a PLC that goes on and stands still wait for none.
    @Override
    public void tookOver(Loaded loaded, long scan) {
        logged(scan);
    }

    @Override
    public void faulted(long number, int task, long startNanos, Fault fault, Trap.@Nullable Kind trap) {
        logged(number);
    }
}
