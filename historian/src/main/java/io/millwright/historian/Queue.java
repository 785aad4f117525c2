package io.millwright.historian;

import io.millwright.model.IngestionStopped;
import io.millwright.model.Sample;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The batches that wait for the journal: bounded by samples, refusing while closed for a reason.
final class Queue {

    private final int room;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private final Condition emptied = lock.newCondition();
    private final ArrayDeque<Batch> waiting = new ArrayDeque<>();
    private int samples;
    private @Nullable String refusal;
    private boolean ended;

    Queue(int room) {
        this.room = room;
    }

    /// Adds a batch, waiting for room. A batch larger than the queue is taken when the queue is empty.
    CompletableFuture<Void> put(List<Sample> batch) {
        var done = new CompletableFuture<Void>();
        lock.lock();
        try {
            while (refusal == null && samples > 0 && samples + batch.size() > room) {
                emptied.awaitUninterruptibly();
            }
            if (refusal != null) {
                return CompletableFuture.failedFuture(new IngestionStopped(refusal));
            }
            waiting.add(new Batch(batch, done));
            samples += batch.size();
            filled.signal();
            return done;
        } finally {
            lock.unlock();
        }
    }

    /// Takes batches of together at most this many samples, but at least one batch, waiting a while for the first.
    List<Batch> take(int most, long waitMillis) {
        var taken = new ArrayList<Batch>();
        lock.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(waitMillis);
            while (waiting.isEmpty() && !ended && left > 0) {
                left = filled.awaitNanos(left);
            }
            int count = 0;
            while (!waiting.isEmpty()
                    && (count == 0 || count + waiting.getFirst().samples().size() <= most)) {
                Batch batch = waiting.removeFirst();
                count += batch.samples().size();
                taken.add(batch);
            }
            samples -= count;
            emptied.signalAll();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
        return taken;
    }

    /// Refuses from now on, and gives back what waits.
    List<Batch> refuse(String reason) {
        lock.lock();
        try {
            refusal = reason;
            var rest = List.copyOf(waiting);
            waiting.clear();
            samples = 0;
            emptied.signalAll();
            return rest;
        } finally {
            lock.unlock();
        }
    }

    /// Refuses from now on; what waits stays to be taken.
    void end(String reason) {
        lock.lock();
        try {
            ended = true;
            refusal = reason;
            emptied.signalAll();
            filled.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Takes batches again.
    void admit() {
        lock.lock();
        try {
            refusal = ended ? refusal : null;
        } finally {
            lock.unlock();
        }
    }

    boolean isEnded() {
        lock.lock();
        try {
            return ended;
        } finally {
            lock.unlock();
        }
    }
}
