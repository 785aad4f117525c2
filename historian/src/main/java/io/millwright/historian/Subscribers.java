package io.millwright.historian;

import io.millwright.model.Sample;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells listeners of durable samples, each on a thread of its own. A listener that is more than [#BACKLOG] batches
/// behind misses the oldest of them.
final class Subscribers {

    private static final Logger LOG = LoggerFactory.getLogger(Subscribers.class);
    private static final int BACKLOG = 512;

    private final CopyOnWriteArrayList<Subscription> all = new CopyOnWriteArrayList<>();

    AutoCloseable add(Consumer<List<Sample>> listener) {
        var subscription = new Subscription(listener);
        all.add(subscription);
        return () -> {
            all.remove(subscription);
            subscription.end();
        };
    }

    void publish(List<Sample> batch) {
        for (Subscription subscription : all) {
            subscription.offer(batch);
        }
    }

    void close() {
        all.forEach(Subscription::end);
        all.clear();
    }

    private static final class Subscription {

        private final ArrayBlockingQueue<List<Sample>> backlog = new ArrayBlockingQueue<>(BACKLOG);
        private final Consumer<List<Sample>> listener;
        private final Thread thread;

        Subscription(Consumer<List<Sample>> listener) {
            this.listener = listener;
            thread = Thread.ofVirtual().name("historian-subscriber").start(this::run);
        }

        void offer(List<Sample> batch) {
            while (!backlog.offer(batch)) {
                backlog.poll();
            }
        }

        private void run() {
            try {
                while (true) {
                    tell(backlog.take());
                }
            } catch (InterruptedException e) {
                // Unsubscribed: the end of this thread.
            }
        }

        private void tell(List<Sample> batch) {
            try {
                listener.accept(batch);
            } catch (RuntimeException e) {
                LOG.warn("A subscriber failed on {} samples: {}", batch.size(), e.toString());
            }
        }

        void end() {
            thread.interrupt();
        }
    }
}
