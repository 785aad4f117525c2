package io.millwright.node.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What happens when, without a process that really ends: [Ending#end] is what its hook does.
@Timeout(60)
class EndingTest {
    private final List<String> events = new CopyOnWriteArrayList<>();
    private final CountDownLatch running = new CountDownLatch(1);
    private final Ending<String> ending = new Ending<>(r -> events.add("close " + r), new Output());

    private FutureTask<Integer> await(Supplier<String> start) {
        var task = new FutureTask<>(() -> {
            ending.await(start, r -> {
                events.add("running " + r);
                running.countDown();
            });
            return 0;
        });
        Thread.ofPlatform().daemon().start(task);
        return task;
    }

    @Test
    void runsUntilItIsToldToEnd() throws Exception {
        var task = await(() -> "it");
        running.await();
        ending.end();
        assertEquals(0, task.get());
        assertEquals(List.of("running it", "close it"), events);
    }

    @Test
    void toldWhileItStartsItClosesWhatHasStartedAndSaysNothing() throws Exception {
        var starting = new CountDownLatch(1);
        var told = new CountDownLatch(1);
        var task = await(() -> {
            starting.countDown();
            awaits(told);
            return "it";
        });
        starting.await();
        var end = ending(told);
        assertEquals(0, task.get());
        end.join();
        assertEquals(List.of("close it"), events);
    }

    /// Tells it to end, and lets it go on once it is told.
    private Thread ending(CountDownLatch told) throws InterruptedException {
        Thread end = Thread.ofPlatform().daemon().start(ending::end);
        while (end.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        told.countDown();
        return end;
    }

    @Test
    void whatFailsBecauseTheProcessEndsIsNotTold() throws Exception {
        var starting = new CountDownLatch(1);
        var told = new CountDownLatch(1);
        var task = await(() -> {
            starting.countDown();
            awaits(told);
            throw new IllegalStateException("Shutdown in progress");
        });
        starting.await();
        var end = ending(told);
        assertEquals(0, task.get());
        end.join();
        assertEquals(List.of(), events);
    }

    @Test
    void whatCannotStartIsTold() {
        var wrong = assertThrows(
                UsageError.class,
                () -> ending.await(
                        () -> {
                            throw new UsageError("the port is taken");
                        },
                        _ -> events.add("running")));
        assertEquals("the port is taken", wrong.getMessage());
        ending.end();
        assertEquals(List.of(), events);
    }

    @Test
    void whatIsDoneIsClosedAfterwards() throws Exception {
        assertEquals(Optional.of(2), ending.during(() -> "it", r -> {
            events.add("with " + r);
            return r.length();
        }));
        assertEquals(List.of("with it", "close it"), events);
    }

    @Test
    void whatFailsIsClosedAndTold() {
        var failed = assertThrows(
                IOException.class,
                () -> ending.during(() -> "it", _ -> {
                    throw new IOException("the disk is full");
                }));
        assertEquals("the disk is full", failed.getMessage());
        assertEquals(List.of("close it"), events);
    }

    /// What is done notices that it is closed under it: that is no failure.
    @Test
    void toldMeanwhileItIsClosedOnce() throws Exception {
        var closed = ending.during(() -> "it", _ -> {
            ending.end();
            throw new IllegalStateException("it is closed");
        });
        assertEquals(Optional.empty(), closed);
        assertEquals(List.of("close it"), events);
    }

    private static void awaits(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
