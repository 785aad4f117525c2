package io.millwright.connect.opcua;

import io.millwright.connect.LinkException;
import io.millwright.connect.LinkTold;
import io.millwright.connect.SessionLoop;
import io.millwright.model.Quality;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.sdk.client.SessionActivityListener;
import org.eclipse.milo.opcua.sdk.client.UaSession;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.jspecify.annotations.Nullable;

/// A session with a server. It may lose its connection and take it up again by itself, in which case the server kept
/// its subscriptions and what it sampled meanwhile.
final class OpcUaSession implements SessionLoop.Session {

    /// A server of which nothing was heard for so long is asked whether it is there.
    private static final Duration QUIET = Duration.ofSeconds(1);

    /// So long it may take to say so.
    private static final Duration SILENT = Duration.ofSeconds(2);

    private final OpcUaClient client;
    private final Failures failures;
    private volatile CompletableFuture<Void> activated = CompletableFuture.allOf();
    private volatile CompletableFuture<Void> closed = new CompletableFuture<>();
    private volatile int activations;

    OpcUaSession(OpcUaClient client, Failures failures) {
        this.client = client;
        this.failures = failures;
        client.addSessionActivityListener(new SessionActivityListener() {
            @Override
            public void onSessionActive(UaSession session) {
                active();
            }

            @Override
            public void onSessionInactive(UaSession session) {
                inactive();
            }
        });
    }

    private synchronized void active() {
        activations++;
        if (closed.isDone()) {
            closed = new CompletableFuture<>();
        }
        activated.complete(null);
    }

    private synchronized void inactive() {
        if (activated.isDone()) {
            activated = new CompletableFuture<>();
        }
        closed.complete(null);
    }

    OpcUaClient client() {
        return client;
    }

    /// How often the connection was taken up.
    int activations() {
        return activations;
    }

    /// A failure of a request, as a sentence.
    LinkException failure(Throwable thrown) {
        return failures.answered(thrown);
    }

    /// The node that a point names.
    NodeId node(NodePoint point) throws LinkException {
        return point.in(client.getNamespaceTable());
    }

    /// Waits for an answer that may be long in coming, and makes sure meanwhile that the server is there.
    <T> T await(CompletableFuture<T> answer)
            throws Interruption, LinkException, ExecutionException, InterruptedException {
        while (true) {
            CompletableFuture<Void> end = closed;
            try {
                CompletableFuture.anyOf(answer, end).get(QUIET.toMillis(), TimeUnit.MILLISECONDS);
                if (answer.isDone()) {
                    return answer.get();
                }
                throw new Interruption(closed());
            } catch (TimeoutException e) {
                requireAnswer();
            }
        }
    }

    /// Waits until the server answers again.
    ///
    /// @return whether it did in time
    boolean awaitAnswer(Duration patience) throws LinkException, InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                activated.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                requireAnswer();
                return true;
            } catch (Interruption e) {
                // Not yet.
            } catch (ExecutionException | TimeoutException e) {
                return false;
            }
        }
    }

    /// Asks the server whether it is there: any answer will do.
    private void requireAnswer() throws Interruption, LinkException, InterruptedException {
        var state = Attributes.of(NodeIds.Server_ServerStatus_State, AttributeId.Value);
        try {
            client.readAsync(0, TimestampsToReturn.Neither, List.of(state))
                    .get(SILENT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new Interruption(closed.isDone() ? closed() : silent());
        } catch (ExecutionException e) {
            requireInterrupted(e.getCause());
        }
    }

    /// A request failed, because the connection was lost.
    ///
    /// @throws LinkException if it failed for another reason
    void requireInterrupted(@Nullable Throwable thrown) throws Interruption, LinkException, InterruptedException {
        try {
            closed.get(SILENT.toMillis(), TimeUnit.MILLISECONDS);
            throw new Interruption(closed());
        } catch (ExecutionException | TimeoutException e) {
            throw failures.answered(thrown);
        }
    }

    private LinkException closed() {
        return new LinkException(Quality.BAD_NO_COMMUNICATION, LinkTold.hangsUp(failures.server()));
    }

    private LinkException silent() {
        return new LinkException(Quality.BAD_TIMEOUT, LinkTold.silent(failures.server(), SILENT.toMillis()));
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
