package io.millwright.connect.mqtt;

import io.millwright.connect.LinkException;
import io.millwright.connect.LinkState;
import io.millwright.connect.LinkState.Phase;
import io.millwright.connect.LinkTold;
import io.millwright.connect.RetrySchedule;
import io.millwright.model.Quality;
import io.millwright.model.Time;
import io.millwright.model.Told;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps a connection to a broker for as long as it is open: connects, connects again after a pause that grows, and
/// runs a [SessionHandler] on one virtual thread of its own.
///
/// Messages wait in a queue. Those of QoS 1 and 2 are limited by [Arrivals]; of those of QoS 0, which the sender may
/// lose, what exceeds [#WAITING_BYTES_MAX] is dropped and said so in the log.
public final class BrokerSession implements AutoCloseable {

    /// How many bytes of messages of QoS 0 may wait.
    static final long WAITING_BYTES_MAX = 32L << 20;

    private static final int BATCH = 4096;
    private static final int MESSAGE_OVERHEAD_BYTES = 200;
    private static final long STEADY_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final Logger LOG = LoggerFactory.getLogger(BrokerSession.class);

    private sealed interface Event {
        record Arrived(int connection, MqttMessage message) implements Event {}

        record Lost(int connection, LinkException why) implements Event {}

        record Task(Runnable work) implements Event {}

        /// Wakes the thread to see that it is to end.
        record Close() implements Event {}
    }

    private final String name;
    private final SessionHandler handler;
    private final Time time;
    private final Consumer<LinkState> states;
    private final LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final AtomicLong waitingBytes = new AtomicLong();
    private final AtomicBoolean dropping = new AtomicBoolean();
    private final RetrySchedule retry = new RetrySchedule(RandomGenerator.getDefault());
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile LinkState state;
    private final AtomicInteger number = new AtomicInteger();
    private volatile @Nullable BrokerConnection connection;
    private volatile boolean closing;

    private BrokerSession(String name, SessionHandler handler, Time time, Consumer<LinkState> states) {
        this.name = name;
        this.handler = handler;
        this.time = time;
        this.states = states;
        state = new LinkState(Phase.CONNECTING, time.epochNanos());
    }

    /// Starts a session; returns at once.
    ///
    /// @param name for threads and the log
    /// @param states hears of every change of state
    public static BrokerSession start(String name, SessionHandler handler, Time time, Consumer<LinkState> states) {
        var session = new BrokerSession(name, handler, time, states);
        Thread.ofVirtual().name("mqtt-" + name).start(session::run);
        return session;
    }

    public LinkState state() {
        return state;
    }

    /// Runs something on the thread that owns the session, after all that arrived before.
    public void execute(Runnable work) {
        events.add(new Event.Task(work));
    }

    /// The connection, while there is one.
    public @Nullable BrokerConnection connection() {
        return connection;
    }

    /// Gives the present connection up, without acknowledging what waits, and makes a new one after a pause.
    ///
    /// @param why for the user, with the quality of the signals meanwhile
    public void drop(LinkException why) {
        events.add(new Event.Lost(number.get(), why));
    }

    private void run() {
        try {
            while (!closing) {
                long began = time.monotonicNanos();
                LinkException why = connectAndServe();
                if (!closing) {
                    // Only a connection that lasted: one that is dropped at once must not be tried in a tight loop.
                    if (time.monotonicNanos() - began > STEADY_NANOS) {
                        retry.succeeded();
                    }
                    handler.disconnected(why);
                    enter(why.isRefusal() ? Phase.REFUSED : Phase.WAITING, why.told());
                    Duration pause = why.isRefusal() ? retry.afterRefusal() : retry.next();
                    serve(number.get(), time.monotonicNanos() + pause.toNanos());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            enter(Phase.CLOSED, Told.NOTHING);
            ended.countDown();
        }
    }

    /// Connects and serves until the connection is gone; answers why.
    private LinkException connectAndServe() throws InterruptedException {
        enter(Phase.CONNECTING, Told.NOTHING);
        int mine = number.incrementAndGet();
        try (BrokerConnection opened = BrokerConnection.open(
                handler.settings(), message -> arrived(mine, message), why -> events.add(new Event.Lost(mine, why)))) {
            try {
                connection = opened;
                handler.connected(opened);
                enter(Phase.CONNECTED, Told.NOTHING);
                return serve(mine, Long.MAX_VALUE);
            } finally {
                connection = null;
                number.incrementAndGet();
                handler.leaving(opened);
            }
        } catch (LinkException e) {
            return e;
        } catch (RuntimeException e) {
            LOG.warn("{}: unexpected failure, connecting again", name, e);
            return new LinkException(LinkTold.unexpected(name, e), e);
        }
    }

    private void arrived(int connectionNumber, MqttMessage message) {
        int bytes = message.payload().length + MESSAGE_OVERHEAD_BYTES;
        if (message.qos() == 0 && waitingBytes.get() + bytes > WAITING_BYTES_MAX) {
            if (dropping.compareAndSet(false, true)) {
                LOG.warn("{}: messages of QoS 0 come faster than they are stored and are dropped", name);
            }
            return;
        }
        waitingBytes.addAndGet(bytes);
        events.add(new Event.Arrived(connectionNumber, message));
    }

    /// Works off events until the connection of this number is lost, the session is closed, or the time has come.
    private LinkException serve(int mine, long untilNanos) throws InterruptedException {
        var taken = new ArrayList<Event>(BATCH);
        while (!closing) {
            long now = time.monotonicNanos();
            long wake = Math.min(untilNanos, handler.deadline().orElse(Long.MAX_VALUE));
            if (now >= untilNanos) {
                break;
            }
            if (now >= wake) {
                handler.elapsed();
                continue;
            }
            Event first = events.poll(wake - now, TimeUnit.NANOSECONDS);
            if (first == null) {
                continue;
            }
            taken.add(first);
            events.drainTo(taken, BATCH - 1);
            LinkException over = handle(taken, mine);
            taken.clear();
            if (over != null) {
                return over;
            }
        }
        return new LinkException(Quality.BAD_SHUTDOWN, LinkTold.CLOSED);
    }

    private @Nullable LinkException handle(List<Event> taken, int mine) {
        var messages = new ArrayList<MqttMessage>(taken.size());
        LinkException over = null;
        for (Event event : taken) {
            if (event instanceof Event.Arrived arrived) {
                waitingBytes.addAndGet(-(arrived.message().payload().length + MESSAGE_OVERHEAD_BYTES));
                if (arrived.connection() == mine) {
                    messages.add(arrived.message());
                }
                continue;
            }
            deliver(messages);
            switch (event) {
                case Event.Lost lost when lost.connection() == mine -> over = over == null ? lost.why() : over;
                case Event.Lost _, Event.Arrived _ -> {}
                case Event.Task task -> task.work().run();
                case Event.Close _ -> {}
            }
        }
        deliver(messages);
        dropping.set(false);
        return over;
    }

    private void deliver(List<MqttMessage> messages) {
        if (!messages.isEmpty()) {
            handler.received(List.copyOf(messages));
            messages.clear();
        }
    }

    private void enter(Phase phase, Told why) {
        LinkState before = state;
        if (before.phase() != phase || !before.why().equals(why)) {
            state = new LinkState(phase, time.epochNanos(), why);
            states.accept(state);
        }
    }

    /// Leaves the broker and ends; waits no longer than a second.
    @Override
    public void close() {
        closing = true;
        events.add(new Event.Close());
        try {
            var _ = ended.await(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
