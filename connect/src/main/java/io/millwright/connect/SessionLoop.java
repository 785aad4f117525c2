package io.millwright.connect;

import io.millwright.connect.LinkState.Phase;
import io.millwright.model.Told;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What every link does alike: holds one session to a device, opens it again after each failure, and says what
/// it is doing. The protocol itself is the [Driver].
///
/// Started, a virtual thread (or a prompt one of the [LinkContext]) connects, serves until the session fails,
/// pauses by the [RetrySchedule], and connects again. Not started, a session is opened when it is first asked
/// for, and failure is reported to whoever asked.
public final class SessionLoop<S extends SessionLoop.Session> implements AutoCloseable {

    /// A connection to a device.
    public interface Session extends AutoCloseable {
        /// Ends it, within a second, without complaint. May be called more than once.
        @Override
        void close();
    }

    /// One protocol's part.
    public interface Driver<S> {
        /// Opens a session.
        S connect() throws LinkException, InterruptedException;

        /// Delivers samples until the session fails, which it says by throwing. Calls [SessionLoop#connected]
        /// as soon as the device answered.
        void serve(S session) throws LinkException, InterruptedException;

        /// The device cannot be used now; the signals are bad.
        void lost(LinkException why);
    }

    private static final Logger LOG = LoggerFactory.getLogger(SessionLoop.class);
    private static final Duration CLOSING = Duration.ofSeconds(1);
    private static final Duration FIRST_CONNECT = Duration.ofSeconds(10);

    private final String name;
    private final LinkContext context;
    private final Driver<S> driver;
    private final RetrySchedule retry = new RetrySchedule(RandomGenerator.getDefault());
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ReentrantLock opening = new ReentrantLock();
    private volatile LinkState state;
    private @Nullable S session;
    private @Nullable Thread thread;

    /// @param name the connection's name, for the log
    public SessionLoop(String name, LinkContext context, Driver<S> driver) {
        this.name = name;
        this.context = context;
        this.driver = driver;
        state = new LinkState(Phase.IDLE, context.time().epochNanos());
    }

    /// Starts delivering, once.
    public void start() {
        lock.lock();
        try {
            if (thread != null || state.phase() == Phase.CLOSED) {
                throw new IllegalStateException("the link of " + name + " was started or closed before");
            }
            Thread made = context.prompt()
                    .orElseGet(() -> Thread.ofVirtual().factory())
                    .newThread(this::run);
            made.setName("link-" + name);
            thread = made;
            made.start();
        } finally {
            lock.unlock();
        }
    }

    public LinkState state() {
        return state;
    }

    /// The device answered.
    public void connected() {
        if (state.phase() != Phase.CONNECTED) {
            retry.succeeded();
            enter(Phase.CONNECTED, Told.NOTHING);
        }
    }

    /// The device cannot be used for the moment, and the session tries to mend that itself.
    public void interrupted(LinkException why) {
        enter(why.isRefusal() ? Phase.REFUSED : Phase.WAITING, why.told());
        driver.lost(why);
    }

    /// The session for a single request. Started, the one that delivers: waits for the first to be opened, but
    /// not for a device that is known to be away.
    ///
    /// @throws LinkException if there is none now; says why
    public S session() throws LinkException {
        lock.lock();
        try {
            if (thread != null) {
                return running();
            }
        } finally {
            lock.unlock();
        }
        return onDemand();
    }

    /// Gives up a session opened for single requests after it failed, so that the next request opens another.
    public void discard(S failed) {
        lock.lock();
        try {
            if (thread != null || !failed.equals(session)) {
                return;
            }
            session = null;
        } finally {
            lock.unlock();
        }
        failed.close();
    }

    @Override
    public void close() {
        Thread running = thread;
        enter(Phase.CLOSED, LinkTold.CLOSED);
        if (running != null) {
            running.interrupt();
            try {
                running.join(CLOSING);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        S left = replace(null);
        if (left != null) {
            left.close();
        }
    }

    private S running() throws LinkException {
        long patience = FIRST_CONNECT.toNanos();
        try {
            while (session == null
                    && patience > 0
                    && (state.phase() == Phase.IDLE || state.phase() == Phase.CONNECTING)) {
                patience = changed.awaitNanos(patience);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (session == null) {
            throw new LinkException(Told.of("link-not-connected", "{connection} is not connected{: reason}")
                    .with("connection", name)
                    .with("reason", state.why()));
        }
        return session;
    }

    private S onDemand() throws LinkException {
        opening.lock();
        try {
            S open = session;
            if (open != null) {
                return open;
            }
            requireOpen();
            enter(Phase.CONNECTING, Told.NOTHING);
            S opened = driver.connect();
            enter(Phase.CONNECTED, Told.NOTHING);
            replace(opened);
            return opened;
        } catch (LinkException e) {
            enter(e.isRefusal() ? Phase.REFUSED : Phase.WAITING, e.told());
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LinkException(Told.of("link-connecting-interrupted", "connecting to {connection} was interrupted")
                    .with("connection", name));
        } finally {
            opening.unlock();
        }
    }

    private void requireOpen() throws LinkException {
        if (state.phase() == Phase.CLOSED) {
            throw new LinkException(Told.of("link-is-closed", "the link of {connection} is closed")
                    .with("connection", name));
        }
    }

    private void run() {
        try {
            while (state.phase() != Phase.CLOSED) {
                pause(serveOnce());
            }
        } catch (InterruptedException e) {
            // Closed: the end of this thread.
        }
    }

    /// Connects and serves until something fails.
    ///
    /// @return the pause before the next try
    private Duration serveOnce() throws InterruptedException {
        S opened = replace(null);
        try {
            if (opened == null) {
                enter(Phase.CONNECTING, Told.NOTHING);
                opened = driver.connect();
            }
            replace(opened);
            driver.serve(opened);
            throw new LinkException(
                    Told.of("link-ended", "{connection} ended the session").with("connection", name));
        } catch (LinkException e) {
            return failed(e);
        } catch (RuntimeException e) {
            LOG.warn("{}: unexpected failure, trying again", name, e);
            return failed(new LinkException(LinkTold.unexpected(name, e), e));
        } finally {
            replace(null);
            if (opened != null) {
                opened.close();
            }
        }
    }

    private Duration failed(LinkException why) {
        interrupted(why);
        return why.isRefusal() ? retry.afterRefusal() : retry.next();
    }

    private void pause(Duration pause) throws InterruptedException {
        long left = pause.toNanos();
        lock.lock();
        try {
            while (left > 0 && state.phase() != Phase.CLOSED) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private @Nullable S replace(@Nullable S next) {
        lock.lock();
        try {
            S before = session;
            session = next;
            changed.signalAll();
            return before;
        } finally {
            lock.unlock();
        }
    }

    private void enter(Phase phase, Told why) {
        lock.lock();
        try {
            if (state.phase() == Phase.CLOSED
                    || (state.phase() == phase && state.why().equals(why))) {
                return;
            }
            state = new LinkState(phase, context.time().epochNanos(), why);
            changed.signalAll();
            context.states().accept(state);
        } finally {
            lock.unlock();
        }
    }
}
