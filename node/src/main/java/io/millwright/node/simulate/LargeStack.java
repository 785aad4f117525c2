package io.millwright.node.simulate;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// Work on a thread with a stack as programs in C expect it: what steps functional mock-up units.
public final class LargeStack {
    private static final long STACK_BYTES = 8L << 20;

    private LargeStack() {}

    /// Does the work and waits for it.
    public static <T> T call(Callable<T> work) {
        var task = new FutureTask<>(work);
        var thread = new Thread(null, task, "simulation", STACK_BYTES);
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException exception -> throw exception;
                case Error error -> throw error;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }
}
