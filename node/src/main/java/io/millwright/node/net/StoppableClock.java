package io.millwright.node.net;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// Counts nanoseconds until somebody wants this program to end, e.g. by Ctrl-C; from then on all time is up.
/// The program ends when what was found has been told.
final class StoppableClock implements LongSupplier, AutoCloseable {

    private static final long MOST_SECONDS = 10;
    private static final long RUN_OUT = Long.MAX_VALUE / 4;

    private final long origin = System.nanoTime();
    private final CountDownLatch told = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stop, "stop");
    private volatile boolean stopped;

    StoppableClock() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void stop() {
        stopped = true;
        try {
            var _ = told.await(MOST_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Since it was made.
    @Override
    public long getAsLong() {
        return stopped ? RUN_OUT : System.nanoTime() - origin;
    }

    /// The seconds that have really passed since it was made.
    double seconds() {
        return (System.nanoTime() - origin) / 1e9;
    }

    /// Whether somebody wants an end.
    boolean isStopped() {
        return stopped;
    }

    /// All has been told.
    @Override
    public void close() {
        told.countDown();
        if (!stopped) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // it has just begun to run, and ends by itself
            }
        }
    }
}
