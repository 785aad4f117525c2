package io.millwright.connect.sparkplug;

import io.millwright.connect.LinkContext;
import io.millwright.connect.LinkException;
import io.millwright.connect.LinkTold;
import io.millwright.connect.PointDescription;
import io.millwright.connect.mqtt.BrokerConnection;
import io.millwright.connect.mqtt.BrokerSession;
import io.millwright.connect.mqtt.BrokerSettings;
import io.millwright.connect.mqtt.MqttMessage;
import io.millwright.connect.mqtt.SessionHandler;
import io.millwright.model.IngestionStopped;
import io.millwright.model.Quality;
import io.millwright.model.Reading;
import io.millwright.model.Signal;
import io.millwright.model.SystemTold;
import io.millwright.model.Told;
import io.millwright.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Moves messages between a broker and a [HostSession], and samples to the sink.
final class HostShell implements SessionHandler {

    private static final long NANOS_PER_MILLI = 1_000_000;

    /// Somebody waits for a value of a metric: the first, or the one after so many.
    private record Waiter(SparkplugPoint point, long updatesBefore, CompletableFuture<Reading> answer) {}

    private final SparkplugSettings settings;
    private final LinkContext context;
    private final HostSession host;
    private final HostCommands commands;
    private final List<Waiter> waiters = new ArrayList<>();
    private @Nullable BrokerConnection connection;
    private volatile @Nullable BrokerSession session;
    private long cameMillis;

    HostShell(SparkplugSettings settings, LinkContext context, List<Signal> signals) {
        this.settings = settings;
        this.context = context;
        host = new HostSession(settings.group(), settings.timings(), signals);
        commands = new HostCommands(settings.group());
    }

    /// Starts moving; to be called once.
    BrokerSession start(String name) {
        BrokerSession started = BrokerSession.start(name, this, context.time(), context.states());
        session = started;
        return started;
    }

    private Moment now() {
        return new Moment(context.time().epochNanos(), context.time().monotonicNanos());
    }

    private long nowMillis() {
        return context.time().epochNanos() / NANOS_PER_MILLI;
    }

    /// With a will that says the host is offline, bearing the time of the birth that follows (6.4.27).
    @Override
    public BrokerSettings settings() {
        cameMillis = nowMillis();
        return settings.hostId()
                .map(id -> settings.broker().leaving(new PrimaryHostState(false, cameMillis).publication(id)))
                .orElse(settings.broker());
    }

    /// Subscribes before it says that it is online: from then on edge nodes are born (5.3).
    @Override
    public void connected(BrokerConnection opened) throws LinkException {
        var filters = new ArrayList<>(List.of(SparkplugTopic.NAMESPACE + "/" + settings.group() + "/#"));
        settings.hostId().map(SparkplugTopic::state).ifPresent(filters::add);
        opened.subscribe(filters, 1);
        connection = opened;
        announce(opened);
        var out = new HostEffects();
        host.connected(now(), out);
        perform(out, List.of());
    }

    private void announce(BrokerConnection opened) {
        settings.hostId().ifPresent(id -> opened.send(new PrimaryHostState(true, cameMillis).publication(id)));
    }

    @Override
    public void received(List<MqttMessage> messages) {
        var out = new HostEffects();
        var acknowledgements = new ArrayList<Runnable>();
        for (MqttMessage message : messages) {
            if (settings.hostId()
                    .map(SparkplugTopic::state)
                    .filter(message.topic()::equals)
                    .isPresent()) {
                correctState(message);
            } else {
                host.received(message.topic(), message.payload(), now(), out);
            }
            if (message.qos() > 0) {
                acknowledgements.add(message.acknowledgement());
            }
        }
        perform(out, acknowledgements);
        answer();
    }

    /// The will of an earlier connection of ours can arrive late and say that we are gone.
    private void correctState(MqttMessage message) {
        boolean wrong =
                PrimaryHostState.parse(message.payload()).map(s -> !s.online()).orElse(false);
        BrokerConnection open = connection;
        if (wrong && open != null) {
            announce(open);
        }
    }

