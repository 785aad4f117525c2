package io.millwright.connect.opcua;

import io.millwright.connect.LinkException;
import io.millwright.connect.SessionLoop;
import io.millwright.model.Quality;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.sdk.client.SessionActivityListener;
import org.eclipse.milo.opcua.sdk.client.UaSession;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.jspecify.annotations.Nullable;

/// A session with a server. It may lose its connection and take it up again by itself, in which case the server kept
/// its subscriptions and what it sampled meanwhile; or break for good.
final class OpcUaSession implements SessionLoop.Session {

    private final OpcUaClient client;
    private final Failures failures;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean active = true;
    private @Nullable LinkException broken;

    OpcUaSession(OpcUaClient client, Failures failures) {
        this.client = client;
        this.failures = failures;
        client.addSessionActivityListener(new SessionActivityListener() {
            @Override
            public void onSessionActive(UaSession session) {
                change(true, null);
            }

            @Override
            public void onSessionInactive(UaSession session) {
                change(false, null);
            }
        });
    }

    OpcUaClient client() {
        return client;
    }

    /// A failure of a request, as a sentence.
    LinkException failure(Throwable thrown) {
        return failures.answered(thrown);
    }

    /// The node that a point names.
    NodeId node(NodePoint point) throws LinkException {
        return point.in(client.getNamespaceTable());
    }

    /// Something happened from which this session does not recover.
    void fail(LinkException why) {
        change(false, why);
    }

    /// Waits until the connection is there, or is not.
    ///
    /// @return whether that came true in time
    /// @throws LinkException if the session broke
    boolean awaitActive(boolean wanted, long nanos) throws LinkException, InterruptedException {
        long left = nanos;
        lock.lockInterruptibly();
        try {
            while (broken == null && active != wanted && left > 0) {
                left = changed.awaitNanos(left);
            }
            if (broken != null) {
                throw broken;
            }
            return active == wanted;
        } finally {
            lock.unlock();
        }
    }

    /// The connection was lost.
    LinkException lost() {
        return new LinkException(
                Quality.BAD_NO_COMMUNICATION, failures.server() + " closed the connection or stopped answering");
    }

    private void change(boolean nowActive, @Nullable LinkException why) {
        lock.lock();
        try {
            active = nowActive;
            if (broken == null) {
                broken = why;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        try {
            client.disconnectAsync().get(1, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // It is given up either way.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
