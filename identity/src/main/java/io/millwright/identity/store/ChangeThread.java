package io.millwright.identity.store;

import io.millwright.identity.registry.Change;
import io.millwright.identity.registry.Commit;
import io.millwright.identity.registry.HomedPrefixes;
import io.millwright.identity.registry.Lineage;
import io.millwright.identity.registry.Transaction;
import io.millwright.model.Time;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/// The one thread that changes a store. What waits while the disk is forced is the next group, so the more changes
/// come at once the fewer forces there are for each. As no other thread changes anything, a condition that holds when
/// it is looked at holds when the change is made.
///
/// When the disk has refused a write, no further change is made: what is in the journal is known again after a start.
final class ChangeThread implements AutoCloseable {

    private final Rocks rocks;
    private final RecordCodec codec;
    private final HomedPrefixes homed;
    private final Lineage lineage;
    private final Map<String, Long> mirrored = new ConcurrentHashMap<>();
    private final StoreSettings settings;
    private final FileStore disk;
    private final Time time;
    private final Thread thread;
    private List<Task> waiting = new ArrayList<>();
    private long waitingBytes;
    private boolean closing;
    private volatile StoreState state;
    private volatile String stopped = "";

    /// One thing to be done.
    private sealed interface Task {
        CompletableFuture<Commit> done();

        default long bytes() {
            return 0;
        }
    }

    private record Make(Change change, byte[] packed, CompletableFuture<Commit> done) implements Task {
        @Override
        public long bytes() {
            return packed.length;
        }
    }

    private record Follow(
            String source, List<Transaction> transactions, List<byte[]> packed, CompletableFuture<Commit> done)
            implements Task {
        @Override
        public long bytes() {
            return packed.stream().mapToLong(one -> one.length).sum();
        }
    }

    private record Alone(Step step, CompletableFuture<Commit> done) implements Task {}

    /// Something that changes the store beside its batches, while nothing else does.
    interface Step {
        /// @return what is so, durably, after it
        StoreState run(StoreState now) throws IOException;
    }

    ChangeThread(
            Rocks rocks,
            RecordCodec codec,
            HomedPrefixes homed,
            Lineage lineage,
            StoreState state,
            StoreSettings settings,
            FileStore disk,
            Time time) {
        this.rocks = rocks;
        this.codec = codec;
        this.homed = homed;
        this.lineage = lineage;
        this.state = state;
        this.settings = settings;
        this.disk = disk;
        this.time = time;
        thread = Thread.ofPlatform().name("identity-store").daemon().unstarted(this::work);
    }

    /// @param followed how far other nodes have been followed before
    void start(Map<String, Long> followed) {
        mirrored.putAll(followed);
        thread.start();
    }

    StoreState state() {
        return state;
    }

    long mirrored(String source) {
        return mirrored.getOrDefault(source, 0L);
    }

    Map<String, Long> mirrored() {
        return Map.copyOf(mirrored);
    }

    Lineage lineage() {
        return lineage;
    }

    CompletableFuture<Commit> make(Change change, byte[] packed) {
        return offer(new Make(change, packed, new CompletableFuture<>()));
    }

    CompletableFuture<Commit> follow(String source, List<Transaction> transactions, List<byte[]> packed) {
        return offer(new Follow(source, transactions, packed, new CompletableFuture<>()));
    }

    CompletableFuture<Commit> alone(Step step) {
        return offer(new Alone(step, new CompletableFuture<>()));
    }

    private synchronized CompletableFuture<Commit> offer(Task task) {
        if (closing) {
            return CompletableFuture.failedFuture(new IOException("the identity store is closed"));
        }
        boolean full = waiting.size() >= settings.waitingMax() || waitingBytes > settings.waitingBytesMax();
        if (full && !(task instanceof Alone)) {
            return CompletableFuture.completedFuture(new Commit.Busy());
        }
        waiting.add(task);
        waitingBytes += task.bytes();
        notifyAll();
        return task.done();
    }

    /// @return what is to be done next; empty when there will be nothing more
    private synchronized List<Task> take() throws InterruptedException {
        while (waiting.isEmpty() && !closing) {
            wait();
        }
        var taken = waiting;
        waiting = new ArrayList<>();
        waitingBytes = 0;
        return taken;
    }

    private void work() {
        try {
            for (var tasks = take(); !tasks.isEmpty(); tasks = take()) {
                for (int from = 0; from < tasks.size(); ) {
                    from = tasks.get(from) instanceof Alone one ? alone(one, from) : group(tasks, from);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // Nobody else has this thread.
        }
    }

    private int alone(Alone one, int at) {
        try {
            check();
            state = one.step.run(state);
            one.done.complete(new Commit.Done(state.last()));
        } catch (IOException e) {
            one.done.completeExceptionally(e);
        } catch (RuntimeException | Error e) {
            // Also after an error of the JVM whoever waits must hear of it.
            one.done.completeExceptionally(new IOException(String.valueOf(e.getMessage()), e));
        }
        return at + 1;
    }

    /// @return the number of the first task not done
    private int group(List<Task> tasks, int from) {
        var outcomes = new ArrayList<Commit>();
        int to = from;
        try (var group = new Group(rocks, codec, homed, lineage, state, time.epochNanos() / 1_000_000)) {
            check();
            for (; to < tasks.size() && !(tasks.get(to) instanceof Alone) && !group.isFull(); to++) {
                outcomes.add(outcome(group, tasks.get(to)));
            }
            state = write(group);
            mirrored.putAll(group.followed());
        } catch (IOException | RuntimeException | Error e) {
            to = Math.max(to, from + 1);
            for (var task : tasks.subList(from, to)) {
                task.done()
                        .completeExceptionally(
                                e instanceof IOException ? e : new IOException(String.valueOf(e.getMessage()), e));
            }
            return to;
        }
        for (int i = from; i < to; i++) {
            tasks.get(i).done().complete(outcomes.get(i - from)); // Changes nothing if reading failed before.
        }
        return to;
    }

    private StoreState write(Group group) throws IOException {
        try {
            return group.write(settings.historyMax());
        } catch (IOException | RuntimeException | Error e) {
            stopped = String.valueOf(e.getMessage());
            throw e;
        }
    }

    private Commit outcome(Group group, Task task) {
        try {
            return switch (task) {
                case Make(var change, var packed, var _) -> group.make(change, packed);
                case Follow(var source, var transactions, var packed, var _) ->
                    group.follow(source, mirrored(source), transactions, packed);
                case Alone _ -> throw new IllegalStateException("a step is in no group");
            };
        } catch (UncheckedIOException e) {
            task.done().completeExceptionally(e.getCause());
            return new Commit.Conflict();
        }
    }

    private void check() throws IOException {
        if (!stopped.isEmpty()) {
            throw new IOException(
                    "no change is made since the disk refused one: " + stopped + "; start the node again");
        }
        long free = disk.getUsableSpace();
        if (free < settings.reserveBytes()) {
            throw new IOException("disk full: %d MB are free where identifiers are kept, %d MB have to be; nothing was"
                            .formatted(free >> 20, settings.reserveBytes() >> 20)
                    + " changed");
        }
    }

    /// Makes what is waiting, and takes nothing more.
    @Override
    public void close() {
        synchronized (this) {
            closing = true;
            notifyAll();
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
