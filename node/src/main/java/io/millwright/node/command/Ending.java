package io.millwright.node.command;

import java.io.IOException;
import java.util.Optional;
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
    private final Thread hook = new Thread(this::end, "end");
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
        if (isAdded()) {
            try {
                begin(start).ifPresent(running);
            } catch (RuntimeException e) {
                // What fails because it is closed meanwhile is not worth a word.
                if (!told) {
                    throw e;
                }
            }
            ended.await();
        }
    }

    /// What is done with something that runs.
    ///
    /// @param <R> what runs
    /// @param <T> what comes of it
    @FunctionalInterface
    public interface Work<R, T> {
        T on(R running) throws IOException, InterruptedException;
    }

    /// Starts something, does something with it and closes it.
    ///
    /// @param start starts it, or throws what the command ends with
    /// @return what came of it; empty where the process was told to end, and it is closed
    public <T> Optional<T> during(Supplier<R> start, Work<R, T> work) throws IOException, InterruptedException {
        if (!isAdded()) {
            return Optional.empty();
        }
        Optional<R> begun = begin(start);
        try {
            if (begun.isPresent()) {
                T result = work.on(begun.get());
                if (isRemoved()) {
                    close.accept(begun.get());
                    return Optional.of(result);
                }
            }
        } catch (IOException | RuntimeException | Error e) {
            if (begun.isPresent() && isRemoved()) {
                close.accept(begun.get());
                throw e;
            }
            // What fails because it is closed meanwhile is not worth a word.
        }
        ended.await();
        return Optional.empty();
    }

    /// @return what was started; empty where the process is told to end
    private Optional<R> begin(Supplier<R> start) {
        R begun;
        try {
            begun = start.get();
        } catch (RuntimeException | Error e) {
            started.completeExceptionally(e);
            if (isRemoved()) {
                throw e;
            }
            // What fails because the process ends is not worth a word.
            return Optional.empty();
        }
        started.complete(begun);
        return told ? Optional.empty() : Optional.of(begun);
    }

    /// Whether it is not ending yet, and will not be told any more.
    private boolean isRemoved() {
        try {
            return !told && Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            return false;
        }
    }

    /// Whether it is not ending already.
    private boolean isAdded() {
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
