package io.millwright.connect.sparkplug;

import io.millwright.connect.Link;
import io.millwright.connect.LinkContext;
import io.millwright.connect.LinkException;
import io.millwright.connect.LinkState;
import io.millwright.connect.LinkTold;
import io.millwright.connect.PointDescription;
import io.millwright.connect.mqtt.BrokerSession;
import io.millwright.model.Connection;
import io.millwright.model.Quality;
import io.millwright.model.Reading;
import io.millwright.model.Signal;
import io.millwright.model.Told;
import io.millwright.model.Value;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A link to the edge nodes of one group. Before it is started, reading, writing and browsing pay a visit of their own,
/// under another client id and without claiming to be the primary host.
final class SparkplugLink implements Link {

    private static final Duration READ_PATIENCE = Duration.ofSeconds(5);
    private static final Duration CONFIRM_PATIENCE = Duration.ofSeconds(3);

    /// A running shell and the session that drives it.
    private record Host(HostShell shell, BrokerSession session, boolean visiting) implements AutoCloseable {
        @Override
        public void close() {
            if (visiting) {
                session.close();
            }
        }
    }

    private final Connection connection;
    private final SparkplugSettings settings;
    private final LinkContext context;
    private @Nullable Host started;
    private LinkState resting;

    SparkplugLink(Connection connection, SparkplugSettings settings, LinkContext context) {
        this.connection = connection;
        this.settings = settings;
        this.context = context;
        resting = new LinkState(LinkState.Phase.IDLE, context.time().epochNanos());
    }

    @Override
    public synchronized void start(List<Signal> signals) {
        if (started != null || resting.phase() == LinkState.Phase.CLOSED) {
            throw new IllegalStateException("the link of " + connection.name() + " was started or closed before");
        }
        var shell = new HostShell(settings, context, signals);
        started = new Host(shell, shell.start(connection.name()), false);
    }

    @Override
    public synchronized LinkState state() {
        return started == null ? resting : started.session().state();
    }

    private synchronized Host host() {
        if (started != null) {
            return started;
        }
        var silent = new LinkContext(context.time(), _ -> CompletableFuture.allOf(), _ -> {}, context.securityFolder());
        var shell = new HostShell(settings.visitor(), silent, List.of());
        return new Host(shell, shell.start(connection.name() + "-visit"), true);
    }

    @Override
    public Reading read(String text) throws LinkException {
        SparkplugPoint point = point(text);
        try (Host host = host()) {
            return read(host, point);
        }
    }

    private static Reading read(Host host, SparkplugPoint point) throws LinkException {
        var answer = new CompletableFuture<Reading>();
        host.session().execute(() -> host.shell().read(point, answer));
        Reading reading = await(answer, READ_PATIENCE);
        if (reading == null) {
            throw new LinkException(
                    Quality.BAD_NODE_ID_UNKNOWN,
                    Told.of(
                                    "sparkplug-no-metric",
                                    "no birth names {point}: is the edge node {node} there, and has it this metric? "
                                            + "browse lists what there is")
                            .with("point", point)
                            .with("node", point.edgeNode()));
        }
        return reading;
    }

    /// The edge node's next value of the metric confirms the command. Where none comes in time, the reading holds what
    /// was commanded, and is uncertain.
    @Override
    public Reading write(String text, Value value) throws LinkException {
        SparkplugPoint point = point(text);
        try (Host host = host()) {
            var _ = read(host, point);
            var answer = new CompletableFuture<Reading>();
            host.session().execute(() -> host.shell().write(point, value, answer));
            Reading confirmed = await(answer, CONFIRM_PATIENCE);
            return confirmed != null
                    ? confirmed
                    : new Reading(value, Quality.UNCERTAIN, context.time().epochNanos());
        }
    }

    /// The answer; null when none comes in time.
    private static @Nullable Reading await(CompletableFuture<Reading> answer, Duration patience) throws LinkException {
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(false);
            return null;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof LinkException why
                    ? why
                    : new LinkException(
                            Told.of("link-no-answer", "no answer: {reason}").with("reason", e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LinkException(Quality.BAD_SHUTDOWN, LinkTold.INTERRUPTED);
        }
    }

    /// Births come when something is published, or when `from` names the edge node that is asked.
    @Override
    public void browse(String from, int depth, Duration patience, Consumer<PointDescription> each)
            throws LinkException {
        try (Host host = host()) {
            if (!from.isEmpty()) {
                String edgeNode = from.split("/", 2)[0];
                host.session().execute(() -> host.shell().look(edgeNode));
            }
            // Nothing counts this down: a wait that ends with the patience, or with an interrupt.
            boolean early = new CountDownLatch(1).await(patience.toMillis(), TimeUnit.MILLISECONDS);
            LinkState state = host.session().state();
            if (early || state.phase() != LinkState.Phase.CONNECTED) {
                throw new LinkException(Quality.BAD_NOT_CONNECTED, state.why());
            }
            var listed = new CompletableFuture<@Nullable Void>();
            host.session().execute(() -> {
                host.shell().list(from, depth, each);
                listed.complete(null);
            });
            var _ = listed.orTimeout(patience.toMillis() + 1000, TimeUnit.MILLISECONDS)
                    .exceptionally(_ -> null)
                    .join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LinkException(Quality.BAD_SHUTDOWN, LinkTold.INTERRUPTED);
        }
    }

    private static SparkplugPoint point(String text) throws LinkException {
        try {
            return SparkplugPoint.parse(text);
        } catch (IllegalArgumentException e) {
            throw new LinkException(Quality.BAD_NODE_ID_UNKNOWN, Told.problem(e.getMessage()));
        }
    }

    @Override
    public void close() {
        Host open;
        synchronized (this) {
            open = started;
            resting = new LinkState(LinkState.Phase.CLOSED, context.time().epochNanos());
        }
        if (open != null) {
            open.session().close();
        }
    }
}
