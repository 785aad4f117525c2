package io.millwright.node.command;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// How a command that runs until it is told to end (SIGTERM, Ctrl-C) ends, also where it is told so while it still
/// starts: what has started is closed, and nothing is said to run.
///
/// @param <R> what runs
public final class Ending<R> {
    private static final long PATIENCE_SECONDS = 30;

    private final CompletableFuture<R> started = new CompletableFuture<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Consumer<R> close;
    private final Output output;
    private volatile boolean told;

    /// @param close ends what runs; by another thread than the one that started it
    /// @param output is told where it was still starting
    public Ending(Consumer<R> close, Output output) {
        this.close = close;
        this.output = output;
    }

    /// Starts something and waits until the process is told to end and it is closed.
    ///
    /// @param start starts it, or throws what the command ends with
    /// @param running hears that it runs
    public void await(Supplier<R> start, Consumer<R> running) throws InterruptedException {
        var hook = new Thread(this::end, "end");
        if (!isAdded(hook)) {
            return;
        }
        R begun;
        try {
            begun = start.get();
        } catch (RuntimeException | Error e) {
            started.completeExceptionally(e);
            if (told) {
                // What fails because the process ends is not worth a word.
                ended.await();
                return;
            }
            var _ = Runtime.getRuntime().removeShutdownHook(hook);
            throw e;
        }
        started.complete(begun);
        if (!told) {
            running.accept(begun);
        }
        ended.await();
    }

    /// Whether it is not ending already.
    private static boolean isAdded(Thread hook) {
        try {
            Runtime.getRuntime().addShutdownHook(hook);
            return true;
        } catch (IllegalStateException _) {
            return false;
        }
    }

    /// As the process was told to end.
    void end() {
        told = true;
        if (!started.isDone()) {
            output.progress("mw: told to end while it was starting; it ends as soon as it has");
        }
        try {
            close.accept(started.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        } catch (ExecutionException | TimeoutException _) {
            // There is nothing to close, or it never came to be.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            ended.countDown();
        }
    }
}
