package io.millwright.connect.mqtt;

import io.millwright.connect.Link;
import io.millwright.connect.LinkContext;
import io.millwright.connect.LinkException;
import io.millwright.connect.LinkState;
import io.millwright.connect.PointDescription;
import io.millwright.model.Connection;
import io.millwright.model.Quality;
import io.millwright.model.Reading;
import io.millwright.model.Signal;
import io.millwright.model.Told;
import io.millwright.model.Value;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A link to a broker. The lasting connection belongs to the signals; reading and browsing pay a short visit under
/// another client id, so that they neither take messages from the session nor push a running node off the broker.
final class MqttLink implements Link {

    private static final Duration READ_PATIENCE = Duration.ofSeconds(5);

    private final Connection connection;
    private final MqttSettings settings;
    private final LinkContext context;
    private @Nullable BrokerSession session;
    private LinkState resting;

    MqttLink(Connection connection, MqttSettings settings, LinkContext context) {
        this.connection = connection;
        this.settings = settings;
        this.context = context;
        resting = new LinkState(LinkState.Phase.IDLE, context.time().epochNanos());
    }

    @Override
    public synchronized void start(List<Signal> signals) {
        if (session != null || resting.phase() == LinkState.Phase.CLOSED) {
            throw new IllegalStateException("the link of " + connection.name() + " was started or closed before");
        }
        var intake = new MqttIntake(settings, context, signals);
        session = BrokerSession.start(connection.name(), intake, context.time(), context.states());
        intake.attach(session);
    }

    @Override
    public synchronized LinkState state() {
        return session == null ? resting : session.state();
    }

    @Override
    public Reading read(String point) throws LinkException {
        return new BrokerVisit(settings, context.time()).read(point(point), READ_PATIENCE);
    }

    /// Publishes at QoS 1. A JSON member is written as a document that holds it alone. The reading says what the
    /// broker took; it is uncertain, since MQTT does not tell what the device made of it.
    @Override
    public Reading write(String point, Value value) throws LinkException {
        var publication = new MqttPublication(point(point).topic(), Payloads.write(point(point), value), 1, false);
        BrokerConnection lasting = lastingConnection();
        boolean heard = lasting == null
                ? new BrokerVisit(settings, context.time()).publish(publication)
                : BrokerConnection.await(lasting.publish(publication), settings.broker());
        if (!heard) {
            throw new LinkException(
                    Quality.BAD_NO_COMMUNICATION,
                    Told.of("mqtt-nobody", "the broker took the message, but nobody subscribes to {topic}")
                            .with("topic", publication.topic()));
        }
        return new Reading(value, Quality.UNCERTAIN, context.time().epochNanos());
    }

    private synchronized @Nullable BrokerConnection lastingConnection() {
        return session == null ? null : session.connection();
    }

    @Override
    public void browse(String from, int depth, Duration patience, Consumer<PointDescription> each)
            throws LinkException {
        new BrokerVisit(settings, context.time()).browse(new TopicTree(from, depth, each), patience);
    }

    private static MqttPoint point(String text) throws LinkException {
        try {
            return MqttPoint.parse(text);
        } catch (IllegalArgumentException e) {
            throw new LinkException(Quality.BAD_NODE_ID_UNKNOWN, Told.problem(e.getMessage()));
        }
    }

    @Override
    public void close() {
        BrokerSession open;
        synchronized (this) {
            open = session;
            resting = new LinkState(LinkState.Phase.CLOSED, context.time().epochNanos());
        }
        if (open != null) {
            open.close();
        }
    }
}