    private void perform(HostEffects out, List<Runnable> acknowledgements) {
        BrokerConnection open = connection;
        if (open != null) {
            out.rebirths().forEach(edgeNode -> open.send(commands.rebirth(edgeNode, nowMillis())));
        }
        if (out.samples().isEmpty()) {
            acknowledgements.forEach(Runnable::run);
            return;
        }
        CompletableFuture<Void> durable;
        try {
            durable = context.sink().append(out.samples());
        } catch (IngestionStopped e) {
            durable = CompletableFuture.failedFuture(e);
        }
        var _ = durable.whenComplete((_, error) -> {
            if (error == null) {
                acknowledgements.forEach(Runnable::run);
            } else if (open != null) {
                stopped(error);
            }
        });
    }

    /// Edge nodes that wait for this host keep their data while it is offline, so it goes offline.
    private void stopped(Throwable error) {
        Throwable cause = error.getCause() == null ? error : error.getCause();
        BrokerSession owner = session;
        if (owner != null) {
            owner.drop(new LinkException(
                    Quality.BAD_NO_COMMUNICATION,
                    Told.of("sparkplug-not-stored", "the host is offline, because samples cannot be stored: {reason}")
                            .with("reason", SystemTold.said(cause.getMessage()))));
        }
    }

    @Override
    public void disconnected(LinkException why) {
        connection = null;
        var out = new HostEffects();
        host.disconnected(why.quality(), now(), out);
        perform(out, List.of());
        waiters.forEach(waiter -> waiter.answer().completeExceptionally(why));
        waiters.clear();
    }

    @Override
    public void leaving(BrokerConnection open) {
        settings.hostId().ifPresent(id -> open.lastWord(new PrimaryHostState(false, nowMillis()).publication(id)));
        connection = null;
    }

    @Override
    public OptionalLong deadline() {
        return host.deadline();
    }

    @Override
    public void elapsed() {
        var out = new HostEffects();
        host.elapsed(now(), out);
        perform(out, List.of());
    }

    /// Answers with the value of a metric, as soon as there is one; asks its edge node for a birth if it is not known.
    void read(SparkplugPoint point, CompletableFuture<Reading> answer) {
        if (host.metric(point).isEmpty()) {
            var out = new HostEffects();
            host.expect(point.edgeNode(), now(), out);
            perform(out, List.of());
        }
        waiters.add(new Waiter(point, 0, answer));
        answer();
    }

    /// Asks an edge node for its birth; all of the group announce themselves by what they send.
    void look(String edgeNode) {
        var out = new HostEffects();
        host.expect(edgeNode, now(), out);
        perform(out, List.of());
    }

    /// Commands a metric that has been born, and answers with the next value it sends.
    void write(SparkplugPoint point, Value value, CompletableFuture<Reading> answer) {
        Optional<MetricView> metric = host.metric(point);
        BrokerConnection open = connection;
        if (metric.isEmpty() || open == null) {
            answer.completeExceptionally(new LinkException(
                    Quality.BAD_NODE_ID_UNKNOWN,
                    Told.of("sparkplug-no-birth", "no birth names {point}").with("point", point)));
            return;
        }
        try {
            var command = commands.write(point, metric.get(), value, nowMillis());
            waiters.add(new Waiter(point, metric.get().updates(), answer));
            open.send(command);
        } catch (Misfit e) {
            answer.completeExceptionally(new LinkException(Quality.BAD_TYPE_MISMATCH, LinkTold.unfit(point, e.told())));
        }
    }

    private void answer() {
        waiters.removeIf(waiter -> {
            host.metric(waiter.point())
                    .filter(metric -> metric.updates() > waiter.updatesBefore())
                    .ifPresent(metric -> waiter.answer().complete(metric.last()));
            return waiter.answer().isDone();
        });
    }

    /// Lists what has been born.
    void list(String from, int depth, Consumer<PointDescription> each) {
        new BirthTree(from, depth, each).list(host);
    }
}
