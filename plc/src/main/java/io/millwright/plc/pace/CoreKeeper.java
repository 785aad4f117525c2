package io.millwright.plc.pace;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/// Lets the threads of this process that are not in a real-time class be on all cores.
///
/// A thread begins on the cores of the one that starts it, also where that is in a real-time class and it is not;
/// and threads are started by whoever needs them first (those that carry virtual threads, for one). Left there, it
/// would have no core on which it goes on while it is waited for. So the keeper looks for new threads many times a
/// second. They also get the nice value of the process: see [RealTime#askForProcess].
///
/// Its thread is to be started by one of normal priority, and stays where none in a real-time class is.
public final class CoreKeeper implements AutoCloseable {
    private static final long ROUND_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Supplier<RealTime> granted;
    private int[] known = {};
    private volatile boolean closing;

    /// @param granted what a thread of this process was granted: [RealTime#none] until it asks
    public CoreKeeper(Supplier<RealTime> granted) {
        this.granted = granted;
    }

    /// Looks after them until it is closed. By one thread.
    public void serve() {
        if (!RealTime.isLinux()) {
            return;
        }
        boolean kept = false;
        while (!closing) {
            RealTime now = granted.get();
            if (!kept && now.fifo()) {
                var _ = LinuxThreads.cores(0, Cores.ofProcess().rest());
                kept = true;
            }
            if (!now.equals(RealTime.none())) {
                round();
            }
            LockSupport.parkNanos(this, ROUND_NANOS);
        }
    }

    /// Looks at threads that were started since the last time.
    void round() {
        Cores cores = Cores.ofProcess();
        int[] now = LinuxThreads.all();
        for (int thread : now) {
            if (Arrays.binarySearch(known, thread) < 0) {
                settle(thread, cores);
            }
        }
        known = now;
    }

    private static void settle(int thread, Cores cores) {
        synchronized (RealTime.TURN) {
            if (!LinuxThreads.isRealTime(thread)) {
                if (LinuxThreads.cores(thread).equals(cores.prompt())) {
                    var _ = LinuxThreads.cores(thread, cores.all());
                }
                var _ = RealTime.first(thread);
            }
        }
    }

    @Override
    public void close() {
        closing = true;
    }
}
